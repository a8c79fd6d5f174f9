import { checkInteger, checkOneOf, resolveOptions } from '../../core/check.ts';
import { activation as activationLayer } from '../layers/activation.ts';
import { usualInitializer } from '../layers/affine.ts';
import { batchNorm } from '../layers/batch-norm.ts';
import { conv2d } from '../layers/conv2d.ts';
import { layerNorm } from '../layers/layer-norm.ts';
import type { Layer } from '../layers/registry.ts';
import { residual } from '../layers/residual.ts';
import { type Pair, resolvePair } from '../layers/window.ts';
import { ACTIVATIONS, type Activation } from './activation.ts';
import type { InitializerOptions } from './initializer.ts';

/** What a user says of a residual network. */
export interface ResnetOptions {
  /** Of every convolution, at least 1. Default 64. */
  readonly filters?: number;
  /** Residual blocks after the first convolution, at least 0. Default 4. */
  readonly blocks?: number;
  /** Height and width; a number alone for a square. Default 3. */
  readonly kernel?: number | Pair;
  /** After every convolution, which then has no bias. Default `batch`. */
  readonly normalization?: Normalization;
  /** Default `relu`. */
  readonly activation?: Activation;
  /** Of the convolutions. Default the usual one before the activation. */
  readonly initializer?: InitializerOptions;
}

/** Over the batch, over the channels of each place, or not at all. */
export type Normalization = 'none' | 'batch' | 'layer';

/**
 * The tower of AlphaGo Zero: a convolution, then residual blocks of two convolutions each, over
 * images whose height and width stay the same.
 *
 *     network({ input: [6, 7, 2], layers: resnet({ filters: 64, blocks: 5 }), heads: { … } })
 *
 * @throws RangeError if a number is out of range, or an option is unknown.
 *
 * Source: Silver et al. (2017), "Mastering the game of Go without human knowledge", methods, "Neural
 * network architecture". There: 256 filters, 19 or 39 blocks, batch normalization.
 */
export function resnet(options: ResnetOptions = {}): readonly Layer[] {
  const given: Fields = options;
  const tower = resolveOptions('resnet', DEFAULTS, given);
  const { blocks, activation } = tower;
  checkInteger('resnet: filters', tower.filters, 1);
  checkInteger('resnet: blocks', blocks, 0);
  resolvePair('resnet: kernel', tower.kernel);
  checkOneOf('resnet: normalization', tower.normalization, ['none', 'batch', 'layer']);
  checkOneOf('resnet: activation', activation, ACTIVATIONS);
  const first = convolution(tower, activation);
  const block = residual([...first, ...convolution(tower, 'linear')], { activation });
  return [...first, ...Array.from({ length: blocks }, () => block)];
}

interface Fields extends Omit<ResnetOptions, 'initializer'> {
  readonly initializer?: InitializerOptions | null;
}

const DEFAULTS: Required<Fields> = {
  filters: 64,
  blocks: 4,
  kernel: 3,
  normalization: 'batch',
  activation: 'relu',
  initializer: null,
};

/** One convolution with all that comes after it. */
function convolution(tower: Required<Fields>, then: Activation): readonly Layer[] {
  const { filters, kernel, normalization } = tower;
  const initializer = tower.initializer ?? usualInitializer(tower.activation);
  const rest = { padding: 'same', initializer } as const;
  if (normalization === 'none') return [conv2d(filters, kernel, { ...rest, activation: then })];
  return [
    conv2d(filters, kernel, { ...rest, bias: false }),
    normalization === 'batch' ? batchNorm() : layerNorm(),
    ...(then === 'linear' ? [] : [activationLayer(then)]),
  ];
}
