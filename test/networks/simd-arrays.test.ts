import { describe, expect, test } from 'vitest';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { KernelComparison } from '../helpers/kernel-comparison.ts';

const SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 64, 257];
const WIDTHS = [1, 2, 3, 4, 5, 7, 8, 9, 33];

describe.each(['portable', 'fast'] as const)('arrays, %s', (build) => {
  const comparison = new KernelComparison(build, 2000);
  const [x, y, z] = [1, 501, 1002].map((place) => comparison.begin + place);

  test.each(SIZES)('of %i numbers are filled, copied, added and multiplied', (n) => {
    comparison.draw();
    comparison.expectSame('addScaled', [-0.7, x, y, n]);
    comparison.expectSame('multiplyElements', [x, y, z, n, 0]);
    comparison.expectSame('multiplyElements', [x, y, z, n, 1]);
    comparison.expectSame('approach', [0.005, x, y, n], { relative: 0, absolute: 0 });
    comparison.expectSame('fill', [y, 1.5, n]);
    comparison.expectSame('copy', [x, z, n]);
    comparison.expectSame('copy', [x, x + 3, n]); // they overlap
    comparison.expectSame('copy', [x + 3, x, n]);
  });

  test.each(WIDTHS)('rows of %i numbers are copied and summed', (width) => {
    for (const rows of [1, 2, 5, 10]) {
      comparison.draw();
      comparison.expectSame('copyRows', [x, width + 2, y, width + 3, width, rows, 0]);
      comparison.expectSame('copyRows', [x, width, y, width + 1, width, rows, 1]);
      comparison.expectSame('addRow', [x, y, width, rows]);
      comparison.expectSame('addColumnSums', [x, y, width, rows], { absolute: 1e-5 });
    }
  });
});

describe.each(['portable', 'fast'] as const)('activations, %s', (build) => {
  const comparison = new KernelComparison(build, 40_004);
  const { begin, numbers } = comparison;
  const N = 10_001;
  const [y, dy, dx] = [N, 2 * N, 3 * N].map((place) => begin + place);

  const drawn = Float32Array.from({ length: 260 }, () => comparison.rng.normal());

  test.each(ACTIVATIONS)('%s is its formula to a few units in the last place', (activation) => {
    const code = ACTIVATIONS.indexOf(activation);
    // GELU of the reference cancels where Φ is small.
    const tolerance = { relative: 1e-6, absolute: activation === 'gelu' ? 2e-12 : 1e-37 };
    for (const most of [0.01, 1, 10, 80]) {
      for (let i = 0; i < N; i++) numbers[i] = most * ((2 * i) / (N - 1) - 1);
      comparison.expectSame('activate', [code, begin, y, N], tolerance);
    }
  });

  test.each(ACTIVATIONS)('the slope of %s is its formula', (activation) => {
    const code = ACTIVATIONS.indexOf(activation);
    for (const most of [0.01, 1, 10, 80]) {
      for (let i = 0; i < N; i++) numbers[i] = most * ((2 * i) / (N - 1) - 1);
      numbers.fill(1, 2 * N, 3 * N);
      comparison.expectSame('activate', [code, begin, y, N], { absolute: 1e-4 });
      comparison.expectSame('activateBackward', [code, begin, y, dy, dx, N], { absolute: 1e-6 });
    }
  });

  test.each(ACTIVATIONS)('%s takes arrays of any length, and works in place', (activation) => {
    const code = ACTIVATIONS.indexOf(activation);
    for (const n of SIZES) {
      for (const at of [0, N, 2 * N, 3 * N]) numbers.set(drawn, at);
      comparison.expectSame('activate', [code, begin + 1, begin + 1, n]);
      comparison.expectSame('activateBackward', [code, begin, y, dy, dy, n], { relative: 3e-6 });
    }
  });

  test.each(ACTIVATIONS)('%s of no number and of infinity is as by its formula', (activation) => {
    numbers.set([NaN, Infinity, -Infinity, 0, 1e30, -1e30, 200, -200, NaN]);
    comparison.expectSame('activate', [ACTIVATIONS.indexOf(activation), begin, y, 9]);
    expect(numbers[N]).toBe(NaN);
  });
});
