import { hint, resolveOptions, show } from '../../core/check.ts';
import type { WrapperSpec } from '../../core/env-spec.ts';
import { addRenderObservation } from './add-render-observation.ts';
import { addWhiteNoise } from './add-white-noise.ts';
import { atariPreprocessing } from './atari-preprocessing.ts';
import { clipReward } from './clip-reward.ts';
import { discretizeObservation } from './discretize-observation.ts';
import { frameStackObservation } from './frame-stack-observation.ts';
import { grayscaleObservation } from './grayscale-observation.ts';
import { obstructView } from './obstruct-view.ts';
import { RENDER_COLLECTION } from './render-collection.ts';
import { resizeObservation } from './resize-observation.ts';
import { timeLimit } from './time-limit.ts';
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
  timeLimit,
  discretizeObservation,
  frameStackObservation,
  clipReward,
  // Images and pictures.
  addRenderObservation,
  addWhiteNoise,
  atariPreprocessing,
  grayscaleObservation,
  obstructView,
  resizeObservation,
];

for (const { kind } of WRAPPERS) registerWrapper(kind as unknown as WrapperKind);
registerWrapper(RENDER_COLLECTION);
