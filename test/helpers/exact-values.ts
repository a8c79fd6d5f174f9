import type { TabularModel } from '../../core/tabular-model.ts';

/**
 * v of a policy by Gaussian elimination with partial pivoting on the dense matrix I − γP, straight from
 * the model's outcomes: slow, and nothing of it is shared with what it checks.
 *
 * @param policy The action of each state.
 */
export function exactValues(
  model: TabularModel,
  policy: ArrayLike<number>,
  discount: number,
): Float64Array {
  const n = model.numStates;
  const rows = Array.from({ length: n }, (_, state) => {
    const row = new Float64Array(n + 1);
    row[state] = 1;
    const at = state * model.numActions + policy[state];
    for (let i = model.rowStart[at]; i < model.rowStart[at + 1]; i++) {
      row[n] += model.probability[i] * model.reward[i];
      if (model.terminated[i] === 0) row[model.nextState[i]] -= discount * model.probability[i];
    }
    return row;
  });
  return solveDense(rows);
}

/**
 * x of A x = b by Gaussian elimination with partial pivoting.
 *
 * @param rows A and b, `[n][n + 1]`; overwritten.
 */
export function solveDense(rows: Float64Array[]): Float64Array {
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    }
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      if (factor === 0) continue;
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const solution = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = rows[i][n];
    for (let j = i + 1; j < n; j++) sum -= rows[i][j] * solution[j];
    solution[i] = sum / rows[i][i];
  }
  return solution;
}

/** The largest distance of two rows of numbers. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
