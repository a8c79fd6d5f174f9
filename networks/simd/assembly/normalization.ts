// Numbers brought to mean 0 and variance 1. Sums go over stretches of numbers, four at a time: a group
// of channels at all positions, or all of a row at once where there is one group.

import { PART, sumColumns } from './columns';
import { at, firstLanes, multiplyAdd, storeFirst, sumOf } from './lanes';

/** Σ x over `lines` stretches of `width` numbers, `stride` bytes apart. */
@inline
function sumStretches(x: usize, lines: i32, width: i32, stride: usize): f32 {
  let total: f32 = 0;
  for (let line = 0; line < lines; line++) {
    let source = x;
    let sums = f32x4.splat(0);
    for (let left = width; left > 0; left -= 4) {
      sums = f32x4.add(sums, v128.and(v128.load(source), firstLanes(min(left, 4))));
      source += 16;
    }
    total += sumOf(sums);
    x += stride;
  }
  return total;
}

/** Σ (x − mean)² over the same. */
@inline
function sumDeviations(x: usize, lines: i32, width: i32, stride: usize, mean: v128): f32 {
  let total: f32 = 0;
  for (let line = 0; line < lines; line++) {
    let source = x;
    let sums = f32x4.splat(0);
    for (let left = width; left > 0; left -= 4) {
      const deviation = f32x4.sub(v128.load(source), mean);
      const part = v128.and(deviation, firstLanes(min(left, 4)));
      sums = multiplyAdd(part, part, sums);
      source += 16;
    }
    total += sumOf(sums);
    x += stride;
  }
  return total;
}

export function normalizeGroups(
  rows: i32,
  positions: i32,
  channels: i32,
  groups: i32,
  epsilon: f32,
  x: i32,
  scale: i32,
  shift: i32,
  y: i32,
  moments: i32,
): void {
  const width = channels / groups;
  const count = <f32>(positions * width);
  const stride = at(channels);
  const lines = groups == 1 ? 1 : positions;
  const stretch = groups == 1 ? positions * channels : width;
  let moment = at(moments);
  for (let r = 0; r < rows; r++) {
    for (let g = 0; g < groups; g++) {
      const begin = r * positions * channels + g * width;
      const mean = sumStretches(at(x + begin), lines, stretch, stride) / count;
      const means = f32x4.splat(mean);
      const variance = sumDeviations(at(x + begin), lines, stretch, stride, means) / count;
      const inverse = <f32>1 / sqrt(variance + epsilon);
      const inverses = f32x4.splat(inverse);
      store<f32>(moment, mean);
      store<f32>(moment, inverse, 4);
      moment += 8;
      for (let position = 0; position < positions; position++) {
        let source = at(x + begin + position * channels);
        let target = at(y + begin + position * channels);
        let factor = at(scale + g * width);
        let term = at(shift + g * width);
        for (let left = width; left > 0; left -= 4) {
          const normal = f32x4.mul(f32x4.sub(v128.load(source), means), inverses);
          storeFirst(target, multiplyAdd(v128.load(factor), normal, v128.load(term)), left);
          source += 16;
          target += 16;
          factor += 16;
          term += 16;
        }
      }
    }
  }
}

export function normalizeGroupsBackward(
  rows: i32,
  positions: i32,
  channels: i32,
  groups: i32,
  x: i32,
  scale: i32,
  moments: i32,
  dy: i32,
  scaleGradient: i32,
  shiftGradient: i32,
  dx: i32,
): void {
  const width = channels / groups;
  const count = <f32>(positions * width);
  let moment = at(moments);
  for (let r = 0; r < rows; r++) {
    for (let g = 0; g < groups; g++) {
      const begin = r * positions * channels + g * width;
      const means = v128.load32_splat(moment);
      const inverses = v128.load32_splat(moment, 4);
      moment += 8;
      let slopes: f32 = 0; // Σ scale · dy
      let along: f32 = 0; // Σ scale · dy · normal
      for (let position = 0; position < positions; position++) {
        let source = at(x + begin + position * channels);
        let gradient = at(dy + begin + position * channels);
        let factor = at(scale + g * width);
        let scaleSum = at(scaleGradient + g * width);
        let shiftSum = at(shiftGradient + g * width);
        let slopeSums = f32x4.splat(0);
        let alongSums = f32x4.splat(0);
        for (let left = width; left > 0; left -= 4) {
          const normal = f32x4.mul(f32x4.sub(v128.load(source), means), inverses);
          const above = v128.load(gradient);
          storeFirst(scaleSum, multiplyAdd(above, normal, v128.load(scaleSum)), left);
          storeFirst(shiftSum, f32x4.add(v128.load(shiftSum), above), left);
          const mask = firstLanes(min(left, 4));
          const slope = v128.and(f32x4.mul(v128.load(factor), above), mask);
          slopeSums = f32x4.add(slopeSums, slope);
          alongSums = multiplyAdd(slope, v128.and(normal, mask), alongSums);
          source += 16;
          gradient += 16;
          factor += 16;
          scaleSum += 16;
          shiftSum += 16;
        }
        slopes += sumOf(slopeSums);
        along += sumOf(alongSums);
      }
      if (dx < 0) continue;
      const slopeMean = f32x4.splat(slopes / count);
      const alongMean = f32x4.splat(along / count);
      for (let position = 0; position < positions; position++) {
        let source = at(x + begin + position * channels);
        let gradient = at(dy + begin + position * channels);
        let factor = at(scale + g * width);
        let target = at(dx + begin + position * channels);
        for (let left = width; left > 0; left -= 4) {
          const normal = f32x4.mul(f32x4.sub(v128.load(source), means), inverses);
          const slope = f32x4.mul(v128.load(factor), v128.load(gradient));
          const rest = f32x4.sub(f32x4.sub(slope, slopeMean), f32x4.mul(normal, alongMean));
          storeFirst(target, f32x4.mul(inverses, rest), left);
          source += 16;
          gradient += 16;
          factor += 16;
          target += 16;
        }
      }
    }
  }
}

