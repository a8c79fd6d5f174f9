// The end of a dueling network: rows are short, so one number at a time.

import { at } from './lanes';

/** The sum of n numbers. */
@inline
function sum(first: usize, n: i32): f32 {
  let total: f32 = 0;
  for (let i = 0; i < n; i++) total += load<f32>(first + at(i));
  return total;
}

export function duel(rows: i32, actions: i32, x: i32, q: i32): void {
  for (let r = 0; r < rows; r++) {
    const value = at(x + r * (1 + actions));
    const target = at(q + r * actions);
    const mean = sum(value + 4, actions) / <f32>actions;
    const worth = load<f32>(value);
    for (let a = 0; a < actions; a++) {
      store<f32>(target + at(a), worth + load<f32>(value + 4 + at(a)) - mean);
    }
  }
}

export function duelBackward(rows: i32, actions: i32, dq: i32, dx: i32): void {
  for (let r = 0; r < rows; r++) {
    const source = at(dq + r * actions);
    const target = at(dx + r * (1 + actions));
    const total = sum(source, actions);
    const mean = total / <f32>actions;
    store<f32>(target, total);
    for (let a = 0; a < actions; a++) {
      store<f32>(target + 4 + at(a), load<f32>(source + at(a)) - mean);
    }
  }
}
