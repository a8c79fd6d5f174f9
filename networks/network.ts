/**
 * A differentiable function of a batch of vectors.
 *
 * All weights sit in one flat array, so copying, averaging, saving and sending a network are each
 * one call on `parameters`. Arrays returned by `forward` belong to the network and are overwritten
 * by its next call.
 */
export interface Network {
  readonly inputSize: number;
  readonly outputSize: number;

  /** Every trainable weight. Write to it freely. */
  readonly parameters: Float32Array;

  /** ∂loss/∂parameters, in the same order; summed over `backward` calls until zeroed. */
  readonly gradients: Float32Array;

  /**
   * Computes the outputs, `[rows × outputSize]`, for `rows` inputs, `[rows × inputSize]`.
   *
   * @throws RangeError if `inputs` is shorter than `rows · inputSize`.
   */
  forward(inputs: Float32Array, rows: number): Float32Array;

  /** Adds to `gradients`, given ∂loss/∂outputs of the last `forward`, `[rows × outputSize]`. */
  backward(outputGradients: Float32Array): void;
}
