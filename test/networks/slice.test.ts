import { expect, test } from 'vitest';
import { concatenate } from '../../networks/layers/concatenate.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { reshape } from '../../networks/layers/reshape.ts';
import { slice } from '../../networks/layers/slice.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const create = (input: readonly number[], start: number, length: number) => {
  const engine = new ReferenceEngine((size) => new Float64Array(size));
  const specification = network({ input, layers: [slice(start, length)] });
  return engine.create(specification, { inputGradients: true });
};

test('a slice of a vector is a stretch of it, and its gradient is nothing elsewhere', () => {
  const net = create([5], 1, 3);
  expect([...net.forward(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 2)]).toEqual([
    ...[2, 3, 4, 7, 8, 9],
  ]);
  net.inputGradients.fill(9); // what stood there before
  net.backward(Float64Array.of(1, 2, 3, 4, 5, 6));
  expect([...net.inputGradients]).toEqual([0, 1, 2, 3, 0, 0, 4, 5, 6, 0]);
});

test('of an image it is some of the channels', () => {
  const net = create([2, 1, 3], 2, 1);
  expect(net.plan.layers[0].output).toEqual([2, 1, 1]);
  expect([...net.forward(Float64Array.of(1, 2, 3, 4, 5, 6), 1)]).toEqual([3, 6]);
  net.backward(Float64Array.of(10, 20));
  expect([...net.inputGradients]).toEqual([0, 0, 10, 0, 0, 20]);
});

test('branches see what is theirs, with the gradients of the formula', () => {
  const layers = [
    dense(11, { activation: 'tanh' }),
    concatenate([
      [slice(2, 8), reshape([2, 2, 2]), conv2d(2, 2, { activation: 'gelu' }), flatten()],
      [slice(7, 4), dense(2)],
    ]),
  ];
  expect(gradientError({ input: [3], layers }, { rows: 2 })).toBeLessThan(1e-4);
});

test('one that is not there is refused', () => {
  const plan = (start: number, length: number) => () =>
    planNetwork(network({ input: [4, 3], layers: [slice(start, length)] }));
  expect(plan(0, 3)().layers[0].output).toEqual([4, 3]);
  expect(plan(2, 2)).toThrow(
    'network: layers[0] (slice) cannot take numbers 2 to 3 of the last axis of 4 × 3.',
  );
  expect(() => slice(-1, 2)).toThrow('slice: start must be an integer of at least 0, got -1.');
  expect(() => slice(0, 0)).toThrow('slice: length must be an integer of at least 1, got 0.');
  expect(() => network({ input: [4], layers: [{ kind: 'slice', start: 1 } as never] })).toThrow(
    'network: layers[0] (slice): length must be an integer of at least 1, got 0.',
  );
});
