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
export { DQN_DEFAULTS, Dqn, type DqnOptions } from './deep/action-values/dqn.ts';
export { Iqn } from './deep/action-values/iqn.ts';
export { IQN_DEFAULTS, type IqnOptions } from './deep/action-values/iqn-options.ts';
export { PQN_DEFAULTS, Pqn, type PqnOptions } from './deep/action-values/pqn.ts';
export { QuantileNetwork } from './deep/action-values/quantile-network.ts';
export type { QuantileParts } from './deep/action-values/quantile-specifications.ts';
export { RecurrentDqn } from './deep/action-values/recurrent-dqn.ts';
export {
  RECURRENT_DQN_DEFAULTS,
  type RecurrentDqnOptions,
} from './deep/action-values/recurrent-dqn-options.ts';
export type {
  CategoricalReturnsOptions,
  ExpectedReturnsOptions,
  QuantileReturnsOptions,
  ReturnFormOptions,
} from './deep/action-values/returns/return-options.ts';
export { TrainableQuantiles } from './deep/action-values/trainable-quantiles.ts';
export type { ValueOptions } from './deep/action-values/value-options.ts';
export { ActionCritic, type ActionCriticOptions } from './deep/off-policy/action-critic.ts';
export { DDPG_DEFAULTS, Ddpg, type DdpgOptions } from './deep/off-policy/ddpg.ts';
export {
  DeterministicActor,
  type DeterministicActorOptions,
} from './deep/off-policy/deterministic-actor.ts';
export {
  DISCRETE_SAC_DEFAULTS,
  DiscreteSac,
  type DiscreteSacOptions,
} from './deep/off-policy/discrete-sac.ts';
export type { NoiseOptions } from './deep/off-policy/exploration-noise.ts';
export { type ResolvedSac, SAC_DEFAULTS, Sac, type SacOptions } from './deep/off-policy/sac.ts';
export type { ResolvedExploration, SacExploration } from './deep/off-policy/sac-exploration.ts';
export { TD3_DEFAULTS, Td3, type Td3Options } from './deep/off-policy/td3.ts';
export type { MemoryOptions, PrioritizedMemoryOptions } from './deep/parts/memory-options.ts';
export {
  createEncoder,
  type InputLayout,
  type ObservationEncoder,
} from './deep/parts/observations.ts';
export { TrainableNetwork } from './deep/parts/trainable-network.ts';
export type { PolicyForm } from './deep/policies/policy-form.ts';
export { A2C_DEFAULTS, A2c, type A2cOptions } from './deep/policy-gradient/a2c.ts';
export { ActorCritic, type ActorCriticOptions } from './deep/policy-gradient/actor-critic.ts';
export type { OnPolicyOptions } from './deep/policy-gradient/actor-critic-options.ts';
export { KL_PENALTY_DEFAULTS, type KlPenaltyOptions } from './deep/policy-gradient/kl-penalty.ts';
export { PPO_DEFAULTS, Ppo, type PpoOptions } from './deep/policy-gradient/ppo.ts';
export {
  type PpoBatch,
  type PpoLossOptions,
  type PpoNumbers,
  ppoLoss,
} from './deep/policy-gradient/ppo-loss.ts';
export {
  RECURRENT_PPO_DEFAULTS,
  RecurrentPpo,
  type RecurrentPpoOptions,
} from './deep/policy-gradient/recurrent-ppo.ts';
export {
  REINFORCE_DEFAULTS,
  Reinforce,
  type ReinforceOptions,
} from './deep/policy-gradient/reinforce.ts';
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
export { GTD2_DEFAULTS, Gtd2, type Gtd2Options } from './linear/gtd2.ts';
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
export { TDC_DEFAULTS, Tdc, type TdcOptions } from './linear/tdc.ts';
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
  ASYNCHRONOUS_VALUE_ITERATION_DEFAULTS,
  AsynchronousValueIteration,
  type AsynchronousValueIterationOptions,
  asynchronousValueIteration,
} from './planning/asynchronous-value-iteration.ts';
export {
  AVERAGE_REWARD_POLICY_ITERATION_DEFAULTS,
  AverageRewardPolicyIteration,
  type AverageRewardPolicyIterationOptions,
  averageRewardPolicyIteration,
} from './planning/average-reward-policy-iteration.ts';
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
  Q_VALUE_ITERATION_DEFAULTS,
  QValueIteration,
  type QValueIterationOptions,
  qValueIteration,
} from './planning/q-value-iteration.ts';
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
export { type AgentEntry, agentEntries, agentEntry, makeAgent, registerAgent } from './registry.ts';
export { restoreParts, type SavedPart, type SavedParts, saveParts } from './saved-parts.ts';
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
export { greedyPolicy } from './tabular/greedy-policy.ts';
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
  N_STEP_SARSA_DEFAULTS,
  NStepSarsa,
  type NStepSarsaOptions,
} from './tabular/n-step-sarsa.ts';
export { N_STEP_TD_DEFAULTS, NStepTd, type NStepTdOptions } from './tabular/n-step-td.ts';
export {
  OFF_LINE_LAMBDA_RETURN_DEFAULTS,
  OffLineLambdaReturn,
  type OffLineLambdaReturnOptions,
} from './tabular/off-line-lambda-return.ts';
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
export { requireDiscrete, type Task } from './task.ts';
export {
  UNIFORM_RANDOM_DEFAULTS,
  UniformRandom,
  type UniformRandomOptions,
} from './uniform-random.ts';
