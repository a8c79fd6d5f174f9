import { checkOneOf, resolveOptions } from '../../core/check.ts';
import { ACTIVATIONS, type Activation, activationCode } from '../specification/activation.ts';
import { sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';

/** y = f(x), number by number: where something stands between a layer and its activation. */
export interface ActivationLayer {
  readonly kind: 'activation';
  readonly activation: Activation;
}

/**
 * A nonlinear function as a layer of its own.
 *
 *     [dense(64), layerNorm(), activation('relu')]
 *
 * @throws RangeError if there is no such function.
 */
export function activation(activation: Activation): ActivationLayer {
  return activationDefinition.resolve('activation', { activation });
}

interface Fields {
  readonly activation?: Activation;
}

const DEFAULTS: Required<Fields> = { activation: 'linear' };

/** What the library knows of activations. */
export const activationDefinition: LayerDefinition<ActivationLayer> = {
  kind: 'activation',

  resolve(where, options) {
    const { activation } = resolveOptions<Fields>(where, DEFAULTS, options);
    checkOneOf(`${where}: activation`, activation, ACTIVATIONS);
    return { kind: 'activation', activation };
  },

  plan: (_, input) => ({ output: input, multiplyAdds: 0 }),

  build({ layer, input: shape }, { input, output, inputGradient, outputGradient }, { kernels }) {
    const code = activationCode(layer.activation);
    const size = sizeOf(shape);
    return {
      forward({ rows }) {
        kernels.activate(code, input.offset, output.offset, rows * size);
      },
      backward({ rows }) {
        if (inputGradient === null) return;
        const dx = inputGradient.offset;
        const dy = outputGradient.offset;
        kernels.activateBackward(code, input.offset, output.offset, dy, dx, rows * size);
      },
    };
  },
};
