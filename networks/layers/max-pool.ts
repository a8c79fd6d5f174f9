import type { LayerDefinition } from './definition.ts';
import { type Pool, type PoolOptions, poolDefinition } from './pool.ts';
import type { Pair } from './window.ts';

/** The largest number of each window, channel by channel. */
export interface MaxPool extends Pool {
  readonly kind: 'max-pool';
}

/**
 * Keeps the largest number of each window on an image `[height, width, channels]`.
 *
 * Its gradient goes to the pixel it came from, the first of several equal ones.
 *
 * @param size Height and width of the window; a number alone for a square.
 * @throws RangeError if a number is no positive integer or an option is unknown.
 */
export function maxPool(size: number | Pair, options: PoolOptions = {}): MaxPool {
  return maxPoolDefinition.resolve('maxPool', { ...options, size });
}

/** What the library knows of max pooling. */
export const maxPoolDefinition: LayerDefinition<MaxPool> = poolDefinition('max-pool', 'max');
