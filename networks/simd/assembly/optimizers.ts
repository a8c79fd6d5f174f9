// One step of each optimizer, over all parameters in one pass. Each leaves the gradients at 0.

import { at, firstLanes, multiplyAdd, storeFirst } from './lanes';

/** Below it a number is subnormal: processors take a hundred times as long for these. */
const LEAST_NORMAL: f32 = 1.17549435e-38;

/** x, or 0 where x is subnormal: rounding would keep a number that dies away there for ever. */
@inline
function settle(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(LEAST_NORMAL)));
}

/** x + rate · (next − x). */
@inline
function average(x: v128, next: v128, rate: v128): v128 {
  return settle(multiplyAdd(rate, f32x4.sub(next, x), x));
}

export function stepSgd(
  parameters: i32,
  gradients: i32,
  velocities: i32,
  n: i32,
  learningRate: f32,
  momentum: f32,
  isNesterov: i32,
): void {
  const zero = f32x4.splat(0);
  const rate = f32x4.splat(-learningRate);
  const inertia = f32x4.splat(momentum);
  let parameter = at(parameters);
  let gradient = at(gradients);
  let velocity = at(velocities);
  for (let left = n; left > 0; left -= 4) {
    const g = v128.load(gradient);
    let direction = g;
    if (velocities >= 0) {
      const v = settle(multiplyAdd(inertia, v128.load(velocity), g));
      storeFirst(velocity, v, left);
      direction = isNesterov == 1 ? multiplyAdd(inertia, v, g) : v;
      velocity += 16;
    }
    storeFirst(parameter, multiplyAdd(rate, direction, v128.load(parameter)), left);
    storeFirst(gradient, zero, left);
    parameter += 16;
    gradient += 16;
  }
}

export function stepAdagrad(
  parameters: i32,
  gradients: i32,
  squares: i32,
  n: i32,
  learningRate: f32,
  epsilon: f32,
): void {
  const zero = f32x4.splat(0);
  const rate = f32x4.splat(learningRate);
  const least = f32x4.splat(epsilon);
  let parameter = at(parameters);
  let gradient = at(gradients);
  let square = at(squares);
  for (let left = n; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const s = multiplyAdd(g, g, v128.load(square));
    const step = f32x4.div(f32x4.mul(rate, g), f32x4.add(f32x4.sqrt(s), least));
    storeFirst(square, s, left);
    storeFirst(parameter, f32x4.sub(v128.load(parameter), step), left);
    storeFirst(gradient, zero, left);
    parameter += 16;
    gradient += 16;
    square += 16;
  }
}

export function stepRmsprop(
  parameters: i32,
  gradients: i32,
  squares: i32,
  means: i32,
  velocities: i32,
  n: i32,
  learningRate: f32,
  rate: f32,
  momentum: f32,
  innerEpsilon: f32,
  outerEpsilon: f32,
): void {
  const zero = f32x4.splat(0);
  const scale = f32x4.splat(-learningRate);
  const share = f32x4.splat(rate);
  const inertia = f32x4.splat(momentum);
  const inner = f32x4.splat(innerEpsilon);
  const outer = f32x4.splat(outerEpsilon);
  let parameter = at(parameters);
  let gradient = at(gradients);
  let square = at(squares);
  let mean = at(means);
  let velocity = at(velocities);
  for (let left = n; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const s = average(v128.load(square), f32x4.mul(g, g), share);
    storeFirst(square, s, left);
    let variance = s;
    if (means >= 0) {
      const m = average(v128.load(mean), g, share);
      storeFirst(mean, m, left);
      variance = f32x4.pmax(f32x4.sub(s, f32x4.mul(m, m)), zero);
      mean += 16;
    }
    const root = f32x4.add(f32x4.sqrt(f32x4.add(variance, inner)), outer);
    let v = f32x4.div(g, root);
    if (velocities >= 0) {
      v = settle(multiplyAdd(inertia, v128.load(velocity), v));
      storeFirst(velocity, v, left);
      velocity += 16;
    }
    storeFirst(parameter, multiplyAdd(scale, v, v128.load(parameter)), left);
    storeFirst(gradient, zero, left);
    parameter += 16;
    gradient += 16;
    square += 16;
  }
}

export function stepAdadelta(
  parameters: i32,
  gradients: i32,
  squares: i32,
  changes: i32,
  n: i32,
  learningRate: f32,
  rate: f32,
  epsilon: f32,
): void {
  const zero = f32x4.splat(0);
  const scale = f32x4.splat(-learningRate);
  const share = f32x4.splat(rate);
  const least = f32x4.splat(epsilon);
  let parameter = at(parameters);
  let gradient = at(gradients);
  let square = at(squares);
  let change = at(changes);
  for (let left = n; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const s = average(v128.load(square), f32x4.mul(g, g), share);
    const u = v128.load(change);
    const above = f32x4.mul(g, f32x4.sqrt(f32x4.add(u, least)));
    const d = f32x4.div(above, f32x4.sqrt(f32x4.add(s, least)));
    storeFirst(square, s, left);
    storeFirst(change, average(u, f32x4.mul(d, d), share), left);
    storeFirst(parameter, multiplyAdd(scale, d, v128.load(parameter)), left);
    storeFirst(gradient, zero, left);
    parameter += 16;
    gradient += 16;
    square += 16;
    change += 16;
  }
}

