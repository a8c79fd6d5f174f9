import { describe, expect, test } from 'vitest';
import { createTabularModel } from '../../../core/tabular-model.ts';
import { blackjack } from '../../../envs/tabular/blackjack.ts';
import { infiniteVariance } from '../../../envs/tabular/infinite-variance.ts';
import {
  FIGURE_STATES,
  inStates,
  observedValues,
  STICK_ON_20,
  stateOf,
} from '../../../suites/book/chapter-5/blackjack-states.ts';
import { pointsUpTo } from '../../../suites/book/chapter-5/points.ts';
import { secondMoment } from '../../../suites/book/chapter-5/second-moment.ts';
import { modelOf } from '../../../suites/book/model-of.ts';

describe('states of blackjack', () => {
  test('are the 200 of the figures, each once', () => {
    expect(new Set(FIGURE_STATES).size).toBe(200);
    expect(FIGURE_STATES[0]).toBe(stateOf(12, 1, 0));
    expect(FIGURE_STATES[199]).toBe(stateOf(21, 10, 1));
  });

  test('stick on 20 and 21, and also with a natural, which looks like a 21', () => {
    const policy = inStates(modelOf(blackjack()), STICK_ON_20);
    expect([19, 20, 21].map((sum) => policy[stateOf(sum, 5, 1)])).toEqual([1, 0, 0]);
    expect([...policy.subarray(704)]).toEqual(Array(10).fill(0));
  });

  test('a 21 with a usable ace is a natural in 78.2% of the hands that come by one', () => {
    // bench/peers/book/chapter_5.py exact: "share of naturals"
    const model = modelOf(blackjack());
    const isNatural = Float64Array.from({ length: 714 }, (_, state) => (state >= 704 ? 1 : 0));
    const shares = observedValues(model, inStates(model, STICK_ON_20), isNatural);
    for (let card = 1; card <= 10; card++) {
      expect(shares[stateOf(21, card, 1)]).toBeCloseTo(0.7824672148773127, 12);
      expect(shares[stateOf(21, card, 0)]).toBe(0);
    }
    expect(shares[stateOf(3, 1, 0)]).toBeNaN();
  });
});

describe('the second moment of a weighted return', () => {
  test('is the square of the reward over the chance of every action on the way', () => {
    // One step on, then 3 or 1 with the same chance; π is taken with a chance of ½ each time.
    const model = createTabularModel(2, Float64Array.of(1, 0), (state, action) => {
      if (state === 0 && action === 1) {
        return [{ probability: 1, nextState: 1, reward: 0, terminated: false }];
      }
      return [3, 1].map((reward) => {
        return { probability: 0.5, nextState: state, reward, terminated: true };
      });
    });
    const moments = secondMoment(model, Int32Array.of(1, 0), 0.5, 2);
    expect([...moments]).toEqual([2 * 2 * 5, 2 * 5]);
    expect(secondMoment(model, Int32Array.of(1, 0), 0.5, 1)[0]).toBe(0); // it takes two steps
  });

  test('is 0.2 Σ 1.8ᵏ in the example of infinite variance', () => {
    const [moment] = secondMoment(modelOf(infiniteVariance()), Int32Array.of(0), 0.5, 3);
    expect(moment).toBeCloseTo(0.2 * (1 + 1.8 + 1.8 * 1.8), 12);
  });
});

test('points of a logarithmic axis rise, with all powers of ten and the last number among them', () => {
  const points = pointsUpTo(20_000);
  for (const power of [1, 10, 100, 1000, 10_000]) expect(points).toContain(power);
  expect(points.at(-1)).toBe(20_000);
  expect(points.every((point, i) => i === 0 || point > points[i - 1])).toBe(true);
  expect(points.every((point, i) => i < 12 || point < 1.16 * points[i - 1])).toBe(true);
  expect(pointsUpTo(10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
