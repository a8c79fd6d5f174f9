import type { LayerDefinition } from './definition.ts';
import { type Pool, type PoolOptions, poolDefinition } from './pool.ts';
import type { Pair } from './window.ts';

/** The mean of each window, channel by channel. */
export interface AveragePool extends Pool {
  readonly kind: 'average-pool';
}

/**
 * Keeps the mean of each window on an image `[height, width, channels]`, of what is inside the image.
 *
 * @param size Height and width of the window; a number alone for a square.
 * @throws RangeError if a number is no positive integer or an option is unknown.
 */
export function averagePool(size: number | Pair, options: PoolOptions = {}): AveragePool {
  return averagePoolDefinition.resolve('averagePool', { ...options, size });
}

/** What the library knows of average pooling. */
export const averagePoolDefinition: LayerDefinition<AveragePool> = poolDefinition(
  'average-pool',
  'average',
);
