import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { dense } from '../../networks/layers/dense.ts';
import { positionalEncoding } from '../../networks/layers/positional-encoding.ts';
import { type SelfAttention, selfAttention } from '../../networks/layers/self-attention.ts';
import type { Network } from '../../networks/network.ts';
import { planNetwork } from '../../networks/plan.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { float64Network, outputsOf } from '../helpers/float64-network.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

/** A network of one attention layer whose parameters are all 0 but for those given. */
function attention(
  input: [number, number],
  layer: SelfAttention,
  parameters: Readonly<Record<string, readonly number[]>>,
): Network<Float64Array> {
  const net = float64Network({ input, layers: [layer] });
  net.parameters.fill(0);
  for (const { name, offset } of net.plan.parameters) {
    net.parameters.set(parameters[name.replace('layers[0].', '')] ?? [], offset);
  }
  return net;
}

function expectClose(got: ArrayLike<number>, expected: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(got[i], `number ${i}`).toBeCloseTo(value, 10);
  });
}

function draws(n: number, seed: number): number[] {
  const rng = new Alea(seed);
  return Array.from({ length: n }, () => rng.normal());
}

describe('self-attention', () => {
  test('weighs values by the softmax of query times key over √width', () => {
    const net = attention([2, 4], selfAttention(1), {
      queryWeights: [2 * Math.log(3)], // of feature 0 to feature 0, as here
      keyWeights: [1],
      valueWeights: [0, 0, 0, 8], // of feature 0 to feature 3
      outputWeights: [...Array(12).fill(0), 0, 0, 10], // of feature 3 to feature 2
      outputBias: [0, 5],
    });
    // Position 0 compares nothing: ½ · 0 + ½ · 8 = 4, times 10.
    // Position 1: 2 ln 3 · (0, 1) / √4 = (0, ln 3), the softmax ¼, ¾: ¾ · 8 = 6, times 10.
    expectClose(outputsOf(net, [0, 0, 0, 0, 1, 0, 0, 0]), [0, 5, 40, 0, 0, 5, 60, 0]);
  });

  const TWO_HEADS = {
    queryWeights: [Math.log(3), 0, 0, Math.log(7)],
    keyWeights: [1, 0, 0, 1],
    valueWeights: [1, 0, 0, 1],
    outputWeights: [1, 0, 0, 1],
  };

  test('has heads that see columns of their own', () => {
    const net = attention([2, 2], selfAttention(2), TWO_HEADS);
    const row = [1 / 2, 1 / 2, 3 / 4, 7 / 8];
    expectClose(outputsOf(net, [0, 0, 1, 1]), row);
    // The second row has −1 for 1: products of queries and keys are the same, values −1.
    expectClose(outputsOf(net, [0, 0, 1, 1, 0, 0, -1, -1]), [...row, ...row.map((y) => -y)]);
  });

  test('has biases', () => {
    const net = attention([2, 2], selfAttention(2), {
      queryBias: [Math.log(3), Math.log(7)],
      keyWeights: [1, 0, 0, 1],
      keyBias: [100, 100], // the same for all: nothing changes
      valueBias: [4, 4],
      valueWeights: [1, 0, 0, 1],
      outputWeights: [1, 0, 0, 1],
    });
    // Weights ¼, ¾ and ⅛, ⅞ at both positions.
    expectClose(outputsOf(net, [0, 0, 1, 1]), [4.75, 4.875, 4.75, 4.875]);
  });

  test('may be causal: a position sees only what came before, and itself', () => {
    const net = attention([2, 2], selfAttention(2, { causal: true }), TWO_HEADS);
    expectClose(outputsOf(net, [0, 0, 1, 1]), [0, 0, 3 / 4, 7 / 8]);
  });

  test('does not see the future, nor learns from it', () => {
    const layers = [selfAttention(2, { causal: true }), selfAttention(1, { causal: true })];
    const net = float64Network({ input: [4, 2], layers }, 2);
    const inputs = draws(8, 1);
    const before = outputsOf(net, inputs);
    const other = [...inputs.slice(0, 4), 7, -8, 9, 1]; // positions 2 and 3 are new
    const after = outputsOf(net, other);
    expect(after.slice(0, 4)).toEqual(before.slice(0, 4));
    expect(after.slice(4)).not.toEqual(before.slice(4));
    net.backward(Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0));
    expect([...net.inputGradients.subarray(4)]).toEqual([0, 0, 0, 0]);
    expect(net.inputGradients.subarray(0, 4)).not.toContain(0);
  });

  test('does not know the order of positions', () => {
    const net = float64Network({ input: [3, 2], layers: [selfAttention(2)] }, 2);
    const [a, b, c] = [draws(2, 1), draws(2, 2), draws(2, 3)];
    const outputs = outputsOf(net, [...a, ...b, ...c]);
    const turned = [...outputs.slice(2), ...outputs.slice(0, 2)];
    expectClose(outputsOf(net, [...b, ...c, ...a]), turned);
  });

  test.each([1, 2, 3, 6])('has the gradients of its formula with %i heads', (heads) => {
    for (const causal of [true, false]) {
      const layers = [selfAttention(heads, { causal })];
      expect(gradientError({ input: [4, 6], layers }, { rows: 2 })).toBeLessThan(MOST);
      const deep = [dense(6, { activation: 'tanh' }), ...layers, dense(2)];
      expect(gradientError({ input: [3, 2], layers: deep }, { rows: 2 })).toBeLessThan(MOST);
    }
  });

  test('has its parameters named, and counts its products', () => {
    const net = float64Network({ input: [5, 6], layers: [selfAttention(2)] });
    const { plan, parameters } = net;
    const limit = Math.sqrt(6 / (6 + 6)); // Glorot's
    expect(Math.max(...parameters)).toBeGreaterThan(0.9 * limit);
    expect(Math.max(...parameters)).toBeLessThan(limit);
    expect(new Set(parameters.subarray(4 * 36))).toEqual(new Set([0])); // biases
    expect(plan.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ...['query', 'key', 'value', 'output'].map((map) => [`layers[0].${map}Weights`, [6, 6]]),
      ...['query', 'key', 'value', 'output'].map((map) => [`layers[0].${map}Bias`, [6]]),
    ]);
    // Four maps of 6 to 6 at 5 positions, and two products of 5 × 5 × 3 a head.
    expect(plan.multiplyAdds).toBe(4 * 5 * 6 * 6 + 2 * 2 * 5 * 5 * 3);
  });

  test('takes sequences whose features the heads can share', () => {
    const plan = (input: number[], heads: number) => () =>
      planNetwork(network({ input, layers: [selfAttention(heads)] }));
    expect(plan([4, 6], 4)).toThrow(
      'network: layers[0] (self-attention) cannot share 6 features equally among 4 heads.',
    );
    expect(plan([6], 2)).toThrow('network: layers[0] (self-attention) takes sequences');
    expect(plan([6, 6, 6], 2)).toThrow('positions × features, not shape 6 × 6 × 6.');
    expect(() => selfAttention(0)).toThrow('selfAttention: heads must be an integer of at least 1');
  });
});

