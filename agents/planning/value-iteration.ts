import { resolveOptions } from '../../core/check.ts';
import type { Task } from '../task.ts';
import { roundingOf, size } from './bellman.ts';
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
import { createSweeper } from './sweeper.ts';

/** How to plan. */
export interface ValueIterationOptions {
  /** γ, in [0, 1]; 1 only where the best policies end, or the values stay bounded. Default 0.99. */
  readonly discount?: number;
  /** Whether a sweep uses its own new values at once (Gauss-Seidel), or an old array. Default true. */
  readonly inPlace?: boolean;
  /**
   * θ, above 0: stop when no value can be further from the true one, or, where no bound is known,
   * when a sweep changes no value by more. Default 1e-10.
   */
  readonly tolerance?: number;
  /** Sweeps after which an unfinished plan is an error, at least 1. Default 1,000,000. */
  readonly maxSweeps?: number;
}

/** The options that `valueIteration(model)` stands for. */
export const VALUE_ITERATION_DEFAULTS: Required<ValueIterationOptions> = {
  discount: 0.99,
  inPlace: true,
  tolerance: 1e-10,
  maxSweeps: 1_000_000,
};

/**
 * Value iteration: sweeps of V(s) ← maxₐ q(s, a) until the values settle.
 *
 * In place it takes fewer sweeps where episodes end. With two arrays the span of a sweep's change
 * bounds the error, which settles long before the values do where none end.
 *
 *     const { values, policy, errorBound } = valueIteration(model, { discount: 0.9 });
 *
 * @param initialValues V₀, `[numStates]`; 0 if none are given. Left as they are.
 * @throws RangeError if an option is unknown or out of range.
 * @throws Error if the values have not settled after `maxSweeps`.
 *
 * Source: Sutton & Barto (2018), section 4.4, box "Value Iteration"; Bellman (1957).
 */
export function valueIteration(
  model: PlanningModel,
  options: ValueIterationOptions = {},
  initialValues?: Float64Array,
): Plan {
  const where = 'valueIteration';
  const resolved = resolveOptions(where, VALUE_ITERATION_DEFAULTS, options);
  const { discount, inPlace, tolerance, maxSweeps } = resolved;
  checkSweepOptions(where, resolved);
  const expected = expectModel(model);
  const facts = boundFacts(expected, discount);
  const sweeper = createSweeper(
    expected,
    discount,
    startValues(where, expected.numStates, initialValues),
    inPlace,
  );

  // Loop: Δ ← 0; for each s: V(s) ← maxₐ Σ p(s′, r | s, a) [r + γ V(s′)]; until Δ < θ.
  for (let sweeps = 1; ; sweeps++) {
    const change = sweeper.sweep();
    const rounding = roundingOf(expected, sweeper.values);
    const distance = distanceLeft(facts, change, sweeper.values, rounding, inPlace);
    if (distance <= tolerance || hasSettled(facts, change, rounding, inPlace)) {
      return completePlan(expected, facts, sweeper.values, { iterations: sweeps, sweeps });
    }
    if (sweeps === maxSweeps) throw unsettled(where, size(change), sweeps);
  }
}

/** Value iteration as an agent: plans in a known model, then acts greedily. */
export class ValueIteration extends Planner<ValueIterationOptions, Plan> {
  /** @throws RangeError if the world has no model, or an option is unknown or out of range. */
  constructor(task: Task, options: ValueIterationOptions = {}) {
    const resolved = resolveOptions('ValueIteration', VALUE_ITERATION_DEFAULTS, options);
    super('value-iteration', 'ValueIteration', task, resolved, valueIteration);
  }

  /** No V(s) is further from v*(s) than this; `Infinity` where no bound is known. */
  get errorBound(): number {
    return this.plan.errorBound;
  }
}
