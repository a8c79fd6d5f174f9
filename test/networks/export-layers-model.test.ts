import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { toLayersModel } from '../../networks/export/layers-model/layers-model.ts';
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
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import type { NetworkOptions } from '../../networks/specification/network-specification.ts';
import { headOutputs, mostApart, normalDraws, trainedExample } from '../helpers/trained-example.ts';

const MOST = 1e-5;

beforeAll(() => {
  tf.env().set('IS_TEST', true); // or it advertises another package
  return tf.setBackend('cpu');
});

/** The model as plain TensorFlow.js loads it. */
function load(options: NetworkOptions): Promise<tf.LayersModel> {
  const { model, weights } = toLayersModel(trainedExample(options));
  const { modelTopology, weightsManifest } = JSON.parse(JSON.stringify(model));
  const weightSpecs = weightsManifest[0].weights;
  const weightData = weights.slice().buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

/** How far the model's outputs are from the reference engine's, for some rows or sequences. */
async function difference(options: NetworkOptions, batch = 3, steps = 1): Promise<number> {
  const trained = trainedExample(options);
  const { plan, inputSize } = trained;
  const rows = batch * steps;
  const inputs = normalDraws(rows * inputSize);
  const expected = headOutputs(trained, trained.forward(inputs, rows, { steps }));
  const model = await load(options);
  expect(model.outputNames).toEqual(plan.heads.map(({ name }) => name));

  const isRecurrent = plan.stateSize > 0;
  const shape = isRecurrent ? [steps, batch, ...plan.input] : [batch, ...plan.input];
  const swap = (x: tf.Tensor) => {
    return isRecurrent ? x.transpose([1, 0, ...x.shape.slice(2).map((_, i) => i + 2)]) : x;
  };
  const outputs = [model.predict(swap(tf.tensor(inputs, shape)))].flat();
  const most = plan.heads.map(({ name, output }, i) => {
    const found = swap(outputs[i]);
    expect(found.shape).toEqual([...shape.slice(0, isRecurrent ? 2 : 1), ...output]);
    return mostApart(found.dataSync(), expected[name]);
  });
  model.dispose();
  return Math.max(...most);
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
  ['activation', SEQUENCE, [activation('elu'), activation('linear'), activation('leaky-relu')]],
  ['softmax', SEQUENCE, [softmax()]],
  ['parametric-relu', IMAGE, [parametricRelu()]],
  ['parametric-relu, of rows', [4], [parametricRelu()]],
  ['parametric-relu, shared', SEQUENCE, [parametricRelu({ shared: true })]],
  ['conv2d', IMAGE, [conv2d(3, [2, 3], { activation: 'relu' })]],
  ['conv2d, same', IMAGE, [conv2d(3, [2, 4], { padding: 'same', stride: [2, 1] })]],
  ['conv2d, dilated', IMAGE, [conv2d(3, 3, { padding: 'same', dilation: [2, 1], bias: false })]],
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
  ['elman', [3], [elman(4)]],
  ['elman, relu', [3], [elman(4, { activation: 'relu' })]],
  ['lstm', [3], [lstm(4)]],
];

// What tf.layers has not, and what the error says.
const REFUSED: readonly (readonly [string, readonly number[], readonly Layer[], string])[] = [
  ['group-norm', IMAGE, [flatten(), groupNorm(2)], 'layers[1] (group-norm) cannot be a layer of'],
  ['gru', [3], [gru(4)], 'its GRU resets before the product, not after it. ONNX can hold it.'],
  ['self-attention', SEQUENCE, [selfAttention(2)], 'there is no self-attention'],
  ['positional-encoding', SEQUENCE, [positionalEncoding()], 'there is no positional encoding'],
  [
    'a stride with a dilation',
    [9, 9, 1],
    [conv2d(2, 2, { stride: 2, dilation: 2 })],
    'layers[0] (conv2d) cannot be a layer of TensorFlow.js: its stride or its dilation must be 1',
  ],
];

describe('a LayersModel in plain TensorFlow.js gives what the network gives', () => {
  test.each(EXAMPLES)('with %s', async (_, input, layers) => {
    expect(await difference({ input, layers })).toBeLessThan(MOST);
  });

  test.each(ACTIVATIONS)('with %s', async (activation) => {
    expect(await difference({ input: [8], layers: [dense(9, { activation })] })).toBeLessThan(MOST);
  });

  test.each(REFUSED)('but for %s, which is refused', (_, input, layers, message) => {
    expect(() => toLayersModel(trainedExample({ input, layers }))).toThrow(message);
  });

  test('for every kind of layer', () => {
    const kinds = [...EXAMPLES, ...REFUSED].flatMap(([, , layers]) => layers.map((l) => l.kind));
    expect([...new Set(kinds)].sort()).toEqual([...LAYER_KINDS].sort());
  });

  test('head by head, whatever their names', async () => {
    const heads = { policy: [dense(3), softmax()], value: [dense(1)], 'layers_0-b': [] };
    const options = { input: [4], layers: mlp({ hidden: [8, 8] }), heads };
    expect(await difference(options, 1)).toBeLessThan(MOST);
    expect(await difference(options, 5)).toBeLessThan(MOST);
  });

  test('for sequences that begin with a state of zeros', async () => {
    const heads = { values: [dense(3)], more: [elman(3), dense(2, { activation: 'gelu' })] };
    const layers = [dense(5, { activation: 'relu' }), lstm(4), layerNorm(), lstm(3)];
    expect(await difference({ input: [3], layers, heads }, 2, 5)).toBeLessThan(MOST);
  });

  test('for sequences of rows with several axes', async () => {
    const rows = concatenate([[dense(3), softmax()], [residual([dense(6)])], [layerNorm()]]);
    const layers = [rows, layerNorm({ axes: 'all' }), globalPool(), lstm(4), elman(3)];
    expect(await difference({ input: SEQUENCE, layers }, 2, 3)).toBeLessThan(MOST);
  });

  test('for sequences of images', async () => {
    const before = [conv2d(3, 3, { activation: 'silu' }), maxPool(2), parametricRelu(), flatten()];
    const layers = [...before, lstm(4), batchNorm(), dropout(0.5)];
    expect(await difference({ input: IMAGE, layers }, 2, 3)).toBeLessThan(MOST);
    const fewer = { input: IMAGE, layers: [slice(1, 3), ...layers, slice(0, 2)] };
    expect(await difference(fewer, 2, 3)).toBeLessThan(MOST);
  });
});

describe('toLayersModel', () => {
  test('keeps the specification beside the model', () => {
    const trained = trainedExample({ input: [2], layers: [dense(3)] });
    const { model } = toLayersModel(trained);
    expect(model.userDefinedMetadata).toEqual({ specification: trained.specification });
  });

  test('says of the momentum of a running mean how much is kept', () => {
    const layers = [batchNorm({ momentum: 0.25, epsilon: 0.5 })];
    const { modelTopology } = toLayersModel(trainedExample({ input: [2], layers })).model;
    expect(JSON.stringify(modelTopology)).toContain('"epsilon":0.5,"momentum":0.75}');
  });

  test('refuses a head with the name of the input', () => {
    const options = { input: [2], heads: { observations: [dense(1)] } };
    expect(() => toLayersModel(trainedExample(options))).toThrow(
      'toLayersModel: no head may be named observations',
    );
  });

  test('wants as many numbers as the plan has places', () => {
    const { plan, statistics } = trainedExample({ input: [2], layers: [dense(3)] });
    const parameters = new Float32Array(8);
    expect(() => toLayersModel({ plan, parameters, statistics })).toThrow(
      'toLayersModel: parameters must have length 9, got 8.',
    );
  });
});
