import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atomValue, categoricalLoss } from '../../networks/losses/categorical.ts';
import { projectReturns } from '../../networks/losses/project-returns.ts';

const SUPPORT = categoricalLoss({ atoms: 5, low: 0, high: 4 });

function project(
  rewards: readonly number[],
  discounts: readonly number[],
  probabilities: readonly number[],
): number[] {
  const projected = new Float64Array(probabilities.length).fill(Number.NaN);
  projectReturns(SUPPORT, rewards, discounts, Float64Array.from(probabilities), projected);
  return [...projected];
}

describe('the projected distribution of r + γ Z, with atoms at 0, 1, 2, 3, 4', () => {
  test('moves by the reward', () => {
    expect(project([1], [1], [0.5, 0.5, 0, 0, 0])).toEqual([0, 0.5, 0.5, 0, 0]);
  });

  test('shares what lies between two atoms', () => {
    // 2 → 0.25 + ½ · 2 = 1.25
    expect(project([0.25], [0.5], [0, 0, 1, 0, 0])).toEqual([0, 0.75, 0.25, 0, 0]);
  });

  test('gathers beyond the ends at the ends', () => {
    expect(project([3], [1], [0, 0.5, 0.25, 0.25, 0])).toEqual([0, 0, 0, 0, 1]);
    expect(project([-3], [1], [0, 0.5, 0, 0, 0.5])).toEqual([0.5, 0.5, 0, 0, 0]);
  });

  test('is the reward alone where the episode terminated', () => {
    expect(project([1.5], [0], [0.2, 0.2, 0.2, 0.2, 0.2])).toEqual([
      0,
      expect.closeTo(0.5, 12),
      expect.closeTo(0.5, 12),
      0,
      0,
    ]);
  });

  test('is made row by row', () => {
    const twice = project([1, 0], [1, 1], [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(twice).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('needs arrays of one length', () => {
    expect(() => project([1], [1, 1], [1, 0, 0, 0, 0])).toThrow('discounts must have length 1');
    expect(() => project([1], [1], [1, 0])).toThrow('probabilities must have length 5, got 2.');
    const five = new Float64Array(5);
    expect(() => projectReturns(SUPPORT, [1], [1], five, new Float64Array(4))).toThrow(
      'projected must have length 5, got 4.',
    );
  });
});

test('the projection keeps the mass, and the mean of what stays within', () => {
  fc.assert(
    fc.property(
      fc.record({
        atoms: fc.integer({ min: 2, max: 60 }),
        low: fc.double({ min: -50, max: 0, noNaN: true }),
        width: fc.double({ min: 0.1, max: 100, noNaN: true }),
        discount: fc.double({ min: 0, max: 1, noNaN: true }),
        reward: fc.double({ min: -1, max: 2, noNaN: true }), // in widths
        seeds: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
          minLength: 60,
          maxLength: 60,
        }),
      }),
      ({ atoms, low, width, discount, reward, seeds }) => {
        const support = categoricalLoss({ atoms, low, high: low + width });
        const total = seeds.slice(0, atoms).reduce((sum, p) => sum + p, 0);
        const probabilities = Float64Array.from(seeds.slice(0, atoms), (p) => p / total);
        const projected = new Float64Array(atoms);
        const r = reward * width;
        projectReturns(support, [r], [discount], probabilities, projected);
        const meanOf = (distribution: Float64Array, value: (i: number) => number) =>
          distribution.reduce((sum, p, i) => sum + p * value(i), 0);
        const clipped = (i: number) =>
          Math.max(low, Math.min(low + width, r + discount * atomValue(support, i)));
        expect(projected.every((p) => p >= 0)).toBe(true);
        expect(meanOf(projected, () => 1)).toBeCloseTo(1, 10);
        expect(meanOf(projected, (i) => atomValue(support, i))).toBeCloseTo(
          meanOf(probabilities, clipped),
          8,
        );
      },
    ),
  );
});
