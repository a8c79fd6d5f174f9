// biome-ignore format: one list
/**
 * Nonlinear functions of single numbers.
 *
 * | name         | f(x)                                  |
 * | ------------ | ------------------------------------- |
 * | `linear`     | x                                     |
 * | `relu`       | max(0, x)                             |
 * | `leaky-relu` | x, below 0: 0.01 x                    |
 * | `elu`        | x, below 0: eˣ − 1                    |
 * | `selu`       | λ x, below 0: λ α (eˣ − 1)            |
 * | `silu`       | x σ(x)                                |
 * | `gelu`       | x Φ(x), Φ of the normal distribution  |
 * | `softplus`   | ln(1 + eˣ)                            |
 * | `sigmoid`    | σ(x) = 1 / (1 + e⁻ˣ)                  |
 * | `tanh`       | tanh x                                |
 *
 * Softmax and the parametric ReLU are layers of their own: one sees a whole axis, the other has
 * parameters.
 *
 * The order is that of the kernels' codes: an activation's code is its index here.
 */
export const ACTIVATIONS = [
  'linear', 'relu', 'leaky-relu', 'elu', 'selu', 'silu', 'gelu', 'softplus', 'sigmoid', 'tanh',
] as const;

/** The name of a nonlinear function. */
export type Activation = (typeof ACTIVATIONS)[number];

/** λ of SELU. Source: Klambauer et al. (2017), "Self-normalizing neural networks", section 2. */
export const SELU_SCALE = 1.0507009873554805;

/** α of SELU. */
export const SELU_ALPHA = 1.6732632423543772;

/** How steep the leaky ReLU is below 0. Source: Maas et al. (2013). */
export const LEAKY_SLOPE = 0.01;

/** The number by which kernels know an activation. */
export function activationCode(activation: Activation): number {
  return ACTIVATIONS.indexOf(activation);
}

/** Whether its derivative needs x itself: it cannot be had from f(x). */
export function needsInput(activation: Activation): boolean {
  return activation === 'silu' || activation === 'gelu';
}
