import { describe, expect, test } from 'vitest';
import { referenceKernels } from '../../networks/reference/kernels.ts';
import { KernelComparison } from '../helpers/kernel-comparison.ts';

const SIZES = [1, 2, 3, 4, 5, 7, 8, 33];
const NONE = -1;

describe.each(['portable', 'fast'] as const)('steps of optimizers, %s', (build) => {
  const comparison = new KernelComparison(build, 300);
  const { begin, numbers } = comparison;
  // Parameters, gradients, and three things that an optimizer remembers: not all at a multiple of 4.
  const [p, g, a, b, c] = [1, 51, 100, 152, 203].map((place) => begin + place);

  function draw(): void {
    comparison.draw();
    for (let i = 100; i < 300; i++) numbers[i] = Math.abs(numbers[i]); // squares
  }

  test.each(SIZES)('move %i parameters, and leave gradients of 0', (n) => {
    const tolerance = { relative: 2e-6, absolute: 1e-6 };
    for (const velocities of [NONE, a]) {
      draw();
      comparison.expectSame('stepSgd', [p, g, velocities, n, 0.1, 0.9, 0], tolerance);
      expect([...numbers.subarray(51, 51 + n)].every((x) => x === 0)).toBe(true);
    }
    draw();
    comparison.expectSame('stepSgd', [p, g, a, n, 0.1, 0.9, 1], tolerance);
    draw();
    comparison.expectSame('stepAdagrad', [p, g, a, n, 0.1, 0.2], tolerance);
    for (const means of [NONE, b]) {
      for (const velocities of [NONE, c]) {
        draw();
        for (let i = 0; i < n; i++) numbers[152 + i] *= 0.1; // |m| below √s
        const memory = [a, means, velocities] as const;
        for (const [inner, outer] of [
          [0.01, 0],
          [0, 0.01],
        ]) {
          const rates = [0.1, 0.05, 0.9, inner, outer] as const;
          comparison.expectSame('stepRmsprop', [p, g, ...memory, n, ...rates], { absolute: 2e-5 });
        }
      }
    }
    draw();
    comparison.expectSame('stepAdadelta', [p, g, a, b, n, 1, 0.1, 0.2], tolerance);
    for (const largest of [NONE, c]) {
      draw();
      const rates = [0.1, 0.001, 0.01, 1.5, 0.2, 0.999] as const;
      comparison.expectSame('stepAdam', [p, g, a, b, largest, n, ...rates], tolerance);
    }
  });

  test('a centred average that is less than the squared mean counts as 0', () => {
    draw();
    numbers.fill(0.25, 100, 104);
    numbers.fill(10, 152, 156);
    comparison.expectSame('stepRmsprop', [p, g, a, b, NONE, 4, 0.1, 0, 0, 0, 1]);
  });

  test.each(SIZES)('penalties, clipping and scaling of %i numbers', (n) => {
    draw();
    numbers[1] = 0; // its sign is 0
    comparison.expectSame('addPenalties', [p, g, n, 0.1, 0.02]);
    comparison.expectSame('addPenalties', [p, g, n, 0, 0.02]);
    numbers[51] = NaN;
    comparison.expectSame('clipValues', [g, 0.5, n]);
    expect(numbers[51]).toBe(NaN);
    comparison.expectSame('scaleBy', [a, -0.7, n]);
  });

  test('a squared norm has the same bits as the reference in float64', () => {
    for (let n = 0; n <= 40; n++) {
      draw();
      const exact = { numbers: new Float64Array(begin + 300) };
      exact.numbers.set(numbers, begin);
      referenceKernels(exact).squaredNorm(p, a, n);
      comparison.engine.kernels.squaredNorm(p, a, n);
      expect(numbers[100]).toBe(Math.fround(exact.numbers[begin + 100]));
    }
  });
});
