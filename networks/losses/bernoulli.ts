import { resolveOptions } from '../../core/check.ts';
import { sigmoid, softplus } from '../logistic.ts';
import type { LossDefinition } from './definition.ts';
import { elementwise, ONE_TARGET_EACH } from './elementwise.ts';

/** −t ln σ(y) − (1 − t) ln(1 − σ(y)), with t in [0, 1]. */
export interface BernoulliLoss {
  readonly kind: 'bernoulli';
}

/** The binary cross-entropy of logits, minus the log-likelihood; its gradient is σ(y) − t. */
export function bernoulliLoss(): BernoulliLoss {
  return { kind: 'bernoulli' };
}

/** What the library knows of the binary cross-entropy. */
export const bernoulliDefinition: LossDefinition<BernoulliLoss> = {
  kind: 'bernoulli',
  error: 'loss',
  ...ONE_TARGET_EACH,

  resolve(where, options) {
    resolveOptions(where, {}, options);
    return bernoulliLoss();
  },

  row: elementwise(
    // ln(1 + e^y) − t y, with each of two logarithms where it is small
    (_, y, t) => t * softplus(-y) + (1 - t) * softplus(y),
    (_, y, t) => sigmoid(y) - t,
  ),
};
