// Nonlinear functions of whole arrays. The codes are the places in ACTIVATIONS of
// networks/specification/activation.ts.

import { bell, expm1, normalBelow, sigmoid, softplus, tanh } from './elementary';
import { at, firstLanes, multiplyAdd, storeFirst, sumOf } from './lanes';

export const LINEAR = 0;
export const RELU = 1;
const LEAKY_RELU = 2;
const ELU = 3;
const SELU = 4;
const SILU = 5;
const GELU = 6;
const SOFTPLUS = 7;
const SIGMOID = 8;
const TANH = 9;

const LEAKY_SLOPE: f32 = 0.01;
const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_BOTTOM: f32 = 1.7580993408473766; // the scale times α
const ONE_OVER_SQRT_TWO_PI: f32 = 0.3989422804014327;

/** `above` where x > 0, else `below`. */
@inline
function byside(x: v128, above: v128, below: v128): v128 {
  return v128.bitselect(above, below, f32x4.gt(x, f32x4.splat(0)));
}

/** e^x − 1 below 0, and 0 above. */
@inline
function bottom(x: v128): v128 {
  return expm1(f32x4.pmin(x, f32x4.splat(0)));
}

/** f(x). */
@inline
function valueOf(code: i32, x: v128): v128 {
  if (code == RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (code == LEAKY_RELU) return byside(x, x, f32x4.mul(x, f32x4.splat(LEAKY_SLOPE)));
  if (code == ELU) return byside(x, x, bottom(x));
  if (code == SELU) {
    const above = f32x4.mul(x, f32x4.splat(SELU_SCALE));
    return byside(x, above, f32x4.mul(bottom(x), f32x4.splat(SELU_BOTTOM)));
  }
  if (code == SILU) return f32x4.mul(x, sigmoid(x));
  if (code == GELU) return f32x4.mul(x, normalBelow(x, bell(x)));
  if (code == SOFTPLUS) return softplus(x);
  if (code == SIGMOID) return sigmoid(x);
  if (code == TANH) return tanh(x);
  return x;
}

/** f′(x) for y = f(x). */
@inline
function slopeOf(code: i32, x: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  if (code == RELU) return v128.and(one, f32x4.gt(y, f32x4.splat(0)));
  if (code == LEAKY_RELU) return byside(y, one, f32x4.splat(LEAKY_SLOPE));
  if (code == ELU) return byside(y, one, f32x4.add(y, one));
  if (code == SELU) {
    return byside(y, f32x4.splat(SELU_SCALE), f32x4.add(y, f32x4.splat(SELU_BOTTOM)));
  }
  if (code == SILU) {
    const s = sigmoid(x);
    return f32x4.mul(s, multiplyAdd(x, f32x4.sub(one, s), one));
  }
  if (code == GELU) {
    const power = bell(x);
    const density = f32x4.mul(power, f32x4.splat(ONE_OVER_SQRT_TWO_PI));
    return multiplyAdd(x, density, normalBelow(x, power));
  }
  if (code == SOFTPLUS) return f32x4.neg(expm1(f32x4.neg(y))); // σ(x) = 1 − e^(−y)
  if (code == SIGMOID) return f32x4.mul(y, f32x4.sub(one, y));
  if (code == TANH) return f32x4.sub(one, f32x4.mul(y, y));
  return one;
}

/**
 * One loop, for a code that the compiler knows. It ends at the bottom, so that engines take constants out
 * of it.
 */
@inline
function each(code: i32, x: i32, y: i32, n: i32): void {
  let source = at(x);
  let target = at(y);
  let left = n;
  if (left >= 4) {
    do {
      v128.store(target, valueOf(code, v128.load(source)));
      source += 16;
      target += 16;
      left -= 4;
    } while (left >= 4);
  }
  if (left > 0) storeFirst(target, valueOf(code, v128.load(source)), left);
}

/** Likewise. */
@inline
function eachBackward(code: i32, x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  let input = at(x);
  let output = at(y);
  let above = at(dy);
  let target = at(dx);
  let left = n;
  if (left >= 4) {
    do {
      const slope = slopeOf(code, v128.load(input), v128.load(output));
      v128.store(target, f32x4.mul(slope, v128.load(above)));
      input += 16;
      output += 16;
      above += 16;
      target += 16;
      left -= 4;
    } while (left >= 4);
  }
  if (left <= 0) return;
  const slope = slopeOf(code, v128.load(input), v128.load(output));
  storeFirst(target, f32x4.mul(slope, v128.load(above)), left);
}

// A function for each: in one function the compiler would make one loop of all.

function linearEach(x: i32, y: i32, n: i32): void {
  each(LINEAR, x, y, n);
}

function linearEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(LINEAR, x, y, dy, dx, n);
}

function reluEach(x: i32, y: i32, n: i32): void {
  each(RELU, x, y, n);
}

function reluEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(RELU, x, y, dy, dx, n);
}

function leakyReluEach(x: i32, y: i32, n: i32): void {
  each(LEAKY_RELU, x, y, n);
}

function leakyReluEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(LEAKY_RELU, x, y, dy, dx, n);
}

function eluEach(x: i32, y: i32, n: i32): void {
  each(ELU, x, y, n);
}

function eluEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(ELU, x, y, dy, dx, n);
}

function seluEach(x: i32, y: i32, n: i32): void {
  each(SELU, x, y, n);
}

function seluEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(SELU, x, y, dy, dx, n);
}

