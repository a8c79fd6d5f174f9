import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { activation } from '../../networks/layers/activation.ts';
import { batchNorm } from '../../networks/layers/batch-norm.ts';
import { dense } from '../../networks/layers/dense.ts';
import { dropout } from '../../networks/layers/dropout.ts';
import { dueling } from '../../networks/layers/dueling.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { groupNorm } from '../../networks/layers/group-norm.ts';
import { layerNorm } from '../../networks/layers/layer-norm.ts';
import { noisyDense } from '../../networks/layers/noisy-dense.ts';
import { parametricRelu } from '../../networks/layers/parametric-relu.ts';
import { positionalEncoding } from '../../networks/layers/positional-encoding.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { selfAttention } from '../../networks/layers/self-attention.ts';
import { softmax } from '../../networks/layers/softmax.ts';
import type { NetworkOptions } from '../../networks/specification/network-specification.ts';
import { float64Network, outputsOf } from '../helpers/float64-network.ts';
import { gradientError } from '../helpers/gradient-check.ts';

// Layers that take a sequence of any number of positions with 4 features, and leave 4 features.
const SMOOTH = fc.constantFrom('tanh', 'sigmoid', 'silu', 'gelu', 'softplus', 'elu', 'linear');
const METHOD = fc.constantFrom('sinusoidal', 'learned');
const INDEPENDENT: readonly fc.Arbitrary<Layer>[] = [
  SMOOTH.map((name) => dense(4, { activation: name })),
  SMOOTH.map((name) => noisyDense(4, { activation: name })),
  SMOOTH.map((name) => activation(name)),
  fc.constant(softmax()),
  fc.boolean().map((shared) => parametricRelu({ shared })),
  fc.constantFrom('last', 'all').map((axes) => layerNorm({ axes })),
  fc.constantFrom(1, 2).map((groups) => groupNorm(groups)),
  METHOD.map((method) => positionalEncoding({ method })),
  fc
    .tuple(fc.constantFrom(1, 2, 4), fc.boolean())
    .map(([heads, causal]) => selfAttention(heads, { causal })),
];
const DEPENDENT = [
  fc.constant(batchNorm()),
  fc.constantFrom(0.2, 0.5).map((rate) => dropout(rate)),
];

/** Networks of some of these layers, from a sequence of 3 positions to the values of 3 actions, or two numbers of each. */
function networks(layers: readonly fc.Arbitrary<Layer>[]): fc.Arbitrary<NetworkOptions> {
  const stack = fc.array(fc.oneof(...layers), { minLength: 1, maxLength: 5 });
  return fc.tuple(stack, SMOOTH, fc.constantFrom(1, 2)).map(([middle, name, size]) => {
    const value = [dense(3, { activation: name }), noisyDense(size)];
    const head = [flatten(), dueling({ value, advantage: [dense(3 * size)] })];
    return { input: [3, 2], layers: [dense(4), ...middle, ...head] };
  });
}

describe('any stack of layers', () => {
  test('has the gradients of its formula', () => {
    fc.assert(
      fc.property(
        networks([...INDEPENDENT, ...DEPENDENT]),
        fc.boolean(),
        fc.nat(1000),
        (options, training, seed) => {
          const error = gradientError(options, { rows: 3, seed, forward: { training } });
          expect(error).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('sees each row by itself, but for batch normalization in training', () => {
    fc.assert(
      fc.property(networks(INDEPENDENT), fc.boolean(), (options, training) => {
        const rng = new Alea(1);
        const rows = Array.from({ length: 3 }, () => Array.from({ length: 6 }, () => rng.normal()));
        const together = outputsOf(float64Network(options), rows.flat(), { training });
        const alone = rows.flatMap((row) => outputsOf(float64Network(options), row, { training }));
        expect(together).toEqual(alone);
      }),
    );
  });

  test('goes back as often as one likes, and sums what it learns', () => {
    fc.assert(
      fc.property(networks([...INDEPENDENT, ...DEPENDENT]), (options) => {
        const net = float64Network(options);
        const error = Float64Array.from({ length: 2 * net.outputSize }, (_, i) => (i % 5) - 2);
        outputsOf(net, [1, -2, 3, -4, 5, -6, 2, 1, 0, 3, -1, 4], { training: true });
        net.backward(error);
        const first = { inputs: net.inputGradients.slice(), parameters: net.gradients.slice() };
        net.backward(error);
        expect(net.inputGradients).toEqual(first.inputs);
        net.gradients.forEach((gradient, i) => {
          expect(gradient).toBeCloseTo(2 * first.parameters[i], 8);
        });
      }),
    );
  });

  test('gives the same after a larger batch, and after rows that came before', () => {
    fc.assert(
      fc.property(networks([...INDEPENDENT, ...DEPENDENT]), (options) => {
        const net = float64Network(options);
        const row = [1, -2, 3, -4, 5, -6];
        const before = outputsOf(net, row);
        outputsOf(net, Array(5 * 6).fill(9));
        expect(outputsOf(net, row)).toEqual(before);
      }),
    );
  });
});
