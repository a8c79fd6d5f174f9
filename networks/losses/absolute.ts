import { resolveOptions } from '../../core/check.ts';
import type { LossDefinition } from './definition.ts';
import { elementwise, ONE_TARGET_EACH } from './elementwise.ts';

/** |y − t|. */
export interface AbsoluteLoss {
  readonly kind: 'absolute';
}

/** The absolute error; its gradient is the sign of y − t, 0 at 0. */
export function absoluteLoss(): AbsoluteLoss {
  return { kind: 'absolute' };
}

/** What the library knows of the absolute error. */
export const absoluteDefinition: LossDefinition<AbsoluteLoss> = {
  kind: 'absolute',
  error: 'distance',
  ...ONE_TARGET_EACH,

  resolve(where, options) {
    resolveOptions(where, {}, options);
    return absoluteLoss();
  },

  row: elementwise(
    (_, output, target) => Math.abs(output - target),
    (_, output, target) => Math.sign(output - target),
  ),
};
