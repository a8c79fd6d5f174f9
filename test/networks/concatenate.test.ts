import { describe, expect, test } from 'vitest';
import { averagePool } from '../../networks/layers/average-pool.ts';
import { concatenate } from '../../networks/layers/concatenate.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { reshape } from '../../networks/layers/reshape.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';
import type { Shape } from '../../networks/specification/shape.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

function plan(input: Shape, layer: Layer) {
  return planNetwork(network({ input, layers: [layer] }));
}

describe('concatenated branches', () => {
  test('stand side by side at each place, and their gradients add up in the input', () => {
    const layer = concatenate([[], [conv2d(1, 1, { bias: false })]]);
    const engine = new ReferenceEngine((length) => new Float64Array(length));
    const specification = network({ input: [2, 1, 2], layers: [layer] });
    const net = engine.create(specification, { inputGradients: true });
    net.parameters.set([10, 100]);
    // Two rows of two places with two channels each.
    const outputs = net.forward(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2);
    expect([...outputs]).toEqual([1, 2, 210, 3, 4, 430, 5, 6, 650, 7, 8, 870]);
    net.backward(Float64Array.of(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    expect([...net.gradients]).toEqual([3 * 1 + 1 * 7, 3 * 2 + 1 * 8]);
    expect([...net.inputGradients]).toEqual([1 + 30, 2 + 300, 0, 0, 0, 0, 10, 100]);
  });

  test('have the gradients of their formula, one inside the other', () => {
    const inner = concatenate([[], [dense(2, { activation: 'tanh' })], [dense(1)]]);
    const layers = [
      conv2d(2, 1, { activation: 'tanh' }),
      concatenate([
        [conv2d(2, 3, { activation: 'gelu', padding: 'same' })],
        [averagePool(3, { stride: 1, padding: 'same' })],
        [reshape([9, 2]), inner, reshape([3, 3, 5])],
      ]),
      flatten(),
      dense(2),
    ];
    expect(gradientError({ input: [3, 3, 2], layers }, { rows: 2 })).toBeLessThan(MOST);
  });

  test('are named and counted', () => {
    const layer = concatenate([[dense(2)], [dense(5), concatenate([[dense(1)], []])]]);
    const { layers, parameters, multiplyAdds } = plan([3], layer);
    expect(layers[0].output).toEqual([2 + 1 + 5]);
    expect(parameters.map(({ name }) => name)).toEqual([
      'layers[0].branches[0][0].weights',
      'layers[0].branches[0][0].bias',
      'layers[0].branches[1][0].weights',
      'layers[0].branches[1][0].bias',
      'layers[0].branches[1][1].branches[0][0].weights',
      'layers[0].branches[1][1].branches[0][0].bias',
    ]);
    expect(multiplyAdds).toBe(3 * 2 + 3 * 5 + 5 * 1);
  });

  test('are refused where their places differ', () => {
    expect(() => plan([4, 4, 2], concatenate([[], [conv2d(2, 3)]]))).toThrow(
      'network: layers[0] (concatenate) cannot set 2 × 2 × 2 of branches[1] beside 4 × 4 × 2: all but the last axis must be the same.',
    );
    expect(() => plan([4, 4, 2], concatenate([[flatten()], []]))).toThrow(
      'cannot set 4 × 4 × 2 of branches[1] beside 32',
    );
  });

  test('are refused where there is none', () => {
    const message = 'concatenate: branches must be a list of at least one list of layers, got';
    expect(() => concatenate([])).toThrow(`${message} [].`);
    expect(() => concatenate(3 as never)).toThrow(`${message} 3.`);
  });

  test('in JSON are completed, and what is wrong in them is named', () => {
    const written = { kind: 'concatenate', branches: [[], [{ kind: 'dense', units: 2 }]] };
    const { layers } = network({ input: [2], layers: [written as never] });
    expect(layers).toEqual([concatenate([[], [dense(2)]])]);
    const wrong = (branches: unknown) => () =>
      network({ input: [2], layers: [{ kind: 'concatenate', branches } as never] });
    expect(wrong([[], [{ kind: 'dense' }]])).toThrow(
      'network: layers[0].branches[1][0] (dense): units must be an integer of at least 1, got 0.',
    );
    expect(wrong([[], 3])).toThrow('network: layers[0].branches[1] must be a list of layers');
    expect(wrong([])).toThrow('network: layers[0] (concatenate): branches must be a list');
  });
});
