import { describe, expect, test } from 'vitest';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

describe('a dense layer', () => {
  test('is x W + b', () => {
    const engine = new ReferenceEngine((length) => new Float64Array(length));
    const net = engine.create(network({ input: [2], layers: [dense(3)] }));
    net.parameters.set([1, 2, 3, 4, 5, 6, 0.5, 0, -0.5]);
    // 10 · (1 2 3) + 100 · (4 5 6) + (0.5 0 −0.5)
    expect([...net.forward(Float64Array.of(10, 100), 1)]).toEqual([410.5, 520, 629.5]);
  });

  test.each(ACTIVATIONS)('has the gradients of its formula with %s', (activation) => {
    const layers = [dense(4, { activation }), dense(3, { activation })];
    expect(gradientError({ input: [5], layers })).toBeLessThan(MOST);
  });

  test('sees each position of a sequence by itself', () => {
    const engine = new ReferenceEngine((length) => new Float64Array(length));
    const net = engine.create(network({ input: [2, 1], layers: [dense(2)] }));
    net.parameters.set([10, 100, 1, 2]);
    expect([...net.forward(Float64Array.of(3, 4), 1)]).toEqual([31, 302, 41, 402]);
    const layers = [dense(3, { activation: 'tanh', bias: false }), flatten(), dense(2)];
    expect(gradientError({ input: [4, 2], layers })).toBeLessThan(MOST);
  });
});

describe('heads', () => {
  test('stand side by side, and their gradients add up in the body', () => {
    const heads = { policy: [dense(3)], value: [dense(4, { activation: 'silu' }), dense(1)] };
    const options = { input: [3], layers: mlp({ hidden: [5], activation: 'tanh' }), heads };
    expect(gradientError(options)).toBeLessThan(MOST);
    const plan = planNetwork(network(options));
    expect(plan.heads.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['policy', 0, 3],
      ['value', 3, 1],
    ]);
  });
});

test('a layer that cannot take what comes to it is named', () => {
  const options = { input: [3, 3, 2], layers: [dense(2)] };
  expect(() => planNetwork(network(options))).toThrow('network: layers[0] (dense)');
  expect(() => network({ input: [3], layers: [{ kind: 'dens', units: 2 } as never] })).toThrow(
    'Did you mean "dense"?',
  );
});
