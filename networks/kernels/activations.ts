/** Nonlinear functions. */
export interface ActivationKernels {
  /** y[i] = f(x[i]); y may be x. */
  activate(code: number, x: number, y: number, n: number): void;

  /** dx[i] = f′(x[i]) · dy[i]; dx may be dy. Only where `needsInput(f)` is x read. */
  activateBackward(code: number, x: number, y: number, dy: number, dx: number, n: number): void;
}
