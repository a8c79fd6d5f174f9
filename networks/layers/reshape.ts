import { resolveOptions } from '../../core/check.ts';
import { checkShape, type Shape, showShape, sizeOf } from '../specification/shape.ts';
import { copyWires } from './copy-wires.ts';
import type { LayerDefinition } from './definition.ts';

/** The same numbers in the same order under other axes. */
export interface Reshape {
  readonly kind: 'reshape';
  readonly shape: Shape;
}

/**
 * Makes `shape` of each row: 400 features become an image with `reshape([10, 10, 4])`.
 *
 * @throws RangeError if a length is no positive integer.
 */
export function reshape(shape: Shape): Reshape {
  return reshapeDefinition.resolve('reshape', { shape });
}

const DEFAULTS: { readonly shape: Shape } = { shape: [] };

/** What the library knows of reshaping. */
export const reshapeDefinition: LayerDefinition<Reshape> = {
  kind: 'reshape',

  resolve(where, options) {
    const given: { readonly shape?: Shape } = options;
    const { shape } = resolveOptions(where, DEFAULTS, given);
    checkShape(`${where}: shape`, shape);
    return { kind: 'reshape', shape: [...shape] };
  },

  plan({ shape }, input, planner) {
    if (sizeOf(shape) !== sizeOf(input)) {
      planner.refuse(
        `cannot make ${showShape(shape)} of ${showShape(input)}: that is ${sizeOf(shape)} numbers of ${sizeOf(input)}.`,
      );
    }
    return { output: shape, multiplyAdds: 0 };
  },

  build: ({ input }, wires, workshop) => copyWires(sizeOf(input), wires, workshop),
};
