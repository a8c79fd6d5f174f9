import { describe, expect, test } from 'vitest';
import { drawFromPolicy, writeSoftmax } from '../../../agents/bandits/softmax-policy.ts';
import { Alea } from '../../../core/alea.ts';
import { scriptedRng } from '../../helpers/rng.ts';

function softmax(preferences: readonly number[], temperature: number, mask?: readonly number[]) {
  const policy = new Float64Array(preferences.length);
  const masks = mask && Uint8Array.from(mask);
  const numActions = preferences.length;
  writeSoftmax(Float64Array.from(preferences), 0, temperature, masks, policy, numActions);
  return [...policy];
}

function expectClose(policy: readonly number[], expected: readonly number[]) {
  expect(policy).toHaveLength(expected.length);
  policy.forEach((chance, action) => {
    expect(chance).toBeCloseTo(expected[action], 14);
  });
}

describe('the softmax', () => {
  test('has chances that are exponentials over their sum', () => {
    // e^(ln 1), e^(ln 2), e^(ln 5) of 8
    expectClose(softmax([0, Math.log(2), Math.log(5)], 1), [1 / 8, 2 / 8, 5 / 8]);
    // twice as hot: √1, √4, √9 of 6
    expectClose(softmax([0, Math.log(4), Math.log(9)], 2), [1 / 6, 2 / 6, 3 / 6]);
  });

  test('looks at legal actions alone', () => {
    expectClose(softmax([9, 0, Math.log(3)], 1, [0, 1, 1]), [0, 1 / 4, 3 / 4]);
    expectClose(softmax([1e308, 7, -1e308], 1e-12, [0, 0, 1]), [0, 0, 1]);
  });

  test('never overflows, at temperatures of 1e−12 and values of 1e308', () => {
    expect(softmax([1e308, -1e308, 1e308], 1e-12)).toEqual([0.5, 0, 0.5]);
    expect(softmax([-1e308, -1.7e308], 1e-12)).toEqual([1, 0]);
    expect(softmax([1e308, -1e308], Number.MIN_VALUE)).toEqual([1, 0]);
    expect(softmax([1, 1 + Number.EPSILON], 1e-12)[1]).toBeCloseTo(1 / (1 + Math.exp(-2.22e-4)), 6);
    expectClose(softmax([1e308, -1e308], 1e308), [1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(2))]);
    expectClose(softmax([0, 5, -3], Number.MAX_VALUE), [1 / 3, 1 / 3, 1 / 3]);
  });

  test('is greedy at a temperature of 0, evenly among those that tie', () => {
    expect(softmax([1, 3, 3, 2], 0)).toEqual([0, 0.5, 0.5, 0]);
    expect(softmax([-0, 0], 0)).toEqual([0.5, 0.5]);
  });

  test('takes infinite preferences, and shares evenly where one is NaN', () => {
    expect(softmax([Infinity, 0, Infinity], 1)).toEqual([0.5, 0, 0.5]);
    expect(softmax([-Infinity, 0], 1)).toEqual([0, 1]);
    expect(softmax([-Infinity, -Infinity], 1)).toEqual([0.5, 0.5]);
    expect(softmax([Number.NaN, 0, 5], 1, [1, 1, 0])).toEqual([0.5, 0.5, 0]);
  });

  test('sums to 1, for any values and temperatures', () => {
    const rng = new Alea(3);
    for (let round = 0; round < 3000; round++) {
      const size = 10 ** (rng.below(600) - 300);
      const temperature = 10 ** (rng.below(600) - 300);
      const policy = softmax(
        Array.from({ length: 6 }, () => size * rng.normal()),
        temperature,
      );
      expect(policy.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 14);
    }
  });

  test('of a row leaves the other rows alone', () => {
    const policy = new Float64Array(6).fill(7);
    const preferences = Float64Array.of(1, 2, 0, 0, 3, 4);
    writeSoftmax(preferences, 1, 1, Uint8Array.of(0, 0, 1, 1, 0, 0), policy, 2);
    expect([...policy]).toEqual([7, 7, 0.5, 0.5, 7, 7]);
  });
});

describe('a draw from a policy', () => {
  test('is the action whose share of [0, 1) the draw falls into', () => {
    const policy = Float64Array.of(9, 9, 9, /* row 1: */ 0.25, 0.5, 0.25);
    for (const [draw, action] of [
      [0, 0],
      [0.2499, 0],
      [0.25, 1],
      [0.7499, 1],
      [0.75, 2],
      [0.9999, 2],
    ]) {
      expect(drawFromPolicy(policy, 1, 3, scriptedRng(draw))).toBe(action);
    }
  });

  test('is never one without a chance, not even where rounding leaves a rest', () => {
    expect(
      drawFromPolicy(Float64Array.of(0, 0.5, 0.4999999, 0), 0, 4, scriptedRng(0.9999999)),
    ).toBe(2);
    expect(drawFromPolicy(Float64Array.of(0, 1), 0, 2, scriptedRng(0))).toBe(1);
  });
});
