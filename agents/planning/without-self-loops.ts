import type { ExpectedModel } from './expected-model.ts';

/** An action that stays where it is with a chance γ p of at least this is left as it is. */
const LARGEST_STAY = 1 - 1e-12;

/**
 * The same model where no action leads back to its own state: to stay and try again has been summed
 * up beforehand.
 *
 *     q(s, a) = [r(s, a) + γ Σ p(s′ | s, a) V(s′)] / [1 − γ p(s | s, a)]     over s′ other than s
 *
 * Optimal values are the same, and so is what earns them; but a backup finds at once what it would
 * else come near to backup after backup. Where all backups change a value by no more than some number,
 * those of the model as it was do not either. An action that never leaves, without discount, is left
 * as it is.
 *
 * @returns a model whose chances, times γ, still weigh the successors; only its rewards, outcomes and
 *   chances differ from the one given.
 *
 * Source: Puterman (1994), section 6.3.3, the Jacobi splitting; Porteus (1975), "Bounds and
 * transformations for discounted finite Markov decision chains".
 */
export function withoutSelfLoops(model: ExpectedModel, discount: number): ExpectedModel {
  const { numStates, numActions } = model;
  const rowStart = new Int32Array(model.rowStart.length);
  const nextState = new Int32Array(model.nextState.length);
  const probability = new Float64Array(model.nextState.length);
  const reward = model.reward.slice();
  let entry = 0;
  for (let row = 0; row < numStates * numActions; row++) {
    const state = Math.floor(row / numActions);
    const stay = discount * chanceToStay(model, row, state);
    const isLeft = stay < LARGEST_STAY;
    if (isLeft) reward[row] /= 1 - stay;
    for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
      if (isLeft && model.nextState[i] === state) continue;
      nextState[entry] = model.nextState[i];
      probability[entry++] = isLeft ? model.probability[i] / (1 - stay) : model.probability[i];
    }
    rowStart[row + 1] = entry;
  }
  return {
    ...model,
    rowStart,
    nextState: nextState.slice(0, entry),
    probability: probability.slice(0, entry),
    reward,
  };
}

function chanceToStay(
  { rowStart, nextState, probability }: ExpectedModel,
  row: number,
  state: number,
): number {
  let chance = 0;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
    if (nextState[i] === state) chance += probability[i];
  }
  return chance;
}
