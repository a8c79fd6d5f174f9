export type { EnvSpec, WrapperSpec } from '../core/env-spec.ts';
export {
  ADVERSARIAL_BANDIT_DEFAULTS,
  type AdversarialBanditOptions,
  adversarialBandit,
  bestFixedArm,
  totalOfArm,
} from './bandits/adversarial-bandit.ts';
export { bestArm, pullRegret } from './bandits/arms.ts';
export {
  BERNOULLI_BANDIT_DEFAULTS,
  type BernoulliBanditOptions,
  bernoulliBandit,
} from './bandits/bernoulli-bandit.ts';
export {
  type ContextualBandit,
  type ContextualBanditOptions,
  type ContextualLayout,
  contextualBandit,
} from './bandits/contextual-bandit.ts';
export {
  K_ARMED_BANDIT_DEFAULTS,
  type KArmedBanditOptions,
  kArmedBandit,
} from './bandits/k-armed-bandit.ts';
export {
  LINEAR_CONTEXTUAL_BANDIT_DEFAULTS,
  type LinearContextualBanditOptions,
  linearContextualBandit,
} from './bandits/linear-contextual-bandit.ts';
export {
  NETWORK_CONTEXTUAL_BANDIT_DEFAULTS,
  type NetworkContextualBanditOptions,
  networkContextualBandit,
} from './bandits/network-contextual-bandit.ts';
export {
  RANDOM_WALK_BANDIT_DEFAULTS,
  type RandomWalkBanditOptions,
  randomWalkBandit,
} from './bandits/random-walk-bandit.ts';
export { type CheckEnvOptions, checkEnv } from './checker/check-env.ts';
export { CHECKS, type Check, type CheckName, type Severity } from './checker/checks.ts';
export {
  type CheckReport,
  type Finding,
  formatFindings,
  type SkippedCheck,
} from './checker/report.ts';
export type { Checkable } from './checker/target.ts';
export { ACROBOT_DEFAULTS, type AcrobotOptions, acrobot } from './control/acrobot.ts';
export type { Arithmetic } from './control/arithmetic.ts';
export { CART_POLE_DEFAULTS, type CartPoleOptions, cartPole } from './control/cart-pole.ts';
export {
  MOUNTAIN_CAR_DEFAULTS,
  type MountainCarOptions,
  mountainCar,
} from './control/mountain-car.ts';
export {
  MOUNTAIN_CAR_CONTINUOUS_DEFAULTS,
  type MountainCarContinuousOptions,
  mountainCarContinuous,
} from './control/mountain-car-continuous.ts';
export { PENDULUM_DEFAULTS, type PendulumOptions, pendulum } from './control/pendulum.ts';
export { describeEnv, type EnvFacts } from './describe-env.ts';
export { CATCH_DEFAULTS, type CatchOptions, catchBall, tabularCatch } from './diagnostics/catch.ts';
export {
  DEEP_SEA_DEFAULTS,
  type DeepSeaOptions,
  deepSea,
  rightActions,
  tabularDeepSea,
} from './diagnostics/deep-sea.ts';
export {
  DISCOUNTING_CHAIN_DEFAULTS,
  type DiscountingChainOptions,
  discountingChain,
  tabularDiscountingChain,
} from './diagnostics/discounting-chain.ts';
export { ENDLESS_DEFAULTS, type EndlessOptions, endless } from './diagnostics/endless.ts';
export { type IdentityOptions, identity } from './diagnostics/identity.ts';
export {
  IDENTITY_MULTI_BINARY_DEFAULTS,
  IDENTITY_MULTI_DISCRETE_DEFAULTS,
  IDENTITY_TEXT_DEFAULTS,
  type IdentityMultiBinaryOptions,
  type IdentityMultiDiscreteOptions,
  type IdentityTextOptions,
  identityMultiBinary,
  identityMultiDiscrete,
  identityText,
} from './diagnostics/identity-arrays.ts';
export {
  IDENTITY_BOX_DEFAULTS,
  type IdentityBoxOptions,
  identityBox,
} from './diagnostics/identity-box.ts';
export {
  IDENTITY_GRAPH_DEFAULTS,
  IDENTITY_PARTS_DEFAULTS,
  IDENTITY_SEQUENCE_DEFAULTS,
  type IdentityGraphOptions,
  type IdentityPartsOptions,
  type IdentitySequenceOptions,
  identityDict,
  identityGraph,
  identityOneOf,
  identitySequence,
  identityTuple,
} from './diagnostics/identity-composites.ts';
export {
  IDENTITY_DISCRETE_DEFAULTS,
  type IdentityDiscreteOptions,
  identityDiscrete,
} from './diagnostics/identity-discrete.ts';
export {
  MASKED_CHOICE_DEFAULTS,
  type MaskedChoiceOptions,
  maskedChoice,
} from './diagnostics/masked-choice.ts';
export {
  MEMORY_CHAIN_DEFAULTS,
  type MemoryChainOptions,
  memoryChain,
} from './diagnostics/memory-chain.ts';
export { showAs } from './diagnostics/show-as.ts';
export {
  TABULAR_UMBRELLA_CHAIN_DEFAULTS,
  type TabularUmbrellaChainOptions,
  tabularUmbrellaChain,
  UMBRELLA_CHAIN_DEFAULTS,
  type UmbrellaChainOptions,
  umbrellaChain,
} from './diagnostics/umbrella-chain.ts';
export { isHandWritten, type MakeVectorOptions, makeVector } from './make-vector.ts';
export {
  type EnvEntry,
  type EnvRun,
  type EnvTypes,
  envEntries,
  envEntry,
  type MakeOptions,
  make,
  makeDynamics,
  registerEnv,
  resolveSpec,
} from './registry.ts';
export { serveCopies } from './serve-copies.ts';
export {
  ACCESS_CONTROL_DEFAULTS,
  type AccessControlOptions,
  accessControl,
} from './tabular/access-control.ts';
export {
  BAIRDS_BEHAVIOR_POLICY,
  BAIRDS_FEATURES,
  BAIRDS_INITIAL_WEIGHTS,
  BAIRDS_TARGET_POLICY,
  bairdsCounterexample,
} from './tabular/bairds-counterexample.ts';
export {
  BLACKJACK_DEFAULTS,
  type BlackjackOptions,
  blackjack,
} from './tabular/blackjack.ts';
export {
  CLIFF_WALKING_DEFAULTS,
  CLIFF_WALKING_MAP,
  type CliffWalkingOptions,
  cliffWalking,
} from './tabular/cliff-walking.ts';
export {
  FROZEN_LAKE_DEFAULTS,
  FROZEN_LAKE_MAPS,
  type FrozenLakeOptions,
  frozenLake,
} from './tabular/frozen-lake.ts';
export {
  GAMBLERS_PROBLEM_DEFAULTS,
  type GamblersProblemOptions,
  gamblersProblem,
} from './tabular/gamblers-problem.ts';
export {
  GRID_WORLD_DEFAULTS,
  type GridCell,
  type GridMoves,
  type GridTeleport,
  type GridWorldOptions,
  gridWorld,
} from './tabular/grid-world.ts';
export { infiniteVariance } from './tabular/infinite-variance.ts';
export {
  JACKS_CAR_RENTAL_DEFAULTS,
  type JacksCarRentalOptions,
  jacksCarRental,
} from './tabular/jacks-car-rental.ts';
export {
  MAXIMIZATION_BIAS_DEFAULTS,
  type MaximizationBiasOptions,
  maximizationBias,
} from './tabular/maximization-bias.ts';
export {
  BLOCKING_MAZE_DEFAULTS,
  blockingMaze,
  CHANGING_MAZE_MAPS,
  type ChangingMazeOptions,
  DYNA_MAZE_MAP,
  dynaMaze,
  SHORTCUT_MAZE_DEFAULTS,
  shortcutMaze,
} from './tabular/mazes.ts';
export {
  RACETRACK_DEFAULTS,
  RACETRACK_MAPS,
  type RacetrackOptions,
  racetrack,
} from './tabular/racetrack.ts';
export {
  goalIsReachable,
  RANDOM_LAKE_MAP_DEFAULTS,
  type RandomLakeMapOptions,
  randomFrozenLakeMap,
} from './tabular/random-lake-map.ts';
export {
  RANDOM_WALK_DEFAULTS,
  type RandomWalkOptions,
  randomWalk,
} from './tabular/random-walk.ts';
export { gridworld4x3, gridworld4x4, gridworld5x5 } from './tabular/small-gridworlds.ts';
export { type TabularWorld, tabularDynamics } from './tabular/tabular-dynamics.ts';
export { TAXI_DEFAULTS, type TaxiOptions, taxi } from './tabular/taxi.ts';
export {
  WINDY_GRIDWORLD_DEFAULTS,
  WINDY_GRIDWORLD_MAP,
  WINDY_GRIDWORLD_WIND,
  type WindyGridworldOptions,
  windyGridworld,
} from './tabular/windy-gridworld.ts';
export {
  ACTION_NOISE_DEFAULTS,
  type ActionNoiseOptions,
  actionNoise,
} from './wrappers/action-noise.ts';
export {
  ADD_RENDER_OBSERVATION_DEFAULTS,
  type AddRenderObservationOptions,
  addRenderObservation,
} from './wrappers/add-render-observation.ts';
export {
  ADD_WHITE_NOISE_DEFAULTS,
  type AddWhiteNoiseOptions,
  addWhiteNoise,
} from './wrappers/add-white-noise.ts';
export {
  ATARI_PREPROCESSING_DEFAULTS,
  type AtariPreprocessingOptions,
  atariPreprocessing,
} from './wrappers/atari-preprocessing.ts';
export { autoreset } from './wrappers/autoreset.ts';
export { clipAction } from './wrappers/clip-action.ts';
export {
  CLIP_REWARD_DEFAULTS,
  type ClipRewardOptions,
  clipReward,
} from './wrappers/clip-reward.ts';
export {
  DELAY_OBSERVATION_DEFAULTS,
  type DelayObservationOptions,
  delayObservation,
} from './wrappers/delay-observation.ts';
export {
  DELAYED_REWARD_DEFAULTS,
  type DelayedRewardOptions,
  delayedReward,
} from './wrappers/delayed-reward.ts';
export {
  DISCRETIZE_ACTION_DEFAULTS,
  type DiscretizeActionOptions,
  discretizeAction,
} from './wrappers/discretize-action.ts';
export {
  DISCRETIZE_OBSERVATION_DEFAULTS,
  type DiscretizeObservationOptions,
  discretizeObservation,
} from './wrappers/discretize-observation.ts';
export {
  DTYPE_OBSERVATION_DEFAULTS,
  type DtypeObservationOptions,
  dtypeObservation,
} from './wrappers/dtype-observation.ts';
export {
  registerWrapper,
  type WrapperEntry,
  wrapperEntries,
  wrapperEntry,
} from './wrappers/entries.ts';
export {
  EPISODE_STATISTICS_VECTOR_DEFAULTS,
  EpisodeStatisticsVector,
  type EpisodeStatisticsVectorOptions,
} from './wrappers/episode-statistics-vector.ts';
export { type ExploringStartsOptions, exploringStarts } from './wrappers/exploring-starts.ts';
export {
  FILTER_OBSERVATION_DEFAULTS,
  type FilterObservationOptions,
  filterObservation,
} from './wrappers/filter-observation.ts';
export { FIRE_RESET_DEFAULTS, type FireResetOptions, fireReset } from './wrappers/fire-reset.ts';
export { flattenObservation } from './wrappers/flatten-observation.ts';
export {
  FRAME_STACK_OBSERVATION_DEFAULTS,
  type FrameStackObservationOptions,
  frameStackObservation,
} from './wrappers/frame-stack-observation.ts';
export {
  GRAYSCALE_OBSERVATION_DEFAULTS,
  type GrayscaleObservationOptions,
  grayscaleObservation,
} from './wrappers/grayscale-observation.ts';
export { HISTORY_DEFAULTS, type HistoryOptions, history } from './wrappers/history.ts';
export {
  AreaResizer,
  atariGrayscale,
  grayscale,
  type ImageRow,
  type ImageShape,
  maxPool,
} from './wrappers/image.ts';
export {
  MASK_VELOCITY_DEFAULTS,
  type MaskVelocityOptions,
  maskVelocity,
} from './wrappers/mask-velocity.ts';
export {
  MAX_AND_SKIP_OBSERVATION_DEFAULTS,
  type MaxAndSkipObservationOptions,
  maxAndSkipObservation,
} from './wrappers/max-and-skip-observation.ts';
export { NOOP_RESET_DEFAULTS, type NoopResetOptions, noopReset } from './wrappers/noop-reset.ts';
export {
  NORMALIZE_OBSERVATION_DEFAULTS,
  type NormalizeObservationOptions,
  normalizeObservation,
} from './wrappers/normalize-observation.ts';
export {
  NORMALIZE_OBSERVATION_VECTOR_DEFAULTS,
  NormalizeObservationVector,
  type NormalizeObservationVectorOptions,
} from './wrappers/normalize-observation-vector.ts';
export {
  NORMALIZE_REWARD_DEFAULTS,
  type NormalizeRewardOptions,
  normalizeReward,
} from './wrappers/normalize-reward.ts';
export {
  NORMALIZE_REWARD_VECTOR_DEFAULTS,
  NormalizeRewardVector,
  type NormalizeRewardVectorOptions,
} from './wrappers/normalize-reward-vector.ts';
export {
  OBSTRUCT_VIEW_DEFAULTS,
  type ObstructViewOptions,
  obstructView,
} from './wrappers/obstruct-view.ts';
export { orderEnforcing } from './wrappers/order-enforcing.ts';
export { passiveChecker } from './wrappers/passive-checker.ts';
export {
  type EndedEpisode,
  RECORD_EPISODE_STATISTICS_DEFAULTS,
  type RecordEpisodeStatisticsOptions,
  recordEpisodeStatistics,
} from './wrappers/record-episode-statistics.ts';
export {
  RENDER_COLLECTION_DEFAULTS,
  RenderCollection,
  type RenderCollectionOptions,
} from './wrappers/render-collection.ts';
export {
  REPEAT_ACTION_DEFAULTS,
  type RepeatActionOptions,
  repeatAction,
} from './wrappers/repeat-action.ts';
export {
  RESCALE_ACTION_DEFAULTS,
  type RescaleActionOptions,
  rescaleAction,
} from './wrappers/rescale-action.ts';
export {
  RESCALE_OBSERVATION_DEFAULTS,
  type RescaleObservationOptions,
  rescaleObservation,
} from './wrappers/rescale-observation.ts';
export {
  RESHAPE_OBSERVATION_DEFAULTS,
  type ReshapeObservationOptions,
  reshapeObservation,
} from './wrappers/reshape-observation.ts';
export {
  RESIZE_OBSERVATION_DEFAULTS,
  type ResizeObservationOptions,
  resizeObservation,
} from './wrappers/resize-observation.ts';
export type { StatisticsData } from './wrappers/saved-statistics.ts';
export {
  STICKY_ACTION_DEFAULTS,
  type StickyActionOptions,
  stickyAction,
} from './wrappers/sticky-action.ts';
export {
  TIME_AWARE_OBSERVATION_DEFAULTS,
  type TimeAwareObservationOptions,
  timeAwareObservation,
} from './wrappers/time-aware-observation.ts';
export { type TimeLimitOptions, timeLimit } from './wrappers/time-limit.ts';
export {
  TRANSFORM_DEFAULTS,
  type TransformOptions,
  transformAction,
  transformObservation,
  transformReward,
} from './wrappers/transform.ts';
export {
  type ActionTransform,
  type ObservationTransform,
  type RewardTransform,
  registerTransform,
  type Transform,
  transformEntries,
} from './wrappers/transforms.ts';
export { wrapDynamics } from './wrappers/wrap-dynamics.ts';
export { wrapEnv } from './wrappers/wrap-env.ts';
export {
  type Action,
  type ActionWrapper,
  defineEnvWrapper,
  defineWrapper,
  type EnvWrapper,
  type EnvWrapperKind,
  type Inner,
  type InnerWorld,
  type ObservationWrapper,
  type SameWrapper,
  type WrapperKind,
  type WrapperRules,
} from './wrappers/wrapper.ts';
