import { exponentOf, powerOfTwo, SMALLEST_NORMAL, scale } from './bits.ts';
import { LOW, productError, rootHigh, squareError } from './double-double.ts';

// ∛m for m in [1, 2], to 16 bits
const CUBE_ROOT_0 = 0.507659068402955;
const CUBE_ROOT_1 = 0.7162226157744734;
const CUBE_ROOT_2 = -0.2985951176451044;
const CUBE_ROOT_3 = 0.08517405653087405;
const CUBE_ROOT_4 = -0.010450344373234539;
const CUBE_ROOT_OF_2 = 1.2599210498948732;
const CUBE_ROOT_OF_4 = 1.5874010519681996;

const TWO_54 = 18014398509481984;

/** The cube root, for x in [−∞, ∞]; exact for cubes. Within 0.6 units in the last place. */
export function cbrt(x: number): number {
  const size = Math.abs(x);
  if (!(size > 0 && size < Infinity)) return x;
  const result =
    size < SMALLEST_NORMAL ? cubeRootOfNormal(size * TWO_54, 18) : cubeRootOfNormal(size, 0);
  return x < 0 ? -result : result;
}

/**
 * ∛x / 2^down, for x in [2⁻¹⁰²², ∞).
 *
 *     x = m · 2^(3k + j)      ∛x = ∛m · ∛2ʲ · 2ᵏ
 *
 * A polynomial, then two steps of Halley's method, t ← t + t (m − t³) / (2 t³ + m). Between them t is
 * cut to 24 bits, so that t² is exact.
 */
function cubeRootOfNormal(x: number, down: number): number {
  const exponent = exponentOf(x);
  const k = Math.floor(exponent / 3);
  const j = exponent - 3 * k;
  const m = x * powerOfTwo(-exponent);
  const whole = m * (1 << j);
  const guess = polynomial(m) * (j === 0 ? 1 : j === 1 ? CUBE_ROOT_OF_2 : CUBE_ROOT_OF_4);
  const cube = guess * guess * guess;
  const t = Math.fround(guess + (guess * (whole - cube)) / (2 * cube + whole));
  const square = t * t; // exact
  const third = square * t;
  const residual = whole - third - productError(square, t, third);
  return scale(t + (t * residual) / (2 * third + whole), k - down);
}

function polynomial(m: number): number {
  const square = m * m;
  const lower = CUBE_ROOT_0 + m * CUBE_ROOT_1;
  return lower + square * (CUBE_ROOT_2 + m * CUBE_ROOT_3 + square * CUBE_ROOT_4);
}

const SCALE_UP = powerOfTwo(600);
const SCALE_DOWN = powerOfTwo(-600);

/**
 * √(x² + y²) without overflow on the way, for every x and y; ∞ where one is infinite.
 *
 * Within 0.6 units in the last place, 0.8 where the result is subnormal.
 */
export function hypot(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  if (a === Infinity || b === Infinity) return Infinity;
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  if (!(large <= 1e153 && small >= 1e-120)) return hypotOfExtreme(large, small);
  return hypotOfOrdinary(large, small);
}

function hypotOfExtreme(large: number, small: number): number {
  if (!(small > large * 1e-18)) return large + small; // small is lost beside large, or one is NaN
  if (large > 1) return hypotOfOrdinary(large * SCALE_DOWN, small * SCALE_DOWN) * SCALE_UP;
  return hypotOfOrdinary(large * SCALE_UP, small * SCALE_UP) * SCALE_DOWN;
}

function hypotOfOrdinary(large: number, small: number): number {
  const first = large * large;
  const second = small * small;
  const sum = first + second;
  const low = first - sum + second + squareError(large, first) + squareError(small, second);
  const root = rootHigh(sum, low);
  return root + LOW[0];
}
