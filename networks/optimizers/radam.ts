import { ADAM_DEFAULTS, ADAM_SLOTS, type AdamOptions, resolveAdam, weightSum } from './adam.ts';
import { NOWHERE, type OptimizerDefinition, slotOffset } from './definition.ts';

/** Adam whose step is short while few gradients have been seen. */
export interface Radam extends Required<AdamOptions> {
  readonly kind: 'radam';
}

/**
 * Rectified Adam.
 *
 *     ρ∞ = 2 / (1 − β₂) − 1,  ρ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)
 *     ρ > 5: θ ← θ − α r m̂ √(1 − β₂ᵗ) / (√s + ε)
 *            r = √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ))
 *     else:  θ ← θ − α m̂
 *
 * Source: Liu et al. (2020), "On the variance of the adaptive learning rate and beyond", algorithm 2.
 * As in PyTorch the threshold is 5, where the paper has 4, and ε is added before the bias of s is
 * corrected.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function radam(options: AdamOptions = {}): Radam {
  return radamDefinition.resolve('radam', options);
}

/** Adam's. */
export const radamDefinition: OptimizerDefinition<Radam> = {
  kind: 'radam',

  resolve: (where, options) => ({ kind: 'radam', ...resolveAdam(where, ADAM_DEFAULTS, options) }),

  slots: () => ADAM_SLOTS,

  step({ meanDecay, squareDecay, epsilon }, kernels, at, learningRate) {
    const rectification = rectify(squareDecay, at.updates);
    const isRectified = rectification > 0; // else the denominator is 0 · √s + 1
    kernels.stepAdam(
      at.parameters,
      at.gradients,
      slotOffset(at, 0),
      slotOffset(at, 1),
      NOWHERE,
      at.n,
      1 - meanDecay,
      1 - squareDecay,
      (learningRate / weightSum(meanDecay, at.updates)) * (isRectified ? rectification : 1),
      isRectified ? 1 : 0,
      isRectified ? epsilon : 1,
      1,
    );
  },
};

/** r √(1 − β₂ᵗ), or 0 while too few gradients have been seen for 1 / √s to be trusted. */
function rectify(squareDecay: number, t: number): number {
  const limit = 2 / (1 - squareDecay) - 1; // ρ∞
  const seenSquares = weightSum(squareDecay, t);
  const length = limit - (2 * t * (1 - seenSquares)) / seenSquares; // ρ
  if (!(length > 5)) return 0;
  const numerator = (length - 4) * (length - 2) * limit;
  const denominator = (limit - 4) * (limit - 2) * length;
  return Math.sqrt((numerator / denominator) * seenSquares);
}
