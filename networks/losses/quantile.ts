import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import type { Numbers } from '../layers/run.ts';
import type { LossDefinition } from './definition.ts';
import { huber, huberSlope } from './huber.ts';

/** Σᵢ meanⱼ |τᵢ − [u < 0]| Huber(u), with u = tⱼ − yᵢ and τᵢ = (i + ½) / N. */
export interface QuantileLoss {
  readonly kind: 'quantile';
  /** N. */
  readonly quantiles: number;
  /** κ of Huber's function; 0 for |u|. */
  readonly threshold: number;
}

/** What a user may say of the quantile loss. */
export interface QuantileOptions {
  /** N: how many quantiles, at least 1. Default 200. */
  readonly quantiles?: number;
  /** κ: at least 0. Default 1. */
  readonly threshold?: number;
}

/**
 * The quantile Huber loss of distributional learning (QR-DQN): outputs are `quantiles` returns, of one
 * distribution or of one for each action; targets are as many samples of it, `[rows × quantiles]`:
 * r + γ θⱼ(s′, a*).
 *
 * Source: Dabney et al. (2018), "Distributional reinforcement learning with quantile regression",
 * equation 10 and algorithm 1.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function quantileLoss(options: QuantileOptions = {}): QuantileLoss {
  return quantileDefinition.resolve('quantileLoss', options);
}

const DEFAULTS: Required<QuantileOptions> = { quantiles: 200, threshold: 1 };

/** What the library knows of the quantile loss. */
export const quantileDefinition: LossDefinition<QuantileLoss> = {
  kind: 'quantile',
  error: 'loss',
  isMaskable: false,

  resolve(where, options) {
    const { quantiles, threshold } = resolveOptions<QuantileOptions>(where, DEFAULTS, options);
    checkInteger(`${where}: quantiles`, quantiles, 1);
    checkBetween(`${where}: threshold`, threshold, 0, Number.MAX_VALUE);
    return { kind: 'quantile', quantiles, threshold };
  },

  choiceSize: ({ quantiles }) => quantiles,
  targetSize: ({ quantiles }, outputs) => (outputs === quantiles ? quantiles : 0),

  row({ threshold }, outputs, first, size, targets, row, scale, gradients) {
    const samples = row * size;
    return quantileRow(
      threshold,
      outputs,
      first,
      size,
      targets,
      -1,
      samples,
      size,
      scale,
      gradients,
    );
  },
};

/**
 * Σᵢ meanⱼ |τᵢ − [u < 0]| Huber(u) of one row, with u = tⱼ − yᵢ; the gradients are written, times `scale`.
 *
 * @param first Of its outputs y, `size` of them.
 * @param firstFraction Of the τ among the targets, one an output; −1 for (i + ½) / `size`.
 * @param firstSample Of the samples t among the targets.
 */
export function quantileRow(
  threshold: number,
  outputs: Numbers,
  first: number,
  size: number,
  targets: ArrayLike<number>,
  firstFraction: number,
  firstSample: number,
  samples: number,
  scale: number,
  gradients: Numbers,
): number {
  let loss = 0;
  for (let i = 0; i < size; i++) {
    const fraction = firstFraction < 0 ? (i + 0.5) / size : targets[firstFraction + i]; // τᵢ
    let slope = 0;
    for (let j = 0; j < samples; j++) {
      const difference = targets[firstSample + j] - outputs[first + i]; // u
      const side = difference < 0 ? 1 - fraction : fraction; // |τᵢ − [u < 0]|
      loss += (side * huber(difference, threshold)) / samples;
      slope -= (side * huberSlope(difference, threshold)) / samples;
    }
    gradients[first + i] = scale * slope;
  }
  return loss;
}
