import type { TabularModel } from '../../../core/tabular-model.ts';
import { outcomesOf } from '../../envs/solve.ts';

/** Chances of the actions in a state. */
export type Chances = (state: number) => readonly number[];

/** How often each state is acted in, as a share: in episodes under a policy, starts included. */
export function onPolicyDistribution(model: TabularModel, policy: Chances): Float64Array {
  let flow = Float64Array.from(model.startDistribution);
  const visits = new Float64Array(model.numStates);
  for (let step = 0; step < 100_000; step++) {
    let left = 0;
    const next = new Float64Array(model.numStates);
    flow.forEach((mass, state) => {
      if (mass === 0) return;
      visits[state] += mass;
      policy(state).forEach((chance, action) => {
        for (const [p, nextState, , terminated] of outcomesOf(model, state, action)) {
          if (!terminated) next[nextState] += mass * chance * p;
        }
      });
    });
    for (const mass of next) left += mass;
    flow = next;
    if (left < 1e-13) break;
  }
  const sum = visits.reduce((total, visit) => total + visit, 0);
  return visits.map((visit) => visit / sum);
}

/** Solves A w = b by elimination; A is `[n × n]`, row-major. */
export function solveLinear(a: readonly number[][], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++) {
      if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) pivot = i;
    }
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let i = 0; i < n; i++) {
      if (i === column) continue;
      const factor = rows[i][column] / rows[column][column];
      for (let j = column; j <= n; j++) rows[i][j] -= factor * rows[column][j];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/**
 * The TD fixed point w = A⁻¹ b, A = Σ μ(s) x(s) (x(s) − γ E[x(s′)])ᵀ, b = Σ μ(s) x(s) E[r].
 *
 * Source: Sutton & Barto (2018), equation 9.12; off policy with μ of the behavior, E under the target.
 */
export function tdFixedPoint(
  model: TabularModel,
  target: Chances,
  distribution: Float64Array,
  features: (state: number) => readonly number[],
  discount: number,
): number[] {
  const n = features(0).length;
  const a = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const b = new Array<number>(n).fill(0);
  distribution.forEach((share, state) => {
    if (share === 0) return;
    const x = features(state);
    target(state).forEach((chance, action) => {
      for (const [p, nextState, reward, terminated] of outcomesOf(model, state, action)) {
        const next = terminated ? new Array<number>(n).fill(0) : features(nextState);
        const weight = share * chance * p;
        for (let i = 0; i < n; i++) {
          b[i] += weight * x[i] * reward;
          for (let j = 0; j < n; j++) a[i][j] += weight * x[i] * (x[j] - discount * next[j]);
        }
      }
    });
  });
  return solveLinear(a, b);
}