export function columnMoments(rows: i32, channels: i32, x: i32, mean: i32, variance: i32): void {
  const stride = at(channels);
  const count = f32x4.splat(<f32>rows);
  for (let c = 0; c < channels; c += 4) {
    const means = f32x4.div(sumColumns(at(x + c), rows, stride), count);
    let total = f32x4.splat(0);
    let source = at(x + c);
    for (let r = 0; r < rows; r += PART) {
      let sums = f32x4.splat(0);
      for (let left = min(PART, rows - r); left > 0; left--) {
        const deviation = f32x4.sub(v128.load(source), means);
        sums = multiplyAdd(deviation, deviation, sums);
        source += stride;
      }
      total = f32x4.add(total, sums);
    }
    storeFirst(at(mean + c), means, channels - c);
    storeFirst(at(variance + c), f32x4.div(total, count), channels - c);
  }
}

/** 1 / √(variance + epsilon). */
@inline
function inverseRoot(variance: usize, epsilon: f32): v128 {
  const sum = f32x4.add(v128.load(variance), f32x4.splat(epsilon));
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(sum));
}

export function normalizeColumns(
  rows: i32,
  channels: i32,
  epsilon: f32,
  x: i32,
  mean: i32,
  variance: i32,
  scale: i32,
  shift: i32,
  y: i32,
): void {
  const stride = at(channels);
  for (let c = 0; c < channels; c += 4) {
    const means = v128.load(at(mean + c));
    const inverses = inverseRoot(at(variance + c), epsilon);
    const factors = v128.load(at(scale + c));
    const terms = v128.load(at(shift + c));
    let source = at(x + c);
    let target = at(y + c);
    for (let r = 0; r < rows; r++) {
      const normal = f32x4.mul(f32x4.sub(v128.load(source), means), inverses);
      storeFirst(target, multiplyAdd(factors, normal, terms), channels - c);
      source += stride;
      target += stride;
    }
  }
}

export function normalizeColumnsBackward(
  rows: i32,
  channels: i32,
  epsilon: f32,
  x: i32,
  mean: i32,
  variance: i32,
  scale: i32,
  dy: i32,
  scaleGradient: i32,
  shiftGradient: i32,
  isOwn: i32,
  dx: i32,
): void {
  const stride = at(channels);
  const count = f32x4.splat(<f32>rows);
  for (let c = 0; c < channels; c += 4) {
    const left = channels - c;
    const means = v128.load(at(mean + c));
    const inverses = inverseRoot(at(variance + c), epsilon);
    const slopes = sumColumns(at(dy + c), rows, stride);
    let along = f32x4.splat(0); // Σ dy · normal
    let source = at(x + c);
    let gradient = at(dy + c);
    for (let r = 0; r < rows; r += PART) {
      let sums = f32x4.splat(0);
      for (let more = min(PART, rows - r); more > 0; more--) {
        const normal = f32x4.mul(f32x4.sub(v128.load(source), means), inverses);
        sums = multiplyAdd(v128.load(gradient), normal, sums);
        source += stride;
        gradient += stride;
      }
      along = f32x4.add(along, sums);
    }
    const scaleSum = at(scaleGradient + c);
    const shiftSum = at(shiftGradient + c);
    storeFirst(scaleSum, f32x4.add(v128.load(scaleSum), along), left);
    storeFirst(shiftSum, f32x4.add(v128.load(shiftSum), slopes), left);
    if (dx < 0) continue;
    const slopeMean = isOwn == 1 ? f32x4.div(slopes, count) : f32x4.splat(0);
    const alongMean = isOwn == 1 ? f32x4.div(along, count) : f32x4.splat(0);
    const factors = f32x4.mul(v128.load(at(scale + c)), inverses);
    source = at(x + c);
    gradient = at(dy + c);
    let target = at(dx + c);
    for (let r = 0; r < rows; r++) {
      const normal = f32x4.mul(f32x4.sub(v128.load(source), means), inverses);
      const slope = f32x4.sub(v128.load(gradient), slopeMean);
      storeFirst(target, f32x4.mul(factors, f32x4.sub(slope, f32x4.mul(normal, alongMean))), left);
      source += stride;
      gradient += stride;
      target += stride;
    }
  }
}
