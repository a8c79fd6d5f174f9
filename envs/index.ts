export type { EnvSpec, WrapperSpec } from '../core/env-spec.ts';
export {
  bestArm,
  K_ARMED_BANDIT_DEFAULTS,
  type KArmedBanditOptions,
  kArmedBandit,
} from './bandits/k-armed-bandit.ts';
export { cartPole } from './control/cart-pole.ts';
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
export { type TabularWorld, tabularDynamics } from './tabular/tabular-dynamics.ts';
export {
  type DiscretizeObservationOptions,
  discretizeObservation,
} from './wrappers/discretize-observation.ts';
export { type TimeLimitOptions, timeLimit } from './wrappers/time-limit.ts';
