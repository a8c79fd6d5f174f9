import { checkOneOf, resolveOptions } from '../../core/check.ts';
import type { LossDefinition } from './definition.ts';
import { classCrossEntropy, distributionCrossEntropy } from './softmax.ts';

const TARGETS = ['classes', 'probabilities'] as const;

/** −Σᵢ tᵢ ln softmax(y)ᵢ, of logits y. */
export interface CrossEntropyLoss {
  readonly kind: 'cross-entropy';
  /** A class for each row, or a distribution over all of them. */
  readonly targets: (typeof TARGETS)[number];
}

/** What a user may say of the cross-entropy. */
export interface CrossEntropyOptions {
  /**
   * `classes`: the index of the right one, `[rows]`; `probabilities`: a distribution,
   * `[rows × outputs]`. Default `classes`.
   */
  readonly targets?: CrossEntropyLoss['targets'];
}

/**
 * The cross-entropy of logits; its gradient is softmax(y) − t.
 *
 * With actions as classes and advantages as weights its gradient is the policy gradient's. It takes a
 * mask: what is not allowed has probability 0 and no gradient.
 *
 * @throws RangeError if an option is unknown.
 */
export function crossEntropyLoss(options: CrossEntropyOptions = {}): CrossEntropyLoss {
  return crossEntropyDefinition.resolve('crossEntropyLoss', options);
}

const DEFAULTS: Required<CrossEntropyOptions> = { targets: 'classes' };

/** What the library knows of the cross-entropy. */
export const crossEntropyDefinition: LossDefinition<CrossEntropyLoss> = {
  kind: 'cross-entropy',
  error: 'loss',
  isMaskable: true,

  resolve(where, options) {
    const { targets } = resolveOptions<CrossEntropyOptions>(where, DEFAULTS, options);
    checkOneOf(`${where}: targets`, targets, TARGETS);
    return { kind: 'cross-entropy', targets };
  },

  choiceSize: () => 0,
  targetSize: ({ targets }, outputs) => (targets === 'classes' ? 1 : outputs),

  row(loss, outputs, first, size, targets, row, scale, gradients, mask) {
    const f = loss.targets === 'classes' ? classCrossEntropy : distributionCrossEntropy;
    return f(outputs, first, size, targets, row, scale, gradients, mask);
  },
};
