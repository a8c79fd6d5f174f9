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
const NEGLIGIBLE = 1e-19; // a ratio below is its own arctangent, and lost beside π/2
const SCALE_UP = powerOfTwo(600);
const SCALE_DOWN = powerOfTwo(-600);

// What the functions below work on, in place: numerator and denominator, then the angle. No double
// crosses a call: V8 would put it into an object where it does not inline.
const RATIO = new Float64Array(2);

/** The angle in [−π/2, π/2] whose tangent is x, for x in [−∞, ∞]. Within 0.6 units in the last place. */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (size > 1e18) return x < 0 ? -HALF_PI_HIGH : HALF_PI_HIGH;
  const isSteep = size > 1;
  RATIO[0] = isSteep ? 1 : size;
  RATIO[1] = isSteep ? size : 1;
  arctangentOfRatio();
  if (isSteep) turn(1, -1); // atan x = π/2 − atan(1/x)
  return x < 0 ? -RATIO[0] : RATIO[0];
}

/**
 * Replaces `RATIO` by atan(numerator / denominator), with the low part in `LOW`.
 *
 *     t ≈ numerator / denominator, c = the nearest i / 32
 *     atan t = atan c + atan r      r = (t − c) / (1 + t c), |r| ≤ 1/63
 *
 * The numerator in [0, denominator], the denominator in [2⁻⁵⁰⁰, 2⁵⁰⁰].
 *
 * Source: Muller, "Elementary Functions", 3rd edition, section 6.3 (table and polynomial).
 */
function arctangentOfRatio(): void {
  const numerator = RATIO[0];
  const denominator = RATIO[1];
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
  RATIO[0] = high;
  LOW[0] = rest - (high - first);
}

/** Replaces the angle by quarters · π/2 + sign · angle, rounded; quarters 1 or 2. */
function turn(quarters: number, sign: number): void {
  const base = quarters * HALF_PI_HIGH;
  const signed = sign * RATIO[0];
  const sum = base + signed;
  RATIO[0] = sum + (base - sum + signed + (quarters * HALF_PI_LOW + sign * LOW[0]));
}

/**
 * The angle in [−π, π] from the positive x-axis to the point (x, y), for every y and x.
 *
 * Within 0.6 units in the last place. The sign of a zero counts: atan2(±0, −1) is ±π.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const isInfinite = Math.abs(x) === Infinity && Math.abs(y) === Infinity;
  const height = isInfinite ? 1 : Math.abs(y);
  const width = isInfinite ? 1 : Math.abs(x);
  const isLeft = x < 0 || Object.is(x, -0);
  const isFlat = height <= width;
  RATIO[0] = isFlat ? height : width;
  RATIO[1] = isFlat ? width : height;
  if (isFlat) flatAngle(isLeft);
  else steepAngle(isLeft);
  return y < 0 || Object.is(y, -0) ? -RATIO[0] : RATIO[0];
}

/** The angle of a point above the axis, nearer to it than to the vertical; π minus that if left. */
function flatAngle(isLeft: boolean): void {
  if (RATIO[0] > RATIO[1] * NEGLIGIBLE) {
    scaleRatio();
    arctangentOfRatio();
    if (isLeft) turn(2, -1);
  } else if (isLeft) RATIO[0] = 2 * HALF_PI_HIGH;
  else if (RATIO[0] !== 0) RATIO[0] /= RATIO[1];
}

/** The angle of a point above the axis, nearer to the vertical: π/2 minus or plus the rest. */
function steepAngle(isLeft: boolean): void {
  if (RATIO[0] > RATIO[1] * NEGLIGIBLE) {
    scaleRatio();
    arctangentOfRatio();
    turn(1, isLeft ? 1 : -1);
  } else RATIO[0] = HALF_PI_HIGH;
}

/** Brings both into the middle of the range, by powers of two. */
function scaleRatio(): void {
  if (RATIO[1] < 1e140 && RATIO[1] > 1e-140) return;
  const factor = RATIO[1] > 1 ? SCALE_DOWN : SCALE_UP;
  RATIO[0] *= factor;
  RATIO[1] *= factor;
}
