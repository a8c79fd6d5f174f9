import { resolveOptions } from '../../core/check.ts';
import { sizeOf } from '../specification/shape.ts';
import { copyWires } from './copy-wires.ts';
import type { LayerDefinition } from './definition.ts';

/** The same numbers as one axis: an image of 10 × 10 × 4 becomes 400 features. */
export interface Flatten {
  readonly kind: 'flatten';
}

/** Makes one axis of all. */
export function flatten(): Flatten {
  return { kind: 'flatten' };
}

/** What the library knows of flattening. */
export const flattenDefinition: LayerDefinition<Flatten> = {
  kind: 'flatten',

  resolve(where, options) {
    resolveOptions(where, {}, options);
    return { kind: 'flatten' };
  },

  plan: (_, input) => ({ output: [sizeOf(input)], multiplyAdds: 0 }),

  build: ({ input }, wires, workshop) => copyWires(sizeOf(input), wires, workshop),
};
