import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { hashBytes } from '../../core/hash.ts';
import { initialize } from '../../networks/initialize.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { type NetworkPlan, planNetwork } from '../../networks/plan.ts';
import {
  type InitializerOptions,
  resolveInitializer,
} from '../../networks/specification/initializer.ts';
import { network } from '../../networks/specification/network-specification.ts';
import type { Shape } from '../../networks/specification/shape.ts';

/** The draws for one tensor. */
function draw(
  initializer: InitializerOptions,
  shape: Shape,
  [fanIn, fanOut]: readonly [number, number],
  seed = 1,
): Float64Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const start = { initializer: resolveInitializer('test', initializer), fanIn, fanOut };
  const entry = { ...start, name: 'weights', shape, offset: 0, size };
  const values = new Float64Array(size);
  initialize({ parameters: [entry] } as unknown as NetworkPlan, values, new Alea(seed));
  return values;
}

function moments(values: Float64Array) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const about = (power: number) =>
    values.reduce((sum, x) => sum + (x - mean) ** power, 0) / values.length;
  const deviation = Math.sqrt(about(2));
  return { mean, deviation, kurtosis: about(4) / deviation ** 4 };
}

// A convolution of 3 × 3 over 20 channels with 50 filters: 180 and 450.
const SHAPE = [3, 3, 20, 50];
const FANS = [180, 450] as const;
const { sqrt } = Math;

describe('constants', () => {
  test('are what they are', () => {
    expect([...draw('zeros', [2], [2, 2])]).toEqual([0, 0]);
    expect([...draw({ kind: 'constant', value: -3 }, [2], [2, 2])]).toEqual([-3, -3]);
    expect([...draw('constant', [2], [2, 2])]).toEqual([0, 0]);
  });
});

describe('uniform draws fill ± their limit', () => {
  test.each<[InitializerOptions, number]>([
    ['uniform', 0.05],
    [{ kind: 'uniform', limit: 3 }, 3],
    ['xavier-uniform', sqrt(6 / (180 + 450))],
    [{ kind: 'xavier-uniform', gain: 2 }, 2 * sqrt(6 / (180 + 450))],
    ['he-uniform', sqrt(6 / 180)],
    [{ kind: 'he-uniform', gain: 0.5 }, 0.5 * sqrt(6 / 180)],
    ['fan-in-uniform', 1 / sqrt(180)],
    [{ kind: 'fan-in-uniform', gain: 4 }, 4 / sqrt(180)],
  ])('%j', (initializer, limit) => {
    const values = draw(initializer, SHAPE, FANS);
    const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.999 * limit);
    const { mean, deviation, kurtosis } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(0.03 * limit); // 5 standard errors of 9,000 draws
    expect(Math.abs(deviation / (limit / sqrt(3)) - 1)).toBeLessThan(0.03);
    expect(kurtosis).toBeCloseTo(1.8, 1);
  });
});

describe('normal draws have their deviation', () => {
  test.each<[InitializerOptions, number]>([
    ['normal', 0.05],
    [{ kind: 'normal', deviation: 3 }, 3],
    ['xavier-normal', sqrt(2 / (180 + 450))],
    [{ kind: 'xavier-normal', gain: 2 }, 2 * sqrt(2 / (180 + 450))],
    ['he-normal', sqrt(2 / 180)],
    [{ kind: 'he-normal', gain: 0.5 }, 0.5 * sqrt(2 / 180)],
  ])('%j', (initializer, expected) => {
    const { mean, deviation, kurtosis } = moments(draw(initializer, SHAPE, FANS));
    expect(Math.abs(mean)).toBeLessThan(0.05 * expected);
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.04);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.25);
  });
});

