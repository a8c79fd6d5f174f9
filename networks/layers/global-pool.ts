import { checkOneOf, resolveOptions } from '../../core/check.ts';
import { type Shape, sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';
import { type PoolMethod, runPool } from './run-pool.ts';
import { slideOver } from './window.ts';

/** One number of each channel for all places of an image, or all positions of a sequence. */
export interface GlobalPool {
  readonly kind: 'global-pool';
  readonly method: PoolMethod;
}

/** What a user may say of it. */
export interface GlobalPoolOptions {
  /** Default `average`. */
  readonly method?: PoolMethod;
}

/**
 * Makes `[channels]` of `[height, width, channels]`, or `[features]` of `[positions, features]`.
 *
 * @throws RangeError if the method is unknown.
 */
export function globalPool(options: GlobalPoolOptions = {}): GlobalPool {
  return globalPoolDefinition.resolve('globalPool', options);
}

const DEFAULTS: Required<GlobalPoolOptions> = { method: 'average' };

/** What the library knows of global pooling. */
export const globalPoolDefinition: LayerDefinition<GlobalPool> = {
  kind: 'global-pool',

  resolve(where, options) {
    const given: GlobalPoolOptions = options;
    const { method } = resolveOptions(where, DEFAULTS, given);
    checkOneOf(`${where}: method`, method, ['max', 'average']);
    return { kind: 'global-pool', method };
  },

  plan(_, input, planner) {
    if (input.length < 2) planner.refuse(`takes places with channels, not shape ${input}.`);
    return { output: input.slice(-1), multiplyAdds: 0 };
  },

  build({ layer, input }, wires, workshop) {
    return runPool(layer.method, wholeOf(input), wires, workshop);
  },
};

/** One window that is all there is. */
function wholeOf(input: Shape) {
  const places = sizeOf(input.slice(0, -1));
  const image = [places, 1, input[input.length - 1]];
  return slideOver(image, {
    size: [places, 1],
    stride: [1, 1],
    dilation: [1, 1],
    padding: 'valid',
  });
}
