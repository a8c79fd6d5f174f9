import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import { type Change, sweepGreedy } from './bellman.ts';
import { expectModel, type PlanningModel } from './expected-model.ts';
import { startValues } from './iterative-policy-evaluation.ts';

/** How to plan. */
export interface BackwardInductionOptions {
  /** Steps that there are, H, at least 1. Default 100. */
  readonly horizon?: number;
  /** γ, in [0, 1]. Default 1. */
  readonly discount?: number;
}

/** The options that `backwardInduction(model)` stands for. */
export const BACKWARD_INDUCTION_DEFAULTS: Required<BackwardInductionOptions> = {
  horizon: 100,
  discount: 1,
};

/** The best that can be done in so many steps. Arrays are new ones. */
export interface FiniteHorizonPlan {
  /** V_t(s), `[(horizon + 1) × numStates]`: the best return from s when t steps have been taken. */
  readonly values: Float64Array;
  /** π_t(s), `[horizon × numStates]`; the lowest of the best actions. */
  readonly policy: Int32Array;
}

/**
 * Backward induction: the best values and actions for a task of a fixed number of steps, exactly. What
 * is best depends on the steps that are left.
 *
 * @param finalValues What each state is worth when all steps are taken, `[numStates]`; 0 if none are
 *   given.
 * @throws RangeError if an option is unknown or out of range, or the final values do not fit.
 *
 * Source: Puterman (1994), section 4.5, "The backward induction algorithm".
 */
export function backwardInduction(
  model: PlanningModel,
  options: BackwardInductionOptions = {},
  finalValues?: Float64Array,
): FiniteHorizonPlan {
  const where = 'backwardInduction';
  const { horizon, discount } = resolveOptions(where, BACKWARD_INDUCTION_DEFAULTS, options);
  checkInteger(`${where}: horizon`, horizon, 1);
  checkBetween(`${where}: discount`, discount, 0, 1);
  const expected = expectModel(model);
  const { numStates } = expected;
  const values = new Float64Array((horizon + 1) * numStates);
  const policy = new Int32Array(horizon * numStates);
  const change: Change = new Float64Array(2);
  const at = (t: number) => values.subarray(t * numStates, (t + 1) * numStates);
  at(horizon).set(startValues(where, numStates, finalValues));
  for (let t = horizon - 1; t >= 0; t--) {
    const decisions = policy.subarray(t * numStates, (t + 1) * numStates);
    sweepGreedy(expected, discount, at(t + 1), at(t), decisions, change);
  }
  return { values, policy };
}
