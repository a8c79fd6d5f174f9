import { resolveOptions } from '../../core/check.ts';
import type { LossDefinition } from './definition.ts';
import { elementwise, ONE_TARGET_EACH } from './elementwise.ts';

/** (y − t)². */
export interface SquaredLoss {
  readonly kind: 'squared';
}

/** The squared error; its gradient is 2 (y − t). */
export function squaredLoss(): SquaredLoss {
  return { kind: 'squared' };
}

/** What the library knows of the squared error. */
export const squaredDefinition: LossDefinition<SquaredLoss> = {
  kind: 'squared',
  error: 'distance',
  ...ONE_TARGET_EACH,

  resolve(where, options) {
    resolveOptions(where, {}, options);
    return squaredLoss();
  },

  row: elementwise(
    (_, output, target) => (output - target) * (output - target),
    (_, output, target) => 2 * (output - target),
  ),
};
