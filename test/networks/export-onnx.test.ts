import { describe, expect, test } from 'vitest';
import { toOnnx } from '../../networks/export/onnx/onnx.ts';
import { activation } from '../../networks/layers/activation.ts';
import { averagePool } from '../../networks/layers/average-pool.ts';
import { batchNorm } from '../../networks/layers/batch-norm.ts';
import { concatenate } from '../../networks/layers/concatenate.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { dropout } from '../../networks/layers/dropout.ts';
import { dueling } from '../../networks/layers/dueling.ts';
import { elman } from '../../networks/layers/elman.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { globalPool } from '../../networks/layers/global-pool.ts';
import { groupNorm } from '../../networks/layers/group-norm.ts';
import { gru } from '../../networks/layers/gru.ts';
import { layerNorm } from '../../networks/layers/layer-norm.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import { maxPool } from '../../networks/layers/max-pool.ts';
import { noisyDense } from '../../networks/layers/noisy-dense.ts';
import { parametricRelu } from '../../networks/layers/parametric-relu.ts';
import { positionalEncoding } from '../../networks/layers/positional-encoding.ts';
import { LAYER_KINDS, type Layer } from '../../networks/layers/registry.ts';
import { reshape } from '../../networks/layers/reshape.ts';
import { residual } from '../../networks/layers/residual.ts';
import { selfAttention } from '../../networks/layers/self-attention.ts';
import { slice } from '../../networks/layers/slice.ts';
import { softmax } from '../../networks/layers/softmax.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';
import { runOnnx } from '../helpers/onnx.ts';
import { headOutputs, mostApart, normalDraws, trainedExample } from '../helpers/trained-example.ts';

const MOST = 1e-5;

/** How far onnxruntime's outputs, of one step or several, are from the reference engine's. */
async function difference(options: NetworkOptions, rows = 3, steps = 1): Promise<number> {
  const trained = trainedExample(options);
  const { plan, inputSize } = trained;
  const batch = rows / steps;
  const observations = { values: normalDraws(rows * inputSize), shape: [rows, ...plan.input] };
  const state = { values: normalDraws(batch * plan.stateSize), shape: [batch, plan.stateSize] };
  const inputs = plan.stateSize > 0 ? { observations, state } : { observations };
  const found = await runOnnx(toOnnx(trained), inputs);

  const carried = { steps, state: state.values.slice() };
  const outputs = trained.forward(observations.values, rows, carried);
  const expected = headOutputs(trained, outputs);
  const most = plan.heads.map(({ name, output }) => {
    expect(found[name].shape).toEqual([rows, ...output]);
    return mostApart(found[name].values, expected[name]);
  });
  if (plan.stateSize > 0) most.push(mostApart(found.next_state.values, carried.state));
  expect(Object.keys(found)).toHaveLength(most.length);
  return Math.max(...most);
}

/** Bytes as characters, one for one. */
function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

const IMAGE = [5, 6, 4];
const SEQUENCE = [4, 6];

// A network around each kind of layer, with the input that it is shown.
const EXAMPLES: readonly (readonly [string, readonly number[], readonly Layer[]])[] = [
  ['dense', [3], [dense(5, { activation: 'tanh' }), dense(4, { bias: false })]],
  ['dense, at each position', SEQUENCE, [dense(5), dense(3, { bias: false })]],
  ['noisy-dense', [3], [noisyDense(5), noisyDense(3, { activation: 'relu' })]],
  ['dropout', [3], [dropout(0.5), dense(2)]],
  ['dueling', [3], [dueling({ value: [dense(1)], advantage: [dense(4), dense(3)] })]],
  ['dueling, of distributions', [3], [dueling({ value: [dense(2)], advantage: [dense(6)] })]],
  ['residual', [4], [residual([dense(4)], { activation: 'leaky-relu' }), residual([])]],
  [
    'residual, with a shortcut',
    IMAGE,
    [residual([conv2d(3, 2), conv2d(3, 1)], { shortcut: [conv2d(3, 2)] })],
  ],
  [
    'concatenate',
    IMAGE,
    [concatenate([[], [conv2d(2, 1), residual([conv2d(2, 1)])], [conv2d(3, 1)]]), flatten()],
  ],
  ['concatenate, of one', [4], [concatenate([[dense(3)]]), concatenate([[]])]],
  ['flatten', IMAGE, [flatten(), dense(3)]],
  ['reshape', [24], [reshape([2, 3, 4]), conv2d(3, 2)]],
  ['slice', [9], [slice(2, 4)]],
  ['slice, of channels', IMAGE, [slice(0, 3), slice(1, 2), conv2d(3, 2)]],
  [
    'slice, of vectors and images',
    [20],
    [concatenate([[slice(0, 12), reshape([2, 3, 2]), conv2d(2, 2), flatten()], [slice(12, 8)]])],
  ],
  ['activation', SEQUENCE, [activation('elu')]],
  ['softmax', SEQUENCE, [softmax()]],
  ['parametric-relu', IMAGE, [parametricRelu()]],
  ['parametric-relu, shared', [4], [parametricRelu({ shared: true })]],
  ['conv2d', IMAGE, [conv2d(3, [2, 3], { activation: 'relu' })]],
  ['conv2d, same', IMAGE, [conv2d(3, [2, 4], { padding: 'same', stride: [2, 1] })]],
  ['conv2d, dilated', IMAGE, [conv2d(3, 3, { padding: 'same', dilation: [2, 1], bias: false })]],
  ['conv2d, twice', IMAGE, [conv2d(3, 2, { activation: 'gelu' }), conv2d(2, 1), flatten()]],
  ['max-pool', IMAGE, [maxPool([2, 3])]],
  ['max-pool, same', IMAGE, [maxPool(3, { stride: [1, 2], padding: 'same' })]],
  ['average-pool', IMAGE, [averagePool([2, 3])]],
  ['average-pool, same', IMAGE, [averagePool(3, { stride: [1, 2], padding: 'same' })]],
  ['global-pool, average', IMAGE, [globalPool()]],
  ['global-pool, max', IMAGE, [globalPool({ method: 'max' })]],
  ['global-pool, of positions', SEQUENCE, [globalPool()]],
  ['global-pool, of more axes', [2, 3, 2, 4], [globalPool({ method: 'max' })]],
  ['batch-norm', [4], [batchNorm()]],
  ['batch-norm, of images', IMAGE, [batchNorm({ epsilon: 0.1 })]],
  ['layer-norm', SEQUENCE, [layerNorm({ epsilon: 0.1 })]],
  ['layer-norm, of all', SEQUENCE, [layerNorm({ axes: 'all', epsilon: 0.1 })]],
  ['group-norm', IMAGE, [groupNorm(2, { epsilon: 0.1 })]],
  ['group-norm, of rows', [6], [groupNorm(3)]],
  ['self-attention', SEQUENCE, [selfAttention(3)]],
  ['self-attention, causal', SEQUENCE, [selfAttention(2, { causal: true })]],
  ['positional-encoding', SEQUENCE, [positionalEncoding()]],
  ['positional-encoding, learned', [4, 5], [positionalEncoding({ method: 'learned' })]],
  ['elman', [3], [elman(4)]],
  ['elman, relu', [3], [elman(4, { activation: 'relu' })]],
  ['lstm', [3], [lstm(4)]],
  ['gru', [3], [gru(4)]],
];

