import { checkOneOf, resolveOptions } from '../../core/check.ts';
import { type Conv2d, type Conv2dOptions, conv2dDefinition } from '../layers/conv2d.ts';
import { type Dense, denseDefinition } from '../layers/dense.ts';
import { type Flatten, flatten } from '../layers/flatten.ts';
import type { Pair } from '../layers/window.ts';
import { ACTIVATIONS, type Activation } from './activation.ts';
import type { InitializerOptions } from './initializer.ts';

/** What a user says of a convolutional network. */
export interface ConvnetOptions {
  /** First to last; none for dense layers alone. Default one of 16 filters of 3 × 3. */
  readonly convolutions?: readonly ConvolutionOptions[];
  /** Units of each dense layer after them. Default `[128]`. */
  readonly hidden?: readonly number[];
  /** After each layer. Default `relu`. */
  readonly activation?: Activation;
  /** Default as `dense` has it. */
  readonly initializer?: InitializerOptions;
}

/** One of its convolutions. */
export interface ConvolutionOptions extends Pick<Conv2dOptions, 'stride' | 'dilation' | 'padding'> {
  readonly filters: number;
  /** Height and width; a number alone for a square. */
  readonly kernel: number | Pair;
}

/**
 * The body of a convolutional network: convolutions over images `[height, width, channels]`, then
 * dense layers, an activation after each.
 *
 *     network({ input: [10, 10, 4], layers: convnet(), heads: { values: [dense(6)] } })
 *
 * @throws RangeError if a number is no positive integer, or an option is unknown.
 */
export function convnet(options: ConvnetOptions = {}): readonly (Conv2d | Flatten | Dense)[] {
  const given: Fields = options;
  const { convolutions, hidden, ...rest } = resolveOptions('convnet', DEFAULTS, given);
  checkOneOf('convnet: activation', rest.activation, ACTIVATIONS);
  return [
    ...convolutions.map((one, i) =>
      conv2dDefinition.resolve(`convnet: convolutions[${i}]`, { ...one, ...rest }),
    ),
    flatten(),
    ...hidden.map((units, i) =>
      denseDefinition.resolve(`convnet: hidden[${i}]`, { units, ...rest }),
    ),
  ];
}

interface Fields extends Omit<ConvnetOptions, 'initializer'> {
  readonly initializer?: InitializerOptions | null;
}

const DEFAULTS: Required<Fields> = {
  convolutions: [{ filters: 16, kernel: 3 }],
  hidden: [128],
  activation: 'relu',
  initializer: null,
};
