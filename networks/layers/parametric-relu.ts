import { checkFinite, resolveOptions } from '../../core/check.ts';
import { sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';

/** y = x, below 0: a x, with a slope a that is learned. */
export interface ParametricRelu {
  readonly kind: 'parametric-relu';
  /** Whether there is one slope for all channels; else each number of the last axis has its own. */
  readonly shared: boolean;
  /** Slope to begin with. */
  readonly initial: number;
}

/** What a user may say of a parametric ReLU. */
export interface ParametricReluOptions {
  /** Default false. */
  readonly shared?: boolean;
  /** Finite. Default 0.25. */
  readonly initial?: number;
}

/**
 * A ReLU that learns how steep it is below 0: slopes `[channels]`, or `[1]` if shared.
 *
 * @throws RangeError if an option is unknown or out of range.
 *
 * Source: He et al. (2015), "Delving deep into rectifiers", section 2.1.
 */
export function parametricRelu(options: ParametricReluOptions = {}): ParametricRelu {
  return parametricReluDefinition.resolve('parametricRelu', options);
}

const DEFAULTS: Required<ParametricReluOptions> = { shared: false, initial: 0.25 };

/** What the library knows of parametric ReLUs. */
export const parametricReluDefinition: LayerDefinition<ParametricRelu> = {
  kind: 'parametric-relu',

  resolve(where, options) {
    const { shared, initial } = resolveOptions<ParametricReluOptions>(where, DEFAULTS, options);
    checkFinite(`${where}: initial`, initial);
    return { kind: 'parametric-relu', shared, initial };
  },

  plan({ shared, initial }, input, planner) {
    const initializer = { kind: 'constant', value: initial } as const;
    const channels = shared ? 1 : input[input.length - 1];
    planner.parameter('slopes', [channels], { initializer, fanIn: 1, fanOut: 1 });
    return { output: input, multiplyAdds: 0 };
  },

  build({ input: shape, parameters }, wires, workshop) {
    const { kernels } = workshop;
    const { input, output, inputGradient, outputGradient } = wires;
    const slopes = workshop.parameter(parameters.slopes);
    const channels = parameters.slopes.size; // a shared slope: all is one channel
    const positions = sizeOf(shape) / channels;
    return {
      forward({ rows }) {
        const n = rows * positions;
        kernels.parametricRelu(n, channels, slopes.value.offset, input.offset, output.offset);
      },
      backward({ rows }) {
        kernels.parametricReluBackward(
          rows * positions,
          channels,
          slopes.value.offset,
          input.offset,
          outputGradient.offset,
          slopes.gradient.offset,
          inputGradient === null ? -1 : inputGradient.offset,
        );
      },
    };
  },
};
