/** The end of a dueling network. */
export interface DuelingKernels {
  /**
   * Q[r][a][j] = v[j] + A[a][j] − meanₐ A[a][j] for `rows` rows x of (1 + actions) · size numbers: v, then
   * A, action after action.
   */
  duel(rows: number, actions: number, size: number, x: number, q: number): void;

  /** dv[j] = Σₐ dQ[a][j] and dA[a][j] = dQ[a][j] − meanₐ dQ[a][j], side by side in dx. */
  duelBackward(rows: number, actions: number, size: number, dq: number, dx: number): void;
}
