import { describe, expect, test } from 'vitest';
import { evaluatePolicy } from '../../agents/planning/evaluate-policy.ts';
import { expectModel } from '../../agents/planning/expected-model.ts';
import { policyIteration } from '../../agents/planning/policy-iteration.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import { envEntries, makeDynamics } from '../../envs/registry.ts';
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
  skip: (method: string, model: TabularModel) => boolean = () => false,
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
          if (skip(name, model)) continue;
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
