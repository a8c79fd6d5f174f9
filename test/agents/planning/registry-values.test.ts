import { expect, test } from 'vitest';
import {
  averageRewardOfPolicies,
  finiteWorlds,
  testAverageRewards,
  testOptimalValues,
} from '../../helpers/registry-values.ts';

const MOST_OUTCOMES = 20_000; // the larger worlds are in test/long

const worlds = finiteWorlds();
const small = worlds.filter(({ model }) => model.nextState.length <= MOST_OUTCOMES);

test('most finite worlds of the registry are small', () => {
  expect(worlds.length).toBeGreaterThan(20);
  expect(small.length).toBeGreaterThan(worlds.length - 6);
});

testOptimalValues(small, [0, 0.9, 0.99, 1]);

// Where sweeps hardly settle: a hundred steps of waiting, then all at once.
testAverageRewards(small.filter(({ id }) => id !== 'DiscountingChainTabular-v0'));

test('policy iteration finds the best average reward in most worlds', () => {
  expect(
    small.filter(({ model }) => averageRewardOfPolicies(model) !== null).length,
  ).toBeGreaterThan(15);
});
