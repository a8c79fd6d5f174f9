import { LOW, rootHigh, squareError, sumError } from './double-double.ts';
import { logarithmHigh, logarithmOfOnePlus } from './logarithm.ts';

const TINY = 1e-9; // below, x³ is lost beside x
const LARGE = 268435456; // 2²⁸: above, 1 is lost beside x²

/**
 * The inverse hyperbolic sine, for x in [−∞, ∞]. Within 0.6 units in the last place.
 *
 *     asinh x = ln(1 + x + (√(1 + x²) − 1)) for x ≥ 0
 */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY || !(size < Infinity)) return x;
  const result = size < LARGE ? asinhOfOrdinary(size) : logarithmHigh(size, 1, 0);
  return x < 0 ? -result : result;
}

function asinhOfOrdinary(x: number): number {
  const square = x * x;
  const sum = 1 + square;
  const root = rootHigh(sum, sumError(1, square, sum) + squareError(x, square));
  const excess = root - 1; // exact
  const w = x + excess;
  return logarithmOfOnePlus(w, sumError(x, excess, w) + LOW[0]);
}

/**
 * The inverse hyperbolic cosine, for x in [1, ∞]; NaN below 1. Within 0.6 units in the last place.
 *
 *     acosh x = ln(1 + (x − 1) + √(x² − 1))
 */
export function acosh(x: number): number {
  if (!(x > 1)) return x === 1 ? 0 : Number.NaN;
  if (x < LARGE) return acoshOfOrdinary(x);
  return x < Infinity ? logarithmHigh(x, 1, 0) : x;
}

function acoshOfOrdinary(x: number): number {
  const square = x * x;
  const difference = square - 1;
  const root = rootHigh(difference, sumError(square, -1, difference) + squareError(x, square));
  const excess = x - 1; // exact
  const sum = excess + root;
  const rest = sumError(excess, root, sum) + LOW[0];
  const w = sum + rest; // near 1, where x² − 1 cancels, the rest is not small
  return logarithmOfOnePlus(w, rest - (w - sum));
}

/**
 * The inverse hyperbolic tangent, for x in [−1, 1]; NaN outside. Within 0.6 units in the last place.
 *
 *     atanh x = (ln(1 + x) − ln(1 − x)) / 2
 */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (!(size < 1)) return size === 1 ? x * Infinity : Number.NaN;
  const above = logarithmOfOnePlus(x, 0);
  const aboveLow = LOW[0];
  const below = logarithmOfOnePlus(-x, 0);
  const sum = above - below;
  return 0.5 * (sum + (sumError(above, -below, sum) + (aboveLow - LOW[0])));
}
