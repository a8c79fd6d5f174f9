import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { meanInterval, shareInterval, studentQuantile } from '../../suites/statistics.ts';

describe("Student's quantile", () => {
  // From the usual table of t at 97.5%.
  test.each([
    [1, 12.7062],
    [2, 4.30265],
    [3, 3.18245],
    [4, 2.77645],
    [9, 2.26216],
    [10, 2.22814],
    [29, 2.04523],
    [100, 1.98397],
    [1000, 1.96234],
  ])('with %i degrees of freedom is %f', (degrees, expected) => {
    expect(studentQuantile(degrees)).toBeCloseTo(expected, 4);
  });
});

describe('the interval of a mean', () => {
  test('is worked out as by hand', () => {
    // mean 4, variance (4 + 0 + 4) / 2 = 4, error √(4/3), times t(2) = 4.30265
    const { estimate, low, high } = meanInterval([2, 4, 6]);
    const reach = 4.302653 * Math.sqrt(4 / 3);
    expect(estimate).toBe(4);
    expect(low).toBeCloseTo(4 - reach, 5);
    expect(high).toBeCloseTo(4 + reach, 5);
  });

  test('says nothing of the spread of one value, and refuses none', () => {
    expect(meanInterval([3])).toEqual({ estimate: 3, low: -Infinity, high: Infinity });
    expect(() => meanInterval([])).toThrow('the number of values must be an integer of at least 1');
  });

  test('covers the true mean 95 times in 100', () => {
    const rng = new Alea(1);
    let covered = 0;
    for (let i = 0; i < 4000; i++) {
      const { low, high } = meanInterval(Array.from({ length: 5 }, () => rng.normal()));
      if (low <= 0 && high >= 0) covered++;
    }
    expect(Math.abs(covered / 4000 - 0.95)).toBeLessThan(0.014); // 4 standard errors
  });
});

describe('the interval of a share', () => {
  test("is Wilson's", () => {
    // 81 of 263: 0.2553 … 0.3662, the example of Newcombe (1998), method 3.
    const { low, high } = shareInterval(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  test('stays inside [0, 1], and has the share within', () => {
    for (let n = 1; n < 100; n++) {
      expect(shareInterval(0, n).low).toBe(0); // n = 3 gave 3e-17
      expect(shareInterval(n, n).high).toBe(1);
    }
    expect(shareInterval(0, 20).low).toBe(0);
    expect(shareInterval(20, 20).high).toBe(1);
    expect(shareInterval(0, 20).high).toBeCloseTo(0.1611, 4); // Newcombe (1998): 0 of 20
  });

  test('refuses more successes than trials', () => {
    expect(() => shareInterval(3, 2)).toThrow('successes must be between 0 and 2, got 3.');
    expect(() => shareInterval(0, 0)).toThrow('n must be an integer of at least 1');
  });
});
