import { describe, expect, test } from 'vitest';
import { evaluateAverageReward } from '../../../agents/planning/evaluate-average-reward.ts';
import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { expectModel } from '../../../agents/planning/expected-model.ts';
import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import { relativeValueIteration } from '../../../agents/planning/relative-value-iteration.ts';
import { accessControl } from '../../../envs/tabular/access-control.ts';
import { cliffWalking } from '../../../envs/tabular/cliff-walking.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { gamblersProblem } from '../../../envs/tabular/gamblers-problem.ts';
import { jacksCarRental } from '../../../envs/tabular/jacks-car-rental.ts';
import { gridworld4x4, gridworld5x5 } from '../../../envs/tabular/small-gridworlds.ts';
import { taxi } from '../../../envs/tabular/taxi.ts';
import { modelOf, printed } from '../../envs/solve.ts';
import { distance } from '../../helpers/exact-values.ts';
import { JACKS_STATES, JACKS_VALUES, METHODS } from '../../helpers/planning.ts';

// Numbers with many digits are from: python bench/peers/known_values.py. The others are printed in
// Sutton & Barto (2018), or follow from a line of arithmetic.

/** The chance of each action is the same in every state. */
function evenPolicy(numStates: number, numActions: number): Float64Array {
  return new Float64Array(numStates * numActions).fill(1 / numActions);
}

describe('the values of a policy', () => {
  test('Example 4.1: the random policy, figure 4.1', () => {
    const { values } = evaluatePolicy(modelOf(gridworld4x4()), evenPolicy(16, 4), { discount: 1 });
    expect(printed(values, 4)).toEqual([
      '0.0 -14.0 -20.0 -22.0',
      '-14.0 -18.0 -20.0 -20.0',
      '-20.0 -20.0 -18.0 -14.0',
      '-22.0 -20.0 -14.0 0.0',
    ]);
    // Exercise 4.1: q(11, down) = −1, for state 11 is above the corner; q(7, down) = −1 − 14.
    const { actionValues } = evaluatePolicy(modelOf(gridworld4x4()), evenPolicy(16, 4), {
      discount: 1,
    });
    expect(actionValues[11 * 4 + 2]).toBeCloseTo(-1, 12);
    expect(actionValues[7 * 4 + 2]).toBeCloseTo(-15, 12);
  });

  test('Example 3.5: the random policy, figure 3.2', () => {
    const policy = evenPolicy(25, 4);
    const { values } = evaluatePolicy(modelOf(gridworld5x5()), policy, { discount: 0.9 });
    expect(printed(values, 5)).toEqual([
      '3.3 8.8 4.4 5.3 1.5',
      '1.5 3.0 2.3 1.9 0.5',
      '0.1 0.7 0.7 0.4 -0.4',
      '-1.0 -0.4 -0.4 -0.6 -1.2',
      '-1.9 -1.3 -1.2 -1.4 -2.0',
    ]);
  });
});

describe.each(METHODS)('the best values by %s', (_, solve) => {
  const options = { discount: 1, tolerance: 1e-12 };

  test('of the frozen lake: the goal is reached with the chance 14/17', () => {
    const { values } = solve(modelOf(frozenLake()), options);
    expect(Math.abs(values[0] - 14 / 17)).toBeLessThan(1e-9);
  });

  test('of the cliff: 13 steps, and one fewer from the cell above the start', () => {
    const { values, errorBound } = solve(modelOf(cliffWalking()), options);
    expect([values[36], values[24]]).toEqual([-13, -12]);
    expect(errorBound).toBeLessThan(1e-11);
  });

  // 2379 over 300 starts: by dynamic programming on the P of Gymnasium's Taxi-v4.
  test('of the taxi: 7.93 on average, from 3 to 15', () => {
    const model = modelOf(taxi());
    const { values } = solve(model, options);
    const starts = [...values].filter((_, state) => model.startDistribution[state] > 0);
    expect(starts.reduce((sum, value) => sum + value, 0)).toBe(2379);
    expect([Math.min(...starts), Math.max(...starts)]).toEqual([3, 15]);
  });

  test('of the gambler: those of bold play, with a bound on their error', () => {
    const { values, errorBound } = solve(modelOf(gamblersProblem()), options);
    expect(Math.abs(values[50] - 0.4)).toBeLessThan(1e-9);
    expect(Math.abs(values[25] - 0.16)).toBeLessThan(1e-9);
    expect(Math.abs(values[75] - 0.64)).toBeLessThan(1e-9);
    expect(errorBound).toBeLessThan(1e-9);
  });
});

