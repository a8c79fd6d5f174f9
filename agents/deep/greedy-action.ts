import type { Rng } from '../../core/rng.ts';

/**
 * The legal action of the highest value; the lowest action wins a tie.
 *
 * @param values `[rows × numActions]`.
 * @param masks `[rows × numActions]`, 1 where an action is legal; absent where all are.
 */
export function greedyAction(
  values: Float32Array,
  row: number,
  numActions: number,
  masks?: Uint8Array,
): number {
  const first = row * numActions;
  let best = -1;
  for (let action = 0; action < numActions; action++) {
    if (masks !== undefined && masks[first + action] === 0) continue;
    if (best < 0 || values[first + action] > values[first + best]) best = action;
  }
  return Math.max(0, best); // where nothing is legal, as behind a terminal state, any will do
}

/** A random legal action, each with the same chance. */
export function randomAction(
  rng: Rng,
  row: number,
  numActions: number,
  masks?: Uint8Array,
): number {
  if (masks === undefined) return rng.below(numActions);
  const first = row * numActions;
  let legal = 0;
  for (let action = 0; action < numActions; action++) legal += masks[first + action];
  let skip = rng.below(Math.max(1, legal));
  for (let action = 0; action < numActions; action++) {
    if (masks[first + action] === 1 && skip-- === 0) return action;
  }
  return 0;
}
