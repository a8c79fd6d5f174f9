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

  test('averages and velocities that die away become 0, below what float32 holds in full', () => {
    const least = 2 ** -126;
    const steps = [
      ['stepSgd', [a], [0.1, 0.9, 0]],
      ['stepRmsprop', [a, b, c], [0.1, 0.1, 0.9, 0.01, 0]],
      ['stepAdadelta', [a, b], [1, 0.1, 0.2]],
      ['stepAdam', [a, b, NONE], [0.1, 0.1, 0.01, 1.5, 0.2, 1]],
    ] as const;
    for (const [name, memory, rates] of steps) {
      const kept = memory.filter((place) => place !== NONE).map((place) => place - begin);
      draw();
      numbers.fill(0, 51, 55); // gradients
      for (const place of kept) numbers.set([1.05 * least, 1.2 * least, 1, Number.NaN], place);
      const step = comparison.engine.kernels[name] as (...numbers: number[]) => void;
      step(p, g, ...memory, 4, ...rates);
      for (const place of kept) {
        const [below, above, far, none] = numbers.subarray(place, place + 4);
        expect([below, none], name).toEqual([0, Number.NaN]); // 0.9 · 1.05 < 1
        expect(above / least, name).toBeCloseTo(0.9 * 1.2, 5);
        expect(far, name).toBeCloseTo(0.9, 6);
      }
      for (const place of kept) numbers.set([-1.05 * least, 1.2 * least, 1, 2], place);
      numbers.fill(0, 51, 55);
      const all = [p, g, ...memory, 4, ...rates] as never;
      comparison.expectSame(name, all, { relative: 1e-6, absolute: 0 });
      for (const place of kept) expect(numbers[place], name).toBe(0);
    }
  });

  test('nothing is left of the averages of Adam long after the last gradient', () => {
    draw();
    const { kernels } = comparison.engine;
    for (let t = 0; t < 110_000; t++) {
      kernels.stepAdam(p, g, a, b, NONE, 5, 0.1, 0.001, 0.001, 1, 1e-8, 1);
    }
    expect([...numbers.subarray(100, 105)]).toEqual([0, 0, 0, 0, 0]);
    expect([...numbers.subarray(152, 157)]).toEqual([0, 0, 0, 0, 0]); // 0.999^110,000 is 10^−48
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
