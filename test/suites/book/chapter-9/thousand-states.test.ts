import { describe, expect, test } from 'vitest';
import { solveWalk, sumByGroup } from '../../../../suites/book/chapter-9/thousand-states.ts';
import { valueError } from '../../../../suites/book/chapter-9/value-error.ts';

describe('the walk over 1000 states', () => {
  const { values, distribution } = solveWalk();

  test('has the values and the distribution of NumPy', () => {
    // bench/peers/book/chapter_9.py, solution()
    expect(values[1]).toBeCloseTo(-0.9219604605455645, 10);
    expect(values[1000]).toBeCloseTo(0.9219604605455636, 10);
    expect(distribution[500]).toBeCloseTo(0.013692348308814477, 12);
    expect(distribution[1]).toBeCloseTo(0.00014713449315043365, 12);
    expect(distribution.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect([distribution[0], distribution[1001]]).toEqual([0, 0]);
  });

  test('is summed by groups from left to right', () => {
    expect([...sumByGroup(4, (state) => state)]).toEqual([31375, 93875, 156375, 218875]);
  });

  test('has as value error the sum over its states', () => {
    const features = { kind: 'fourier', order: 2, scaled: false, low: [0], high: [1000] } as const;
    const weights = Float64Array.of(0.1, -0.7, 0.2);
    let sum = 0;
    for (let state = 1; state <= 1000; state++) {
      const angle = (Math.PI * state) / 1000;
      const estimate = 0.1 - 0.7 * Math.cos(angle) + 0.2 * Math.cos(2 * angle);
      sum += distribution[state] * (values[state] - estimate) ** 2;
    }
    expect(valueError(features)(weights)).toBeCloseTo(Math.sqrt(sum), 12);
  });
});
