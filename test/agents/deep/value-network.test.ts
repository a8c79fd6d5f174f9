import { expect, test } from 'vitest';
import { valueNetwork } from '../../../agents/deep/action-values/value-network.ts';
import { conv2d } from '../../../networks/layers/conv2d.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { dueling } from '../../../networks/layers/dueling.ts';
import { flatten } from '../../../networks/layers/flatten.ts';
import { layerNorm } from '../../../networks/layers/layer-norm.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import { noisyDense } from '../../../networks/layers/noisy-dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { network } from '../../../networks/specification/network-specification.ts';

const HEAD = { numActions: 4, size: 3, dueling: true, noisy: false };
const last = (units: number) => dense(units, { initializer: 'fan-in-uniform' });

test('one that duels has a hidden layer for values and one for advantages', () => {
  const body = [conv2d(2, 2), flatten()];
  const hidden = dense(8, { activation: 'relu' });
  const layers = [...body, hidden];
  const ways = { value: [hidden, last(3)], advantage: [hidden, last(12)] };
  expect(valueNetwork({ ...HEAD, input: [4, 4, 1], layers })).toEqual(
    network({ input: [4, 4, 1], layers: body, heads: { values: [dueling(ways)] } }),
  );
  const plain = { ...HEAD, dueling: false, input: [4, 4, 1], layers };
  expect(valueNetwork(plain)).toEqual(
    network({ input: [4, 4, 1], layers, heads: { values: [last(12)] } }),
  );
});

test('with noise all of them are noisy', () => {
  const layers = [dense(5), dense(8, { activation: 'relu' })];
  const hidden = noisyDense(8, { activation: 'relu' });
  const ways = { value: [hidden, noisyDense(3)], advantage: [hidden, noisyDense(12)] };
  expect(valueNetwork({ ...HEAD, noisy: true, input: [2], layers })).toEqual(
    network({ input: [2], layers: [noisyDense(5)], heads: { values: [dueling(ways)] } }),
  );
});

test('what is wrong with a layer is said of its place in the body', () => {
  const layers = [conv2d(2, 2), dense(8)];
  expect(() => valueNetwork({ ...HEAD, input: [4, 4, 1], layers })).toThrow(
    'network: layers[1] (dense) takes rows',
  );
});

test.each<[string, readonly Layer[]]>([
  ['a memory', [dense(5), lstm(6)]],
  ['a normalization', [dense(5), layerNorm()]],
  ['nothing', []],
])('after a body that ends in %s the ways part there', (_, layers) => {
  const ways = { value: [last(3)], advantage: [last(12)] };
  expect(valueNetwork({ ...HEAD, input: [2], layers })).toEqual(
    network({ input: [2], layers, heads: { values: [dueling(ways)] } }),
  );
});
