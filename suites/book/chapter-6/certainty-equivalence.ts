import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { createTabularModel, type Outcome } from '../../../core/tabular-model.ts';
import type { Batch } from './batch.ts';

/**
 * The certainty-equivalence estimate: the exact values of the model that explains a batch best, where
 * each transition has the share that it had among those from its state.
 *
 * @param initialValue The value of a state that the batch does not leave.
 * @returns V(s), `[numStates]`, without discount; a new array.
 *
 * Source: Sutton & Barto (2018), section 6.3.
 */
export function certaintyEquivalence(
  batch: Batch,
  numStates: number,
  initialValue: number,
): Float64Array {
  const { observations, rewards, nextObservations, terminated } = batch.transitions();
  const seen = Array.from({ length: numStates }, (): Outcome[] => []);
  for (let i = 0; i < rewards.length; i++) {
    seen[observations[i]].push({
      probability: 1,
      nextState: nextObservations[i],
      reward: rewards[i],
      terminated: terminated[i] === 1,
    });
  }
  const start = new Float64Array(numStates);
  start[observations[0]] = 1;
  const model = createTabularModel(1, start, (state) => {
    const outcomes = seen[state];
    if (outcomes.length === 0) {
      return [{ probability: 1, nextState: state, reward: initialValue, terminated: true }];
    }
    return outcomes.map((outcome) => ({ ...outcome, probability: 1 / outcomes.length }));
  });
  return evaluatePolicy(model, new Int32Array(numStates), { discount: 1 }).values;
}
