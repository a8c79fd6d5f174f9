import type { ExpectedModel } from './expected-model.ts';

/**
 * What a sweep did to the values, `[2]`: the least and the largest of new minus old, with sign. Their
 * difference is the span of the change.
 */
export type Change = Float64Array;

/** Where the least change is. */
export const LEAST = 0;

/** Where the largest change is. */
export const LARGEST = 1;

/** The largest |new − old|. */
export function size(change: Change): number {
  return Math.max(-change[LEAST], change[LARGEST]);
}

/** sp(new − old) = max (new − old) − min (new − old). Source: Puterman (1994), section 6.6.1. */
export function span(change: Change): number {
  return change[LARGEST] - change[LEAST];
}

/** q(s, a) = r(s, a) + γ Σ p(s′ | s, a) V(s′), for the row of (s, a). */
export function backup(
  { rowStart, nextState, probability, reward }: ExpectedModel,
  discount: number,
  values: Float64Array,
  row: number,
): number {
  let sum = 0;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
    sum += probability[i] * values[nextState[i]];
  }
  return reward[row] + discount * sum;
}

/** maxₐ q(s, a). */
export function optimalBackup(
  model: ExpectedModel,
  discount: number,
  values: Float64Array,
  state: number,
): number {
  let best = -Infinity;
  const end = (state + 1) * model.numActions;
  for (let row = state * model.numActions; row < end; row++) {
    best = Math.max(best, backup(model, discount, values, row));
  }
  return best;
}

/**
 * V′(s) ← maxₐ q(s, a) for every state in turn.
 *
 * Written out rather than made of `backup`: the outcomes of all rows lie in one line, and a sweep
 * runs along it.
 *
 * @param next Receives V′; `values` itself to sweep in place.
 */
export function sweepOptimal(
  model: ExpectedModel,
  discount: number,
  values: Float64Array,
  next: Float64Array,
  change: Change,
): void {
  const { numStates, numActions, rowStart, nextState, probability, reward } = model;
  let least = Infinity;
  let largest = -Infinity;
  let row = 0;
  let i = 0;
  for (let state = 0; state < numStates; state++) {
    let best = -Infinity;
    for (let action = 0; action < numActions; action++) {
      const end = rowStart[row + 1];
      let sum = 0;
      for (; i < end; i++) sum += probability[i] * values[nextState[i]];
      best = Math.max(best, reward[row] + discount * sum);
      row++;
    }
    const difference = best - values[state];
    least = Math.min(least, difference);
    largest = Math.max(largest, difference);
    next[state] = best;
  }
  change[LEAST] = least;
  change[LARGEST] = largest;
}

/**
 * V′(s) ← q(s, π(s)) for every state in turn.
 *
 * @param policy The action of each state, `[numStates]`.
 * @param next Receives V′; `values` itself to sweep in place.
 */
export function sweepPolicy(
  model: ExpectedModel,
  discount: number,
  policy: Int32Array,
  values: Float64Array,
  next: Float64Array,
  change: Change,
): void {
  const { numStates, numActions, rowStart, nextState, probability, reward } = model;
  let least = Infinity;
  let largest = -Infinity;
  for (let state = 0; state < numStates; state++) {
    const row = state * numActions + policy[state];
    const end = rowStart[row + 1];
    let sum = 0;
    for (let i = rowStart[row]; i < end; i++) sum += probability[i] * values[nextState[i]];
    const value = reward[row] + discount * sum;
    const difference = value - values[state];
    least = Math.min(least, difference);
    largest = Math.max(largest, difference);
    next[state] = value;
  }
  change[LEAST] = least;
  change[LARGEST] = largest;
}

/**
 * V′(s) ← maxₐ q(s, a) and π(s) ← argmaxₐ q(s, a) for every state; the lowest action wins a tie.
 *
 * @param next Receives V′; not `values` itself.
 */
export function sweepGreedy(
  model: ExpectedModel,
  discount: number,
  values: Float64Array,
  next: Float64Array,
  policy: Int32Array,
  change: Change,
): void {
  const { numStates, numActions } = model;
  let least = Infinity;
  let largest = -Infinity;
  for (let state = 0; state < numStates; state++) {
    let best = -Infinity;
    for (let action = 0; action < numActions; action++) {
      const value = backup(model, discount, values, state * numActions + action);
      if (value <= best) continue;
      best = value;
      policy[state] = action;
    }
    const difference = best - values[state];
    least = Math.min(least, difference);
    largest = Math.max(largest, difference);
    next[state] = best;
  }
  change[LEAST] = least;
  change[LARGEST] = largest;
}

/**
 * Makes a policy greedy in the values: an action is replaced by the best one only if that is better by
 * more than `slack`, so that rounding cannot turn equally good actions round and round.
 *
 * @param policy Changed in place, `[numStates]`.
 * @returns how many actions were replaced.
 */
export function improvePolicy(
  model: ExpectedModel,
  discount: number,
  values: Float64Array,
  policy: Int32Array,
  slack: number,
): number {
  const { numStates, numActions } = model;
  let replaced = 0;
  for (let state = 0; state < numStates; state++) {
    const old = policy[state];
    let best = old;
    const oldValue = backup(model, discount, values, state * numActions + old);
    let bestValue = oldValue + slack;
    for (let action = 0; action < numActions; action++) {
      if (action === old) continue;
      const value = backup(model, discount, values, state * numActions + action);
      if (value <= bestValue) continue;
      best = action;
      bestValue = value;
    }
    if (best === old) continue;
    policy[state] = best;
    replaced++;
  }
  return replaced;
}

/** Writes q(s, a) of every row into `actionValues`, `[numStates × numActions]`. */
export function writeActionValues(
  model: ExpectedModel,
  discount: number,
  values: Float64Array,
  actionValues: Float64Array,
): void {
  for (let row = 0; row < actionValues.length; row++) {
    actionValues[row] = backup(model, discount, values, row);
  }
}

/** How far a backup may be off by rounding, for values of this size. */
export function roundingOf(model: ExpectedModel, values: Float64Array): number {
  let largest = model.largestReward;
  for (let state = 0; state < values.length; state++) {
    largest = Math.max(largest, Math.abs(values[state]));
  }
  return (model.mostOutcomes + 4) * Number.EPSILON * largest;
}
