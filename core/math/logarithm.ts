// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: Math has these, written out they are the same everywhere

import { highWord, powerOfTwo, SMALLEST_NORMAL } from './bits.ts';
import { LOW, productError, sumError } from './double-double.ts';
import { LOGARITHM_TABLE } from './logarithm-table.ts';

// Adding and taking off 1.5 · 2³² cuts a number in [1, 2] to multiples of 2⁻²⁰.
const CUT = 6442450944;

/** ln 2, the first part in 42 bits: times an exponent it is exact. */
export const LN2_HIGH = 0.6931471805598903;
/** What `LN2_HIGH` lacks. */
export const LN2_LOW = 5.497923018708371e-14;

const LOG2_E_HIGH = 1.4426950408889634;
const LOG2_E_LOW = 2.0355273740931033e-17;
const LOG10_E_HIGH = 0.4342944819032518;
const LOG10_E_LOW = 1.098319650216765e-17;

// (ln(1 + r) − r + r² / 2) / r³ for |r| ≤ 1/252
const LOGARITHM_0 = 0.3333333333333334;
const LOGARITHM_1 = -0.24999999998404146;
const LOGARITHM_2 = 0.19999999996463652;
const LOGARITHM_3 = -0.16666959704899947;
const LOGARITHM_4 = 0.14286075272868357;

/** The coefficients of (ln(1 + r) − r + r² / 2) / r³ for |r| ≤ 1/252, of r⁰ first. */
export const LOGARITHM_COEFFICIENTS: readonly number[] = [
  LOGARITHM_0,
  LOGARITHM_1,
  LOGARITHM_2,
  LOGARITHM_3,
  LOGARITHM_4,
];

const SMALL = 0.001953125; // 2⁻⁹: below, 1 + r needs no table
const TWO_54 = 18014398509481984;

/** What `reduceLogarithm` leaves: the exponent k and the table's entry of c. */
export const LOGARITHM_PLACE: Int32Array = new Int32Array(2);

/**
 * Writes x = 2ᵏ · (1 + r) / c with c from the table, |r| ≤ 1/252. Exact.
 *
 * Returns the high part of r, the low part is in `LOW`; k and the entry are in `LOGARITHM_PLACE`.
 * c has so few bits that both products m · c are exact, and c = 1 around x = 1.
 *
 * @param x In [2⁻¹⁰²², ∞).
 *
 * Source: Tang (1990), "Table-driven implementation of the logarithm function in IEEE floating-point
 * arithmetic". Differs in table and reduction: by a short reciprocal instead of a division.
 */
export function reduceLogarithm(x: number): number {
  const word = highWord(x);
  const exponent = (word >> 20) - 1023;
  const index = ((word & 0xfffff) + 0x1000) >> 13; // m ≈ 1 + index / 128
  const m = x * powerOfTwo(-exponent);
  const top = m + CUT - CUT;
  const c = LOGARITHM_TABLE[3 * index];
  const a = top * c - 1;
  const b = (m - top) * c;
  const r = a + b;
  LOW[0] = a - r + b;
  LOGARITHM_PLACE[0] = index > 52 ? exponent + 1 : exponent;
  LOGARITHM_PLACE[1] = 3 * index;
  return r;
}

/**
 * ln x + k · ln 2 + correction as a sum: high part returned, low part in `LOW`; about 61 bits.
 *
 * @param x In [2⁻¹⁰²², ∞).
 * @param k An integer in −54 … 1.
 * @param correction At most 2⁻⁵³: xLow / x, where the logarithm of x + xLow is meant.
 */
export function logarithmHigh(x: number, k: number, correction: number): number {
  const r = reduceLogarithm(x);
  return assemble(r, LOGARITHM_PLACE[0] + k, correction);
}

/** k ln 2 − ln c + ln(1 + r) + correction, with c and the low part of r as `reduceLogarithm` left them. */
function assemble(r: number, k: number, correction: number): number {
  const entry = LOGARITHM_PLACE[1];
  const base = k * LN2_HIGH + LOGARITHM_TABLE[entry + 1]; // exact
  const baseLow = k * LN2_LOW + LOGARITHM_TABLE[entry + 2];
  const first = base + r;
  const rest = base - first + r + (baseLow + (LOW[0] + correction) + curvature(r));
  const high = first + rest;
  LOW[0] = rest - (high - first);
  return high;
}

/** ln(1 + r) − r for |r| ≤ 1/252. */
function curvature(r: number): number {
  const square = r * r;
  const lower = LOGARITHM_0 + r * LOGARITHM_1;
  const upper = LOGARITHM_2 + r * LOGARITHM_3 + square * LOGARITHM_4;
  return square * (-0.5 + r * (lower + square * upper));
}

/**
 * ln(1 + w + wLow) as a sum, relatively precise also near 0.
 *
 * @param w Above −1, below 2¹⁰²³.
 * @param wLow At most half a unit in the last place of w.
 */
export function logarithmOfOnePlus(w: number, wLow: number): number {
  if (Math.abs(w) < SMALL) {
    const rest = wLow - wLow * w + curvature(w);
    const high = w + rest;
    LOW[0] = rest - (high - w);
    return high;
  }
  const sum = 1 + w;
  return logarithmHigh(sum, 0, (sumError(1, w, sum) + wLow) / sum);
}

/** The natural logarithm ln x, for x in [0, ∞]; NaN below 0. Within 0.6 units in the last place. */
export function log(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Infinity)) return logarithmOfExtreme(x);
  return logarithmHigh(x, 0, 0);
}

function logarithmOfExtreme(x: number): number {
  if (x > 0 && x < Infinity) return logarithmHigh(x * TWO_54, -54, 0);
  if (x === 0) return -Infinity;
  return x > 0 ? x : Number.NaN;
}

/** ln(1 + x) without the loss of digits near 0, for x in [−1, ∞]. Within 0.6 units in the last place. */
export function log1p(x: number): number {
  if (Math.abs(x) < 1e-20) return x;
  if (!(x > -1 && x < Infinity)) return logarithmOfExtreme(1 + x);
  return logarithmOfOnePlus(x, 0);
}

/** log₂ x, for x in [0, ∞]; exact for powers of two. Within 0.6 units in the last place. */
export function log2(x: number): number {
  if (!(x > 0 && x < Infinity)) return logarithmOfExtreme(x);
  return x < SMALLEST_NORMAL ? log2OfNormal(x * TWO_54, -54) : log2OfNormal(x, 0);
}

/** log₂ x + k, for x in [2⁻¹⁰²², ∞). */
function log2OfNormal(x: number, k: number): number {
  const r = reduceLogarithm(x);
  const exponent = LOGARITHM_PLACE[0] + k;
  const high = assemble(r, 0, 0); // in (−0.35, 0.35): it cannot cancel the exponent
  const product = high * LOG2_E_HIGH;
  const low = productError(high, LOG2_E_HIGH, product) + high * LOG2_E_LOW + LOW[0] * LOG2_E_HIGH;
  const sum = exponent + product;
  return sum + (sumError(exponent, product, sum) + low);
}

/** log₁₀ x, for x in [0, ∞]; exact for powers of ten. Within 0.6 units in the last place. */
export function log10(x: number): number {
  if (!(x > 0 && x < Infinity)) return logarithmOfExtreme(x);
  const high = x < SMALLEST_NORMAL ? logarithmHigh(x * TWO_54, -54, 0) : logarithmHigh(x, 0, 0);
  const product = high * LOG10_E_HIGH;
  const low = productError(high, LOG10_E_HIGH, product) + high * LOG10_E_LOW;
  return product + (low + LOW[0] * LOG10_E_HIGH);
}
