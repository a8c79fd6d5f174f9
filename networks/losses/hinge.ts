import { resolveOptions } from '../../core/check.ts';
import type { LossDefinition } from './definition.ts';
import { elementwise, ONE_TARGET_EACH } from './elementwise.ts';

/** max(0, 1 − t y), with t = −1 or 1. */
export interface HingeLoss {
  readonly kind: 'hinge';
}

/**
 * The hinge loss of two classes, −1 and 1: nothing once an output is on its side by 1.
 *
 * Source: Cortes & Vapnik (1995), "Support-vector networks".
 */
export function hingeLoss(): HingeLoss {
  return { kind: 'hinge' };
}

/** What the library knows of the hinge loss. */
export const hingeDefinition: LossDefinition<HingeLoss> = {
  kind: 'hinge',
  error: 'loss',
  ...ONE_TARGET_EACH,

  resolve(where, options) {
    resolveOptions(where, {}, options);
    return hingeLoss();
  },

  row: elementwise(
    (_, output, target) => Math.max(0, 1 - target * output),
    (_, output, target) => (1 - target * output > 0 ? -target : 0),
  ),
};
