import { describe, expect, test } from 'vitest';
import { activation } from '../../networks/layers/activation.ts';
import { dense } from '../../networks/layers/dense.ts';
import { parametricRelu } from '../../networks/layers/parametric-relu.ts';
import { softmax } from '../../networks/layers/softmax.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { float64Network, outputsOf } from '../helpers/float64-network.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

describe('an activation', () => {
  test('is a function of each number', () => {
    const net = float64Network({ input: [2, 2], layers: [activation('leaky-relu')] });
    expect(outputsOf(net, [-1, 2, -3, 4])).toEqual([-0.01, 2, -0.03, 4]);
    net.backward(Float64Array.of(10, 10, 10, 10));
    expect([...net.inputGradients]).toEqual([0.1, 10, 0.1, 10]);
  });

  test.each(ACTIVATIONS)('has the gradient of its formula: %s', (name) => {
    const layers = [dense(4), activation(name), dense(3)];
    expect(gradientError({ input: [5], layers })).toBeLessThan(MOST);
    expect(gradientError({ input: [3, 2], layers: [activation(name)] })).toBeLessThan(MOST);
  });

  test('of no known name is refused', () => {
    expect(() => activation('rely' as never)).toThrow('activation: activation must be one of');
    const layers = [{ kind: 'activation', activation: 'rely' } as never];
    expect(() => network({ input: [1], layers })).toThrow('network: layers[0] (activation)');
  });
});

describe('a softmax', () => {
  test('is e^x over its sum', () => {
    const net = float64Network({ input: [3], layers: [softmax()] });
    // ln 1, ln 2, ln 5 and the same with 1000 added: 1/8, 2/8, 5/8.
    const logs = [1, 2, 5].map(Math.log);
    const outputs = outputsOf(net, [...logs, ...logs.map((x) => x + 1000)]);
    [0.125, 0.25, 0.625, 0.125, 0.25, 0.625].forEach((chance, i) => {
      expect(outputs[i]).toBeCloseTo(chance, 12);
    });
  });

  test('goes back by y (dy − Σ y dy)', () => {
    const net = float64Network({ input: [2], layers: [softmax()] });
    outputsOf(net, [0, 0]); // ½, ½
    net.backward(Float64Array.of(3, 1)); // Σ y dy = 2
    expect([...net.inputGradients]).toEqual([0.5, -0.5]); // ½ (3 − 2), ½ (1 − 2)
  });

  test('runs along the last axis only', () => {
    const net = float64Network({ input: [2, 3], layers: [softmax()] });
    expect(outputsOf(net, [0, 0, 0, 7, 7, 7])).toEqual(Array(6).fill(1 / 3));
  });

  test('has the gradient of its formula', () => {
    const layers = [dense(4), softmax(), dense(3), softmax()];
    expect(gradientError({ input: [2, 3], layers })).toBeLessThan(MOST);
  });
});

describe('a parametric ReLU', () => {
  test('has a slope for each channel', () => {
    const net = float64Network({ input: [2, 2], layers: [parametricRelu()] });
    expect([...net.parameters]).toEqual([0.25, 0.25]);
    net.parameters.set([0.5, 2]);
    expect(outputsOf(net, [-1, -1, 3, -4])).toEqual([-0.5, -2, 3, -8]);
    net.backward(Float64Array.of(10, 100, 1000, 1));
    expect([...net.inputGradients]).toEqual([5, 200, 1000, 2]); // slope · dy below 0
    expect([...net.gradients]).toEqual([-10, -104]); // −1 · 10; −1 · 100 + −4 · 1
  });

  test('may share one', () => {
    const layers = [parametricRelu({ shared: true, initial: 3 })];
    const net = float64Network({ input: [2, 2], layers });
    expect(outputsOf(net, [-1, -2, 5, -4])).toEqual([-3, -6, 5, -12]);
    net.backward(Float64Array.of(1, 1, 1, 1));
    expect([...net.gradients]).toEqual([-7]); // −1 − 2 − 4
  });

  test.each([true, false])('has the gradients of its formula, shared: %s', (shared) => {
    const layers = [dense(4), parametricRelu({ shared }), dense(3)];
    expect(gradientError({ input: [2, 3], layers })).toBeLessThan(MOST);
  });

  test('must begin with a number', () => {
    expect(() => parametricRelu({ initial: Number.NaN })).toThrow(
      'parametricRelu: initial must be',
    );
  });
});

test.each(ACTIVATIONS)('%s hides no number that is none', (name) => {
  for (const engine of [simdEngine(), new ReferenceEngine((length) => new Float32Array(length))]) {
    const fused = engine.create(network({ input: [1], layers: [dense(9, { activation: name })] }));
    const alone = engine.create(network({ input: [9], layers: [activation(name)] }));
    for (const [net, size] of [
      [fused, 1],
      [alone, 9],
    ] as const) {
      const outputs = net.forward(new Float32Array(size).fill(Number.NaN), 1);
      expect([...outputs], engine.name).toEqual(new Array(9).fill(Number.NaN));
    }
  }
});
