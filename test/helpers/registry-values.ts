import { describe, expect, test } from 'vitest';
import { averageRewardPolicyIteration } from '../../agents/planning/average-reward-policy-iteration.ts';
import { evaluatePolicy } from '../../agents/planning/evaluate-policy.ts';
import { expectModel } from '../../agents/planning/expected-model.ts';
import { policyIteration } from '../../agents/planning/policy-iteration.ts';
import type { AverageRewardPlan } from '../../agents/planning/relative-value-iteration.ts';
import { relativeValueIteration } from '../../agents/planning/relative-value-iteration.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import { envEntries, makeDynamics } from '../../envs/registry.ts';
import { exactAverageReward } from './exact-average-reward.ts';
import { distance, exactValues } from './exact-values.ts';
import { METHODS } from './planning.ts';

const MOST_STATES = 10_000;
const MOST_DENSE_STATES = 520; // what the slow exact solution can take

/** Every finite world of the registry with at most 10,000 states, by the size of its model. */
export function finiteWorlds(): { id: string; model: TabularModel }[] {
  return envEntries()
    .filter(({ create }) => create !== undefined)
    .map(({ id }) => ({ id, model: makeDynamics(id).model?.() }))
    .flatMap(({ id, model }) => (model && model.numStates <= MOST_STATES ? [{ id, model }] : []));
}

/** Optimal values agree with the exact solution of the linear system of the best policy. */
export function testOptimalValues(
  worlds: readonly { id: string; model: TabularModel }[],
  discounts: readonly number[],
): void {
  describe.each(worlds)('$id', ({ model }) => {
    const expected = expectModel(model);
    const ends = expected.ending.some((chance) => chance > 0);

    test.each(discounts.filter((discount) => discount < 1 || ends))(
      'every method finds the exact optimal values, discount %f',
      (discount) => {
        const best = policyIteration(expected, { discount });
        const exact = evaluatePolicy(expected, best.policy, { discount });
        expect(exact.errorBound).toBeLessThan(1e-9);
        if (model.numStates <= MOST_DENSE_STATES) {
          const dense = exactValues(model, best.policy, discount);
          expect(distance(dense, exact.values)).toBeLessThan(1e-10);
        }
        for (const [name, solve] of METHODS) {
          const plan = solve(expected, { discount, tolerance: 1e-12 });
          const error = distance(plan.values, exact.values);
          expect(error, name).toBeLessThan(1e-9);
          expect(error, name).toBeLessThanOrEqual(plan.errorBound + exact.errorBound);
          const { values } = evaluatePolicy(expected, plan.policy, { discount });
          expect(distance(values, exact.values), `${name}: its policy`).toBeLessThan(1e-9);
        }
      },
    );
  });
}

/**
 * The best average reward is that of the exact solution of the linear system of the best policy, and
 * no action promises more than it.
 */
export function testAverageRewards(worlds: readonly { id: string; model: TabularModel }[]): void {
  test.each(worlds)('the best average reward in $id is exact', ({ model }) => {
    const swept = relativeValueIteration(model, { tolerance: 1e-10 });
    const iterated = averageRewardOfPolicies(model);
    if (iterated === null) return; // policies on the way come to several averages
    expect(Math.abs(swept.averageReward - iterated.averageReward)).toBeLessThan(1e-9);
    expect(iterated.errorBound).toBeLessThan(1e-9);
    if (model.numStates > MOST_DENSE_STATES) return;
    const exact = exactAverageReward(model, iterated.policy);
    expect(Math.abs(iterated.averageReward - exact.averageReward)).toBeLessThan(1e-9);
    for (let row = 0; row < iterated.actionValues.length; row++) {
      const value = iterated.values[Math.floor(row / model.numActions)];
      expect(iterated.actionValues[row]).toBeLessThan(value + 1e-9);
    }
  });
}

/** Policy iteration's plan; `null` where it says that policies on the way come to several averages. */
export function averageRewardOfPolicies(model: TabularModel): AverageRewardPlan | null {
  try {
    return averageRewardPolicyIteration(model);
  } catch (error) {
    expect(String(error)).toContain('so the average reward depends on the start');
    return null;
  }
}
