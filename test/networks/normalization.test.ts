import { describe, expect, test } from 'vitest';
import { batchNorm } from '../../networks/layers/batch-norm.ts';
import { dense } from '../../networks/layers/dense.ts';
import { groupNorm } from '../../networks/layers/group-norm.ts';
import { layerNorm } from '../../networks/layers/layer-norm.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { planNetwork } from '../../networks/plan.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { float64Network, outputsOf } from '../helpers/float64-network.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient
const TRAINING = { training: true };

function expectClose(got: ArrayLike<number>, expected: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(got[i], `number ${i}`).toBeCloseTo(value, 10);
  });
}

/** Shapes of parameters by name. */
function shapesOf(input: readonly number[], layer: Layer) {
  const { parameters, statistics } = planNetwork(network({ input, layers: [layer] }));
  return [...parameters, ...statistics].map(({ name, shape }) => [name, shape]);
}

describe('a layer normalization', () => {
  test('brings each row to mean 0 and variance 1, then scales and shifts', () => {
    const net = float64Network({ input: [2], layers: [layerNorm({ epsilon: 9 })] });
    net.parameters.set([10, 20, 1, 2]);
    // 3, 11: mean 7, variance 16, with epsilon 25, root 5: normalized ∓4/5.
    // 0, 0: nothing but the shift.
    expectClose(outputsOf(net, [3, 11, 0, 0]), [1 - 8, 2 + 16, 1, 2]);
  });

  test('goes back through mean and variance', () => {
    const net = float64Network({ input: [2], layers: [layerNorm({ epsilon: 9 })] });
    net.parameters.set([10, 20, 1, 2]);
    outputsOf(net, [3, 11]);
    net.backward(Float64Array.of(1, 1));
    expectClose(net.gradients, [-0.8, 0.8, 1, 1]);
    // g = 10, 20: mean 15, mean of g z = (−8 + 16) / 2 = 4. (g − 15 − 4 z) / 5, z = ∓4/5.
    expectClose(net.inputGradients, [(-5 + 3.2) / 5, (5 - 3.2) / 5]);
  });

  test('sees each position by itself, or the whole row', () => {
    const last = float64Network({ input: [2, 2], layers: [layerNorm({ epsilon: 9 })] });
    expectClose(outputsOf(last, [3, 11, 111, 103]), [-0.8, 0.8, 0.8, -0.8]);
    const all = float64Network({ input: [2, 2], layers: [layerNorm({ axes: 'all', epsilon: 9 })] });
    all.parameters.set([1, 2, 3, 4, 0, 0, 0, 0]);
    expectClose(outputsOf(all, [3, 11, 11, 3]), [-0.8, 1.6, 2.4, -3.2]);
    expect(shapesOf([2, 3, 4], layerNorm())).toEqual([
      ['layers[0].scale', [4]],
      ['layers[0].shift', [4]],
    ]);
    expect(shapesOf([2, 3, 4], layerNorm({ axes: 'all' }))).toEqual([
      ['layers[0].scale', [2, 3, 4]],
      ['layers[0].shift', [2, 3, 4]],
    ]);
  });

  test.each(['last', 'all'] as const)('has the gradients of its formula over %s', (axes) => {
    const deep = [dense(4, { activation: 'tanh' }), layerNorm({ axes }), dense(3)];
    const layers = [...deep, layerNorm({ axes })];
    expect(gradientError({ input: [2, 3], layers })).toBeLessThan(MOST);
    expect(gradientError({ input: [2, 2, 3], layers: [layerNorm({ axes })] })).toBeLessThan(MOST);
  });
});

test('a layer normalization has known axes and an epsilon above 0', () => {
  expect(() => layerNorm({ axes: 'first' as never })).toThrow('layerNorm: axes must be one of');
  expect(() => layerNorm({ epsilon: -1 })).toThrow('layerNorm: epsilon must be');
  const layers = [{ kind: 'layer-norm', axes: 'first' } as never];
  expect(() => network({ input: [1], layers })).toThrow('network: layers[0] (layer-norm): axes');
});

