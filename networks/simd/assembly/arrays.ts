// Whole rows and arrays.

import { sumColumns } from './columns';
import { at, multiplyAdd, storeFirst } from './lanes';

/** Numbers from which on `memory.copy` is worth its call. */
const FEW = 8;

export function fill(x: i32, value: f32, n: i32): void {
  let target = at(x);
  const end = at(x + n);
  const values = f32x4.splat(value);
  for (; target + 16 <= end; target += 16) v128.store(target, values);
  if (target < end) storeFirst(target, values, <i32>(end - target) >> 2);
}

export function copy(x: i32, y: i32, n: i32): void {
  memory.copy(at(y), at(x), at(n));
}

export function copyRows(
  x: i32,
  xStride: i32,
  y: i32,
  yStride: i32,
  width: i32,
  rows: i32,
  accumulate: i32,
): void {
  for (let r = 0; r < rows; r++) {
    if (accumulate == 1) add(x, y, width);
    else if (width < FEW) copyFew(x, y, width);
    else copy(x, y, width);
    x += xStride;
    y += yStride;
  }
}

/** One number after the other. */
@inline
function copyFew(x: i32, y: i32, n: i32): void {
  let source = at(x);
  let target = at(y);
  for (let left = n; left > 0; left--) {
    store<i32>(target, load<i32>(source));
    source += 4;
    target += 4;
  }
}

export function addScaled(scale: f32, x: i32, y: i32, n: i32): void {
  let source = at(x);
  let target = at(y);
  const end = at(y + n);
  const factor = f32x4.splat(scale);
  for (; target < end; target += 16) {
    const sum = multiplyAdd(factor, v128.load(source), v128.load(target));
    storeFirst(target, sum, <i32>(end - target) >> 2);
    source += 16;
  }
}

/** y + rate · (x − y) of the first two lanes, in float64. */
@inline
function between(rate: v128, x: v128, y: v128): v128 {
  const wide = f64x2.promote_low_f32x4(y);
  const difference = f64x2.sub(f64x2.promote_low_f32x4(x), wide);
  return f32x4.demote_f64x2_zero(f64x2.add(wide, f64x2.mul(rate, difference)));
}

export function approach(rate: f64, x: i32, y: i32, n: i32): void {
  let source = at(x);
  let target = at(y);
  const factor = f64x2.splat(rate);
  for (let left = n; left > 0; left -= 4) {
    const from = v128.load(source);
    const to = v128.load(target);
    const low = between(factor, from, to);
    const high = between(
      factor,
      v128.shuffle<f64>(from, from, 1, 1),
      v128.shuffle<f64>(to, to, 1, 1),
    );
    storeFirst(target, v128.shuffle<f64>(low, high, 0, 2), left);
    source += 16;
    target += 16;
  }
}

export function multiplyElements(x: i32, y: i32, z: i32, n: i32, accumulate: i32): void {
  let left = at(x);
  let right = at(y);
  let target = at(z);
  const end = at(z + n);
  for (; target < end; target += 16) {
    let value = f32x4.mul(v128.load(left), v128.load(right));
    if (accumulate == 1) value = f32x4.add(v128.load(target), value);
    storeFirst(target, value, <i32>(end - target) >> 2);
    left += 16;
    right += 16;
  }
}

export function addRow(x: i32, y: i32, width: i32, rows: i32): void {
  for (let r = 0; r < rows; r++) add(x, y + r * width, width);
}

export function addColumnSums(x: i32, y: i32, width: i32, rows: i32): void {
  for (let i = 0; i < width; i += 4) {
    const sums = sumColumns(at(x + i), rows, at(width));
    storeFirst(at(y + i), f32x4.add(v128.load(at(y + i)), sums), width - i);
  }
}

/** y[i] += x[i]. */
function add(x: i32, y: i32, n: i32): void {
  let source = at(x);
  let target = at(y);
  const end = at(y + n);
  for (; target < end; target += 16) {
    const sum = f32x4.add(v128.load(target), v128.load(source));
    storeFirst(target, sum, <i32>(end - target) >> 2);
    source += 16;
  }
}
