import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import type { LossDefinition } from './definition.ts';
import { quantileRow } from './quantile.ts';

/** Σᵢ meanⱼ |τᵢ − [u < 0]| Huber(u) / κ, with u = tⱼ − yᵢ and any τᵢ. */
export interface ImplicitQuantileLoss {
  readonly kind: 'implicit-quantile';
  /** N. */
  readonly quantiles: number;
  /** N′. */
  readonly samples: number;
  /** κ of Huber's function; 0 for |u|. */
  readonly threshold: number;
}

/** What a user may say of the loss of implicit quantiles. */
export interface ImplicitQuantileOptions {
  /** N: how many quantiles, at least 1. Default 64. */
  readonly quantiles?: number;
  /** N′: how many samples of the return, at least 1. Default 64. */
  readonly samples?: number;
  /** κ: at least 0. Default 1. */
  readonly threshold?: number;
}

/**
 * The quantile Huber loss of implicit quantile networks (IQN): outputs are `quantiles` returns, of one
 * distribution or of one for each action; targets are where in (0, 1) each of them is, τᵢ, and then
 * `samples` samples of the return, `[rows × (quantiles + samples)]`.
 *
 * Source: Dabney et al. (2018), "Implicit quantile networks for distributional reinforcement learning",
 * equation 3.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function implicitQuantileLoss(options: ImplicitQuantileOptions = {}): ImplicitQuantileLoss {
  return implicitQuantileDefinition.resolve('implicitQuantileLoss', options);
}

const DEFAULTS: Required<ImplicitQuantileOptions> = { quantiles: 64, samples: 64, threshold: 1 };

/** What the library knows of the loss of implicit quantiles. */
export const implicitQuantileDefinition: LossDefinition<ImplicitQuantileLoss> = {
  kind: 'implicit-quantile',
  error: 'loss',
  isMaskable: false,

  resolve(where, options) {
    const resolved = resolveOptions<ImplicitQuantileOptions>(where, DEFAULTS, options);
    const { quantiles, samples, threshold } = resolved;
    checkInteger(`${where}: quantiles`, quantiles, 1);
    checkInteger(`${where}: samples`, samples, 1);
    checkBetween(`${where}: threshold`, threshold, 0, Number.MAX_VALUE);
    return { kind: 'implicit-quantile', quantiles, samples, threshold };
  },

  choiceSize: ({ quantiles }) => quantiles,
  targetSize: ({ quantiles, samples }, outputs) =>
    outputs === quantiles ? quantiles + samples : 0,

  row({ samples, threshold }, outputs, first, size, targets, row, scale, gradients) {
    const fractions = row * (size + samples);
    checkFractions(targets, fractions, size);
    const unit = threshold === 0 ? 1 : 1 / threshold;
    const own = fractions + size;
    const by = scale * unit;
    return (
      unit *
      quantileRow(threshold, outputs, first, size, targets, fractions, own, samples, by, gradients)
    );
  },
};

function checkFractions(targets: ArrayLike<number>, first: number, size: number): void {
  for (let i = first; i < first + size; i++) {
    if (targets[i] >= 0 && targets[i] <= 1) continue;
    throw new RangeError(
      `computeLoss: targets[${i}] must be a fraction from 0 to 1, got ${targets[i]}.`,
    );
  }
}
