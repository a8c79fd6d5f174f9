import { describe, expect, test } from 'vitest';
import { averagePool } from '../../networks/layers/average-pool.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { globalPool } from '../../networks/layers/global-pool.ts';
import { maxPool } from '../../networks/layers/max-pool.ts';
import type { PoolOptions } from '../../networks/layers/pool.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import type { Pair } from '../../networks/layers/window.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';
import type { Shape } from '../../networks/specification/shape.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

function pool(input: Shape, layer: Layer, image: number[], outputGradients?: number[]) {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  const specification = network({ input, layers: [layer] });
  const net = engine.create(specification, { inputGradients: true });
  const rows = image.length / net.inputSize;
  net.forward(Float64Array.from(image), rows).fill(99);
  const outputs = [...net.forward(Float64Array.from(image), rows)]; // written, not added
  if (outputGradients === undefined) return { outputs, inputGradients: [] };
  net.backward(Float64Array.from(outputGradients));
  net.backward(Float64Array.from(outputGradients)); // written, not added
  return { outputs, inputGradients: [...net.inputGradients] };
}

// biome-ignore format: an image of 3 × 4
const IMAGE = [
  1, 5, 2, 0,
  3, 4, 9, 7,
  8, 6, 1, 1,
];

describe('max pooling', () => {
  test('keeps the largest of each window, and leads the gradient there', () => {
    const { outputs, inputGradients } = pool([3, 4, 1], maxPool([3, 2]), IMAGE, [10, 20]);
    expect(outputs).toEqual([8, 9]);
    expect(inputGradients).toEqual([0, 0, 0, 0, 0, 0, 20, 0, 10, 0, 0, 0]);
  });

  test('adds up the gradients of windows that overlap', () => {
    const layer = maxPool(2, { stride: 1 });
    const gradients = [1, 2, 4, 8, 16, 32];
    const { outputs, inputGradients } = pool([3, 4, 1], layer, IMAGE, gradients);
    expect(outputs).toEqual([5, 9, 9, 8, 9, 9]);
    expect(inputGradients).toEqual([0, 1, 0, 0, 0, 0, 2 + 4 + 16 + 32, 0, 8, 0, 0, 0]);
  });

  test('does not see what is outside, even where all is below 0', () => {
    const layer = maxPool(2, { padding: 'same' });
    const { outputs, inputGradients } = pool([1, 3, 1], layer, [-4, -2, -3], [1, 10]);
    expect(outputs).toEqual([-2, -3]);
    expect(inputGradients).toEqual([0, 1, 10]);
  });

  test('hangs over on both sides where that is even', () => {
    const layer = maxPool([1, 3], { stride: 1, padding: 'same' });
    expect(pool([1, 4, 1], layer, [4, 1, 2, 3]).outputs).toEqual([4, 4, 3, 3]);
  });

  test('takes the first of equal ones', () => {
    const { inputGradients } = pool([2, 2, 1], maxPool(2), [0, 7, 7, 7], [1]);
    expect(inputGradients).toEqual([0, 1, 0, 0]);
  });

  test('keeps channels apart, and rows', () => {
    // Two rows of two pixels with two channels each.
    const rows = [1, 20, 2, 10, 4, 30, 3, 40];
    const { outputs, inputGradients } = pool([1, 2, 2], maxPool([1, 2]), rows, [1, 2, 3, 4]);
    expect(outputs).toEqual([2, 20, 4, 40]);
    expect(inputGradients).toEqual([0, 2, 1, 0, 3, 0, 0, 4]);
  });
});

describe('average pooling', () => {
  test('keeps the mean of each window, and shares the gradient out', () => {
    const { outputs, inputGradients } = pool([3, 4, 1], averagePool([3, 2]), IMAGE, [6, 12]);
    expect(outputs).toEqual([(1 + 5 + 3 + 4 + 8 + 6) / 6, (2 + 0 + 9 + 7 + 1 + 1) / 6]);
    expect(inputGradients).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2]);
  });

  test('counts only what is inside', () => {
    const layer = averagePool(2, { padding: 'same' });
    const { outputs, inputGradients } = pool([1, 3, 1], layer, [4, 2, 3], [10, 10]);
    expect(outputs).toEqual([3, 3]);
    expect(inputGradients).toEqual([5, 5, 10]);
  });

  test('adds up the gradients of windows that overlap', () => {
    const layer = averagePool([1, 2], { stride: 1 });
    const { outputs, inputGradients } = pool([1, 3, 1], layer, [1, 3, 7], [2, 20]);
    expect(outputs).toEqual([2, 5]);
    expect(inputGradients).toEqual([1, 1 + 10, 10]);
  });
});

