// Softmax of whole rows.

import { exp } from './elementary';
import { at, firstLanes, storeFirst, sumOf } from './lanes';

/** The largest of scale · x[i]; NaN if there is one. */
@inline
function largestOf(x: usize, n: i32, scale: v128): f32 {
  const lowest = f32x4.splat(-Infinity);
  let most = lowest;
  for (let left = n; left > 0; left -= 4) {
    const value = f32x4.mul(scale, v128.load(x));
    most = f32x4.max(most, v128.bitselect(value, lowest, firstLanes(min(left, 4))));
    x += 16;
  }
  most = f32x4.max(most, v128.shuffle<f32>(most, most, 2, 3, 2, 3));
  return max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
}

export function softmax(
  rows: i32,
  width: i32,
  scale: f32,
  causal: i32,
  x: i32,
  y: i32,
): void {
  const factor = f32x4.splat(scale);
  for (let r = 0; r < rows; r++) {
    const seen = causal == 1 ? (r % width) + 1 : width;
    const most = f32x4.splat(largestOf(at(x + r * width), seen, factor));
    let source = at(x + r * width);
    let target = at(y + r * width);
    let sums = f32x4.splat(0);
    for (let left = seen; left > 0; left -= 4) {
      const power = exp(f32x4.sub(f32x4.mul(factor, v128.load(source)), most));
      sums = f32x4.add(sums, v128.and(power, firstLanes(min(left, 4))));
      storeFirst(target, power, left);
      source += 16;
      target += 16;
    }
    const sum = f32x4.splat(sumOf(sums));
    target = at(y + r * width);
    for (let left = seen; left > 0; left -= 4) {
      storeFirst(target, f32x4.div(v128.load(target), sum), left);
      target += 16;
    }
    target = at(y + r * width + seen);
    for (let left = width - seen; left > 0; left -= 4) {
      storeFirst(target, f32x4.splat(0), left);
      target += 16;
    }
  }
}

export function softmaxBackward(
  rows: i32,
  width: i32,
  scale: f32,
  y: i32,
  dy: i32,
  dx: i32,
): void {
  const factor = f32x4.splat(scale);
  for (let r = 0; r < rows; r++) {
    let output = at(y + r * width);
    let gradient = at(dy + r * width);
    let sums = f32x4.splat(0);
    for (let left = width; left > 0; left -= 4) {
      const part = f32x4.mul(v128.load(output), v128.load(gradient));
      sums = f32x4.add(sums, v128.and(part, firstLanes(min(left, 4))));
      output += 16;
      gradient += 16;
    }
    const mean = f32x4.splat(sumOf(sums)); // of dY, with the weights Y
    output = at(y + r * width);
    gradient = at(dy + r * width);
    let target = at(dx + r * width);
    for (let left = width; left > 0; left -= 4) {
      const slope = f32x4.mul(factor, v128.load(output));
      storeFirst(target, f32x4.mul(slope, f32x4.sub(v128.load(gradient), mean)), left);
      output += 16;
      gradient += 16;
      target += 16;
    }
  }
}
