import type { AnyLayer } from '../../networks/layers/definition.ts';
import {
  type NetworkSpecification,
  network,
} from '../../networks/specification/network-specification.ts';

/** A small network around one kind of layer. */
export interface LayerCase {
  readonly title: string;
  readonly kinds: readonly string[];
  readonly specification: () => NetworkSpecification;
  readonly rows: number;
  readonly steps: number;
  readonly training: boolean;
  /** Whether some rows begin an episode. */
  readonly starts: boolean;
}

type Json = AnyLayer & Readonly<Record<string, unknown>>;
type Settings = Partial<Pick<LayerCase, 'rows' | 'steps' | 'training' | 'starts'>>;

const IMAGE = [6, 5, 3];
const WORDS = [5, 4];
const RECURRENT: Settings = { rows: 12, steps: 4 };

/** Layers as JSON, between which every kind of layer is met in each of its forms. */
// biome-ignore format: a table
const TABLE: readonly (readonly [string, readonly number[], readonly Json[], Settings?])[] = [
  ['dense layers', [5], [{ kind: 'dense', units: 6, activation: 'tanh' }, { kind: 'dense', units: 3, bias: false }]],
  ['a dense layer at each position', WORDS, [{ kind: 'dense', units: 3, activation: 'gelu' }]],
  ['flatten', IMAGE, [{ kind: 'flatten' }, { kind: 'dense', units: 2 }]],
  ['reshape', [12], [{ kind: 'reshape', shape: [2, 6] }, { kind: 'dense', units: 2 }]],
  ['slices', [11], [{ kind: 'concatenate', branches: [[{ kind: 'slice', start: 2, length: 8 }, { kind: 'reshape', shape: [2, 2, 2] }, { kind: 'conv2d', filters: 2, kernel: [2, 1] }, { kind: 'flatten' }], [{ kind: 'slice', start: 7, length: 4 }]] }]],
  ['a slice of channels', IMAGE, [{ kind: 'slice', start: 1, length: 2 }, { kind: 'conv2d', filters: 2, kernel: [2, 2] }]],
  ['an activation', [6], [{ kind: 'activation', activation: 'silu' }]],
  ['softmax', WORDS, [{ kind: 'softmax' }]],
  ['a parametric ReLU', IMAGE, [{ kind: 'parametric-relu' }]],
  ['a parametric ReLU with one slope', IMAGE, [{ kind: 'parametric-relu', shared: true, initial: 0.1 }]],
  ['a convolution', IMAGE, [{ kind: 'conv2d', filters: 4, kernel: [3, 2], activation: 'relu' }]],
  ['a padded convolution', IMAGE, [{ kind: 'conv2d', filters: 4, kernel: [3, 3], padding: 'same' }]],
  ['a padded convolution with strides', IMAGE, [{ kind: 'conv2d', filters: 2, kernel: [3, 4], stride: [2, 3], padding: 'same', bias: false }]],
  ['a convolution with strides', IMAGE, [{ kind: 'conv2d', filters: 2, kernel: [2, 2], stride: [2, 1], activation: 'elu' }]],
  ['a dilated convolution', IMAGE, [{ kind: 'conv2d', filters: 2, kernel: [3, 2], dilation: [2, 3] }]],
  ['a dilated, padded convolution', IMAGE, [{ kind: 'conv2d', filters: 2, kernel: [2, 2], dilation: [1, 2], padding: 'same' }]],
  ['a convolution of single pixels', IMAGE, [{ kind: 'conv2d', filters: 4, kernel: [1, 1], activation: 'tanh' }]],
  ['two convolutions', IMAGE, [{ kind: 'conv2d', filters: 4, kernel: [3, 3], activation: 'relu' }, { kind: 'conv2d', filters: 2, kernel: [2, 2] }]],
  ['max pooling', IMAGE, [{ kind: 'max-pool', size: [2, 2] }]],
  ['padded max pooling', IMAGE, [{ kind: 'max-pool', size: [3, 2], stride: [2, 2], padding: 'same' }]],
  ['average pooling', IMAGE, [{ kind: 'average-pool', size: [2, 3], stride: [1, 2] }]],
  ['padded average pooling', IMAGE, [{ kind: 'average-pool', size: [3, 3], stride: [2, 2], padding: 'same' }]],
  ['global max pooling', IMAGE, [{ kind: 'global-pool', method: 'max' }]],
  ['global average pooling', IMAGE, [{ kind: 'global-pool', method: 'average' }]],
  ['batch normalization in training', [5], [{ kind: 'batch-norm' }], { rows: 7, training: true }],
  ['batch normalization of images in training', IMAGE, [{ kind: 'batch-norm', momentum: 0.3 }], { training: true }],
  ['batch normalization', IMAGE, [{ kind: 'batch-norm' }]],
  ['layer normalization', [6], [{ kind: 'layer-norm' }]],
  ['layer normalization of the last axis', WORDS, [{ kind: 'layer-norm', epsilon: 0.1 }]],
  ['layer normalization of all axes', IMAGE, [{ kind: 'layer-norm', axes: 'all' }]],
  ['group normalization', [4, 5, 6], [{ kind: 'group-norm', groups: 3 }]],
  ['dropout', [40], [{ kind: 'dropout', rate: 0.4 }, { kind: 'dense', units: 3 }], { training: true }],
  ['dropout outside training', [10], [{ kind: 'dropout', rate: 0.4 }]],
  ['noisy layers', [5], [{ kind: 'noisy-dense', units: 6, activation: 'relu' }, { kind: 'noisy-dense', units: 3 }], { training: true }],
  ['a noisy layer outside training', [5], [{ kind: 'noisy-dense', units: 6 }]],
  ['a residual block', [5], [{ kind: 'residual', layers: [{ kind: 'dense', units: 5, activation: 'tanh' }] }]],
  ['a residual block with a shortcut', [5], [{ kind: 'residual', layers: [{ kind: 'dense', units: 3 }], shortcut: [{ kind: 'dense', units: 3 }], activation: 'relu' }]],
  ['a convolutional residual block', IMAGE, [{ kind: 'residual', layers: [{ kind: 'conv2d', filters: 3, kernel: [3, 3], padding: 'same', activation: 'relu' }] }]],
  ['concatenated branches', IMAGE, [{ kind: 'concatenate', branches: [[{ kind: 'conv2d', filters: 2, kernel: [1, 1] }], [], [{ kind: 'conv2d', filters: 1, kernel: [3, 3], padding: 'same' }]] }]],
  ['a dueling head', [5], [{ kind: 'dueling', value: [{ kind: 'dense', units: 1 }], advantage: [{ kind: 'dense', units: 4 }] }]],
  ['a dueling head of distributions', [5], [{ kind: 'dueling', value: [{ kind: 'dense', units: 3 }], advantage: [{ kind: 'dense', units: 12 }] }]],
  ['an Elman layer', [4], [{ kind: 'elman', units: 3 }], RECURRENT],
  ['an Elman layer with ReLU', [4], [{ kind: 'elman', units: 3, activation: 'relu' }], { ...RECURRENT, starts: true }],
  ['an LSTM', [4], [{ kind: 'lstm', units: 3 }], RECURRENT],
  ['an LSTM over several episodes', [4], [{ kind: 'lstm', units: 3 }, { kind: 'dense', units: 2 }], { ...RECURRENT, starts: true }],
  ['a GRU', [4], [{ kind: 'gru', units: 3 }], RECURRENT],
  ['a GRU on an LSTM', [4], [{ kind: 'lstm', units: 3 }, { kind: 'gru', units: 2 }], { ...RECURRENT, starts: true }],
  ['self-attention', WORDS, [{ kind: 'self-attention', heads: 2 }]],
  ['causal self-attention', WORDS, [{ kind: 'self-attention', heads: 1, causal: true }]],
  ['sinusoidal positions', WORDS, [{ kind: 'positional-encoding', method: 'sinusoidal' }, { kind: 'dense', units: 2 }]],
  ['learned positions', WORDS, [{ kind: 'positional-encoding', method: 'learned' }]],
];

/** Every case. */
export const LAYER_CASES: readonly LayerCase[] = TABLE.map(
  ([title, input, layers, settings = {}]): LayerCase => ({
    title,
    kinds: kindsOf(layers),
    specification: () => network({ input, layers: layers as never }),
    rows: 3,
    steps: 1,
    training: false,
    starts: false,
    ...settings,
  }),
);

function kindsOf(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  const inside = Object.values(json).flatMap(kindsOf);
  return 'kind' in json ? [String(json.kind), ...inside] : inside;
}
