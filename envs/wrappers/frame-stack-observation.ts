import { checkInteger, show } from '../../core/check.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { mismatch } from '../../core/spaces/contains.ts';
import { writeRow } from '../../core/spaces/rows.ts';
import { requireObservationRows } from './requirements.ts';
import { memoryKindOf, stackedRows, stackSpace, zeroRow } from './stack-space.ts';
import { defineWrapper, type InnerWorld, type ObservationWrapper } from './wrapper.ts';

/** How many observations are shown together. */
export interface FrameStackObservationOptions {
  /** Observations shown together, at least 1. Default 4. */
  readonly frames?: number;
  /**
   * What stands for observations before the first one: `reset` for the first one itself, `zero` for
   * zeros, or an observation. Default `reset`.
   */
  readonly padding?: 'reset' | 'zero' | ElementOf<Space>;
}

/** The options of `frameStackObservation` where none are given. */
export const FRAME_STACK_OBSERVATION_DEFAULTS: Required<FrameStackObservationOptions> = {
  frames: 4,
  padding: 'reset',
};

const NAME = 'frame-stack-observation';

/**
 * Shows the last observations together, the oldest first, along a new first axis.
 *
 * | observations  | stacked                                  |
 * | ------------- | ---------------------------------------- |
 * | Box           | Box of shape `[frames, …]`               |
 * | Discrete      | MultiDiscrete of shape `[frames]`        |
 * | MultiDiscrete, MultiBinary | the same, of shape `[frames, …]` |
 * | Dict, Tuple   | the same, with each part stacked         |
 */
export const frameStackObservation: ObservationWrapper<FrameStackObservationOptions> =
  defineWrapper({
    name: NAME,
    description: 'Shows the last observations together.',
    defaults: FRAME_STACK_OBSERVATION_DEFAULTS,
    rules(world, { frames, padding }) {
      const size = requireObservationRows(NAME, world);
      checkInteger(`${NAME}: frames`, frames, 1);
      const observationSpace = stackSpace(NAME, world, frames);
      const before = paddingRow(world, padding);
      const places = stackedRows(world.observationSpace, frames);
      const row = new Float32Array(size);
      return {
        observationSpace,
        memorySize: frames * size, // the frames, the oldest first
        memoryKind: memoryKindOf(world.observationSpace),
        begin(memory, inner) {
          inner.observe(row);
          for (let k = 0; k < frames - 1; k++) memory.set(before ?? row, k * size);
          memory.set(row, (frames - 1) * size);
        },
        step(memory, inner, action) {
          const reward = inner.step(action);
          memory.copyWithin(0, size);
          inner.observe(row);
          memory.set(row, (frames - 1) * size);
          return reward;
        },
        observe(memory, _, observation) {
          for (let i = 0; i < places.length; i++) observation[places[i]] = memory[i];
        },
      };
    },
  });

/** The row that stands for observations before the first; `null` for the first one itself. */
function paddingRow(
  { observationSpace }: InnerWorld,
  padding: Required<FrameStackObservationOptions>['padding'],
): Float64Array | null {
  if (padding === 'reset') return null;
  if (padding === 'zero') return zeroRow(observationSpace);
  const problem = mismatch(observationSpace, padding, `${NAME}: padding`);
  if (problem !== null) {
    throw new RangeError(
      `${NAME}: padding must be reset, zero or an observation, got ${show(padding)}. ${problem}`,
    );
  }
  const row = zeroRow(observationSpace);
  writeRow<Space>(observationSpace, padding as ElementOf<Space>, row);
  return row;
}
