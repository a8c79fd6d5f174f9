import { Alea } from '../../core/alea.ts';
import { checkInteger, checkOneOf, resolveOptions } from '../../core/check.ts';
import type { Task } from '../task.ts';
import { type Change, optimalBackup, roundingOf, sweepOptimal } from './bellman.ts';
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
export interface AsynchronousValueIterationOptions {
  /** γ, in [0, 1]; 1 only where the best policies end, or the values stay bounded. Default 0.99. */
  readonly discount?: number;
  /**
   * Which state comes next: any, with the same chance (`random`), or all of them from the first to the
   * last and back (`alternating`). Default `random`.
   */
  readonly order?: 'random' | 'alternating';
  /**
   * θ, above 0: stop when no value can be further from the true one, or, where no bound is known,
   * when a backup of all states would change none by more. Default 1e-10.
   */
  readonly tolerance?: number;
  /** Sweeps' worth of backups after which an unfinished plan is an error, at least 1. Default 1,000,000. */
  readonly maxSweeps?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `asynchronousValueIteration(model)` stands for. */
export const ASYNCHRONOUS_VALUE_ITERATION_DEFAULTS: Required<AsynchronousValueIterationOptions> = {
  discount: 0.99,
  order: 'random',
  tolerance: 1e-10,
  maxSweeps: 1_000_000,
  seed: 0,
};

/**
 * Asynchronous value iteration: backs up one state at a time, in place, in any order that leaves none
 * out for ever. When a sweep's worth of backups has changed little, a look at all states at once
 * decides whether to stop.
 *
 * @param initialValues V₀, `[numStates]`; 0 if none are given. Left as they are.
 * @throws RangeError if an option is unknown or out of range.
 * @throws Error if the values have not settled after `maxSweeps`.
 *
 * Source: Bertsekas (1982), "Distributed dynamic programming"; Sutton & Barto (2018), section 4.5.
 */
export function asynchronousValueIteration(
  model: PlanningModel,
  options: AsynchronousValueIterationOptions = {},
  initialValues?: Float64Array,
): Plan {
  const where = 'asynchronousValueIteration';
  const resolved = resolveOptions(where, ASYNCHRONOUS_VALUE_ITERATION_DEFAULTS, options);
  const { discount, order, tolerance, maxSweeps, seed } = resolved;
  checkSweepOptions(where, resolved);
  checkOneOf(`${where}: order`, order, ['random', 'alternating']);
  checkInteger(`${where}: seed`, seed, 0);
  const expected = expectModel(model);
  const { numStates } = expected;
  const facts = boundFacts(expected, discount);
  const rng = new Alea(seed, 'agent');
  const values = startValues(where, numStates, initialValues);
  const next = new Float64Array(numStates);
  const change: Change = new Float64Array(2);

  let sweeps = 0;
  let patience = Infinity; // the largest change of a sweep that is worth a look at all states
  for (let iterations = 1; ; iterations++) {
    let largest = 0;
    for (let t = 0; t < numStates; t++) {
      const state = stateAt(t, iterations, numStates, order === 'random' ? rng : null);
      const value = optimalBackup(expected, discount, values, state); // V(s) ← maxₐ q(s, a)
      largest = Math.max(largest, Math.abs(value - values[state]));
      values[state] = value;
    }
    sweeps++;
    if (largest <= patience) {
      sweepOptimal(expected, discount, values, next, change);
      sweeps++;
      const rounding = roundingOf(expected, values);
      const distance = distanceLeft(facts, change, values, rounding, false);
      if (distance <= tolerance || hasSettled(facts, change, rounding, false)) {
        return completePlan(expected, facts, values, { iterations, sweeps });
      }
      patience = largest / 2;
    }
    if (sweeps >= maxSweeps) throw unsettled(where, largest, sweeps);
  }
}

function stateAt(t: number, iteration: number, numStates: number, rng: Alea | null): number {
  if (rng !== null) return rng.below(numStates);
  return iteration % 2 === 1 ? t : numStates - 1 - t;
}

/** Asynchronous value iteration as an agent: plans in a known model, then acts greedily. */
export class AsynchronousValueIteration extends Planner<AsynchronousValueIterationOptions, Plan> {
  /** @throws RangeError if the world has no model, or an option is unknown or out of range. */
  constructor(task: Task, options: AsynchronousValueIterationOptions = {}) {
    const where = 'AsynchronousValueIteration';
    const resolved = resolveOptions(where, ASYNCHRONOUS_VALUE_ITERATION_DEFAULTS, options);
    super('asynchronous-value-iteration', where, task, resolved, asynchronousValueIteration);
  }
}