describe('a group normalization', () => {
  // Two positions of four channels. Groups: {3, 11, 3, 11} and {1, 1, 5, 5}.
  const INPUT = [3, 11, 1, 1, 3, 11, 5, 5];

  test('normalizes neighboring channels at all positions together', () => {
    const net = float64Network({ input: [2, 4], layers: [groupNorm(2, { epsilon: 9 })] });
    net.parameters.set([1, 2, 3, 4, 10, 20, 30, 40]);
    // First: mean 7, variance 16, root of 25. Second: mean 3, variance 4, root of 13.
    const z = 2 / Math.sqrt(13);
    expectClose(outputsOf(net, INPUT), [
      ...[10 - 0.8, 20 + 1.6, 30 - 3 * z, 40 - 4 * z],
      ...[10 - 0.8, 20 + 1.6, 30 + 3 * z, 40 + 4 * z],
    ]);
    net.backward(Float64Array.of(1, 0, 0, 0, 2, 0, 0, 0));
    expectClose(net.gradients, [-0.8 * 3, 0, 0, 0, 3, 0, 0, 0]);
  });

  test('with one group is a layer normalization but for the shape of scale and shift', () => {
    const one = float64Network({ input: [2, 4], layers: [groupNorm(1)] });
    const all = float64Network({ input: [2, 4], layers: [layerNorm({ axes: 'all' })] });
    expect(outputsOf(one, INPUT)).toEqual(outputsOf(all, INPUT));
  });

  test.each([1, 2, 4])('has the gradients of its formula with %i groups', (groups) => {
    const layers = [
      dense(4, { activation: 'tanh' }),
      groupNorm(groups),
      dense(4),
      groupNorm(groups),
    ];
    expect(gradientError({ input: [3, 3], layers })).toBeLessThan(MOST);
    expect(gradientError({ input: [2, 2, 4], layers: [groupNorm(groups)] })).toBeLessThan(MOST);
  });

  test('needs groups of the same size', () => {
    expect(() => planNetwork(network({ input: [3, 4], layers: [groupNorm(3)] }))).toThrow(
      'network: layers[0] (group-norm) cannot make 3 equal groups of 4 channels.',
    );
    expect(() => groupNorm(0)).toThrow('groupNorm: groups must be an integer of at least 1');
    expect(() => groupNorm(1, { epsilon: 0 })).toThrow('groupNorm: epsilon must be');
  });
});

describe('a batch normalization', () => {
  // Two channels; three rows. Means 2 and 20, variances 2/3 and 800/3 by n, 1 and 400 by n − 1.
  const BATCH = [1, 0, 2, 20, 3, 40];

  test('normalizes a batch by itself in training', () => {
    const net = float64Network({ input: [2], layers: [batchNorm()] });
    net.parameters.set([10, 1, 5, 0]);
    const [first, second] = [1 / Math.sqrt(2 / 3 + 1e-5), 20 / Math.sqrt(800 / 3 + 1e-5)];
    expectClose(outputsOf(net, BATCH, TRAINING), [
      ...[5 - 10 * first, -second],
      ...[5, 0],
      ...[5 + 10 * first, second],
    ]);
  });

  test('lets running statistics follow, the variance divided by n − 1', () => {
    const net = float64Network({ input: [2], layers: [batchNorm()] });
    expect([...net.statistics]).toEqual([0, 0, 1, 1]);
    outputsOf(net, BATCH, TRAINING);
    expectClose(net.statistics, [0.2, 2, 0.9 * 1 + 0.1 * 1, 0.9 * 1 + 0.1 * 400]);
    outputsOf(net, BATCH, TRAINING);
    const variance = 0.9 * 40.9 + 0.1 * 400;
    expectClose(net.statistics, [0.9 * 0.2 + 0.2, 0.9 * 2 + 2, 1, variance]);
  });

  test('counts rows and positions alike', () => {
    const net = float64Network({ input: [3, 2], layers: [batchNorm({ momentum: 1 })] });
    outputsOf(net, BATCH, TRAINING);
    expectClose(net.statistics, [2, 20, 1, 400]);
    expect(shapesOf([3, 2], batchNorm())).toEqual([
      ['layers[0].scale', [2]],
      ['layers[0].shift', [2]],
      ['layers[0].mean', [2]],
      ['layers[0].variance', [2]],
    ]);
  });

  test('uses the running ones otherwise, and changes nothing', () => {
    const net = float64Network({ input: [2], layers: [batchNorm({ epsilon: 9 })] });
    net.statistics.set([3, 4, 16, 91]);
    net.parameters.set([2, 1, 0, 7]);
    // (13 − 3) / √25 · 2 and (14 − 4) / √100 + 7
    expectClose(outputsOf(net, [13, 14]), [4, 8]);
    expect([...net.statistics]).toEqual([3, 4, 16, 91]);
    net.backward(Float64Array.of(1, 1));
    expectClose(net.gradients, [2, 1, 1, 1]);
    expectClose(net.inputGradients, [2 / 5, 1 / 10]); // the statistics are constants here
  });

  test('goes back as it went forward', () => {
    const net = float64Network({ input: [1], layers: [batchNorm({ epsilon: 9 })] });
    outputsOf(net, [3, 11], TRAINING); // z = ∓4/5, as in a layer normalization
    net.backward(Float64Array.of(10, 20));
    expectClose(net.inputGradients, [(-5 + 3.2) / 5, (5 - 3.2) / 5]);
  });

  test.each([true, false])('has the gradients of its formula, training: %s', (training) => {
    const layers = [dense(4, { activation: 'tanh' }), batchNorm(), dense(3)];
    const options = { rows: 5, forward: { training } };
    expect(gradientError({ input: [3], layers }, options)).toBeLessThan(MOST);
    expect(gradientError({ input: [2, 9], layers: [batchNorm()] }, options)).toBeLessThan(MOST);
  });

  test('cannot train on one number', () => {
    const net = float64Network({ input: [2], layers: [dense(2), batchNorm()] });
    expect(() => outputsOf(net, [1, 2], TRAINING)).toThrow('network: layers[1] (batch-norm)');
    expect(() => outputsOf(net, [1, 2])).not.toThrow();
    expect(() => batchNorm({ epsilon: Number.NaN })).toThrow('batchNorm: epsilon must be');
    expect(() => batchNorm({ momentum: 2 })).toThrow('batchNorm: momentum must be between 0 and 1');
  });
});
