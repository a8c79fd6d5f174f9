/** Matrix products, each of them added to C if `accumulate` is 1. */
export interface ProductKernels {
  /** C [m × n] = A [m × k] · B [k × n]. */
  multiply(
    m: number,
    n: number,
    k: number,
    a: number,
    aStride: number,
    b: number,
    bStride: number,
    c: number,
    cStride: number,
    accumulate: number,
  ): void;

  /** C [m × n] = A [m × k] · Bᵀ with B [n × k]. */
  multiplyByTransposed(
    m: number,
    n: number,
    k: number,
    a: number,
    aStride: number,
    b: number,
    bStride: number,
    c: number,
    cStride: number,
    accumulate: number,
  ): void;

  /** C [m × n] = Aᵀ · B with A [k × m] and B [k × n]. */
  multiplyTransposed(
    m: number,
    n: number,
    k: number,
    a: number,
    aStride: number,
    b: number,
    bStride: number,
    c: number,
    cStride: number,
    accumulate: number,
  ): void;

  /**
   * A whole dense layer: Y [rows × outputs] = f(X [rows × inputs] · W [inputs × outputs] + b).
   *
   * @param bias −1 for none.
   * @param activation The code of f.
   */
  denseForward(
    rows: number,
    inputs: number,
    outputs: number,
    x: number,
    weights: number,
    bias: number,
    y: number,
    activation: number,
  ): void;

  /**
   * Adds the gradients of weights and bias of a dense layer, and writes that of its input.
   *
   * @param dy ∂loss/∂(X · W + b): the activation's part is done already. May be used up.
   * @param weightsGradient −1 where nobody wants it.
   * @param biasGradient −1 for none.
   * @param dx −1 where nobody wants it; may be x, which is not needed any more by then.
   */
  denseBackward(
    rows: number,
    inputs: number,
    outputs: number,
    x: number,
    weights: number,
    dy: number,
    weightsGradient: number,
    biasGradient: number,
    dx: number,
  ): void;
}
