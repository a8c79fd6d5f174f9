import { powerOfTwo, scale } from './bits.ts';
import { LOW, quotientHigh, sumError } from './double-double.ts';
import { EXPONENT, exponentialHigh } from './exponential.ts';

// (sinh x − x) / x³ as a polynomial in x², |x| ≤ 1/4
const SINH_0 = 0.16666666666666666;
const SINH_1 = 0.008333333333332476;
const SINH_2 = 0.00019841269847585536;
const SINH_3 = 2.7557298927588993e-6;
const SINH_4 = 2.5081713936269937e-8;

// (tanh x − x) / x³ as a polynomial in x², |x| ≤ 1/4
const TANH_0 = -0.3333333333333333;
const TANH_1 = 0.13333333333333314;
const TANH_2 = -0.05396825396820866;
const TANH_3 = 0.021869488531230042;
const TANH_4 = -0.008863235226847775;
const TANH_5 = 0.0035921167607145966;
const TANH_6 = -0.001455575348432703;
const TANH_7 = 0.0005864249811590766;
const TANH_8 = -0.00021111340715024545;

const TINY = 1e-9; // below, x³ is lost beside x

/** The hyperbolic sine, (eˣ − e⁻ˣ) / 2, for x in [−∞, ∞]. Within 0.6 units in the last place. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size < 0.25) return size < TINY ? x : sinhNearZero(x);
  const result = size < 22 ? halfOfPair(size, -1) : halfExponential(size);
  return x < 0 ? -result : result;
}

/** The hyperbolic cosine, (eˣ + e⁻ˣ) / 2, for x in [−∞, ∞]. Within 0.6 units in the last place. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  return size < 22 ? halfOfPair(size, 1) : halfExponential(size);
}

/** (eˣ + sign · e⁻ˣ) / 2 for x in [0, 22). */
function halfOfPair(x: number, sign: number): number {
  const grown = exponentialHigh(x, 0);
  const grownPower = powerOfTwo(EXPONENT[0] - 1);
  const grownLow = LOW[0] * grownPower;
  const shrunk = exponentialHigh(-x, 0);
  const shrunkPower = sign * powerOfTwo(EXPONENT[0] - 1);
  const shrunkLow = LOW[0] * shrunkPower;
  const a = grown * grownPower;
  const b = shrunk * shrunkPower;
  const sum = a + b;
  return sum + (a - sum + b + (grownLow + shrunkLow)); // a ≥ |b|
}

/** eˣ / 2 for x from 22 on, where e⁻ˣ is lost beside it. */
function halfExponential(x: number): number {
  if (!(x < 711)) return x * Infinity; // NaN stays NaN
  const high = exponentialHigh(x, 0);
  return scale(high, EXPONENT[0] - 1);
}

function sinhNearZero(x: number): number {
  const z = x * x;
  const square = z * z;
  const sum = SINH_0 + z * SINH_1 + square * (SINH_2 + z * SINH_3 + square * SINH_4);
  return x + x * z * sum;
}

/**
 * The hyperbolic tangent, for x in [−∞, ∞]. Within 0.6 units in the last place.
 *
 *     tanh x = 1 − 2 / (e²ˣ + 1)
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 0.25) return size < TINY ? x : tanhNearZero(x);
  if (size > 20) return x < 0 ? -1 : 1;
  const result = tanhFromExponential(size);
  return x < 0 ? -result : result;
}

function tanhFromExponential(x: number): number {
  const high = exponentialHigh(2 * x, 0);
  const power = powerOfTwo(EXPONENT[0]);
  const a = high * power;
  const denominator = a + 1;
  const ratio = quotientHigh(2, 0, denominator, sumError(a, 1, denominator) + LOW[0] * power);
  const result = 1 - ratio;
  return result + (1 - result - ratio - LOW[0]);
}

function tanhNearZero(x: number): number {
  const z = x * x;
  const square = z * z;
  const fourth = square * square;
  const first = TANH_0 + z * TANH_1 + square * (TANH_2 + z * TANH_3);
  const second = TANH_4 + z * TANH_5 + square * (TANH_6 + z * TANH_7);
  return x + x * z * (first + fourth * (second + fourth * TANH_8));
}
