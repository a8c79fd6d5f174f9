import { describe, expect, test } from 'vitest';
import { hashRow } from '../../core/hash.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { type ComparedBuild, KernelComparison } from '../helpers/kernel-comparison.ts';

const PRODUCTS = ['multiply', 'multiplyByTransposed', 'multiplyTransposed'] as const;
const BUILDS: readonly ComparedBuild[] = ['portable', 'fast', 'wide'];
const SMALL = [1, 2, 3, 4, 5, 6, 7, 8, 9];

// Beyond one tile, one panel, one block of rows and one of a sum's numbers.
const LARGE: readonly (readonly [m: number, n: number, k: number])[] = [
  ...([
    [13, 37, 65],
    [33, 31, 257],
    [130, 65, 513],
    [7, 100, 300],
    [1, 70, 300],
  ] as const),
  ...([
    [3, 41, 600],
    [17, 12, 5],
    [129, 20, 40],
    [64, 2, 32],
    [32, 18, 64],
    [260, 9, 70],
    [530, 12, 30],
    [11, 48, 64],
    [70, 25, 33],
  ] as const),
];

describe.each(BUILDS)('products, %s', (build) => {
  const small = new KernelComparison(build, 400);
  const large = new KernelComparison(build, 150_000);

  function compare(
    comparison: KernelComparison,
    product: (typeof PRODUCTS)[number],
    [m, n, k]: readonly [number, number, number],
    [aMore, bMore, cMore]: readonly [number, number, number],
    accumulate: number,
  ): void {
    const { begin } = comparison;
    const aStride = (product === 'multiplyTransposed' ? m : k) + aMore;
    const bStride = (product === 'multiplyByTransposed' ? k : n) + bMore;
    const a = begin + aMore; // so that not all begin at a multiple of 4
    const b = a + aStride * (product === 'multiplyTransposed' ? k : m) + bMore;
    const c = b + bStride * (product === 'multiplyByTransposed' ? n : k) + cMore;
    const cStride = n + cMore;
    const sizes = [m, n, k, a, aStride, b, bStride, c, cStride, accumulate] as const;
    comparison.draw(c + m * cStride - begin + 20);
    comparison.expectSame(product, [...sizes], { absolute: 2e-7 * (k + 4) });
  }

  test.each(PRODUCTS)('%s is right for all small sizes', (product) => {
    for (const m of SMALL) {
      for (const n of SMALL) {
        for (const k of SMALL) {
          compare(small, product, [m, n, k], [0, 0, 0], 0);
          compare(small, product, [m, n, k], [1, 2, 3], 1);
          compare(small, product, [m, n, k], [2, 1, 3], 0);
        }
      }
    }
  });

  test.each(PRODUCTS)('%s is right for larger sizes', (product) => {
    for (const sizes of LARGE) {
      compare(large, product, sizes, [0, 0, 0], 0);
      compare(large, product, sizes, [3, 1, 2], 1);
    }
  });

  test('a sum of no products is 0', () => {
    for (const product of PRODUCTS) {
      compare(small, product, [5, 6, 0], [0, 0, 0], 0);
      compare(small, product, [2, 6, 0], [0, 0, 0], 0);
      compare(small, product, [5, 6, 0], [0, 0, 0], 1);
    }
  });

  test('what lies between rows has no part in a sum, be it NaN', () => {
    const { numbers, begin } = small;
    small.draw();
    numbers.fill(NaN);
    for (const at of [0, 10, 20, 30, 40, 50]) numbers.fill(1, at, at + 5); // rows of A and of B
    for (const [product, b] of [
      ['multiply', 20],
      ['multiplyByTransposed', 20],
    ] as const) {
      const rest = [begin + b, 10, begin + 80, 4, 0] as const;
      small.expectSame(product, [2, 3, 3, begin, 10, ...rest]);
      small.expectSame(product, [4, 3, 2, begin, 10, ...rest]);
    }
    small.expectSame('multiplyTransposed', [2, 3, 3, begin, 10, begin + 20, 10, begin + 80, 4, 0]);
  });

  test('a row has the same bits alone and among others', () => {
    for (const [n, k] of [
      [2, 64],
      [24, 64],
      [64, 64],
      [37, 300],
      [5, 257],
      [100, 700],
    ]) {
      large.draw();
      const { numbers, engine, begin } = large;
      const [a, b, c] = [begin, begin + 40 * k, begin + 40 * k + n * k];
      const result = () => numbers.slice(c - begin, c - begin + n);
      engine.kernels.multiply(1, n, k, a, k, b, n, c, n, 0);
      const alone = result();
      for (const m of [2, 4, 7, 40]) {
        engine.kernels.multiply(m, n, k, a, k, b, n, c, n, 0);
        expect(result()).toEqual(alone);
      }
    }
  });
});