describe('an orthogonal matrix', () => {
  /** Of rows, if there are fewer, or columns: entry i, j is their product. */
  function gram(values: Float64Array, rows: number, columns: number): number[][] {
    const byRows = rows < columns;
    const [count, length] = byRows ? [rows, columns] : [columns, rows];
    const at = (i: number, k: number) => values[byRows ? i * columns + k : k * columns + i];
    return Array.from({ length: count }, (_, i) =>
      Array.from({ length: count }, (_, j) => {
        let sum = 0;
        for (let k = 0; k < length; k++) sum += at(i, k) * at(j, k);
        return sum;
      }),
    );
  }

  test.each<[Shape, number, number]>([
    [[30, 30], 30, 30],
    [[40, 7], 40, 7],
    [[5, 60], 5, 60],
    [[3, 3, 4, 8], 36, 8], // all but the last axis together
    [[1, 1, 4, 8], 4, 8],
    [[6], 1, 6],
  ])('of shape %j has products of 0 and 1', (shape, rows, columns) => {
    gram(draw('orthogonal', shape, [rows, columns]), rows, columns).forEach((line, i) => {
      line.forEach((product, j) => {
        expect(product).toBeCloseTo(i === j ? 1 : 0, 14);
      });
    });
  });

  test('is scaled by its gain', () => {
    const [[product]] = gram(draw({ kind: 'orthogonal', gain: 3 }, [9, 4], [9, 4]), 9, 4);
    expect(product).toBeCloseTo(9, 13);
  });

  test('points anywhere: its entries have mean 0 and mean square 1 / n', () => {
    const { mean, deviation } = moments(draw('orthogonal', [100, 100], [100, 100]));
    expect(Math.abs(mean)).toBeLessThan(0.005);
    expect(deviation).toBeCloseTo(0.1, 3);
  });
});

test('the fans of a layer are what one output sums over, and what one input goes to', () => {
  const fans = (input: Shape, layer: Layer) =>
    planNetwork(network({ input, layers: [layer] })).parameters.map((entry) => [
      entry.fanIn,
      entry.fanOut,
    ]);
  const denseFans = [3, 5];
  expect(fans([3], dense(5))).toEqual([denseFans, denseFans]); // weights and bias
  const convFans = [3 * 2 * 4, 3 * 2 * 7];
  expect(fans([9, 9, 4], conv2d(7, [3, 2]))).toEqual([convFans, convFans]);
});

describe('draws', () => {
  const plan = planNetwork(
    network({
      input: [6],
      layers: [
        dense(5, { activation: 'relu' }),
        dense(4, { initializer: 'orthogonal' }),
        dense(3, { initializer: 'he-normal' }),
      ],
    }),
  );
  const fill = (seed: number, into = new Float32Array(plan.parameterCount)) => {
    initialize(plan, into, new Alea(seed, 'network/parameters'));
    return into;
  };

  test('are the same bits from the same seed, and others from another', () => {
    expect(fill(3)).toEqual(fill(3));
    expect(fill(3)).not.toEqual(fill(4));
    // These very bits, in every JavaScript engine.
    expect(hashBytes(new Uint8Array(fill(3).buffer))).toBe(739252903);
  });

  test('are in float32 those of float64, rounded', () => {
    const wide = new Float64Array(plan.parameterCount);
    initialize(plan, wide, new Alea(3, 'network/parameters'));
    expect(Float32Array.from(wide)).toEqual(fill(3));
  });

  test('cover every parameter, and leave biases at 0', () => {
    const values = fill(3, new Float32Array(plan.parameterCount).fill(Number.NaN));
    for (const { name, offset, size } of plan.parameters) {
      const own = values.subarray(offset, offset + size);
      if (name.endsWith('bias')) expect([...own]).toEqual(new Array(size).fill(0));
      else expect(own.every((x) => x !== 0 && Number.isFinite(x))).toBe(true);
    }
  });
});

describe('an initializer is refused', () => {
  test.each<[unknown, string]>([
    ['xavier', 'weights.kind must be one of zeros, constant,'],
    [3, 'weights must be a name, got 3.'],
    [null, 'weights must be a name, got null.'],
    [{ kind: 'he-normal', gian: 1 }, 'weights: unknown option "gian". Did you mean "gain"?'],
    [{ kind: 'zeros', gain: 1 }, 'weights: unknown option "gain".'],
    [{ kind: 'he-normal', gain: 0 }, 'weights.gain must be a finite number above 0, got 0.'],
    [{ kind: 'normal', deviation: -1 }, 'weights.deviation must be a finite number above 0'],
    [{ kind: 'uniform', limit: Number.NaN }, 'weights.limit must be a finite number above 0'],
    [{ kind: 'constant', value: Number.NaN }, 'weights.value must be a finite number, got NaN.'],
  ])('%j', (options, message) => {
    expect(() => resolveInitializer('weights', options as InitializerOptions)).toThrow(message);
  });
});
