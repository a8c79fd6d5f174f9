import { describe, expect, test } from 'vitest';
import { ActionValues } from '../../agents/action-values.ts';
import { Alea } from '../../core/alea.ts';
import { scriptedRng } from '../helpers/rng.ts';

function valuesOf(...rows: number[][]): ActionValues {
  const values = new ActionValues(rows.length, rows[0].length);
  values.table.set(rows.flat());
  return values;
}

/** How often each action comes up in `n` draws. */
function frequencies(n: number, numActions: number, draw: () => number): number[] {
  const counts = new Array<number>(numActions).fill(0);
  for (let i = 0; i < n; i++) counts[draw()]++;
  return counts.map((count) => count / n);
}

describe('the greedy action', () => {
  const values = valuesOf([0, 0, 0], [1, 5, 5]);

  test('has the highest value; the lowest action wins a tie', () => {
    expect([values.greedyAction(0), values.greedyAction(1)]).toEqual([0, 1]);
    expect(values.value(1)).toBe(5);
  });

  test('is a legal one, by the mask of the row in the batch', () => {
    const masks = Uint8Array.of(1, 1, 1, /* row 1 of the batch: */ 1, 0, 0);
    expect(values.greedyAction(1, masks, 1)).toBe(0);
    expect(values.value(1, masks, 1)).toBe(1);
    expect(values.greedyAction(1, masks, 0)).toBe(1);
  });

  test('is found below zero and at −∞', () => {
    expect(valuesOf([-3, -2]).greedyAction(0)).toBe(1);
    expect(valuesOf([-Infinity, -Infinity]).greedyAction(0)).toBe(0);
  });

  test('at random is each of those that tie with the same chance', () => {
    const rng = new Alea(1);
    const shares = frequencies(30_000, 3, () => values.greedyActionAtRandom(1, rng));
    expect(shares[0]).toBe(0);
    expect(Math.abs(shares[1] - 0.5)).toBeLessThan(0.015); // 5 standard errors
    const masked = frequencies(1000, 3, () =>
      values.greedyActionAtRandom(0, rng, Uint8Array.of(0, 1, 1)),
    );
    expect(masked[0]).toBe(0);
    expect(masked[1]).toBeGreaterThan(0.4);
    expect(masked[2]).toBeGreaterThan(0.4);
  });

  test('draws nothing where nothing ties', () => {
    expect(valuesOf([1, 2]).greedyActionAtRandom(0, scriptedRng())).toBe(1);
  });
});

describe('the ε-greedy action', () => {
  const values = valuesOf([0, 1, 0, 0]);

  test('is random with probability ε, else greedy', () => {
    const rng = new Alea(2);
    const n = 40_000;
    const shares = frequencies(n, 4, () => values.epsilonGreedyAction(0, 0.4, rng));
    // ε/4 each, and 1 − ε more for the greedy one
    [0.1, 0.7, 0.1, 0.1].forEach((chance, action) => {
      const error = Math.sqrt((chance * (1 - chance)) / n);
      expect(Math.abs(shares[action] - chance)).toBeLessThan(5 * error);
    });
  });

  test('is never an illegal one', () => {
    const rng = new Alea(3);
    const mask = Uint8Array.of(1, 0, 0, 1);
    const shares = frequencies(20_000, 4, () => values.epsilonGreedyAction(0, 1, rng, mask));
    expect([shares[1], shares[2]]).toEqual([0, 0]);
    expect(Math.abs(shares[0] - 0.5)).toBeLessThan(0.02);
  });

  test('has the chances that the policy says', () => {
    expect([...values.epsilonGreedyPolicy(0, 0.4)]).toEqual([0.1, 0.7, 0.1, 0.1]);
    const tied = valuesOf([2, 2, 0]).epsilonGreedyPolicy(0, 0.3);
    expect([...tied].map((x) => Number(x.toFixed(12)))).toEqual([0.45, 0.45, 0.1]);
    const masked = valuesOf([0, 9, 0]).epsilonGreedyPolicy(0, 0.2, Uint8Array.of(1, 0, 1));
    expect([...masked]).toEqual([0.5, 0, 0.5]);
  });

  test('has an expected value, and a chance for each action, as the policy says', () => {
    const mask = Uint8Array.of(1, 0, 1, 1);
    for (const row of [
      [3, 9, 1, 3],
      [0, 1, 0, 0],
      [2, 2, 2, 2],
    ]) {
      const rows = valuesOf([0, 0, 0, 0], row);
      for (const masks of [undefined, Uint8Array.of(0, 0, 0, 1, ...mask)]) {
        for (const epsilon of [0, 0.3, 1]) {
          const policy = rows.epsilonGreedyPolicy(1, epsilon, masks && mask);
          const expected = row.reduce((sum, q, action) => sum + policy[action] * q, 0);
          expect(rows.expectedValue(1, epsilon, masks, 1)).toBeCloseTo(expected, 12);
          policy.forEach((chance, action) => {
            if (masks !== undefined && mask[action] === 0) return;
            const own = rows.epsilonGreedyChance(1, action, epsilon, masks, 1);
            expect(own).toBeCloseTo(chance, 12);
          });
        }
      }
    }
  });
});
