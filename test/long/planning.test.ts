import { describe, expect, test } from 'vitest';
import { jacksCarRental } from '../../envs/tabular/jacks-car-rental.ts';
import { modelOf } from '../envs/solve.ts';
import { JACKS_STATES, JACKS_VALUES, METHODS } from '../helpers/planning.ts';
import { finiteWorlds, testAverageRewards, testOptimalValues } from '../helpers/registry-values.ts';

const MOST_OUTCOMES = 20_000; // the smaller worlds are in test/agents/planning
const SLOW_OUTCOMES = 1_000_000; // Jack's, where with 0.99 rounding alone is worth 1e-8

const large = finiteWorlds().filter(({ model }) => model.nextState.length > MOST_OUTCOMES);

testOptimalValues(large, [0.9]);
testOptimalValues(
  large.filter(({ model }) => model.nextState.length < SLOW_OUTCOMES),
  [0.99, 1],
);
testAverageRewards(large);

describe.each(JACKS_VALUES)('Jack’s car rental, modified %s', (modified, expected) => {
  test.each(METHODS)('has the known values by %s', (_, solve) => {
    const plan = solve(modelOf(jacksCarRental({ modified })), { discount: 0.9, tolerance: 1e-12 });
    JACKS_STATES.forEach((state, i) => {
      expect(Math.abs(plan.values[state] - expected[i])).toBeLessThan(1e-9);
    });
  });
});
