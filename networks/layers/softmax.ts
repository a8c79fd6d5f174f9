import { resolveOptions } from '../../core/check.ts';
import { sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';

/** yᵢ = e^(xᵢ) / Σⱼ e^(xⱼ) over the last axis: positive numbers whose sum is 1. */
export interface Softmax {
  readonly kind: 'softmax';
}

/**
 * Makes chances of the numbers along the last axis.
 *
 * Not before a loss on logits: that has a softmax of its own, which loses no digits.
 */
export function softmax(): Softmax {
  return { kind: 'softmax' };
}

/** What the library knows of softmax layers. */
export const softmaxDefinition: LayerDefinition<Softmax> = {
  kind: 'softmax',

  resolve(where, options) {
    resolveOptions(where, {}, options);
    return { kind: 'softmax' };
  },

  plan: (_, input) => ({ output: input, multiplyAdds: 0 }),

  build({ input: shape }, { input, output, inputGradient, outputGradient }, { kernels }) {
    const width = shape[shape.length - 1];
    const positions = sizeOf(shape) / width;
    return {
      forward({ rows }) {
        kernels.softmax(rows * positions, width, 1, 0, input.offset, output.offset);
      },
      backward({ rows }) {
        if (inputGradient === null) return;
        const dy = outputGradient.offset;
        const n = rows * positions;
        kernels.softmaxBackward(n, width, 1, output.offset, dy, inputGradient.offset);
      },
    };
  },
};
