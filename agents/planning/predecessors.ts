import type { ExpectedModel } from './expected-model.ts';

/** Which rows of a model can lead to each state. */
export interface Predecessors {
  /** Where the rows that lead to a state begin, `[numStates + 1]`. */
  readonly start: Int32Array;
  /** Rows, s · numActions + a, in ascending order for each state. */
  readonly rows: Int32Array;
}

/** Turns a model round. A row is listed as often as it has outcomes that lead to the state. */
export function predecessorsOf({
  numStates,
  rowStart,
  nextState,
}: Pick<ExpectedModel, 'numStates' | 'rowStart' | 'nextState'>): Predecessors {
  const start = new Int32Array(numStates + 1);
  for (let i = 0; i < nextState.length; i++) start[nextState[i] + 1]++;
  for (let state = 0; state < numStates; state++) start[state + 1] += start[state];
  const filled = start.slice();
  const rows = new Int32Array(nextState.length);
  for (let row = 0; row + 1 < rowStart.length; row++) {
    for (let i = rowStart[row]; i < rowStart[row + 1]; i++) rows[filled[nextState[i]]++] = row;
  }
  return { start, rows };
}
