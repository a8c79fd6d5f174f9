import { describe, expect, test } from 'vitest';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { maxPool } from '../../networks/layers/max-pool.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { reshape } from '../../networks/layers/reshape.ts';
import { residual } from '../../networks/layers/residual.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { network } from '../../networks/specification/network-specification.ts';
import type { Shape } from '../../networks/specification/shape.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

function run(layer: Layer, parameters: number[], inputs: number[], outputGradients: number[]) {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  const specification = network({ input: [inputs.length], layers: [layer] });
  const net = engine.create(specification, { inputGradients: true });
  net.parameters.set(parameters);
  const outputs = [...net.forward(Float64Array.from(inputs), 1)];
  net.backward(Float64Array.from(outputGradients));
  return { outputs, gradients: [...net.gradients], inputGradients: [...net.inputGradients] };
}

describe('a residual block', () => {
  test('adds its input to what its layers make of it', () => {
    const block = residual([dense(2, { bias: false })]);
    const { outputs, gradients, inputGradients } = run(block, [1, 2, 3, 4], [10, 20], [1, -1]);
    // (10 20) + (10 · 1 + 20 · 3, 10 · 2 + 20 · 4)
    expect(outputs).toEqual([10 + 70, 20 + 100]);
    expect(gradients).toEqual([10, -10, 20, -20]);
    // (1 −1) + (1 · 1 − 1 · 2, 1 · 3 − 1 · 4)
    expect(inputGradients).toEqual([1 - 1, -1 - 1]);
  });

  test('adds what its shortcut makes of its input, if it has one', () => {
    const shortcut = [dense(1, { bias: false })];
    const block = residual([dense(1, { bias: false })], { shortcut });
    const { outputs, gradients, inputGradients } = run(block, [1, 2, 3, 4], [10, 20], [5]);
    expect(outputs).toEqual([10 * 1 + 20 * 2 + (10 * 3 + 20 * 4)]);
    expect(gradients).toEqual([50, 100, 50, 100]);
    expect(inputGradients).toEqual([5 * (1 + 3), 5 * (2 + 4)]);
  });

  test('has its activation after the sum', () => {
    const block = residual([dense(2, { bias: false })], { activation: 'relu' });
    const { outputs, inputGradients } = run(block, [-2, 0, 0, -0.5], [10, 20], [1, 1]);
    expect(outputs).toEqual([0, 20 - 10]); // of −10 and 10
    expect(inputGradients).toEqual([0, 1 - 0.5]);
  });

  test('without layers doubles its input', () => {
    const { outputs, inputGradients } = run(residual([]), [], [1, 2], [3, 4]);
    expect(outputs).toEqual([2, 4]);
    expect(inputGradients).toEqual([6, 8]);
  });
});

describe('the gradients of a residual block are those of its formula', () => {
  const same = (filters: number) => conv2d(filters, 3, { activation: 'tanh', padding: 'same' });

  test.each(ACTIVATIONS)('with %s', (activation) => {
    const layers = [same(2), residual([same(3), same(2)], { activation }), flatten(), dense(2)];
    expect(gradientError({ input: [3, 3, 1], layers }, { rows: 2 })).toBeLessThan(MOST);
  });

  test('with a shortcut, one inside the other', () => {
    const inner = residual([same(2)], { activation: 'gelu' });
    const layers = [
      residual([same(2), inner, maxPool(2)], {
        shortcut: [conv2d(2, 1, { stride: 2 })],
        activation: 'silu',
      }),
      residual([same(2)], { shortcut: [same(2)] }),
    ];
    expect(gradientError({ input: [4, 4, 1], layers }, { rows: 2 })).toBeLessThan(MOST);
  });
});

describe('the plan of a residual block', () => {
  const plan = (input: Shape, layer: Layer) => planNetwork(network({ input, layers: [layer] }));

  test('names and counts what is inside', () => {
    const inner = residual([conv2d(3, 1, { bias: false })]);
    const block = residual([conv2d(3, 2), inner], { shortcut: [conv2d(3, 1, { stride: 2 })] });
    const { layers, parameters, parameterCount, multiplyAdds } = plan([2, 2, 4], block);
    expect(layers[0].output).toEqual([1, 1, 3]);
    expect(parameters.map(({ name }) => name)).toEqual([
      'layers[0].layers[0].weights',
      'layers[0].layers[0].bias',
      'layers[0].layers[1].layers[0].weights',
      'layers[0].shortcut[0].weights',
      'layers[0].shortcut[0].bias',
    ]);
    expect(parameterCount).toBe(2 * 2 * 4 * 3 + 3 + 3 * 3 + 4 * 3 + 3);
    expect(multiplyAdds).toBe(2 * 2 * 4 * 3 + 3 * 3 + 4 * 3);
  });

  test('is refused where shapes differ', () => {
    expect(() => plan([4, 4, 2], residual([conv2d(2, 3)]))).toThrow(
      'network: layers[0] (residual) cannot add 2 × 2 × 2 to 4 × 4 × 2. Give it a shortcut',
    );
    expect(() => plan([4], residual([dense(3)], { shortcut: [dense(2)] }))).toThrow(
      'network: layers[0] (residual) cannot add 3 to 2.',
    );
    expect(() => plan([2, 3], residual([flatten(), dense(2)]))).toThrow('cannot add 2 to 2 × 3.');
    expect(() => plan([6], residual([reshape([6, 1])]))).toThrow('cannot add 6 × 1 to 6.');
  });

  test('names the layer inside that does not fit', () => {
    expect(() => plan([4], residual([residual([], { shortcut: [conv2d(1, 1)] })]))).toThrow(
      'network: layers[0].layers[0].shortcut[0] (conv2d) takes images',
    );
  });
});

test('a residual block in JSON is completed, and what is wrong in it is named', () => {
  const written = { kind: 'residual', layers: [{ kind: 'dense', units: 2 }] };
  const { layers } = network({ input: [2], layers: [written as never] });
  expect(layers).toEqual([residual([dense(2)])]);
  expect(layers).toEqual([
    { kind: 'residual', layers: [dense(2)], shortcut: [], activation: 'linear' },
  ]);
  const wrong = (inner: object) => () =>
    network({ input: [2], layers: [dense(2), { kind: 'residual', ...inner } as never] });
  expect(wrong({ layers: [{ kind: 'dense', units: 0 }] })).toThrow(
    'network: layers[1].layers[0] (dense): units must be an integer of at least 1, got 0.',
  );
  expect(wrong({ shortcut: [{ kind: 'danse' }] })).toThrow('Did you mean "dense"?');
  expect(wrong({ layers: 3 })).toThrow(
    'network: layers[1].layers must be a list of layers, got 3.',
  );
  expect(wrong({ activation: 'rel' })).toThrow('network: layers[1] (residual): activation must be');
});
