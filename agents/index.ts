export { ActionValues } from './action-values.ts';
export {
  EPSILON_GREEDY_DEFAULTS,
  EpsilonGreedy,
  type EpsilonGreedyOptions,
} from './bandits/epsilon-greedy.ts';
export type { PolicyOption } from './given-policy.ts';
export {
  DIFFERENTIAL_SEMI_GRADIENT_SARSA_DEFAULTS,
  DifferentialSemiGradientSarsa,
  type DifferentialSemiGradientSarsaOptions,
} from './linear/differential-semi-gradient-sarsa.ts';
export type { FeatureMap } from './linear/features/feature-map.ts';
export { createFeatures, type Features } from './linear/features/features.ts';
export type { FourierBasis } from './linear/features/fourier-basis.ts';
export type { GivenFeatures } from './linear/features/given-features.ts';
export type { PolynomialBasis } from './linear/features/polynomial-basis.ts';
export type { RadialBasis } from './linear/features/radial-basis.ts';
export { SparseVectors } from './linear/features/sparse-vectors.ts';
export type { StateAggregation } from './linear/features/state-aggregation.ts';
export type { TileCoding } from './linear/features/tile-coding.ts';
export {
  GRADIENT_MONTE_CARLO_DEFAULTS,
  GradientMonteCarlo,
  type GradientMonteCarloOptions,
} from './linear/gradient-monte-carlo.ts';
export {
  GTD2_DEFAULTS,
  Gtd2,
  type Gtd2Options,
} from './linear/gtd2.ts';
export {
  SEMI_GRADIENT_SARSA_DEFAULTS,
  SemiGradientSarsa,
  type SemiGradientSarsaOptions,
} from './linear/semi-gradient-sarsa.ts';
export {
  SEMI_GRADIENT_SARSA_LAMBDA_DEFAULTS,
  SemiGradientSarsaLambda,
  type SemiGradientSarsaLambdaOptions,
} from './linear/semi-gradient-sarsa-lambda.ts';
export {
  SEMI_GRADIENT_TD_DEFAULTS,
  SemiGradientTd,
  type SemiGradientTdOptions,
} from './linear/semi-gradient-td.ts';
export {
  SEMI_GRADIENT_TD_LAMBDA_DEFAULTS,
  SemiGradientTdLambda,
  type SemiGradientTdLambdaOptions,
} from './linear/semi-gradient-td-lambda.ts';
export {
  TDC_DEFAULTS,
  Tdc,
  type TdcOptions,
} from './linear/tdc.ts';
export {
  LINEAR_TRUE_ONLINE_SARSA_LAMBDA_DEFAULTS,
  LinearTrueOnlineSarsaLambda,
  type LinearTrueOnlineSarsaLambdaOptions,
} from './linear/true-online-sarsa-lambda.ts';
export {
  LINEAR_TRUE_ONLINE_TD_LAMBDA_DEFAULTS,
  LinearTrueOnlineTdLambda,
  type LinearTrueOnlineTdLambdaOptions,
} from './linear/true-online-td-lambda.ts';
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
  MONTE_CARLO_CONTROL_DEFAULTS,
  MonteCarloControl,
  type MonteCarloControlOptions,
} from './tabular/monte-carlo-control.ts';
export {
  MONTE_CARLO_EXPLORING_STARTS_DEFAULTS,
  MonteCarloExploringStarts,
  type MonteCarloExploringStartsOptions,
} from './tabular/monte-carlo-exploring-starts.ts';
export {
  MONTE_CARLO_OFF_POLICY_CONTROL_DEFAULTS,
  MonteCarloOffPolicyControl,
  type MonteCarloOffPolicyControlOptions,
} from './tabular/monte-carlo-off-policy-control.ts';
export {
  MONTE_CARLO_OFF_POLICY_PREDICTION_DEFAULTS,
  MonteCarloOffPolicyPrediction,
  type MonteCarloOffPolicyPredictionOptions,
} from './tabular/monte-carlo-off-policy-prediction.ts';
export {
  MONTE_CARLO_PREDICTION_DEFAULTS,
  MonteCarloPrediction,
  type MonteCarloPredictionOptions,
} from './tabular/monte-carlo-prediction.ts';
export {
  N_STEP_TD_DEFAULTS,
  NStepTd,
  type NStepTdOptions,
} from './tabular/n-step-td.ts';
export { Q_LEARNING_DEFAULTS, QLearning, type QLearningOptions } from './tabular/q-learning.ts';
export { TD_0_DEFAULTS, Td0, type Td0Options } from './tabular/td-0.ts';
export { TD_LAMBDA_DEFAULTS, TdLambda, type TdLambdaOptions } from './tabular/td-lambda.ts';
export type { TraceKind } from './tabular/traces.ts';
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
