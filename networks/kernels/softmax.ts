/** Softmax of whole rows. */
export interface SoftmaxKernels {
  /**
   * Y[r] = softmax(scale · X[r]) for `rows` rows of `width`; y may be x.
   *
   * The largest number of a row is taken off before the exponential, so that none overflows.
   *
   * @param causal 1 if row r sees only its first (r mod width) + 1 numbers; the rest of it becomes 0.
   */
  softmax(rows: number, width: number, scale: number, causal: number, x: number, y: number): void;

  /**
   * dX[r] = scale · Y[r] ∘ (dY[r] − ⟨dY[r], Y[r]⟩), which is 0 where Y is; dx may be dy.
   *
   * @param y What `softmax` gave.
   */
  softmaxBackward(
    rows: number,
    width: number,
    scale: number,
    y: number,
    dy: number,
    dx: number,
  ): void;
}
