import type { TabularModel } from '../../core/tabular-model.ts';
import { solveDense } from './exact-values.ts';

/**
 * The average reward of a policy and its differential values, by dense elimination straight from the
 * model's outcomes: slow, and nothing of it is shared with what it checks.
 *
 *     h(s) + r(π) = r(s) + Σ p(s′ | s) h(s′), and Σ d(s) h(s) = 0 over the start distribution d,
 *
 * where an episode that ends goes on from a state of d.
 *
 * @param policy The action of each state; of one class, or such that episodes end.
 */
export function exactAverageReward(
  model: TabularModel,
  policy: ArrayLike<number>,
): { readonly averageReward: number; readonly values: Float64Array } {
  const n = model.numStates;
  const { startDistribution } = model;
  const rows = Array.from({ length: n }, (_, state) => {
    const row = new Float64Array(n + 2); // h, r(π), right side
    row[state] = 1;
    row[n] = 1;
    const at = state * model.numActions + policy[state];
    for (let i = model.rowStart[at]; i < model.rowStart[at + 1]; i++) {
      row[n + 1] += model.probability[i] * model.reward[i];
      if (model.terminated[i] === 0) row[model.nextState[i]] -= model.probability[i];
      else for (let s = 0; s < n; s++) row[s] -= model.probability[i] * startDistribution[s];
    }
    return row;
  });
  rows.push(Float64Array.from([...startDistribution, 0, 0]));
  const solution = solveDense(rows);
  return { averageReward: solution[n], values: solution.slice(0, n) };
}
