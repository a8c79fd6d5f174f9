import { describe, expect, test } from 'vitest';
import { activation } from '../../networks/layers/activation.ts';
import { dense } from '../../networks/layers/dense.ts';
import { dueling } from '../../networks/layers/dueling.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { noisyDense } from '../../networks/layers/noisy-dense.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { planNetwork } from '../../networks/plan.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { float64Network, outputsOf } from '../helpers/float64-network.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

describe('a dueling network', () => {
  const LAYER = dueling({ value: [dense(1)], advantage: [dense(3)] });

  test('adds to the value what each action is better than the mean', () => {
    const net = float64Network({ input: [1], layers: [LAYER] });
    net.parameters.set([5, 0, 1, 2, 6, 0, 0, 0]); // v = 5 x, A = x, 2 x, 6 x
    expect(outputsOf(net, [1, 2])).toEqual([5 - 2, 5 - 1, 5 + 3, 10 - 4, 10 - 2, 10 + 6]);
    net.backward(Float64Array.of(1, 2, 6, 0, 0, 0));
    // dv = 1 + 2 + 6; dA = dq − 3; dx = 5 · 9 + 1 · (−2) + 2 · (−1) + 6 · 3
    expect([...net.gradients]).toEqual([9, 9, -2, -1, 3, -2, -1, 3]);
    expect([...net.inputGradients]).toEqual([45 - 2 - 2 + 18, 0]);
  });

  test('cannot move worth between value and advantages: the mean of q is v', () => {
    const net = float64Network({ input: [2], layers: [LAYER] }, 4);
    const before = outputsOf(net, [0.3, -0.7]);
    const value = net.parameters[0] * 0.3 - net.parameters[1] * 0.7 + net.parameters[2];
    expect((before[0] + before[1] + before[2]) / 3).toBeCloseTo(value, 12);
    for (let i = 9; i < 12; i++) net.parameters[i] += 100; // biases of all advantages
    outputsOf(net, [0.3, -0.7]).forEach((q, i) => {
      expect(q).toBeCloseTo(before[i], 10);
    });
  });

  test('splits each number of an action by itself where there are several', () => {
    const layers = [dueling({ value: [dense(2)], advantage: [dense(6)] })];
    const net = float64Network({ input: [1], layers });
    // v = 5 x, 10 x; A = (1, 0) x, (2, 3) x, (6, 9) x, whose means are (3, 4) x
    net.parameters.set([5, 10, 0, 0, 1, 0, 2, 3, 6, 9, 0, 0, 0, 0, 0, 0]);
    const first = [5 - 2, 10 - 4, 5 - 1, 10 - 1, 5 + 3, 10 + 5];
    expect(outputsOf(net, [1, 2])).toEqual([...first, ...first.map((q) => 2 * q)]);
    net.backward(Float64Array.of(1, 0, 2, 0, 6, 3, 0, 0, 0, 0, 0, 0));
    // dv = 9, 3; dA = dq − (3, 1)
    const advantages = [-2, -1, -1, -1, 3, 2];
    expect([...net.gradients]).toEqual([9, 3, 9, 3, ...advantages, ...advantages]);
    expect([...net.inputGradients]).toEqual([45 + 30 - 2 - 0 - 2 - 3 + 18 + 18, 0]);
  });

  test('is as many duels side by side as an action has numbers', () => {
    const several = [dueling({ value: [dense(2)], advantage: [dense(6)] })];
    const net = float64Network({ input: [3], layers: several }, 5);
    const alone = float64Network({ input: [3], layers: [LAYER] });
    const inputs = [0.3, -0.7, 2];
    const together = outputsOf(net, inputs);
    const { parameters } = net.plan;
    for (let j = 0; j < 2; j++) {
      const own = parameters.flatMap(({ offset, size }) =>
        [...net.parameters.subarray(offset, offset + size)].filter((_, i) => i % 2 === j),
      );
      alone.parameters.set(own);
      outputsOf(alone, inputs).forEach((q, a) => {
        expect(q).toBeCloseTo(together[2 * a + j], 12);
      });
    }
  });

  test('has the gradients of its formula, behind other layers too', () => {
    const value = [dense(4, { activation: 'tanh' }), noisyDense(1)];
    const advantage = [dense(5, { activation: 'silu' }), noisyDense(3)];
    const layers = [dense(4, { activation: 'tanh' }), dueling({ value, advantage })];
    for (const training of [true, false]) {
      expect(gradientError({ input: [3], layers }, { forward: { training } })).toBeLessThan(MOST);
    }
    const distributions = [
      dueling({ value: [dense(2), noisyDense(4)], advantage: [noisyDense(12)] }),
    ];
    for (const training of [true, false]) {
      const error = gradientError({ input: [3], layers: distributions }, { forward: { training } });
      expect(error).toBeLessThan(MOST);
    }
    const image = [dueling({ value: [flatten(), dense(1)], advantage: [flatten()] })];
    expect(gradientError({ input: [2, 2, 1], layers: image })).toBeLessThan(MOST);
  });

  test('has its layers planned by name', () => {
    const layers = [dueling({ value: [dense(7), dense(1)], advantage: [dense(3)] })];
    const { parameters, multiplyAdds } = planNetwork(network({ input: [2], layers }));
    expect(parameters.map(({ name }) => name)).toEqual([
      'layers[0].value[0].weights',
      'layers[0].value[0].bias',
      'layers[0].value[1].weights',
      'layers[0].value[1].bias',
      'layers[0].advantage[0].weights',
      'layers[0].advantage[0].bias',
    ]);
    expect(multiplyAdds).toBe(2 * 7 + 7 * 1 + 2 * 3);
  });

  test('completes the layers inside it, and names the one that is wrong', () => {
    const written = { kind: 'dueling', value: [{ kind: 'dense', units: 1 }], advantage: [] };
    const { layers } = network({ input: [3], layers: [written as never] });
    expect(layers[0]).toEqual(dueling({ value: [dense(1)], advantage: [] }));
    const nested = dueling({
      value: [dense(1)],
      advantage: [activation('relu'), { kind: 'x' } as never],
    });
    expect(() => network({ input: [3], layers: [nested] })).toThrow('no layer of kind "x"');
    const wrong = { kind: 'dense', units: 0 } as never;
    const deep = dueling({ value: [wrong], advantage: [] });
    expect(() => network({ input: [3], layers: [dense(3), deep] })).toThrow(
      'network: layers[1].value[0] (dense): units must be',
    );
    const none = { kind: 'dueling', value: 5, advantage: [] } as never;
    expect(() => network({ input: [3], layers: [none] })).toThrow(
      'network: layers[0].value must be a list of layers, got 5.',
    );
  });

  test('needs as many numbers for each action as of value, and rows at the ends', () => {
    const plan = (value: readonly Layer[], advantage: readonly Layer[], input = [4]) =>
      planNetwork(network({ input, layers: [dueling({ value, advantage })] }));
    expect(() => plan([dense(3)], [])).toThrow(
      'network: layers[0] (dueling) needs as many numbers of advantage for each action as of value, 3: 4 are no multiple.',
    );
    expect(() => plan([dense(8)], [])).toThrow('of value, 8: 4 are no multiple.');
    expect(plan([dense(2)], []).outputSize).toBe(4);
    expect(() => plan([dense(1)], [], [2, 1])).toThrow(
      'network: layers[0] (dueling) needs value to end in a row of numbers, not in shape 2 × 1.',
    );
    expect(() => plan([flatten()], [], [1, 1])).toThrow('needs advantage to end in a row');
  });
});