describe('an ONNX file in onnxruntime gives what the network gives', () => {
  test.each(EXAMPLES)('with %s', async (_, input, layers) => {
    expect(await difference({ input, layers })).toBeLessThan(MOST);
  });

  test.each(ACTIVATIONS)('with %s', async (activation) => {
    expect(await difference({ input: [8], layers: [dense(9, { activation })] })).toBeLessThan(MOST);
  });

  test('for every kind of layer', () => {
    const shown = new Set(EXAMPLES.flatMap(([, , layers]) => layers.map(({ kind }) => kind)));
    expect([...shown].sort()).toEqual([...LAYER_KINDS].sort());
  });

  test.each([1, 2, 7])('for %i rows, head by head', async (rows) => {
    const heads = { policy: [dense(3), softmax()], value: [dense(1)], 'the-body_2': [] };
    const layers = mlp({ hidden: [8, 8] });
    expect(await difference({ input: [4], layers, heads }, rows)).toBeLessThan(MOST);
  });

  test('for several steps of several sequences, states one beside the other', async () => {
    const heads = { values: [dense(3)], more: [gru(2), elman(3), dense(2)] };
    const layers = [dense(5, { activation: 'relu' }), lstm(4), lstm(3)];
    expect(await difference({ input: [3], layers, heads }, 10, 5)).toBeLessThan(MOST);
    expect(await difference({ input: [3], layers, heads }, 6, 1)).toBeLessThan(MOST);
  });

  test('for images turned into sequences of steps', async () => {
    const layers = [conv2d(3, 3, { activation: 'relu' }), flatten(), gru(4)];
    expect(await difference({ input: IMAGE, layers }, 6, 3)).toBeLessThan(MOST);
  });
});

describe('toOnnx', () => {
  const trained = trainedExample({ input: [2], layers: [dense(3)] });

  test('makes the same bytes of the same numbers', () => {
    expect(toOnnx(trained)).toEqual(toOnnx(trained));
  });

  test('transposes no image twice in a row', () => {
    const layers = [conv2d(3, 1), conv2d(3, 1), conv2d(3, 1)];
    const text = textOf(toOnnx(trainedExample({ input: IMAGE, layers })));
    expect(text.match(/layers\.\d\/Transpose"\tTranspose/g)).toHaveLength(2);
  });

  test('names the axes that may be of any length: rows apart from sequences', () => {
    const lengths = (options: NetworkOptions) => {
      return textOf(toOnnx(trainedExample(options))).match(/batch|rows/g);
    };
    expect(lengths({ input: [2], layers: [dense(3)] })).toEqual(['batch', 'batch']);
    expect(lengths({ input: [2], layers: [gru(3)] })).toEqual([
      ...['rows', 'batch'], // observations, state
      ...['rows', 'batch'], // output, next_state
    ]);
  });

  test('keeps the specification in the metadata', () => {
    const specification = JSON.stringify(trained.specification);
    expect(textOf(toOnnx(trained))).toContain(specification);
  });

  test.each(['observations', 'state', 'next_state'])('refuses a head named %s', (name) => {
    const options = { input: [2], heads: { [name]: [dense(1)] } };
    expect(() => toOnnx(trainedExample(options))).toThrow(
      `toOnnx: no head may be named observations, state, next_state, got "${name}".`,
    );
  });

  test('wants as many numbers as the plan has places', () => {
    const plan = planNetwork(network({ input: [2], layers: [batchNorm()] }));
    const parameters = new Float32Array(4);
    const statistics = new Float32Array(4);
    expect(() => toOnnx({ plan, parameters: new Float32Array(3), statistics })).toThrow(
      'toOnnx: parameters must have length 4, got 3.',
    );
    expect(() => toOnnx({ plan, parameters, statistics: new Float32Array(2) })).toThrow(
      'toOnnx: statistics must have length 4, got 2.',
    );
  });
});