export function stepAdam(
  parameters: i32,
  gradients: i32,
  means: i32,
  squares: i32,
  largest: i32,
  n: i32,
  meanRate: f32,
  squareRate: f32,
  stepSize: f32,
  rootScale: f32,
  epsilon: f32,
  keep: f32,
): void {
  const zero = f32x4.splat(0);
  const meanShare = f32x4.splat(meanRate);
  const squareShare = f32x4.splat(squareRate);
  const size = f32x4.splat(stepSize);
  const scale = f32x4.splat(rootScale);
  const least = f32x4.splat(epsilon);
  const kept = f32x4.splat(keep);
  let parameter = at(parameters);
  let gradient = at(gradients);
  let mean = at(means);
  let square = at(squares);
  let most = at(largest);
  for (let left = n; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = average(v128.load(mean), g, meanShare);
    let s = average(v128.load(square), f32x4.mul(g, g), squareShare);
    storeFirst(mean, m, left);
    storeFirst(square, s, left);
    if (largest >= 0) {
      s = f32x4.max(v128.load(most), s);
      storeFirst(most, s, left);
      most += 16;
    }
    const root = multiplyAdd(scale, f32x4.sqrt(s), least);
    const step = f32x4.div(f32x4.mul(size, m), root);
    storeFirst(parameter, f32x4.sub(f32x4.mul(kept, v128.load(parameter)), step), left);
    storeFirst(gradient, zero, left);
    parameter += 16;
    gradient += 16;
    mean += 16;
    square += 16;
  }
}

export function addPenalties(parameters: i32, gradients: i32, n: i32, l1: f32, l2: f32): void {
  const first = f32x4.splat(l1);
  const second = f32x4.splat(l2);
  const sign = f32x4.splat(-0.0);
  let parameter = at(parameters);
  let gradient = at(gradients);
  for (let left = n; left > 0; left -= 4) {
    const p = v128.load(parameter);
    const isSome = f32x4.ne(p, f32x4.splat(0));
    const signed = v128.and(v128.or(first, v128.and(p, sign)), isSome);
    const penalty = multiplyAdd(second, p, signed);
    storeFirst(gradient, f32x4.add(v128.load(gradient), penalty), left);
    parameter += 16;
    gradient += 16;
  }
}

export function clipValues(x: i32, limit: f32, n: i32): void {
  const low = f32x4.splat(-limit);
  const high = f32x4.splat(limit);
  let target = at(x);
  for (let left = n; left > 0; left -= 4) {
    storeFirst(target, f32x4.pmin(f32x4.pmax(v128.load(target), low), high), left);
    target += 16;
  }
}

export function scaleBy(x: i32, scale: f32, n: i32): void {
  const factor = f32x4.splat(scale);
  let target = at(x);
  for (let left = n; left > 0; left -= 4) {
    storeFirst(target, f32x4.mul(v128.load(target), factor), left);
    target += 16;
  }
}

/** sum + the squares of the first two lanes, in float64. */
@inline
function addSquares(sum: v128, x: v128): v128 {
  const wide = f64x2.promote_low_f32x4(x);
  return f64x2.add(sum, f64x2.mul(wide, wide));
}

export function squaredNorm(x: i32, y: i32, n: i32): void {
  let sums01 = f64x2.splat(0);
  let sums23 = f64x2.splat(0);
  let sums45 = f64x2.splat(0);
  let sums67 = f64x2.splat(0);
  let source = at(x);
  for (let left = n; left > 0; left -= 8) {
    const low = v128.and(v128.load(source), firstLanes(min(left, 4)));
    const high = v128.and(v128.load(source, 16), firstLanes(min(max(left - 4, 0), 4)));
    sums01 = addSquares(sums01, low);
    sums23 = addSquares(sums23, v128.shuffle<f64>(low, low, 1, 1));
    sums45 = addSquares(sums45, high);
    sums67 = addSquares(sums67, v128.shuffle<f64>(high, high, 1, 1));
    source += 32;
  }
  const first =
    f64x2.extract_lane(sums01, 0) + f64x2.extract_lane(sums01, 1) +
    (f64x2.extract_lane(sums23, 0) + f64x2.extract_lane(sums23, 1));
  const second =
    f64x2.extract_lane(sums45, 0) + f64x2.extract_lane(sums45, 1) +
    (f64x2.extract_lane(sums67, 0) + f64x2.extract_lane(sums67, 1));
  store<f32>(at(y), <f32>(first + second));
}
