import type { ExpectedModel } from './expected-model.ts';
import { predecessorsOf } from './predecessors.ts';

/**
 * A policy that takes best actions only, and from every state where these can end the episode will
 * end it with probability 1. Among best actions some may go round in circles for ever without cost:
 * all of them promise the reward at the end, and not all come to it.
 *
 * @param actionValues `[numStates × numActions]`.
 * @param slack Actions no more than this below the best count as best too.
 * @returns the action of each state, `[numStates]`: one on a shortest way to the end, else the lowest.
 *
 * Source: Bertsekas & Tsitsiklis (1991), "An analysis of stochastic shortest path problems", for
 * proper policies.
 */
export function properGreedyPolicy(
  model: ExpectedModel,
  actionValues: Float64Array,
  slack: number,
): Int32Array {
  const { numStates, numActions, ending } = model;
  const { start, rows } = predecessorsOf(model);
  const policy = new Int32Array(numStates).fill(-1);
  const threshold = new Float64Array(numStates).fill(-Infinity);
  for (let row = 0; row < actionValues.length; row++) {
    const state = Math.floor(row / numActions);
    threshold[state] = Math.max(threshold[state], actionValues[row] - slack);
  }
  const isBest = (row: number, state: number) =>
    actionValues[row] >= threshold[state] && actionValues[row] > -Infinity;

  // Breadth first, backward from the ends.
  const queue = new Int32Array(numStates);
  let queued = 0;
  const choose = (row: number) => {
    const state = Math.floor(row / numActions);
    if (policy[state] !== -1 || !isBest(row, state)) return;
    policy[state] = row - state * numActions;
    queue[queued++] = state;
  };
  for (let row = 0; row < actionValues.length; row++) {
    if (ending[row] > 0) choose(row);
  }
  for (let next = 0; next < queued; next++) {
    for (let i = start[queue[next]]; i < start[queue[next] + 1]; i++) choose(rows[i]);
  }

  for (let state = 0; state < numStates; state++) {
    for (let action = 0; policy[state] === -1; action++) {
      if (isBest(state * numActions + action, state)) policy[state] = action;
    }
  }
  return policy;
}

/** A policy that ends the episode from every state where any can; −1 nowhere. */
export function properPolicy(model: ExpectedModel): Int32Array {
  const allAlike = model.reward.map((reward) => (reward > -Infinity ? 0 : -Infinity));
  return properGreedyPolicy(model, allAlike, 0);
}