describe('global pooling', () => {
  const image = [1, 40, 2, 30, 6, 20, 3, 10]; // 2 × 2 places with two channels

  test('keeps the mean of each channel', () => {
    const { outputs, inputGradients } = pool([2, 2, 2], globalPool(), image, [4, 8]);
    expect(outputs).toEqual([3, 25]);
    expect(inputGradients).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
  });

  test('keeps the largest of each channel', () => {
    const layer = globalPool({ method: 'max' });
    const { outputs, inputGradients } = pool([2, 2, 2], layer, image, [4, 8]);
    expect(outputs).toEqual([6, 40]);
    expect(inputGradients).toEqual([0, 8, 0, 0, 4, 0, 0, 0]);
  });

  test('goes over the positions of a sequence', () => {
    expect(pool([3, 2], globalPool(), [1, 10, 2, 20, 6, 60]).outputs).toEqual([3, 30]);
  });
});

describe('the gradients of pooling are those of its formula', () => {
  const BOTH: readonly [string, (size: number | Pair, options?: PoolOptions) => Layer][] = [
    ['max', maxPool],
    ['average', averagePool],
  ];
  const CASES: readonly [string, number | Pair, PoolOptions][] = [
    ['side by side', 2, {}],
    ['with overlaps', [3, 2], { stride: 1 }],
    ['with gaps', [1, 2], { stride: 3 }],
    ['with the same padding', 3, { padding: 'same' }],
    ['with the same padding and overlaps', 3, { stride: [2, 1], padding: 'same' }],
    ['with a window larger than the image', 7, { stride: 2, padding: 'same' }],
  ];
  test.each(
    BOTH.flatMap(([name, make]) =>
      CASES.map(([title, ...one]) => [name, title, make, ...one] as const),
    ),
  )('%s, %s', (_name, _title, make, size, options) => {
    const before = conv2d(2, 1, { activation: 'tanh' });
    const layers = [before, make(size, options), flatten(), dense(2)];
    expect(gradientError({ input: [5, 4, 2], layers })).toBeLessThan(MOST);
  });

  test.each(['max', 'average'] as const)('%s of all', (method) => {
    const layers = [conv2d(3, 2, { activation: 'tanh' }), globalPool({ method }), dense(2)];
    expect(gradientError({ input: [4, 3, 2], layers })).toBeLessThan(MOST);
  });
});

describe('the shape of a pool', () => {
  const outputOf = (input: Shape, layer: Layer) =>
    planNetwork(network({ input, layers: [layer] })).layers[0].output;

  test('has a place for each window', () => {
    expect(outputOf([10, 11, 3], maxPool(2))).toEqual([5, 5, 3]);
    expect(outputOf([10, 11, 3], averagePool([3, 2], { stride: [2, 3] }))).toEqual([4, 4, 3]);
    expect(outputOf([10, 11, 3], maxPool(2, { padding: 'same' }))).toEqual([5, 6, 3]);
    expect(outputOf([10, 11, 3], globalPool())).toEqual([3]);
  });

  test('is refused where there is none', () => {
    expect(() => outputOf([10, 3], maxPool(2))).toThrow('layers[0] (max-pool) takes images of');
    expect(() => outputOf([1, 9, 1], averagePool(2))).toThrow(
      "layers[0] (average-pool) has a window of 2 × 2, more than an input of shape 1 × 9 × 1. Take padding: 'same', or a smaller one.",
    );
    expect(() => outputOf([9], globalPool())).toThrow('layers[0] (global-pool) takes places');
  });
});

test('pools are complete in JSON', () => {
  const maximum = { kind: 'max-pool', size: [2, 2], stride: [2, 2], padding: 'valid' };
  expect(maxPool(2)).toEqual(maximum);
  expect(averagePool([3, 2], { stride: 1, padding: 'same' })).toEqual({
    kind: 'average-pool',
    size: [3, 2],
    stride: [1, 1],
    padding: 'same',
  });
  expect(globalPool()).toEqual({ kind: 'global-pool', method: 'average' });
  const layers = [{ kind: 'max-pool', size: 2 } as never];
  expect(network({ input: [4, 4, 1], layers }).layers).toEqual([maximum]);
});

test.each<[string, () => unknown, string]>([
  ['a window of 0', () => maxPool(0), 'maxPool: size must be an integer of at least 1, got 0.'],
  ['no window', () => maxPool(undefined as never), 'maxPool: size must be an integer of at least'],
  ['half a stride', () => maxPool(2, { stride: 0.5 }), 'maxPool: stride must be an integer'],
  ['a typo', () => averagePool(2, { strid: 1 } as never), 'Did you mean "stride"?'],
  ['full padding', () => averagePool(2, { padding: 'full' as never }), 'averagePool: padding'],
  ['the sum', () => globalPool({ method: 'sum' as never }), 'globalPool: method must be one of'],
])('a pool is refused with %s', (_, make, message) => {
  expect(make).toThrow(message);
});
