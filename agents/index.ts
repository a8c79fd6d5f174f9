export { ActionValues } from './action-values.ts';
export {
  EPSILON_GREEDY_DEFAULTS,
  EpsilonGreedy,
  type EpsilonGreedyOptions,
} from './bandits/epsilon-greedy.ts';
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
