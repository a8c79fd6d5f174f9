import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import type { Task } from '../task.ts';
import { improvePolicy, roundingOf } from './bellman.ts';
import { boundFacts } from './error-bounds.ts';
import { EVALUATE_POLICY_DEFAULTS, policyValues } from './evaluate-policy.ts';
import { expectModel, type PlanningModel } from './expected-model.ts';
import { completePlan, type Plan } from './plan.ts';
import { Planner } from './planner.ts';
import { properPolicy } from './proper-policy.ts';

/** How to plan. */
export interface PolicyIterationOptions {
  /** γ, in [0, 1]; 1 only where some policy ends from everywhere, or earns nothing any more. Default 0.99. */
  readonly discount?: number;
  /** Policies after which an unfinished plan is an error, at least 1. Default 1,000. */
  readonly maxIterations?: number;
}

/** The options that `policyIteration(model)` stands for. */
export const POLICY_ITERATION_DEFAULTS: Required<PolicyIterationOptions> = {
  discount: 0.99,
  maxIterations: 1000,
};

/**
 * Policy iteration: evaluates a policy exactly, makes it greedy in its values, and so on until it no
 * longer changes. An action is replaced only by one that is better by more than rounding, so ties
 * cannot go round in circles (Exercise 4.4).
 *
 * Without discount it finds the best of the policies that end: it begins with one that does.
 *
 * @param initialPolicy The action of each state, `[numStates]`. Left as it is. If none is given, the
 *   first is one on a shortest way to the end.
 * @param watch Is shown every policy that is evaluated, with its values; the policy is valid until it
 *   returns.
 * @throws RangeError if the initial policy does not fit the model, or an option is unknown or out of
 *   range.
 * @throws Error if the policy still changes after `maxIterations`, or where γ = 1 and a return is
 *   unbounded.
 *
 * Source: Howard (1960); Sutton & Barto (2018), section 4.3, box "Policy Iteration".
 */
export function policyIteration(
  model: PlanningModel,
  options: PolicyIterationOptions = {},
  initialPolicy?: Int32Array,
  watch?: (policy: Int32Array, values: Float64Array) => void,
): Plan {
  const where = 'policyIteration';
  const resolved = resolveOptions(where, POLICY_ITERATION_DEFAULTS, options);
  const { discount, maxIterations } = resolved;
  checkBetween(`${where}: discount`, discount, 0, 1);
  checkInteger(`${where}: maxIterations`, maxIterations, 1);
  const expected = expectModel(model);
  const facts = boundFacts(expected, discount);
  const policy = initialPolicy?.slice() ?? properPolicy(expected);

  let before: Float64Array | null = null;
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    // 2. Policy evaluation
    const linear = { ...EVALUATE_POLICY_DEFAULTS, discount };
    const { values, errorBound, iterations: inner } = policyValues(where, expected, policy, linear);
    watch?.(policy, values);
    // 3. Policy improvement: π(s) ← argmaxₐ Σ p(s′, r | s, a) [r + γ V(s′)]; if π stable, stop
    const slack = 4 * roundingOf(expected, values) + (inner > 0 ? 2 * errorBound : 0);
    const stable =
      (before !== null && !isBetter(values, before, slack)) ||
      improvePolicy(expected, discount, values, policy, slack) === 0;
    if (stable) return completePlan(expected, facts, values, { iterations, sweeps: iterations });
    before = values;
  }
  throw new Error(
    `${where}: the policy still changes after ${maxIterations} iterations. Allow for more.`,
  );
}

/** Whether any value has grown by more than `slack`. */
function isBetter(values: Float64Array, before: Float64Array, slack: number): boolean {
  for (let state = 0; state < values.length; state++) {
    if (values[state] > before[state] + slack) return true;
  }
  return false;
}

/** Policy iteration as an agent: plans in a known model, then acts by the best policy. */
export class PolicyIteration extends Planner<PolicyIterationOptions, Plan> {
  /** @throws RangeError if the world has no model, or an option is unknown or out of range. */
  constructor(task: Task, options: PolicyIterationOptions = {}) {
    const resolved = resolveOptions('PolicyIteration', POLICY_ITERATION_DEFAULTS, options);
    super('policy-iteration', 'PolicyIteration', task, resolved, policyIteration);
  }
}
