export { ActionValues } from './action-values.ts';
export type { EstimateOptions } from './bandits/arm-estimates.ts';
export {
  BERNOULLI_THOMPSON_DEFAULTS,
  BernoulliThompson,
  type BernoulliThompsonOptions,
} from './bandits/bernoulli-thompson.ts';
export {
  EPSILON_GREEDY_DEFAULTS,
  EpsilonGreedy,
  type EpsilonGreedyOptions,
} from './bandits/epsilon-greedy.ts';
export { EXP3_DEFAULTS, Exp3, type Exp3Options } from './bandits/exp3.ts';
export {
  GAUSSIAN_THOMPSON_DEFAULTS,
  GaussianThompson,
  type GaussianThompsonOptions,
} from './bandits/gaussian-thompson.ts';
export {
  GRADIENT_BANDIT_DEFAULTS,
  GradientBandit,
  type GradientBanditOptions,
} from './bandits/gradient-bandit.ts';
export {
  GREEDY_BANDIT_DEFAULTS,
  GreedyBandit,
  type GreedyBanditOptions,
} from './bandits/greedy.ts';
export { LIN_UCB_DEFAULTS, LinUcb, type LinUcbOptions } from './bandits/lin-ucb.ts';
export {
  LINEAR_THOMPSON_DEFAULTS,
  LinearThompson,
  type LinearThompsonOptions,
} from './bandits/linear-thompson.ts';
export type { RidgeModels } from './bandits/ridge-models.ts';
export {
  SOFTMAX_BANDIT_DEFAULTS,
  SoftmaxBandit,
  type SoftmaxBanditOptions,
} from './bandits/softmax.ts';
export { UCB_TUNED_DEFAULTS, UcbTuned, type UcbTunedOptions } from './bandits/ucb-tuned.ts';
export { UCB1_DEFAULTS, Ucb1, type Ucb1Options } from './bandits/ucb1.ts';
export {
  VALUE_ITERATION_DEFAULTS,
  ValueIteration,
  type ValueIterationOptions,
} from './planning/value-iteration.ts';
export {
  type AgentEntry,
  agentEntries,
  agentEntry,
  makeAgent,
  registerAgent,
} from './registry.ts';
export { Q_LEARNING_DEFAULTS, QLearning, type QLearningOptions } from './tabular/q-learning.ts';
export type { Task } from './task.ts';
export {
  UNIFORM_RANDOM_DEFAULTS,
  UniformRandom,
  type UniformRandomOptions,
} from './uniform-random.ts';
