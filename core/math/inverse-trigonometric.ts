import { HALF_PI_HIGH, HALF_PI_LOW } from './angle-reduction.ts';
import { LOW, rootHigh } from './double-double.ts';

// (asin x − x) / x³ as a polynomial in x², |x| ≤ 1/2
const ARCSINE_0 = 0.1666666666666666;
const ARCSINE_1 = 0.07500000000002544;
const ARCSINE_2 = 0.0446428571396761;
const ARCSINE_3 = 0.030381944645275938;
const ARCSINE_4 = 0.022372151585152114;
const ARCSINE_5 = 0.017352945566123986;
const ARCSINE_6 = 0.013961871281915431;
const ARCSINE_7 = 0.011585984665856041;
const ARCSINE_8 = 0.009481990835520154;
const ARCSINE_9 = 0.010019101523772184;
const ARCSINE_10 = 0.0006512689646191309;
const ARCSINE_11 = 0.024893386067409536;
const ARCSINE_12 = -0.02623512142875892;
const ARCSINE_13 = 0.03369269139229683;

const TINY = 1e-9; // below, x³ is lost beside x

/**
 * The angle in [−π/2, π/2] whose sine is x, for x in [−1, 1]; NaN outside.
 *
 * Within 0.7 units in the last place.
 *
 *     asin x = π/2 − 2 asin √((1 − x) / 2)      for x above 1/2
 *
 * Source: Cody & Waite (1980), "Software Manual for the Elementary Functions", chapter 10. Differs
 * in the polynomial, and in taking the root as a sum of two doubles.
 */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.5) return size < TINY ? x : x + arcsineRest(x, x * x);
  if (!(size < 1)) return size === 1 ? x * HALF_PI_HIGH : Number.NaN;
  const rest = halfArccosineRest(size);
  const twice = 2 * Math.sqrt(0.5 * (1 - size));
  const high = HALF_PI_HIGH - twice;
  const result = high + (HALF_PI_HIGH - high - twice + (HALF_PI_LOW - 2 * rest));
  return x < 0 ? -result : result;
}

/**
 * The angle in [0, π] whose cosine is x, for x in [−1, 1]; NaN outside.
 *
 * Within 0.7 units in the last place.
 *
 *     acos x = 2 asin √((1 − x) / 2)
 */
export function acos(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.5) return quarterTurnMinus(x, arcsineRest(x, x * x));
  if (!(size < 1)) return acosOfExtreme(x);
  const rest = halfArccosineRest(size);
  const root = Math.sqrt(0.5 * (1 - size));
  return x > 0 ? 2 * (root + rest) : 2 * quarterTurnMinus(root, rest);
}

function acosOfExtreme(x: number): number {
  if (x === 1) return 0;
  return x === -1 ? 2 * HALF_PI_HIGH : Number.NaN;
}

/** π/2 − (high + low), for |high| below 1. */
function quarterTurnMinus(high: number, low: number): number {
  const difference = HALF_PI_HIGH - high;
  return difference + (HALF_PI_HIGH - difference - high + (HALF_PI_LOW - low));
}

/** asin s − √z for s = √z and z = (1 − x) / 2, x in [1/2, 1): the root's own rounding error too. */
function halfArccosineRest(x: number): number {
  const z = 0.5 * (1 - x); // exact
  const root = rootHigh(z, 0);
  return LOW[0] + arcsineRest(root, z);
}

/** asin x − x for |x| ≤ 1/2 and z = x². */
function arcsineRest(x: number, z: number): number {
  const square = z * z;
  const fourth = square * square;
  const a = ARCSINE_0 + z * ARCSINE_1 + square * (ARCSINE_2 + z * ARCSINE_3);
  const b = ARCSINE_4 + z * ARCSINE_5 + square * (ARCSINE_6 + z * ARCSINE_7);
  const c = ARCSINE_8 + z * ARCSINE_9 + square * (ARCSINE_10 + z * ARCSINE_11);
  const d = ARCSINE_12 + z * ARCSINE_13;
  return x * z * (a + fourth * (b + fourth * (c + fourth * d)));
}
