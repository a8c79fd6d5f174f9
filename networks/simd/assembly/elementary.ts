// Elementary functions of four float32, from polynomials that bench/peers/lane_coefficients.py made.
//
// No branches and no tables: the same operations for every number, so the same bits everywhere in the
// portable build. Errors are a few units in the last place; NaN stays NaN.

import { multiplyAdd } from './lanes';

const LN2_HIGH: f32 = 0.693145752;
const LN2_LOW: f32 = 1.42860677e-06;
const LOG2_E: f32 = 1.44269502;
const EXP_0: f32 = 0.5;
const EXP_1: f32 = 0.166665763;
const EXP_2: f32 = 0.0416668504;
const EXP_3: f32 = 0.00836330932;
const EXP_4: f32 = 0.00139018544;
// Relative error: 2^-22.8
const LOG_0: f32 = 0.666666687;
const LOG_1: f32 = 0.399997026;
const LOG_2: f32 = 0.285925001;
const LOG_3: f32 = 0.217045307;
const LOG_4: f32 = 0.232335687;
// Relative error: 2^-25.0
const TAIL_0: f32 = 0.729083657;
const TAIL_1: f32 = -0.509332299;
const TAIL_2: f32 = 0.230019346;
const TAIL_3: f32 = -0.0472561009;
const TAIL_4: f32 = -0.0104799354;
const TAIL_5: f32 = 0.00692392187;
const TAIL_6: f32 = 0.00107603683;
const TAIL_7: f32 = -0.000903251814;
const TAIL_8: f32 = -0.000266766001;
// Relative error: 2^-23.5

const LOWEST: f32 = -88; // e^x is 0 from here on: no number below 2⁻¹²⁶ is wanted
const TO_WHOLE: f32 = 12582912; // 1.5 · 2²³: added, it leaves no bits behind the point
const FARTHEST: f32 = 14; // standard deviations: Φ is 0 or 1 beyond

/** a · b + c with constants b and c. */
@inline
function linear(a: v128, b: f32, c: f32): v128 {
  return multiplyAdd(a, f32x4.splat(b), f32x4.splat(c));
}

/** The next step of a polynomial in x, from the highest power down. */
@inline
function horner(sum: v128, x: v128, coefficient: f32): v128 {
  return multiplyAdd(sum, x, f32x4.splat(coefficient));
}

/** x as n ln 2 + r: n + 1.5 · 2²³, whose last bits are n. */
@inline
function wholePart(x: v128): v128 {
  return linear(x, LOG2_E, TO_WHOLE);
}

/** eʳ − 1, where n is `whole` less 1.5 · 2²³. */
@inline
function powerOfRest(x: v128, whole: v128): v128 {
  const n = f32x4.sub(whole, f32x4.splat(TO_WHOLE));
  let r = multiplyAdd(n, f32x4.splat(-LN2_HIGH), x);
  r = multiplyAdd(n, f32x4.splat(-LN2_LOW), r);
  let sum = linear(r, EXP_4, EXP_3);
  sum = horner(sum, r, EXP_2);
  sum = horner(sum, r, EXP_1);
  sum = horner(sum, r, EXP_0);
  return multiplyAdd(f32x4.mul(r, r), sum, r);
}

/** 2ⁿ for n from −127, where it is 0, to 0. */
@inline
function powerOfTwo(whole: v128): v128 {
  return i32x4.shl(i32x4.add(whole, i32x4.splat(127)), 23);
}

/** e^x for x ≤ 0. */
@inline
export function exp(x: v128): v128 {
  x = f32x4.pmax(x, f32x4.splat(LOWEST));
  const whole = wholePart(x);
  const scale = powerOfTwo(whole);
  return multiplyAdd(scale, powerOfRest(x, whole), scale);
}

/** e^x − 1 for x ≤ 0. */
@inline
export function expm1(x: v128): v128 {
  x = f32x4.pmax(x, f32x4.splat(LOWEST));
  const whole = wholePart(x);
  const scale = powerOfTwo(whole);
  return multiplyAdd(scale, powerOfRest(x, whole), f32x4.sub(scale, f32x4.splat(1)));
}

/** ln(1 + x) for x in [0, 1]: 2 artanh s with s = x / (2 + x). */
@inline
export function log1p(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(x, f32x4.splat(2)));
  const square = f32x4.mul(s, s);
  let sum = linear(square, LOG_4, LOG_3);
  sum = horner(sum, square, LOG_2);
  sum = horner(sum, square, LOG_1);
  sum = horner(sum, square, LOG_0);
  return multiplyAdd(f32x4.mul(s, square), sum, f32x4.add(s, s));
}

/** 1 / (1 + e^−x). */
@inline
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const power = exp(f32x4.neg(f32x4.abs(x)));
  const above = v128.bitselect(power, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(above, f32x4.add(one, power));
}

/** tanh x: −t / (2 + t) with t = e^(−2|x|) − 1, and the sign of x. */
@inline
export function tanh(x: v128): v128 {
  const t = expm1(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)));
  const size = f32x4.abs(f32x4.div(t, f32x4.add(t, f32x4.splat(2))));
  return v128.or(size, v128.and(x, f32x4.splat(-0.0)));
}

/** ln(1 + e^x). */
@inline
export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.pmax(f32x4.splat(0), x), log1p(exp(f32x4.neg(f32x4.abs(x)))));
}

/** e^(−x² / 2). */
@inline
export function bell(x: v128): v128 {
  const far = f32x4.pmin(f32x4.abs(x), f32x4.splat(FARTHEST));
  return exp(f32x4.mul(f32x4.mul(far, far), f32x4.splat(-0.5)));
}

/** Φ(x), the chance that a standard normal draw is below x, where `power` is e^(−x² / 2). */
@inline
export function normalBelow(x: v128, power: v128): v128 {
  const far = f32x4.pmin(f32x4.abs(x), f32x4.splat(FARTHEST));
  const t = f32x4.div(f32x4.splat(1), f32x4.add(far, f32x4.splat(3)));
  const u = f32x4.mul(f32x4.sub(far, f32x4.splat(3)), t);
  let sum = linear(u, TAIL_8, TAIL_7);
  sum = horner(sum, u, TAIL_6);
  sum = horner(sum, u, TAIL_5);
  sum = horner(sum, u, TAIL_4);
  sum = horner(sum, u, TAIL_3);
  sum = horner(sum, u, TAIL_2);
  sum = horner(sum, u, TAIL_1);
  sum = horner(sum, u, TAIL_0);
  const tail = f32x4.mul(f32x4.mul(power, t), sum);
  const isBelow = f32x4.lt(x, f32x4.splat(0));
  return v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), isBelow);
}
