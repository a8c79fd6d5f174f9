/** Nonlinear functions. */
export interface ActivationKernels {
  /** y[i] = f(x[i]); y may be x. */
  activate(code: number, x: number, y: number, n: number): void;

  /** dx[i] = f′(x[i]) · dy[i]; dx may be dy. Only where `needsInput(f)` is x read. */
  activateBackward(code: number, x: number, y: number, dy: number, dx: number, n: number): void;

  /** Y = X, below 0: slopes[c] · X, for `rows` rows of `channels`. */
  parametricRelu(rows: number, channels: number, slopes: number, x: number, y: number): void;

  /**
   * Adds the slopes' gradient, Σᵣ min(X[r], 0) · dY[r], and writes the input's.
   *
   * @param dx −1 where nobody wants it.
   */
  parametricReluBackward(
    rows: number,
    channels: number,
    slopes: number,
    x: number,
    dy: number,
    slopesGradient: number,
    dx: number,
  ): void;
}
