import { checkFinite, checkInteger, show } from '../../core/check.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import { multiDiscrete } from '../../core/spaces/multi.ts';
import { requireBoxObservations } from './requirements.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

/** How to cut a box into cells. */
export interface DiscretizeObservationOptions {
  /** Intervals along each element, at least 1 each, or one number for all. Default 10. */
  readonly bins?: number | readonly number[];
  /**
   * Where the first interval of each element begins; what lies below belongs to it. Finite. Default
   * `null`: the lower bounds of the observations.
   */
  readonly low?: readonly number[] | null;
  /**
   * Where the last interval of each element ends; what lies above belongs to it. Finite. Default
   * `null`: the upper bounds.
   */
  readonly high?: readonly number[] | null;
  /** Whether to show the interval of each element by itself. Default false. */
  readonly multiDiscrete?: boolean;
}

/** The options of `discretizeObservation` where none are given. */
export const DISCRETIZE_OBSERVATION_DEFAULTS: Required<DiscretizeObservationOptions> = {
  bins: 10,
  low: null,
  high: null,
  multiDiscrete: false,
};

const NAME = 'discretize-observation';

/**
 * Shows an agent the number of the cell that a real-valued observation falls into.
 *
 * Element i lies in bin ⌊bins[i] · (x − low[i]) / (high[i] − low[i])⌋, clipped to the ends; the
 * cells are numbered row-major, the last element fastest.
 */
export const discretizeObservation: ObservationWrapper<DiscretizeObservationOptions, Discrete> =
  defineWrapper({
    name: NAME,
    description: 'Shows the cell that a real-valued observation falls into.',
    defaults: DISCRETIZE_OBSERVATION_DEFAULTS,
    rules(world, options) {
      const space = requireBoxObservations(NAME, world);
      const size = space.low.length;
      const bins = everyElement('bins', options.bins, size);
      const low = everyElement('low', options.low ?? [...space.low], size);
      const high = everyElement('high', options.high ?? [...space.high], size);
      checkIntervals(bins, low, high);
      const inner = new Float32Array(size);
      const binOf = (i: number): number => {
        const bin = Math.floor((bins[i] * (inner[i] - low[i])) / (high[i] - low[i]));
        return Math.min(Math.max(bin, 0), bins[i] - 1);
      };
      if (options.multiDiscrete) {
        return {
          observationSpace: multiDiscrete(bins, { shape: space.shape, labels: space.labels }),
          observe(_, shown, observation) {
            shown.observe(inner);
            for (let i = 0; i < size; i++) observation[i] = binOf(i);
          },
        };
      }
      const numCells = bins.reduce((product, n) => product * n, 1);
      checkInteger(`${NAME}: the number of cells`, numCells, 1, 2 ** 24);
      return {
        observationSpace: discrete(numCells),
        observe(_, shown, observation) {
          shown.observe(inner);
          let cell = 0;
          for (let i = 0; i < size; i++) cell = cell * bins[i] + binOf(i);
          observation[0] = cell;
        },
      };
    },
  });

function everyElement(name: string, value: number | readonly number[], size: number): number[] {
  if (name === 'bins' && typeof value === 'number') return new Array(size).fill(value);
  if (Array.isArray(value) && value.length === size) return [...value];
  throw new RangeError(
    `${NAME}: ${name} must be a list of ${size} numbers, one for each element of the observation, got ${show(value)}.`,
  );
}

function checkIntervals(
  bins: readonly number[],
  low: readonly number[],
  high: readonly number[],
): void {
  for (let i = 0; i < bins.length; i++) {
    checkInteger(`${NAME}: bins[${i}]`, bins[i], 1);
    checkFinite(`${NAME}: low[${i}]`, low[i]);
    checkFinite(`${NAME}: high[${i}]`, high[i]);
    if (low[i] < high[i]) continue;
    throw new RangeError(`${NAME}: low[${i}] = ${low[i]} must be below high[${i}] = ${high[i]}.`);
  }
}
