import { powerOfTwo, scale } from './bits.ts';
import { LOW, sumError } from './double-double.ts';
import { EXPONENTIAL_TABLE } from './exponential-table.ts';

// Adding and taking off 1.5 · 2⁵² rounds to an integer, ties to even.
const ROUND = 6755399441055744;

// ln 2 / 64, the first part in 34 bits: times an integer below 2¹⁹ it is exact.
const STEP_HIGH = 0.010830424695996044;
const STEP_LOW = 2.5310172166650877e-13;
const STEPS_PER_UNIT = 92.33248261689366; // 64 / ln 2

// (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 128
const EXPONENTIAL_0 = 0.5;
const EXPONENTIAL_1 = 0.1666666666665788;
const EXPONENTIAL_2 = 0.04166666666663923;
const EXPONENTIAL_3 = 0.008333341995162745;
const EXPONENTIAL_4 = 0.001388890390637674;

// (eˣ − 1 − x) / x² for |x| ≤ 1/8
const EXPM1_0 = 0.5;
const EXPM1_1 = 0.16666666666666657;
const EXPM1_2 = 0.04166666666666663;
const EXPM1_3 = 0.008333333333398148;
const EXPM1_4 = 0.0013888888889008867;
const EXPM1_5 = 0.00019841268588544417;
const EXPM1_6 = 2.480158567613921e-5;
const EXPM1_7 = 2.7566861236865375e-6;
const EXPM1_8 = 2.7566959088787823e-7;

/** Where `exponentialHigh` leaves the power of two that its result is to be multiplied with. */
export const EXPONENT: Int32Array = new Int32Array(1);

/**
 * e^(x + xLow) without its power of two: high part returned, in [0.99, 2.01), low part in `LOW`,
 * power in `EXPONENT`. About 60 bits are right.
 *
 *     x = n · ln 2 / 64 + r      |r| ≤ ln 2 / 128
 *     eˣ = 2^⌊n / 64⌋ · 2^((n mod 64) / 64) · eʳ
 *
 * @param x In [−750, 750].
 *
 * Source: Tang (1989), "Table-driven implementation of the exponential function in IEEE
 * floating-point arithmetic". Differs in the table's size, the polynomial and the low part.
 */
export function exponentialHigh(x: number, xLow: number): number {
  const steps = x * STEPS_PER_UNIT + ROUND - ROUND;
  const r = x - steps * STEP_HIGH - steps * STEP_LOW + xLow;
  const square = r * r;
  const lower = EXPONENTIAL_0 + r * EXPONENTIAL_1;
  const upper = EXPONENTIAL_2 + r * EXPONENTIAL_3 + square * EXPONENTIAL_4;
  const growth = r + square * (lower + square * upper); // eʳ − 1
  const entry = 2 * (steps & 63);
  const power = EXPONENTIAL_TABLE[entry];
  const rest = power * growth + EXPONENTIAL_TABLE[entry + 1];
  const high = power + rest;
  LOW[0] = rest - (high - power);
  EXPONENT[0] = steps >> 6;
  return high;
}

/** eˣ, for x in [−∞, ∞]. Within 0.6 units in the last place, 0.8 where the result is subnormal. */
export function exp(x: number): number {
  if (!(Math.abs(x) < 746)) return exponentialOfExtreme(x);
  const high = exponentialHigh(x, 0);
  return scale(high, EXPONENT[0]);
}

/**
 * Writes eˣ for each of the numbers from `start` to before `end`: the bits of `exp`, in less time than it
 * takes, and without a number that has to be allocated where a call is not inlined.
 *
 * @param exponentials Written from `start` on; may be `numbers` itself.
 */
export function writeExponentials(
  numbers: Float64Array,
  start: number,
  end: number,
  exponentials: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const x = numbers[i];
    if (!(Math.abs(x) < 708)) {
      exponentials[i] = exp(x); // extreme, or subnormal
      continue;
    }
    const steps = x * STEPS_PER_UNIT + ROUND - ROUND;
    const r = x - steps * STEP_HIGH - steps * STEP_LOW;
    const square = r * r;
    const lower = EXPONENTIAL_0 + r * EXPONENTIAL_1;
    const upper = EXPONENTIAL_2 + r * EXPONENTIAL_3 + square * EXPONENTIAL_4;
    const growth = r + square * (lower + square * upper); // eʳ − 1
    const entry = 2 * (steps & 63);
    const power = EXPONENTIAL_TABLE[entry];
    const rest = power * growth + EXPONENTIAL_TABLE[entry + 1];
    exponentials[i] = (power + rest) * powerOfTwo(steps >> 6);
  }
}

function exponentialOfExtreme(x: number): number {
  if (x > 0) return Infinity;
  return x < 0 ? 0 : Number.NaN;
}

/**
 * eˣ − 1 without the loss of digits near 0, for x in [−∞, ∞].
 *
 * Within 0.7 units in the last place.
 */
export function expm1(x: number): number {
  const size = Math.abs(x);
  if (size < 0.125) return size < 1e-20 ? x : expm1NearZero(x);
  if (!(size < 45)) return x < 0 ? -1 : exp(x);
  const high = exponentialHigh(x, 0);
  const power = powerOfTwo(EXPONENT[0]);
  const scaled = high * power;
  const shifted = scaled - 1;
  return shifted + (sumError(scaled, -1, shifted) + LOW[0] * power);
}

function expm1NearZero(x: number): number {
  const square = x * x;
  const fourth = square * square;
  const first = EXPM1_0 + x * EXPM1_1 + square * (EXPM1_2 + x * EXPM1_3);
  const second = EXPM1_4 + x * EXPM1_5 + square * (EXPM1_6 + x * EXPM1_7);
  return x + square * (first + fourth * (second + fourth * EXPM1_8));
}
