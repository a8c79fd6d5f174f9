// The end of a dueling network: rows are short, so one number at a time.

import { at } from './lanes';

/** The sum of n numbers, `stride` from each to the next. */
@inline
function sum(first: usize, n: i32, stride: i32): f32 {
  let total: f32 = 0;
  for (let i = 0; i < n; i++) total += load<f32>(first + at(i * stride));
  return total;
}

export function duel(rows: i32, actions: i32, size: i32, x: i32, q: i32): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < size; j++) {
      const value = at(x + r * (1 + actions) * size + j);
      const advantages = value + at(size);
      const target = at(q + r * actions * size + j);
      const mean = sum(advantages, actions, size) / <f32>actions;
      const worth = load<f32>(value);
      for (let a = 0; a < actions; a++) {
        const advantage = load<f32>(advantages + at(a * size));
        store<f32>(target + at(a * size), worth + advantage - mean);
      }
    }
  }
}

export function duelBackward(rows: i32, actions: i32, size: i32, dq: i32, dx: i32): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < size; j++) {
      const source = at(dq + r * actions * size + j);
      const value = at(dx + r * (1 + actions) * size + j);
      const advantages = value + at(size);
      const total = sum(source, actions, size);
      const mean = total / <f32>actions;
      store<f32>(value, total);
      for (let a = 0; a < actions; a++) {
        store<f32>(advantages + at(a * size), load<f32>(source + at(a * size)) - mean);
      }
    }
  }
}
