import { expect, test } from 'vitest';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { reshape } from '../../networks/layers/reshape.ts';
import { planNetwork } from '../../networks/plan.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { gradientError } from '../helpers/gradient-check.ts';

test('features become an image that can be convolved', () => {
  const layers = [reshape([2, 3, 2]), conv2d(2, 2, { activation: 'tanh' }), reshape([4])];
  const plan = planNetwork(network({ input: [12], layers }));
  expect(plan.layers.map(({ output }) => output)).toEqual([[2, 3, 2], [1, 2, 2], [4]]);
  expect(gradientError({ input: [12], layers })).toBeLessThan(1e-4);
});

test('a shape is refused that has other numbers', () => {
  const layers = [reshape([2, 3])];
  expect(() => planNetwork(network({ input: [2, 4], layers }))).toThrow(
    'network: layers[0] (reshape) cannot make 2 × 3 of 2 × 4: that is 6 numbers of 8.',
  );
  expect(() => reshape([])).toThrow('reshape: shape must be a list of at least one length.');
  expect(() => reshape([2, 0])).toThrow('reshape: shape[1] must be an integer of at least 1');
});
