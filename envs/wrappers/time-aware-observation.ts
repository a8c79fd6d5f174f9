import { checkInteger } from '../../core/check.ts';
import { type AnyBox, box, type Space } from '../../core/space.ts';
import { dict, partNames, tuple } from '../../core/spaces/composite.ts';
import { flattenRow } from '../../core/spaces/flatten-row.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { flatObservationSpace } from './flat-observation.ts';
import { requireObservationRows } from './requirements.ts';
import { defineWrapper, type InnerWorld, type ObservationWrapper } from './wrapper.ts';

/** How time is shown. */
export interface TimeAwareObservationOptions {
  /** Whether to show all as one vector, time included, as `flattenObservation` does. Default true. */
  readonly flatten?: boolean;
  /** Whether to show the share of the time limit, in [0, 1], in place of the number of steps. Default false. */
  readonly normalizeTime?: boolean;
  /** What the part with the time is called. Default `time`. */
  readonly timeKey?: string;
  /** The time limit in steps; `null` for that of the world. Default `null`. */
  readonly steps?: number | null;
}

/** The options of `timeAwareObservation` where none are given. */
export const TIME_AWARE_OBSERVATION_DEFAULTS: Required<TimeAwareObservationOptions> = {
  flatten: true,
  normalizeTime: false,
  timeKey: 'time',
  steps: null,
};

const NAME = 'time-aware-observation';

/**
 * Shows how many steps the episode has taken besides what the world shows: a dict and a tuple get one
 * part more, the last one of a tuple; other observations become the part `obs` of a dict.
 */
export const timeAwareObservation: ObservationWrapper<TimeAwareObservationOptions> = defineWrapper({
  name: NAME,
  description: 'Shows how many steps the episode has taken besides.',
  defaults: TIME_AWARE_OBSERVATION_DEFAULTS,
  rules(world, { flatten, normalizeTime, timeKey, steps: ownLimit }) {
    const size = requireObservationRows(NAME, world);
    const limit = checkLimit(world, ownLimit);
    const time = normalizeTime ? box([0], [1]) : box([0], [limit], { dtype: 'int32' });
    const { space, timeAt } = withTime(world, timeKey, time as AnyBox);
    const inside = new Float32Array(size);
    const row = new Float32Array(size + 1);
    return {
      observationSpace: flatten ? flatObservationSpace(NAME, world, space) : space,
      memorySize: 1, // steps taken
      begin(memory) {
        memory[0] = 0;
      },
      step(memory, inner, action) {
        memory[0]++;
        return inner.step(action);
      },
      observe(memory, inner, observation) {
        inner.observe(inside);
        const whole = flatten ? row : observation;
        for (let i = 0; i < timeAt; i++) whole[i] = inside[i];
        const steps = Math.min(memory[0], limit); // a longer limit around this one may pass it
        whole[timeAt] = normalizeTime ? steps / limit : steps;
        for (let i = timeAt; i < size; i++) whole[i + 1] = inside[i];
        if (flatten) flattenRow(space, row, observation);
      },
    };
  },
});

function checkLimit({ name, timeLimit }: InnerWorld, steps: number | null): number {
  if (steps === null && timeLimit === Infinity) {
    throw new RangeError(
      `${NAME}: ${name} must have a time limit, got none. Give steps, or wrap it in a time-limit first.`,
    );
  }
  const limit = steps ?? timeLimit;
  checkInteger(`${NAME}: steps`, limit, 1, 2 ** 24);
  return limit;
}

/** The space with a part for the time, and where that stands in its row. */
function withTime(
  { name, observationSpace }: InnerWorld,
  timeKey: string,
  time: AnyBox,
): { readonly space: Space; readonly timeAt: number } {
  if (observationSpace.kind === 'tuple') {
    const space = tuple([...observationSpace.spaces, time]);
    return { space, timeAt: rowSize(observationSpace) };
  }
  const parts: Readonly<Record<string, Space>> =
    observationSpace.kind === 'dict' ? observationSpace.spaces : { obs: observationSpace };
  if (Object.hasOwn(parts, timeKey)) {
    throw new RangeError(
      `${NAME}: timeKey must be none of the parts that ${name} shows, got ${JSON.stringify(timeKey)}.`,
    );
  }
  const space = dict({ ...parts, [timeKey]: time });
  const before = partNames(space).slice(0, partNames(space).indexOf(timeKey));
  return { space, timeAt: before.reduce((sum, part) => sum + rowSize(parts[part]), 0) };
}
