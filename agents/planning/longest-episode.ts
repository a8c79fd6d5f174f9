import { type Change, LARGEST, sweepOptimal } from './bellman.ts';
import type { ExpectedModel } from './expected-model.ts';
import { predecessorsOf } from './predecessors.ts';

const MOST_SWEEPS = 10_000;

/**
 * A bound on the average number of steps to the end, under any policy and from any state.
 *
 * Sweeps of N(s) ← 1 + maxₐ Σ p(s′ | s, a) N(s′) grow from 0. As soon as one adds no more than 1/2,
 * N ≥ 1/2 + maxₐ P N, so that no policy takes more than 2 N steps.
 *
 * @returns `Infinity` where some policy never ends, or episodes are too long to tell.
 */
export function boundLongestEpisode(model: ExpectedModel): number {
  if (canGoOnForever(model)) return Infinity;
  const reward = model.reward.map((r) => (r > -Infinity ? 1 : -Infinity));
  const counting = { ...model, reward };
  const steps = new Float64Array(model.numStates);
  const change: Change = new Float64Array(2);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    sweepOptimal(counting, 1, steps, steps, change);
    if (change[LARGEST] <= 0.5) return 2 * steps.reduce((most, n) => Math.max(most, n), 0);
  }
  return Infinity;
}

/**
 * Whether a policy can keep an episode from ever ending: whether anything is left when all states are
 * taken away whose every action may end the episode, or lead to a state that has been taken away.
 */
export function canGoOnForever(model: ExpectedModel): boolean {
  const { numStates, numActions, reward, ending } = model;
  const { start, rows } = predecessorsOf(model);
  const isSafe = new Uint8Array(reward.length); // rows that can neither end nor leave what is left
  const numSafe = new Int32Array(numStates);
  for (let row = 0; row < reward.length; row++) {
    if (ending[row] > 0 || reward[row] === -Infinity) continue;
    isSafe[row] = 1;
    numSafe[Math.floor(row / numActions)]++;
  }
  const queue = new Int32Array(numStates);
  let queued = 0;
  for (let state = 0; state < numStates; state++) if (numSafe[state] === 0) queue[queued++] = state;
  for (let next = 0; next < queued; next++) {
    for (let i = start[queue[next]]; i < start[queue[next] + 1]; i++) {
      if (isSafe[rows[i]] === 0) continue;
      isSafe[rows[i]] = 0;
      const state = Math.floor(rows[i] / numActions);
      if (--numSafe[state] === 0) queue[queued++] = state;
    }
  }
  return queued < numStates;
}
