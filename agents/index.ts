export { ActionValues } from './action-values.ts';
export {
  EPSILON_GREEDY_DEFAULTS,
  EpsilonGreedy,
  type EpsilonGreedyOptions,
} from './bandits/epsilon-greedy.ts';
export {
  ASYNCHRONOUS_VALUE_ITERATION_DEFAULTS,
  AsynchronousValueIteration,
  type AsynchronousValueIterationOptions,
  asynchronousValueIteration,
} from './planning/asynchronous-value-iteration.ts';
export {
  BACKWARD_INDUCTION_DEFAULTS,
  type BackwardInductionOptions,
  backwardInduction,
  type FiniteHorizonPlan,
} from './planning/backward-induction.ts';
export {
  type AverageRewardEvaluation,
  evaluateAverageReward,
} from './planning/evaluate-average-reward.ts';
export {
  EVALUATE_POLICY_DEFAULTS,
  type EvaluatePolicyOptions,
  type Evaluation,
  evaluatePolicy,
} from './planning/evaluate-policy.ts';
export {
  type ExpectedModel,
  expectModel,
  type PlanningModel,
  type TabularPolicy,
} from './planning/expected-model.ts';
export {
  ITERATIVE_POLICY_EVALUATION_DEFAULTS,
  type IterativePolicyEvaluationOptions,
  iterativePolicyEvaluation,
} from './planning/iterative-policy-evaluation.ts';
export {
  MODIFIED_POLICY_ITERATION_DEFAULTS,
  ModifiedPolicyIteration,
  type ModifiedPolicyIterationOptions,
  modifiedPolicyIteration,
} from './planning/modified-policy-iteration.ts';
export type { Plan } from './planning/plan.ts';
export { type Planned, Planner } from './planning/planner.ts';
export {
  POLICY_ITERATION_DEFAULTS,
  PolicyIteration,
  type PolicyIterationOptions,
  policyIteration,
} from './planning/policy-iteration.ts';
export {
  PRIORITIZED_VALUE_ITERATION_DEFAULTS,
  PrioritizedValueIteration,
  type PrioritizedValueIterationOptions,
  prioritizedValueIteration,
} from './planning/prioritized-value-iteration.ts';
export {
  type AverageRewardPlan,
  RELATIVE_VALUE_ITERATION_DEFAULTS,
  RelativeValueIteration,
  type RelativeValueIterationOptions,
  relativeValueIteration,
} from './planning/relative-value-iteration.ts';
export type { LinearMethod } from './planning/solve-chain.ts';
export {
  VALUE_ITERATION_DEFAULTS,
  ValueIteration,
  type ValueIterationOptions,
  valueIteration,
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