function siluEach(x: i32, y: i32, n: i32): void {
  each(SILU, x, y, n);
}

function siluEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(SILU, x, y, dy, dx, n);
}

function geluEach(x: i32, y: i32, n: i32): void {
  each(GELU, x, y, n);
}

function geluEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(GELU, x, y, dy, dx, n);
}

function softplusEach(x: i32, y: i32, n: i32): void {
  each(SOFTPLUS, x, y, n);
}

function softplusEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(SOFTPLUS, x, y, dy, dx, n);
}

function sigmoidEach(x: i32, y: i32, n: i32): void {
  each(SIGMOID, x, y, n);
}

function sigmoidEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(SIGMOID, x, y, dy, dx, n);
}

function tanhEach(x: i32, y: i32, n: i32): void {
  each(TANH, x, y, n);
}

function tanhEachBackward(x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  eachBackward(TANH, x, y, dy, dx, n);
}

export function activate(code: i32, x: i32, y: i32, n: i32): void {
  switch (code) {
    case RELU: reluEach(x, y, n); break;
    case LEAKY_RELU: leakyReluEach(x, y, n); break;
    case ELU: eluEach(x, y, n); break;
    case SELU: seluEach(x, y, n); break;
    case SILU: siluEach(x, y, n); break;
    case GELU: geluEach(x, y, n); break;
    case SOFTPLUS: softplusEach(x, y, n); break;
    case SIGMOID: sigmoidEach(x, y, n); break;
    case TANH: tanhEach(x, y, n); break;
    default: linearEach(x, y, n);
  }
}

export function activateBackward(code: i32, x: i32, y: i32, dy: i32, dx: i32, n: i32): void {
  switch (code) {
    case RELU: reluEachBackward(x, y, dy, dx, n); break;
    case LEAKY_RELU: leakyReluEachBackward(x, y, dy, dx, n); break;
    case ELU: eluEachBackward(x, y, dy, dx, n); break;
    case SELU: seluEachBackward(x, y, dy, dx, n); break;
    case SILU: siluEachBackward(x, y, dy, dx, n); break;
    case GELU: geluEachBackward(x, y, dy, dx, n); break;
    case SOFTPLUS: softplusEachBackward(x, y, dy, dx, n); break;
    case SIGMOID: sigmoidEachBackward(x, y, dy, dx, n); break;
    case TANH: tanhEachBackward(x, y, dy, dx, n); break;
    default: linearEachBackward(x, y, dy, dx, n);
  }
}

/** x, below 0: slope · x. */
@inline
function bent(x: v128, slope: v128): v128 {
  return byside(x, x, f32x4.mul(slope, x));
}

export function parametricRelu(rows: i32, channels: i32, slopes: i32, x: i32, y: i32): void {
  if (channels == 1) {
    bend(rows, v128.load32_splat(at(slopes)), at(x), at(y));
    return;
  }
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < channels; c += 4) {
      const place = at(r * channels + c);
      const value = bent(v128.load(at(x) + place), v128.load(at(slopes + c)));
      storeFirst(at(y) + place, value, channels - c);
    }
  }
}

/** A stretch of numbers with one slope. */
function bend(n: i32, slope: v128, source: usize, target: usize): void {
  for (let left = n; left > 0; left -= 4) {
    storeFirst(target, bent(v128.load(source), slope), left);
    source += 16;
    target += 16;
  }
}

export function parametricReluBackward(
  rows: i32,
  channels: i32,
  slopes: i32,
  x: i32,
  dy: i32,
  slopesGradient: i32,
  dx: i32,
): void {
  if (channels == 1) {
    bendBackward(rows, at(slopes), at(x), at(dy), at(slopesGradient), dx < 0, at(dx));
    return;
  }
  for (let c = 0; c < channels; c += 4) {
    const slope = v128.load(at(slopes + c));
    let sums = f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      const place = at(r * channels + c);
      const value = v128.load(at(x) + place);
      const gradient = v128.load(at(dy) + place);
      const isBelow = v128.not(f32x4.gt(value, f32x4.splat(0)));
      sums = f32x4.add(sums, v128.and(f32x4.mul(value, gradient), isBelow));
      if (dx < 0) continue;
      const below = f32x4.mul(slope, gradient);
      storeFirst(at(dx) + place, byside(value, gradient, below), channels - c);
    }
    const target = at(slopesGradient + c);
    storeFirst(target, f32x4.add(v128.load(target), sums), channels - c);
  }
}

/** A stretch of numbers with one slope. */
function bendBackward(
  n: i32,
  slopes: usize,
  source: usize,
  above: usize,
  slopesGradient: usize,
  isUnwanted: bool,
  target: usize,
): void {
  const slope = v128.load32_splat(slopes);
  let sums = f32x4.splat(0);
  for (let left = n; left > 0; left -= 4) {
    const value = v128.load(source);
    const gradient = v128.load(above);
    const isBelow = v128.andnot(firstLanes(min(left, 4)), f32x4.gt(value, f32x4.splat(0)));
    sums = f32x4.add(sums, v128.and(f32x4.mul(value, gradient), isBelow));
    if (!isUnwanted) storeFirst(target, byside(value, gradient, f32x4.mul(slope, gradient)), left);
    source += 16;
    above += 16;
    target += 16;
  }
  store<f32>(slopesGradient, load<f32>(slopesGradient) + sumOf(sums));
}
