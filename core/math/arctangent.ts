import { HALF_PI_HIGH, HALF_PI_LOW } from './angle-reduction.ts';
import { ARCTANGENT_TABLE } from './arctangent-table.ts';
import { powerOfTwo } from './bits.ts';
import { LOW, quotientHigh } from './double-double.ts';

// (atan r − r) / r³ as a polynomial in r², |r| ≤ 1/63
const ARCTANGENT_0 = -0.3333333333333333;
const ARCTANGENT_1 = 0.19999999999901463;
const ARCTANGENT_2 = -0.1428571310452182;
const ARCTANGENT_3 = 0.11105530519747946;

// Adding and taking off 1.5 · 2⁵² rounds to an integer, ties to even.
const ROUND = 6755399441055744;
const SPLITTER = 134217729; // 2²⁷ + 1
const TINY = 1e-9; // below, x³ is lost beside x
const SCALE_UP = powerOfTwo(600);
const SCALE_DOWN = powerOfTwo(-600);

/** The angle in [−π/2, π/2] whose tangent is x, for x in [−∞, ∞]. Within 0.6 units in the last place. */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  const result = size <= 1 ? arctangentHigh(size, 1) : arctangentOfLarge(size);
  return x < 0 ? -result : result;
}

/** atan x = π/2 − atan(1/x), for x above 1 and NaN. */
function arctangentOfLarge(x: number): number {
  if (x > 1e18) return HALF_PI_HIGH;
  return addAngle(HALF_PI_HIGH, HALF_PI_LOW, -1, arctangentHigh(1, x));
}

/**
 * atan(numerator / denominator) as a sum: high part returned, low part in `LOW`.
 *
 *     t ≈ numerator / denominator, c = the nearest i / 32
 *     atan t = atan c + atan r      r = (t − c) / (1 + t c), |r| ≤ 1/63
 *
 * @param numerator In (0, denominator].
 * @param denominator In [2⁻⁵⁰⁰, 2⁵⁰⁰].
 */
function arctangentHigh(numerator: number, denominator: number): number {
  const index = (numerator / denominator) * 32 + ROUND - ROUND;
  const c = 0.03125 * index;
  const scaled = SPLITTER * denominator;
  const top = scaled - (scaled - denominator); // 26 bits, so that c · top is exact
  const a = numerator - c * top - c * (denominator - top);
  const step = c * numerator;
  const b = denominator + step;
  const r = quotientHigh(a, 0, b, denominator - b + step);
  const z = r * r;
  const sum = ARCTANGENT_0 + z * ARCTANGENT_1 + z * z * (ARCTANGENT_2 + z * ARCTANGENT_3);
  const entry = 2 * index;
  const base = ARCTANGENT_TABLE[entry];
  const first = base + r;
  const rest = base - first + r + (ARCTANGENT_TABLE[entry + 1] + LOW[0] + r * z * sum);
  const high = first + rest;
  LOW[0] = rest - (high - first);
  return high;
}

/** (base + baseLow) + sign · (angle + LOW), for a base that is larger than the angle. */
function addAngle(base: number, baseLow: number, sign: number, angle: number): number {
  const signed = sign * angle;
  const sum = base + signed;
  return sum + (base - sum + signed + (baseLow + sign * LOW[0]));
}

/**
 * The angle in [−π, π] from the positive x-axis to the point (x, y), for every y and x.
 *
 * Within 0.6 units in the last place. The sign of a zero counts: atan2(±0, −1) is ±π.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const height = Math.abs(y);
  const width = Math.abs(x);
  if (height === Infinity && width === Infinity) return atan2(Math.sign(y), Math.sign(x));
  const left = x < 0 || Object.is(x, -0);
  const result = height <= width ? flatAngle(height, width, left) : steepAngle(height, width, left);
  return y < 0 || Object.is(y, -0) ? -result : result;
}

/** The angle of a point above the axis, nearer to it than to the vertical; π minus that if left. */
function flatAngle(height: number, width: number, left: boolean): number {
  if (!(height > width * 1e-19)) {
    if (left) return 2 * HALF_PI_HIGH;
    return height === 0 ? 0 : height / width;
  }
  const angle = angleBelowDiagonal(height, width);
  return left ? addAngle(2 * HALF_PI_HIGH, 2 * HALF_PI_LOW, -1, angle) : angle;
}

/** The angle of a point above the axis, nearer to the vertical: π/2 minus or plus the rest. */
function steepAngle(height: number, width: number, left: boolean): number {
  if (!(width > height * 1e-19)) return HALF_PI_HIGH;
  return addAngle(HALF_PI_HIGH, HALF_PI_LOW, left ? 1 : -1, angleBelowDiagonal(width, height));
}

function angleBelowDiagonal(small: number, large: number): number {
  if (large > 1e140) return angleBelowDiagonal(small * SCALE_DOWN, large * SCALE_DOWN);
  if (large < 1e-140) return angleBelowDiagonal(small * SCALE_UP, large * SCALE_UP);
  return arctangentHigh(small, large);
}
