/** The end of a dueling network. */
export interface DuelingKernels {
  /** Q[r][a] = v + A[a] − mean(A) for `rows` rows x of 1 + actions numbers: v, then A. */
  duel(rows: number, actions: number, x: number, q: number): void;

  /** dv = Σ dQ[a] and dA[a] = dQ[a] − mean(dQ), side by side in dx. */
  duelBackward(rows: number, actions: number, dq: number, dx: number): void;
}
