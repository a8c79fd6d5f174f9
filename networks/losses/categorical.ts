import { checkFinite, checkInteger, resolveOptions } from '../../core/check.ts';
import type { LossDefinition } from './definition.ts';
import { distributionCrossEntropy } from './softmax.ts';

/** The cross-entropy of logits of atoms: returns from `low` to `high`, equally far apart. */
export interface CategoricalLoss {
  readonly kind: 'categorical';
  /** N. */
  readonly atoms: number;
  /** The least return that can be told. */
  readonly low: number;
  /** The largest. */
  readonly high: number;
}

/** What a user may say of a categorical distribution of returns. */
export interface CategoricalOptions {
  /** N: how many returns, at least 2. Default 51. */
  readonly atoms?: number;
  /** The lowest one. Default −10. */
  readonly low?: number;
  /** The highest one, above `low`. Default 10. */
  readonly high?: number;
}

/**
 * The loss of categorical distributional learning (C51): outputs are the logits of `atoms` returns,
 * of one distribution or of one for each action; targets are distributions, `[rows × atoms]`, which
 * `projectReturns` makes.
 *
 * Source: Bellemare, Dabney & Munos (2017), "A distributional perspective on reinforcement learning",
 * algorithm 1.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function categoricalLoss(options: CategoricalOptions = {}): CategoricalLoss {
  return categoricalDefinition.resolve('categoricalLoss', options);
}

/** zᵢ: the return that atom `i` stands for. */
export function atomValue({ atoms, low, high }: CategoricalLoss, i: number): number {
  return low + (i * (high - low)) / (atoms - 1);
}

const DEFAULTS: Required<CategoricalOptions> = { atoms: 51, low: -10, high: 10 };

/** What the library knows of the categorical distributional loss. */
export const categoricalDefinition: LossDefinition<CategoricalLoss> = {
  kind: 'categorical',
  error: 'loss',
  isMaskable: false,

  resolve(where, options) {
    const resolved = resolveOptions<CategoricalOptions>(where, DEFAULTS, options);
    const { atoms, low, high } = resolved;
    checkInteger(`${where}: atoms`, atoms, 2);
    checkFinite(`${where}: low`, low);
    checkFinite(`${where}: high`, high);
    if (!(low < high)) throw new RangeError(`${where}: high must be above ${low}, got ${high}.`);
    return { kind: 'categorical', atoms, low, high };
  },

  choiceSize: ({ atoms }) => atoms,
  targetSize: ({ atoms }, outputs) => (outputs === atoms ? atoms : 0),

  row(_, outputs, first, size, targets, row, scale, gradients) {
    return distributionCrossEntropy(outputs, first, size, targets, row, scale, gradients, null);
  },
};
