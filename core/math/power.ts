import { SMALLEST_NORMAL, scale } from './bits.ts';
import { LOW, productError, squareError } from './double-double.ts';
import { EXPONENT, exponentialHigh } from './exponential.ts';
import { LN2_HIGH, LN2_LOW, LOGARITHM_PLACE, reduceLogarithm } from './logarithm.ts';
import { LOGARITHM_TABLE } from './logarithm-table.ts';

// (ln(1 + r) − r + r² / 2) / r³ for |r| ≤ 1/252
const PRECISE_0 = 0.3333333333333334;
const PRECISE_1 = -0.25000000000000017;
const PRECISE_2 = 0.19999999996934092;
const PRECISE_3 = -0.1666666666238149;
const PRECISE_4 = 0.14286050296114602;
const PRECISE_5 = -0.12500365901403973;

const HIGH = new Float64Array(1);

const TWO_54 = 18014398509481984;

/**
 * xʸ = e^(y ln x), for every x and y.
 *
 * Within 0.6 units in the last place, 0.8 where the result is subnormal.
 *
 * As in ECMAScript, and unlike C, pow(±1, ±∞) and pow(1, NaN) are NaN.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  const size = Math.abs(x);
  if (!(size > 0 && size < Infinity && Math.abs(y) < Infinity)) return powerOfExtreme(x, y);
  if (x > 0) return powerOfPositive(x, y);
  if (Math.trunc(y) !== y) return Number.NaN;
  return isOdd(y) ? -powerOfPositive(size, y) : powerOfPositive(size, y);
}

/** xʸ where x is 0, infinite or NaN, or y infinite or NaN. */
function powerOfExtreme(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Infinity) {
    if (size === 1) return Number.NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  const result = size > 1 === y > 0 ? Infinity : 0; // x is ±0 or ±∞
  const negative = x < 0 || Object.is(x, -0);
  return negative && isOdd(y) ? -result : result;
}

function isOdd(y: number): boolean {
  const half = 0.5 * y;
  return Math.trunc(y) === y && Math.trunc(half) !== half;
}

/** xʸ for finite x above 0 and finite y. */
function powerOfPositive(x: number, y: number): number {
  const isNormal = x >= SMALLEST_NORMAL;
  HIGH[0] = isNormal ? x : x * TWO_54;
  preciseLogarithm(isNormal ? 0 : -54);
  const high = HIGH[0];
  if (high === 0) return 1;
  const product = y * high;
  if (!(Math.abs(product) < 746)) return product > 0 ? Infinity : 0;
  const low = productError(y, high, product) + y * LOW[0];
  const result = exponentialHigh(product, low);
  return scale(result, EXPONENT[0]);
}

/**
 * Replaces x in `HIGH` by ln x + k ln 2, with the low part in `LOW`.
 *
 * About 68 bits are right, for the exponential multiplies the error by |y ln x|, which is up to 745.
 * Only whole numbers cross the call: V8 would put a double into an object where it does not inline.
 *
 *     ln x = k ln 2 − ln c + r − r² / 2 + r³ P(r)      the first four terms in double-double
 */
function preciseLogarithm(k: number): void {
  const r = reduceLogarithm(HIGH[0]);
  const tail = LOW[0];
  const entry = LOGARITHM_PLACE[1];
  const exponent = LOGARITHM_PLACE[0] + k;
  const base = exponent * LN2_HIGH + LOGARITHM_TABLE[entry + 1]; // exact
  const baseLow = exponent * LN2_LOW + LOGARITHM_TABLE[entry + 2];
  const square = r * r;
  const half = 0.5 * square;
  const first = base + r;
  const second = first - half;
  const lost = base - first + r + (first - second - half) - 0.5 * squareError(r, square);
  const rest = lost + (baseLow + tail * (1 - r) + r * square * cubic(r, square));
  const high = second + rest;
  HIGH[0] = high;
  LOW[0] = rest - (high - second);
}

/** P(r) = (ln(1 + r) − r + r² / 2) / r³. */
function cubic(r: number, square: number): number {
  const upper = PRECISE_4 + r * PRECISE_5;
  return PRECISE_0 + r * PRECISE_1 + square * (PRECISE_2 + r * PRECISE_3 + square * upper);
}
