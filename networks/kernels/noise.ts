/** Weights with noise that is the product of one number an input and one an output. */
export interface NoiseKernels {
  /**
   * W[i][j] = mean[i][j] + deviation[i][j] · (inputNoise[i] · outputNoise[j]), all of them
   * `[inputs × outputs]`.
   */
  perturb(
    inputs: number,
    outputs: number,
    mean: number,
    deviation: number,
    inputNoise: number,
    outputNoise: number,
    weights: number,
  ): void;

  /** Adds the gradients of mean and deviation, given that of W. */
  perturbBackward(
    inputs: number,
    outputs: number,
    weightsGradient: number,
    inputNoise: number,
    outputNoise: number,
    meanGradient: number,
    deviationGradient: number,
  ): void;
}
