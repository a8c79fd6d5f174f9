import { hint, resolveOptions, show } from '../../core/check.ts';
import type { WrapperSpec } from '../../core/env-spec.ts';
import { actionNoise } from './action-noise.ts';
import { addRenderObservation } from './add-render-observation.ts';
import { addWhiteNoise } from './add-white-noise.ts';
import { atariPreprocessing } from './atari-preprocessing.ts';
import { autoreset } from './autoreset.ts';
import { clipAction } from './clip-action.ts';
import { clipReward } from './clip-reward.ts';
import { delayObservation } from './delay-observation.ts';
import { delayedReward } from './delayed-reward.ts';
import { discretizeAction } from './discretize-action.ts';
import { discretizeObservation } from './discretize-observation.ts';
import { dtypeObservation } from './dtype-observation.ts';
import { filterObservation } from './filter-observation.ts';
import { fireReset } from './fire-reset.ts';
import { flattenObservation } from './flatten-observation.ts';
import { frameStackObservation } from './frame-stack-observation.ts';
import { grayscaleObservation } from './grayscale-observation.ts';
import { history } from './history.ts';
import { maskVelocity } from './mask-velocity.ts';
import { maxAndSkipObservation } from './max-and-skip-observation.ts';
import { noopReset } from './noop-reset.ts';
import { normalizeObservation } from './normalize-observation.ts';
import { normalizeReward } from './normalize-reward.ts';
import { obstructView } from './obstruct-view.ts';
import { orderEnforcing } from './order-enforcing.ts';
import { passiveChecker } from './passive-checker.ts';
import { recordEpisodeStatistics } from './record-episode-statistics.ts';
import { RENDER_COLLECTION } from './render-collection.ts';
import { repeatAction } from './repeat-action.ts';
import { rescaleAction } from './rescale-action.ts';
import { rescaleObservation } from './rescale-observation.ts';
import { reshapeObservation } from './reshape-observation.ts';
import { resizeObservation } from './resize-observation.ts';
import { stickyAction } from './sticky-action.ts';
import { timeAwareObservation } from './time-aware-observation.ts';
import { timeLimit } from './time-limit.ts';
import { TRANSFORM_ACTION, TRANSFORM_OBSERVATION, TRANSFORM_REWARD } from './transform.ts';
import type { EnvWrapperKind, WrapperKind } from './wrapper.ts';

/** A wrapper in the registry: rules around rules or envs, or one that works on running envs alone. */
export type WrapperEntry = WrapperKind | EnvWrapperKind;

const entries = new Map<string, WrapperEntry>();

/**
 * Adds a wrapper to the registry, so that specs can name it.
 *
 * @throws RangeError if the name is not in kebab-case, or taken.
 */
export function registerWrapper<Options extends object>(
  kind: WrapperKind<Options> | EnvWrapperKind<Options>,
): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kind.name)) {
    throw new RangeError(
      `registerWrapper: the name must be in kebab-case, such as time-limit, got ${show(kind.name)}.`,
    );
  }
  if (entries.has(kind.name)) {
    throw new RangeError(`registerWrapper: ${kind.name} is taken. Give it another name.`);
  }
  entries.set(kind.name, kind as unknown as WrapperEntry);
}

/** Every wrapper that specs can name, in the order they were added. */
export function wrapperEntries(): readonly WrapperEntry[] {
  return [...entries.values()];
}

/** @throws RangeError if there is no such wrapper; names the nearest one. */
export function wrapperEntry(name: string): WrapperEntry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const known = [...entries.keys()];
  throw new RangeError(
    `There is no wrapper ${show(name)}.${hint(name, known)} Known: ${known.join(', ')}.`,
  );
}

/**
 * The wrapper with every option spelled out.
 *
 * @throws RangeError if there is no such wrapper, or an option is unknown.
 */
export function resolveWrapper({ name, options }: WrapperSpec): WrapperSpec {
  return {
    name,
    options: { ...resolveOptions<object>(name, wrapperEntry(name).defaults, options) },
  };
}

const WRAPPERS = [
  // Observations.
  delayObservation,
  discretizeObservation,
  dtypeObservation,
  filterObservation,
  flattenObservation,
  frameStackObservation,
  maxAndSkipObservation,
  normalizeObservation,
  rescaleObservation,
  reshapeObservation,
  timeAwareObservation,
  history,
  maskVelocity,
  // Images and pictures.
  addRenderObservation,
  addWhiteNoise,
  atariPreprocessing,
  grayscaleObservation,
  obstructView,
  resizeObservation,
  // Actions.
  actionNoise,
  clipAction,
  discretizeAction,
  repeatAction,
  rescaleAction,
  stickyAction,
  // Rewards.
  clipReward,
  normalizeReward,
  delayedReward,
  // Other.
  timeLimit,
  noopReset,
  fireReset,
  recordEpisodeStatistics,
  autoreset,
  orderEnforcing,
  passiveChecker,
];

for (const { kind } of WRAPPERS) registerWrapper(kind as WrapperEntry);
registerWrapper(RENDER_COLLECTION);
registerWrapper(TRANSFORM_ACTION);
registerWrapper(TRANSFORM_OBSERVATION);
registerWrapper(TRANSFORM_REWARD);
