import { log } from '../math.ts';
import type { Rng } from '../rng.ts';
import type { AnyBox } from '../space.ts';
import type { MultiDiscrete } from './multi.ts';
import type { NumberRow } from './rows.ts';

/**
 * Draws an element of a box into a row: first what has no bounds, then what has a lower one, then
 * what has an upper one, then what has both, as Gymnasium does.
 */
export function drawBox(space: AnyBox, rng: Rng, row: NumberRow, offset: number): void {
  const { low, high } = space;
  for (let bounds = 0; bounds < 4; bounds++) {
    for (let i = 0; i < low.length; i++) {
      const has = (low[i] > -Infinity ? 1 : 0) + (high[i] < Infinity ? 2 : 0);
      if (has === bounds) row[offset + i] = boxElement(space, i, rng);
    }
  }
}

function boxElement({ low, high, dtype }: AnyBox, i: number, rng: Rng): number {
  if (low[i] === -Infinity) return high[i] === Infinity ? rng.normal() : high[i] - exponential(rng);
  if (high[i] === Infinity) return low[i] + exponential(rng);
  // A draw is at most 1 − 2⁻⁵³, so that no rounding leads beyond the upper bound.
  if (dtype === 'float32') return low[i] + (high[i] - low[i]) * rng.uniform();
  return Math.floor(low[i] + (high[i] + 1 - low[i]) * rng.uniform());
}

/** Draws an integer of each element, counted from 0, into a row. */
export function drawIntegers(
  { sizes }: MultiDiscrete,
  rng: Rng,
  row: NumberRow,
  offset: number,
): void {
  for (let i = 0; i < sizes.length; i++) row[offset + i] = Math.floor(sizes[i] * rng.uniform());
}

/** Draws zeros and ones into a row: four of each word, its bytes' highest bits, as NumPy does. */
export function drawBits(size: number, rng: Rng, row: NumberRow, offset: number): void {
  let word = 0;
  for (let i = 0; i < size; i++) {
    word = i % 4 === 0 ? rng.uint32() : word >>> 8;
    row[offset + i] = (word >>> 7) & 1;
  }
}

/** A random place of the ones in `mask`, each with the same chance. */
export function chooseAllowed(mask: ArrayLike<number>, rng: Rng): number {
  let allowed = 0;
  for (let i = 0; i < mask.length; i++) allowed += mask[i];
  let left = rng.below(allowed);
  let i = 0;
  while (mask[i] === 0 || left-- > 0) i++;
  return i;
}

/** Sums of the first weights, the last of them 1: `[n]`. */
export function cumulate(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < sums.length; i++) {
    sum += weights[i];
    sums[i] = sum;
  }
  return sums.map((part) => part / sum);
}

/** A random place, each with the chance by which `sums` grows there. */
export function chooseBySums(sums: Float64Array, rng: Rng): number {
  const x = rng.uniform();
  let i = 0;
  while (sums[i] <= x) i++;
  return i;
}

/** The trials up to the first success, of chance ¼ each; at least 1. */
export function geometric(rng: Rng): number {
  let trials = 1;
  while (rng.below(4) !== 0) trials++;
  return trials;
}

/** A draw from the exponential distribution with mean 1. */
function exponential(rng: Rng): number {
  return -log(1 - rng.uniform());
}