test('wide tiles give the same bits as others', () => {
  const narrow = new KernelComparison('fast', 150_000);
  const wide = new KernelComparison('wide', 150_000);
  for (const product of PRODUCTS) {
    for (const [m, n, k] of LARGE) {
      const aStride = product === 'multiplyTransposed' ? m : k;
      const bStride = product === 'multiplyByTransposed' ? k : n;
      narrow.draw();
      wide.numbers.set(narrow.numbers);
      for (const { begin, engine } of [narrow, wide]) {
        const [b, c] = [begin + m * k, begin + m * k + n * k];
        engine.kernels[product](m, n, k, begin, aStride, b, bStride, c, n, 0);
        engine.kernels[product](m, n, k, begin, aStride, b, bStride, c, n, 1);
      }
      expect(hashRow(wide.numbers), `${product} ${m} ${n} ${k}`).toBe(hashRow(narrow.numbers));
    }
  }
});

describe.each(BUILDS)('a dense layer, %s', (build) => {
  const comparison = new KernelComparison(build, 50_000);
  const { begin } = comparison;
  const SIZES = [
    [1, 1, 1],
    [7, 1, 1],
    [1, 4, 64],
    [1, 64, 2],
    [3, 5, 7],
    [32, 4, 64],
    [32, 64, 2],
    [20, 300, 9],
    [17, 70, 40],
  ];

  test.each(SIZES)('of %i rows, %i inputs and %i outputs goes forward', (rows, inputs, outputs) => {
    const weights = begin + rows * inputs;
    const bias = weights + inputs * outputs;
    const y = bias + outputs;
    for (let code = 0; code < ACTIVATIONS.length; code++) {
      for (const b of [bias, -1]) {
        comparison.draw(y + rows * outputs - begin + 20);
        const args = [rows, inputs, outputs, begin, weights, b, y, code] as const;
        comparison.expectSame('denseForward', [...args], { absolute: 2e-7 * (inputs + 4) });
      }
    }
  });

  test.each(SIZES)(
    'of %i rows, %i inputs and %i outputs goes backward',
    (rows, inputs, outputs) => {
      const weights = begin + rows * inputs;
      const dy = weights + inputs * outputs;
      const weightsGradient = dy + rows * outputs;
      const biasGradient = weightsGradient + inputs * outputs;
      const dx = biasGradient + outputs;
      const tolerance = { absolute: 2e-7 * (rows + outputs + 4) };
      for (const [b, d] of [
        [biasGradient, dx],
        [-1, dx],
        [biasGradient, -1],
        [-1, -1],
      ]) {
        comparison.draw();
        const places = [begin, weights, dy, weightsGradient, b, d] as const;
        comparison.expectSame('denseBackward', [rows, inputs, outputs, ...places], tolerance);
      }
    },
  );

  test('rows of zeros leave the bits of the other rows as they are', () => {
    const [rows, inputs, outputs] = [300, 9, 18];
    const dy = begin + inputs * outputs;
    const dx = dy + rows * outputs;
    const { numbers, engine } = comparison;
    const places = [begin, dy, -1, -1, dx] as const;
    const isFull: readonly ((row: number) => boolean)[] = [
      () => true,
      () => false,
      (row) => row % 2 === 0,
      (row) => row % 2 === 1,
      (row) => row === 17 || row === 290,
      (row) => row < 4 || row > 256,
    ];
    for (const n of [1, 3, 5, rows]) {
      for (const keeps of isFull) {
        comparison.draw(dx + rows * inputs - begin);
        for (let row = 0; row < rows; row++) {
          const first = dy - begin + row * outputs;
          const zeros = keeps(row) ? outputs - 1 - (row % 9) : outputs; // only the last, or more
          numbers.fill(row % 2 === 0 ? 0 : -0, first, first + zeros);
        }
        const product = [n, inputs, outputs, dy, outputs, begin, outputs, dx, inputs, 0] as const;
        engine.kernels.multiplyByTransposed(...product);
        const expected = numbers.slice(dx - begin, dx - begin + rows * inputs);
        numbers.fill(7, dx - begin, dx - begin + n * inputs);
        engine.kernels.denseBackward(n, inputs, outputs, begin, ...places);
        expect(numbers.slice(dx - begin, dx - begin + rows * inputs)).toEqual(expected);
      }
    }
  });
});
