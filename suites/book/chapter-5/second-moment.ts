import type { TabularModel } from '../../../core/tabular-model.ts';

/**
 * E[(ρG)²]: the mean square of a return that is weighted by ordinary importance sampling, where
 * episodes that last longer than a number of steps count for nothing. Without discount, and for worlds
 * whose only reward comes at the end.
 *
 *     m(s) = Σ b(a | s) (π(a | s) / b(a | s))² Σ p(s′, r | s, a) [r² at the end, else m(s′)]
 *
 * @param target π, the action of each state, `[numStates]`.
 * @param chance b(π(s) | s), the same in every state, in (0, 1].
 * @param steps At least 1.
 * @returns m(s), `[numStates]`.
 *
 * Source: Sutton & Barto (2018), Example 5.5, where it has no bound.
 */
export function secondMoment(
  { numStates, numActions, rowStart, nextState, probability, reward, terminated }: TabularModel,
  target: Int32Array,
  chance: number,
  steps: number,
): Float64Array {
  let moments = new Float64Array(numStates);
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(numStates);
    for (let state = 0; state < numStates; state++) {
      const row = state * numActions + target[state];
      for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
        const square = terminated[i] ? reward[i] * reward[i] : moments[nextState[i]];
        next[state] += (probability[i] * square) / chance;
      }
    }
    moments = next;
  }
  return moments;
}
