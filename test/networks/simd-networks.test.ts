import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Engine } from '../../networks/engine.ts';
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
import { LAYER_KINDS } from '../../networks/layers/registry.ts';
import { reshape } from '../../networks/layers/reshape.ts';
import { residual } from '../../networks/layers/residual.ts';
import { selfAttention } from '../../networks/layers/self-attention.ts';
import { slice } from '../../networks/layers/slice.ts';
import { softmax } from '../../networks/layers/softmax.ts';
import { sgd } from '../../networks/optimizers/sgd.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';
import { allowRelaxedSimd } from '../../node/relaxed-simd.ts';

allowRelaxedSimd();

const MOST = 1e-5; // of the largest number in an array
const ROWS = 24;

const NETWORKS: Readonly<Record<string, NetworkOptions & { readonly steps?: number }>> = {
  'convolutions and pools': {
    input: [11, 10, 3],
    layers: [
      conv2d(8, 3, { activation: 'tanh', padding: 'same' }),
      maxPool(2),
      conv2d(5, [2, 3], { activation: 'silu', stride: [1, 2], bias: false }),
      averagePool([2, 1], { stride: 1, padding: 'same' }),
      conv2d(6, 2, { dilation: [2, 1], padding: 'same' }),
      activation('softplus'),
      flatten(),
      dense(7),
      softmax(),
    ],
  },
  normalizations: {
    input: [6, 5, 4],
    layers: [
      conv2d(8, 3),
      batchNorm(),
      parametricRelu(),
      residual([conv2d(8, 3, { padding: 'same' }), groupNorm(2)], {
        shortcut: [conv2d(8, 1)],
        activation: 'elu',
      }),
      layerNorm({ axes: 'all' }),
      parametricRelu({ shared: true }),
      globalPool({ method: 'max' }),
      dropout(0.3),
      dense(3),
      batchNorm(),
    ],
  },
  'noise and a duel': {
    input: [9],
    layers: [
      concatenate([[dense(5, { activation: 'gelu' })], [noisyDense(6, { activation: 'tanh' })]]),
      dueling({ value: [noisyDense(1)], advantage: [dense(8, { activation: 'selu' }), dense(6)] }),
    ],
  },
  'a duel of distributions': {
    input: [9],
    layers: [
      dense(6, { activation: 'tanh' }),
      dueling({ value: [noisyDense(5)], advantage: [dense(8, { activation: 'selu' }), dense(15)] }),
    ],
  },
  'parts of what comes in': {
    input: [4 * 5 * 2 + 7],
    layers: [
      concatenate([
        [slice(0, 40), reshape([4, 5, 2]), conv2d(3, 2, { activation: 'tanh' }), flatten()],
        [slice(38, 5)],
        [slice(46, 1), dense(2)],
      ]),
      reshape([1, 43]),
      slice(7, 30),
      dense(5),
    ],
  },
  attention: {
    input: [30],
    layers: [
      reshape([5, 6]),
      positionalEncoding({ method: 'learned' }),
      residual([layerNorm(), selfAttention(2, { causal: true })]),
      positionalEncoding(),
      selfAttention(3),
      flatten(),
      dense(2),
    ],
  },
  'recurrent layers': { input: [5], layers: [elman(7), lstm(6), gru(9), dense(3)], steps: 4 },
};

/** Outputs, gradients and input gradients of one pass, and the parameters after a step. */
function pass<N extends Float32Array | Float64Array>(
  engine: Engine<N>,
  { steps = 1, ...options }: NetworkOptions & { readonly steps?: number },
  numbersFrom: (values: number[]) => N,
): N[] {
  const net = engine.create(network(options), { seed: 3, inputGradients: true });
  const optimizer = engine.optimize(net, sgd({ learningRate: 0.1 }));
  const rng = new Alea(5, 'simd-networks');
  const draw = (length: number) => numbersFrom(Array.from({ length }, () => rng.normal()));
  const inputs = draw(ROWS * net.inputSize);
  const outputs = net.forward(inputs, ROWS, { steps, training: true }).slice() as N;
  net.backward(draw(ROWS * net.outputSize));
  const gradients = net.gradients.slice() as N;
  const inputGradients = net.inputGradients.slice() as N;
  optimizer.step();
  expect(net.gradients.every((g) => g === 0)).toBe(true);
  return [outputs, gradients, inputGradients, net.parameters.slice() as N];
}

/** The largest difference, relative to the largest number. */
function worst(values: ArrayLike<number>, truths: Float64Array): number {
  const largest = truths.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return truths.reduce((most, x, i) => Math.max(most, Math.abs(x - values[i])), 0) / largest;
}

describe.each(['portable', 'fast'] as const)('against the reference in float64, %s', (build) => {
  function expectSame(options: NetworkOptions & { readonly steps?: number }): void {
    const exact = new ReferenceEngine((length) => new Float64Array(length));
    const ours = pass(simdEngine({ build }), options, (values) => Float32Array.from(values));
    const truths = pass(exact, options, (values) => Float64Array.from(values));
    ours.forEach((values, i) => {
      expect(worst(values, truths[i])).toBeLessThan(MOST);
    });
  }

  test.each(ACTIVATIONS)('an MLP with %s has the same outputs and gradients', (activation) => {
    const heads = { policy: [dense(3)], value: [dense(7, { activation }), dense(1)] };
    expectSame({ input: [5], layers: mlp({ hidden: [32, 19], activation }), heads });
  });

  test.each(Object.keys(NETWORKS))('%s have the same outputs and gradients', (name) => {
    expectSame(NETWORKS[name]);
  });
});

test('every kind of layer is compared', () => {
  const text = JSON.stringify(NETWORKS);
  const missing = LAYER_KINDS.filter((kind) => !text.includes(`"kind":"${kind}"`));
  expect(missing).toEqual([]);
});
