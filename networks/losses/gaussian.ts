import { checkFinite, checkLength, resolveOptions, show } from '../../core/check.ts';
import { exp } from '../../core/math.ts';
import type { LossDefinition } from './definition.ts';

const LN_TWO_PI = 1.8378770664093453;

/** ½ (ln 2π + s + (t − μ)² / eˢ), of means μ and log-variances s = ln σ². */
export interface GaussianLoss {
  readonly kind: 'gaussian';
  /** Lowest and highest s: what is beyond counts as the bound, and has no gradient. */
  readonly logVariance: readonly [number, number];
}

/** What a user may say of the Gaussian likelihood. */
export interface GaussianOptions {
  /** Lowest and highest log-variance. Default `[-20, 20]`. */
  readonly logVariance?: readonly [number, number];
}

/**
 * Minus the log-likelihood of targets `[rows × d]` under independent normal distributions. A row of
 * outputs has the d means, then the d logarithms of the variances.
 *
 * Source: Nix & Weigend (1994), "Estimating the mean and variance of the target probability
 * distribution".
 *
 * @throws RangeError if the bounds are not two finite numbers in order.
 */
export function gaussianLoss(options: GaussianOptions = {}): GaussianLoss {
  return gaussianDefinition.resolve('gaussianLoss', options);
}

const DEFAULTS: Required<GaussianOptions> = { logVariance: [-20, 20] };

/** What the library knows of the Gaussian likelihood. */
export const gaussianDefinition: LossDefinition<GaussianLoss> = {
  kind: 'gaussian',
  error: 'loss',
  isMaskable: false,

  resolve(where, options) {
    const { logVariance } = resolveOptions<GaussianOptions>(where, DEFAULTS, options);
    checkLength(`${where}: logVariance`, logVariance, 2);
    const [low, high] = logVariance;
    checkFinite(`${where}: logVariance[0]`, low);
    checkFinite(`${where}: logVariance[1]`, high);
    if (!(low < high)) {
      throw new RangeError(
        `${where}: logVariance must be a low and a high bound, got ${show(logVariance)}.`,
      );
    }
    return { kind: 'gaussian', logVariance: [low, high] };
  },

  choiceSize: () => 0,
  targetSize: (_, outputs) => (outputs % 2 === 0 ? outputs / 2 : 0),

  row({ logVariance }, outputs, first, size, targets, row, scale, gradients) {
    const [low, high] = logVariance;
    const dimensions = size / 2;
    let sum = 0;
    for (let mean = first; mean < first + dimensions; mean++) {
      const given = outputs[mean + dimensions];
      const s = Math.max(low, Math.min(high, given));
      const precision = exp(-s); // 1 / σ²
      const difference = targets[row * dimensions + mean - first] - outputs[mean];
      const spread = difference * difference * precision;
      sum += 0.5 * (LN_TWO_PI + s + spread);
      gradients[mean] = -scale * difference * precision;
      gradients[mean + dimensions] = s === given ? scale * 0.5 * (1 - spread) : 0;
    }
    return sum;
  },
};
