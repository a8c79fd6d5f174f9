import { checkPositive, resolveOptions } from '../../core/check.ts';
import type { LossDefinition } from './definition.ts';
import { elementwise, ONE_TARGET_EACH } from './elementwise.ts';

/** ½ δ² while |δ| ≤ κ, else κ (|δ| − ½ κ), of δ = y − t. */
export interface HuberLoss {
  readonly kind: 'huber';
  /** κ. */
  readonly threshold: number;
}

/** What a user may say of Huber's loss. */
export interface HuberOptions {
  /** κ: where the parabola goes over into lines, above 0. Default 1. */
  readonly threshold?: number;
}

/**
 * Huber's loss: squared near the target, absolute far from it. With a threshold of 1 its gradient is
 * y − t clipped to ±1, as in the DQN of Mnih et al. (2015).
 *
 * Source: Huber (1964), "Robust estimation of a location parameter".
 *
 * @throws RangeError if the threshold is no finite number above 0.
 */
export function huberLoss(options: HuberOptions = {}): HuberLoss {
  return huberDefinition.resolve('huberLoss', options);
}

/** Huber's function of a difference; |δ| for a threshold of 0. */
export function huber(difference: number, threshold: number): number {
  const distance = Math.abs(difference);
  if (threshold === 0) return distance;
  if (distance <= threshold) return 0.5 * difference * difference;
  return threshold * (distance - 0.5 * threshold);
}

/** Its derivative. */
export function huberSlope(difference: number, threshold: number): number {
  if (threshold === 0) return Math.sign(difference);
  return Math.max(-threshold, Math.min(threshold, difference));
}

const DEFAULTS: Required<HuberOptions> = { threshold: 1 };

/** What the library knows of Huber's loss. */
export const huberDefinition: LossDefinition<HuberLoss> = {
  kind: 'huber',
  error: 'distance',
  ...ONE_TARGET_EACH,

  resolve(where, options) {
    const { threshold } = resolveOptions<HuberOptions>(where, DEFAULTS, options);
    checkPositive(`${where}: threshold`, threshold);
    return { kind: 'huber', threshold };
  },

  row: elementwise(
    ({ threshold }, output, target) => huber(output - target, threshold),
    ({ threshold }, output, target) => huberSlope(output - target, threshold),
  ),
};
