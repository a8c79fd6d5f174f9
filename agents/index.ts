export { ActionValues } from './action-values.ts';
export {
  EPSILON_GREEDY_DEFAULTS,
  EpsilonGreedy,
  type EpsilonGreedyOptions,
} from './bandits/epsilon-greedy.ts';
export type { PolicyOption } from './given-policy.ts';
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
export {
  DIFFERENTIAL_SARSA_DEFAULTS,
  DifferentialSarsa,
  type DifferentialSarsaOptions,
} from './tabular/differential-sarsa.ts';
export {
  DOUBLE_Q_LEARNING_DEFAULTS,
  DoubleQLearning,
  type DoubleQLearningOptions,
} from './tabular/double-q-learning.ts';
export { DYNA_Q_DEFAULTS, DynaQ, type DynaQOptions } from './tabular/dyna-q.ts';
export { DYNA_Q_PLUS_DEFAULTS, DynaQPlus, type DynaQPlusOptions } from './tabular/dyna-q-plus.ts';
export {
  EXPECTED_SARSA_DEFAULTS,
  ExpectedSarsa,
  type ExpectedSarsaOptions,
} from './tabular/expected-sarsa.ts';
export {
  N_STEP_SARSA_DEFAULTS,
  NStepSarsa,
  type NStepSarsaOptions,
} from './tabular/n-step-sarsa.ts';
export { N_STEP_TD_DEFAULTS, NStepTd, type NStepTdOptions } from './tabular/n-step-td.ts';
export {
  PRIORITIZED_SWEEPING_DEFAULTS,
  PrioritizedSweeping,
  type PrioritizedSweepingOptions,
} from './tabular/prioritized-sweeping.ts';
export { Q_LAMBDA_DEFAULTS, QLambda, type QLambdaOptions } from './tabular/q-lambda.ts';
export { Q_LEARNING_DEFAULTS, QLearning, type QLearningOptions } from './tabular/q-learning.ts';
export { SARSA_DEFAULTS, Sarsa, type SarsaOptions } from './tabular/sarsa.ts';
export {
  SARSA_LAMBDA_DEFAULTS,
  SarsaLambda,
  type SarsaLambdaOptions,
} from './tabular/sarsa-lambda.ts';
export { TD_0_DEFAULTS, Td0, type Td0Options } from './tabular/td-0.ts';
export { TD_LAMBDA_DEFAULTS, TdLambda, type TdLambdaOptions } from './tabular/td-lambda.ts';
export type { TraceKind } from './tabular/traces.ts';
export { TREE_BACKUP_DEFAULTS, TreeBackup, type TreeBackupOptions } from './tabular/tree-backup.ts';
export {
  TRUE_ONLINE_TD_LAMBDA_DEFAULTS,
  TrueOnlineTdLambda,
  type TrueOnlineTdLambdaOptions,
} from './tabular/true-online-td-lambda.ts';
export type { Task } from './task.ts';
export {
  UNIFORM_RANDOM_DEFAULTS,
  UniformRandom,
  type UniformRandomOptions,
} from './uniform-random.ts';
