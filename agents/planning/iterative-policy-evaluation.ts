import { checkLength, resolveOptions } from '../../core/check.ts';
import { type Change, roundingOf, size, sweepPolicy, writeActionValues } from './bellman.ts';
import { boundFacts, valueBounds } from './error-bounds.ts';
import type { Evaluation } from './evaluate-policy.ts';
import {
  expectModel,
  followPolicy,
  type PlanningModel,
  type TabularPolicy,
} from './expected-model.ts';
import { checkSweepOptions, distanceLeft, hasSettled, unsettled } from './plan.ts';

/** How to evaluate a policy by sweeps. */
export interface IterativePolicyEvaluationOptions {
  /** γ, in [0, 1]; 1 only where the policy ends, or earns nothing any more. Default 0.99. */
  readonly discount?: number;
  /** Whether a sweep uses its own new values at once (Gauss-Seidel), or an old array. Default true. */
  readonly inPlace?: boolean;
  /**
   * θ, above 0: stop when no value can be further from the true one, or, where no bound is known,
   * when a sweep changes no value by more. Default 1e-10.
   */
  readonly tolerance?: number;
  /** Sweeps after which an unfinished evaluation is an error, at least 1. Default 1,000,000. */
  readonly maxSweeps?: number;
}

/** The options that `iterativePolicyEvaluation(model, policy)` stands for. */
export const ITERATIVE_POLICY_EVALUATION_DEFAULTS: Required<IterativePolicyEvaluationOptions> = {
  discount: 0.99,
  inPlace: true,
  tolerance: 1e-10,
  maxSweeps: 1_000_000,
};

/**
 * Iterative policy evaluation: sweeps over all states until their values settle.
 *
 * @param policy The action of each state, `Int32Array [numStates]`, or the chances of the actions,
 *   `Float64Array [numStates × numActions]`.
 * @param initialValues V₀, `[numStates]`; 0 if none are given. Left as they are.
 * @returns `iterations` counts the sweeps.
 * @throws RangeError if the policy does not fit the model, or an option is unknown or out of range.
 * @throws Error if the values have not settled after `maxSweeps`.
 *
 * Source: Sutton & Barto (2018), section 4.1, box "Iterative Policy Evaluation".
 */
export function iterativePolicyEvaluation(
  model: PlanningModel,
  policy: TabularPolicy,
  options: IterativePolicyEvaluationOptions = {},
  initialValues?: Float64Array,
): Evaluation {
  const where = 'iterativePolicyEvaluation';
  const resolved = resolveOptions(where, ITERATIVE_POLICY_EVALUATION_DEFAULTS, options);
  const { discount, inPlace, tolerance, maxSweeps } = resolved;
  checkSweepOptions(where, resolved);
  const expected = expectModel(model);
  const chain = followPolicy(where, expected, policy);
  const facts = boundFacts(chain, discount);
  const only = new Int32Array(chain.numStates); // the chain's single action
  let values = startValues(where, chain.numStates, initialValues);
  let next = inPlace ? values : new Float64Array(chain.numStates);
  const change: Change = new Float64Array(2);

  // Loop: Δ ← 0; for each s: V(s) ← Σ π(a | s) Σ p(s′, r | s, a) [r + γ V(s′)]; until Δ < θ.
  let sweeps = 0;
  for (;;) {
    if (sweeps === maxSweeps) throw unsettled(where, size(change), sweeps);
    sweepPolicy(chain, discount, only, values, next, change);
    sweeps++;
    const old = values;
    values = next;
    next = old;
    const rounding = roundingOf(chain, values);
    if (distanceLeft(facts, change, values, rounding, inPlace) <= tolerance) break;
    if (hasSettled(facts, change, rounding, inPlace)) break;
  }

  const last = new Float64Array(chain.numStates);
  sweepPolicy(chain, discount, only, values, last, change);
  const { low, high } = valueBounds(facts, change, values, roundingOf(chain, values));
  const actionValues = new Float64Array(expected.reward.length);
  writeActionValues(expected, discount, last, actionValues);
  return {
    values: last,
    actionValues,
    errorBound: Math.max(-low, high),
    residual: size(change),
    iterations: sweeps,
  };
}

/** A copy of the values to begin with, or zeros. */
export function startValues(
  where: string,
  numStates: number,
  initialValues: Float64Array | undefined,
): Float64Array {
  if (initialValues === undefined) return new Float64Array(numStates);
  checkLength(`${where}: initialValues`, initialValues, numStates);
  return initialValues.slice();
}