describe('the best values', () => {
  test('of the frozen lake, to the last digits, by policy iteration', () => {
    const { values } = policyIteration(modelOf(frozenLake()), { discount: 1 });
    expect(values[0]).toBeCloseTo(14 / 17, 14);
  });

  test.each(JACKS_VALUES)(
    'of Jack’s car rental, modified %s, from a policy that moves nothing',
    (modified, expected) => {
      const still = new Int32Array(441).fill(5);
      const plan = policyIteration(modelOf(jacksCarRental({ modified })), { discount: 0.9 }, still);
      JACKS_STATES.forEach((state, i) => {
        expect(plan.values[state]).toBeCloseTo(expected[i], 9);
      });
      if (!modified) expect(plan.iterations).toBe(5); // figure 4.2: π₀ … π₄
      expect(plan.errorBound).toBeLessThan(1e-9);
    },
  );

  // The others take seconds where any state can follow any other: see test/long.
  test('of Jack’s car rental, by the methods that are quick there', () => {
    const model = expectModel(modelOf(jacksCarRental()));
    const [[, expected]] = JACKS_VALUES;
    for (const [name, solve] of METHODS) {
      if (!/two arrays|modified/.test(name)) continue;
      const { values } = solve(model, { discount: 0.9, tolerance: 1e-12 });
      const found = JACKS_STATES.map((state) => values[state]);
      expect(distance(found, expected), name).toBeLessThan(1e-9);
    }
  });
});

describe('the average reward', () => {
  test('of access control: 2.7476, with the thresholds that are known', () => {
    const model = modelOf(accessControl());
    const plan = relativeValueIteration(model);
    expect(plan.averageReward).toBeCloseTo(2.747641950572538, 9);
    expect(plan.errorBound).toBeLessThan(1e-10);
    const acceptsFrom = [0, 1, 2, 3].map((kind) => {
      const free = Array.from({ length: 10 }, (_, i) => i + 1);
      return free.find((count) => plan.policy[count * 4 + kind] === 1) ?? null;
    });
    expect(acceptsFrom).toEqual([null, 4, 1, 1]);
    const { averageReward, values, residual } = evaluateAverageReward(model, plan.policy);
    expect(averageReward).toBeCloseTo(2.747641950572538, 12);
    expect(residual).toBeLessThan(1e-11);
    for (let state = 0; state < 44; state++)
      expect(plan.values[state]).toBeCloseTo(values[state], 8);
  });

  test('of the 5x5 grid: 10 in five steps, though all go round in circles', () => {
    const model = modelOf(gridworld5x5());
    expect(relativeValueIteration(model).averageReward).toBeCloseTo(2, 9);
  });

  test('of episodes, one after the other: −13 in 13 steps along the cliff', () => {
    expect(relativeValueIteration(modelOf(cliffWalking())).averageReward).toBeCloseTo(-1, 9);
    const town = relativeValueIteration(modelOf(taxi()));
    const { averageReward: exact } = evaluateAverageReward(modelOf(taxi()), town.policy);
    expect(town.averageReward).toBeCloseTo(exact, 9);
    // By the shortest ways: 2379 / (300 · 21 − 2379) = 0.6067, for each return is 21 less the steps.
    expect(exact).toBeCloseTo(2379 / (300 * 21 - 2379), 9);
  });
});
