import { show } from '../../core/check.ts';
import type { AnyBox } from '../../core/space.ts';

/** A bound of each element, or one for all; `null` where the old one stays, as an infinite one must. */
export type NewBound = number | null | readonly (number | null)[];

/** An affine map of each element: x ↦ slope · x + shift. */
export interface Rescaling {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly slope: Float64Array;
  readonly shift: Float64Array;
}

/**
 * The map of a box onto new bounds.
 *
 * Where a bound is infinite, the new one must be infinite too; with one finite bound the map shifts,
 * with none it does nothing.
 *
 * @param min The new lower bound of each element, or one for all; `null` for the old one.
 * @param max The new upper bound, likewise.
 * @throws RangeError if the bounds do not fit.
 */
export function rescaling(
  wrapper: string,
  { low, high }: AnyBox,
  min: NewBound,
  max: NewBound,
): Rescaling {
  const size = low.length;
  const least = expand(wrapper, 'min', min, low);
  const most = expand(wrapper, 'max', max, high);
  const slope = new Float64Array(size).fill(1);
  const shift = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    checkInfinite(wrapper, `min[${i}]`, least[i], low[i]);
    checkInfinite(wrapper, `max[${i}]`, most[i], high[i]);
    if (!(least[i] <= most[i])) {
      throw new RangeError(
        `${wrapper}: min[${i}] = ${least[i]} must not be above max[${i}] = ${most[i]}.`,
      );
    }
    if (Number.isFinite(least[i]) && Number.isFinite(most[i])) {
      if (low[i] === high[i]) {
        throw new RangeError(
          `${wrapper}: element ${i} is always ${low[i]}, which has no range to rescale.`,
        );
      }
      slope[i] = (most[i] - least[i]) / (high[i] - low[i]);
      shift[i] = least[i] - slope[i] * low[i];
    } else if (Number.isFinite(least[i])) shift[i] = least[i] - low[i];
    else if (Number.isFinite(most[i])) shift[i] = most[i] - high[i];
  }
  return { low: least, high: most, slope, shift };
}

function expand(wrapper: string, name: string, bound: NewBound, old: Float32Array): Float32Array {
  const bounds = Array.isArray(bound) ? bound : new Array(old.length).fill(bound);
  const fits = (x: unknown): boolean => x === null || (typeof x === 'number' && !Number.isNaN(x));
  if (bounds.length === old.length && bounds.every(fits)) {
    return Float32Array.from(bounds, (x, i) => x ?? old[i]);
  }
  throw new RangeError(
    `${wrapper}: ${name} must be a number or a list of ${old.length} numbers, one for each element, got ${show(bound)}.`,
  );
}

function checkInfinite(wrapper: string, name: string, bound: number, old: number): void {
  if (bound === old || (Number.isFinite(bound) && Number.isFinite(old))) return;
  throw new RangeError(
    `${wrapper}: ${name} must be infinite where the bound that it replaces is, and only there, got ${bound} for ${old}. Give null to keep a bound.`,
  );
}
