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
export {
  type EnvEntry,
  type EnvTypes,
  envEntries,
  envEntry,
  type MakeOptions,
  make,
  makeDynamics,
  registerEnv,
  resolveSpec,
} from './registry.ts';
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
  type DiscretizeObservationOptions,
  discretizeObservation,
} from './wrappers/discretize-observation.ts';
export { type TimeLimitOptions, timeLimit } from './wrappers/time-limit.ts';
