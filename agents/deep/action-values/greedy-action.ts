import type { Policy } from '../../../core/agent.ts';
import type { Rng } from '../../../core/rng.ts';
import type { ActionColumn } from '../../../core/transitions.ts';

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

/** Gives Q(s, a) of some observations, `[rows × numActions]`. */
export type Look = (observations: Float32Array, rows: number) => Float32Array;

/** The policy that is greedy in Q; the lowest action wins a tie. */
export function greedyPolicy(numActions: number, look: Look): Policy {
  return {
    act(observations, actions, masks) {
      const values = look(observations, actions.length);
      for (let row = 0; row < actions.length; row++) {
        actions[row] = greedyAction(values, row, numActions, masks);
      }
    },
  };
}

/**
 * Writes an action for each row: with probability ε a random one, otherwise the greedy one.
 *
 * @param look Called once, where a row is greedy; then with all of them.
 */
export function actEpsilonGreedily(
  { epsilon, numActions, rng }: { epsilon: number; numActions: number; rng: Rng },
  look: Look,
  observations: Float32Array,
  actions: ActionColumn,
  masks?: Uint8Array,
): void {
  let values: Float32Array | null = null;
  for (let row = 0; row < actions.length; row++) {
    if (epsilon > 0 && rng.uniform() < epsilon) {
      actions[row] = randomAction(rng, row, numActions, masks);
      continue;
    }
    values ??= look(observations, actions.length);
    actions[row] = greedyAction(values, row, numActions, masks);
  }
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
