import { checkFinite, checkLength } from '../../../core/check.ts';
import type { Space } from '../../../core/space.ts';
import { describeSpace } from '../../../core/spaces/describe.ts';

/** Bounds of observations, where those of the space are not the ones to use. */
export interface Bounds {
  /** Least value of each number of an observation. Default that of the space. */
  readonly low?: readonly number[];
  /** Greatest value of each. Default that of the space. */
  readonly high?: readonly number[];
}

/** Scales each number of an observation from its bounds to [0, 1]; what lies beyond is clipped. */
export class UnitScale {
  /** Numbers in an observation. */
  readonly size: number;
  readonly #low: Float64Array;
  readonly #factor: Float64Array; // 1 / (high − low); 0 where both are the same

  /**
   * @throws RangeError if the space is neither `Discrete` nor `Box`, or a bound is infinite, missing
   *   or above its upper one.
   */
  constructor(where: string, space: Space, { low, high }: Bounds) {
    const own = boundsOf(where, space);
    const lows = low ?? own.low;
    const highs = high ?? own.high;
    this.size = own.low.length;
    checkLength(`${where}.low`, lows, this.size);
    checkLength(`${where}.high`, highs, this.size);
    this.#low = Float64Array.from(lows);
    this.#factor = Float64Array.from(lows, (least, i) => {
      for (const bound of [least, highs[i]]) checkBound(where, i, bound);
      if (least > highs[i]) {
        throw new RangeError(
          `${where}: low[${i}] = ${least} is above high[${i}] = ${highs[i]}. Swap them.`,
        );
      }
      return least === highs[i] ? 0 : 1 / (highs[i] - least);
    });
  }

  /** Number `i` of the observation in row `row`, in [0, 1]. */
  unit(observations: Float32Array, row: number, i: number): number {
    const scaled = (observations[row * this.size + i] - this.#low[i]) * this.#factor[i];
    return Math.min(Math.max(scaled, 0), 1);
  }
}

function boundsOf(
  where: string,
  space: Space,
): { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> } {
  if (space.kind === 'discrete') return { low: [0], high: [space.n - 1] };
  if (space.kind === 'box') return space;
  throw new RangeError(
    `${where}: observations must be Discrete or a Box, got ${describeSpace(space)}. Wrap the world in flattenObservation.`,
  );
}

function checkBound(where: string, i: number, bound: number): void {
  if (bound === Infinity || bound === -Infinity) {
    throw new RangeError(
      `${where}: number ${i} of observations must have bounds, got ${bound}. Give low and high.`,
    );
  }
  checkFinite(`${where}: a bound of number ${i}`, bound);
}