describe('a positional encoding', () => {
  test('is sines and cosines of longer and longer waves', () => {
    const net = float64Network({ input: [2, 4], layers: [positionalEncoding()] });
    const second = [Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01)];
    const encoding = [0, 1, 0, 1, ...second];
    expectClose(outputsOf(net, Array(16).fill(0)), [...encoding, ...encoding]);
    expectClose(
      outputsOf(net, Array(8).fill(10)),
      encoding.map((e) => 10 + e),
    );
  });

  test('may end in a sine alone', () => {
    const net = float64Network({ input: [3, 3], layers: [positionalEncoding()] });
    const last = Math.sin(2 / 10000 ** (2 / 3));
    expectClose(outputsOf(net, Array(9).fill(0)).slice(6), [Math.sin(2), Math.cos(2), last]);
  });

  test('may be learned', () => {
    const layers = [positionalEncoding({ method: 'learned' })];
    const net = float64Network({ input: [1, 2], layers });
    expect(net.plan.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['layers[0].positions', [1, 2]],
    ]);
    net.parameters.set([5, 7]);
    expect(outputsOf(net, [1, 2, 3, 4])).toEqual([6, 9, 8, 11]);
    net.backward(Float64Array.of(1, 2, 30, 40));
    expect([...net.gradients]).toEqual([31, 42]);
    expect([...net.inputGradients]).toEqual([1, 2, 30, 40]);
  });

  test('begins small where it is learned', () => {
    const layers = [positionalEncoding({ method: 'learned' })];
    const { parameters } = float64Network({ input: [50, 20], layers });
    const variance = parameters.reduce((sum, p) => sum + p * p, 0) / 1000;
    expect(Math.sqrt(variance)).toBeCloseTo(0.02, 2);
  });

  test.each(['sinusoidal', 'learned'] as const)(
    'has the gradients of its formula: %s',
    (method) => {
      const layers = [dense(4), positionalEncoding({ method }), selfAttention(2)];
      expect(gradientError({ input: [3, 2], layers }, { rows: 2 })).toBeLessThan(MOST);
      const alone = [positionalEncoding({ method })];
      expect(gradientError({ input: [3, 2], layers: alone })).toBeLessThan(MOST);
    },
  );

  test('takes sequences', () => {
    expect(() => planNetwork(network({ input: [3], layers: [positionalEncoding()] }))).toThrow(
      'network: layers[0] (positional-encoding) takes sequences of shape positions × features',
    );
    expect(() => positionalEncoding({ method: 'learnt' as never })).toThrow(
      'Did you mean "learned"?',
    );
  });
});
