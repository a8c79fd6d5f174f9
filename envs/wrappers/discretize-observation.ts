import { checkFinite, checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Box, type Discrete, discrete, type Space } from '../../core/space.ts';

/** How to cut a box into cells. */
export interface DiscretizeObservationOptions {
  /** Intervals along each element, at least 1 each. */
  readonly bins: readonly number[];
  /** Where the first interval of each element begins; what lies below belongs to it. Finite. */
  readonly low: readonly number[];
  /** Where the last interval of each element ends; what lies above belongs to it. Finite. */
  readonly high: readonly number[];
}

/**
 * Shows an agent the number of the cell that a real-valued observation falls into.
 *
 * Element i lies in bin ⌊bins[i] · (x − low[i]) / (high[i] − low[i])⌋, clipped to the ends; the
 * cells are numbered row-major, the last element fastest.
 *
 * @throws RangeError if an array has not one entry for each element, or a range is empty.
 */
export function discretizeObservation<A extends Space>(
  dynamics: Dynamics<Box, A>,
  options: DiscretizeObservationOptions,
): Dynamics<Discrete, A> {
  const size = dynamics.observationSpace.low.length;
  const { bins, low, high } = checkOptions(options, size);
  const numCells = bins.reduce((product, n) => product * n, 1);
  checkInteger('discretizeObservation: the number of cells', numCells, 1, 2 ** 24);
  const inner = new Float32Array(size);
  return {
    ...dynamics,
    observationSpace: discrete(numCells),
    observe(state, observation) {
      dynamics.observe(state, inner);
      let cell = 0;
      for (let i = 0; i < size; i++) {
        const bin = Math.floor((bins[i] * (inner[i] - low[i])) / (high[i] - low[i]));
        cell = cell * bins[i] + Math.min(Math.max(bin, 0), bins[i] - 1);
      }
      observation[0] = cell;
    },
  };
}

function checkOptions(
  options: DiscretizeObservationOptions,
  size: number,
): Required<DiscretizeObservationOptions> {
  const where = 'discretizeObservation';
  const resolved = resolveOptions(where, { bins: [], low: [], high: [] }, options);
  for (const key of ['bins', 'low', 'high'] as const) {
    if (Array.isArray(resolved[key]) && resolved[key].length === size) continue;
    throw new RangeError(
      `${where}: ${key} must be a list of ${size} numbers, one for each element of the observation.`,
    );
  }
  const { bins, low, high } = resolved;
  for (let i = 0; i < size; i++) {
    checkInteger(`${where}: bins[${i}]`, bins[i], 1);
    checkFinite(`${where}: low[${i}]`, low[i]);
    checkFinite(`${where}: high[${i}]`, high[i]);
    if (low[i] < high[i]) continue;
    throw new RangeError(`${where}: low[${i}] = ${low[i]} must be below high[${i}] = ${high[i]}.`);
  }
  return resolved;
}
