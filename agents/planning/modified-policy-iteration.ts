import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Task } from '../task.ts';
import { type Change, roundingOf, size, sweepGreedy, sweepPolicy } from './bellman.ts';
import { boundFacts } from './error-bounds.ts';
import { expectModel, type PlanningModel } from './expected-model.ts';
import { startValues } from './iterative-policy-evaluation.ts';
import {
  checkSweepOptions,
  completePlan,
  distanceLeft,
  hasSettled,
  type Plan,
  unsettled,
} from './plan.ts';
import { Planner } from './planner.ts';

/** How to plan. */
export interface ModifiedPolicyIterationOptions {
  /** γ, in [0, 1]; 1 only where the best policies end, or the values stay bounded. Default 0.99. */
  readonly discount?: number;
  /** m, sweeps that evaluate each policy, at least 0; with 0 it is value iteration. Default 20. */
  readonly evaluationSweeps?: number;
  /**
   * θ, above 0: stop when no value can be further from the true one, or, where no bound is known,
   * when an improvement changes no value by more. Default 1e-10.
   */
  readonly tolerance?: number;
  /** Sweeps after which an unfinished plan is an error, at least 1. Default 1,000,000. */
  readonly maxSweeps?: number;
}

/** The options that `modifiedPolicyIteration(model)` stands for. */
export const MODIFIED_POLICY_ITERATION_DEFAULTS: Required<ModifiedPolicyIterationOptions> = {
  discount: 0.99,
  evaluationSweeps: 20,
  tolerance: 1e-10,
  maxSweeps: 1_000_000,
};

/**
 * Modified policy iteration: makes the policy greedy, evaluates it by a few sweeps only, in place, and
 * so on until the values settle. A sweep of a policy looks at one action a state, not at all of them.
 *
 * @param initialValues V₀, `[numStates]`; 0 if none are given. Left as they are.
 * @throws RangeError if an option is unknown or out of range.
 * @throws Error if the values have not settled after `maxSweeps`.
 *
 * Source: Puterman & Shin (1978), "Modified policy iteration algorithms for discounted Markov decision
 * problems"; Puterman (1994), section 6.5.
 */
export function modifiedPolicyIteration(
  model: PlanningModel,
  options: ModifiedPolicyIterationOptions = {},
  initialValues?: Float64Array,
): Plan {
  const where = 'modifiedPolicyIteration';
  const resolved = resolveOptions(where, MODIFIED_POLICY_ITERATION_DEFAULTS, options);
  const { discount, evaluationSweeps, tolerance, maxSweeps } = resolved;
  checkSweepOptions(where, resolved);
  checkInteger(`${where}: evaluationSweeps`, evaluationSweeps, 0);
  const expected = expectModel(model);
  const facts = boundFacts(expected, discount);
  let values = startValues(where, expected.numStates, initialValues);
  let next: Float64Array = new Float64Array(expected.numStates);
  const policy = new Int32Array(expected.numStates);
  const change: Change = new Float64Array(2);
  const evaluated: Change = new Float64Array(2);

  let sweeps = 0;
  for (let iterations = 1; ; iterations++) {
    // Policy improvement: π(s) ← argmaxₐ q(s, a), V(s) ← maxₐ q(s, a)
    sweepGreedy(expected, discount, values, next, policy, change);
    sweeps++;
    const rounding = roundingOf(expected, values);
    const distance = distanceLeft(facts, change, values, rounding, false);
    [values, next] = [next, values];
    if (distance <= tolerance || hasSettled(facts, change, rounding, false)) {
      return completePlan(expected, facts, values, { iterations, sweeps });
    }
    // Partial policy evaluation: m times V(s) ← q(s, π(s))
    for (let m = 0; m < evaluationSweeps; m++) {
      sweepPolicy(expected, discount, policy, values, values, evaluated);
    }
    sweeps += evaluationSweeps;
    if (sweeps >= maxSweeps) throw unsettled(where, size(change), sweeps);
  }
}

/** Modified policy iteration as an agent: plans in a known model, then acts greedily. */
export class ModifiedPolicyIteration extends Planner<ModifiedPolicyIterationOptions, Plan> {
  /** @throws RangeError if the world has no model, or an option is unknown or out of range. */
  constructor(task: Task, options: ModifiedPolicyIterationOptions = {}) {
    const where = 'ModifiedPolicyIteration';
    const resolved = resolveOptions(where, MODIFIED_POLICY_ITERATION_DEFAULTS, options);
    super('modified-policy-iteration', where, task, resolved, modifiedPolicyIteration);
  }
}
