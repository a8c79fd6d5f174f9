import { checkLength, resolveOptions } from '../../core/check.ts';
import type { Task } from '../task.ts';
import { backup, type Change, LARGEST, LEAST, roundingOf, size } from './bellman.ts';
import { boundFacts } from './error-bounds.ts';
import { type ExpectedModel, expectModel, type PlanningModel } from './expected-model.ts';
import {
  checkSweepOptions,
  completePlan,
  distanceLeft,
  hasSettled,
  type Plan,
  unsettled,
} from './plan.ts';
import { Planner } from './planner.ts';
import { VALUE_ITERATION_DEFAULTS, type ValueIterationOptions } from './value-iteration.ts';

/** How to plan. */
export type QValueIterationOptions = ValueIterationOptions;

/** The options that `qValueIteration(model)` stands for. */
export const Q_VALUE_ITERATION_DEFAULTS: Required<QValueIterationOptions> =
  VALUE_ITERATION_DEFAULTS;

/**
 * Value iteration on action values: sweeps of Q(s, a) ← r(s, a) + γ Σ p(s′ | s, a) maxₐ′ Q(s′, a′)
 * until they settle. It is what Q-learning does, with the mean in place of a sample.
 *
 * The bound on the error holds for the action values as well.
 *
 * @param initialActionValues Q₀, `[numStates × numActions]`, row-major; 0 if none are given, and of no
 *   account where an action is illegal. Left as they are.
 * @throws RangeError if an option is unknown or out of range, or the action values do not fit.
 * @throws Error if the values have not settled after `maxSweeps`.
 *
 * Source: Sutton & Barto (2018), equation 4.2, as an update (exercise 4.10).
 */
export function qValueIteration(
  model: PlanningModel,
  options: QValueIterationOptions = {},
  initialActionValues?: Float64Array,
): Plan {
  const where = 'qValueIteration';
  const resolved = resolveOptions(where, Q_VALUE_ITERATION_DEFAULTS, options);
  const { discount, inPlace, tolerance, maxSweeps } = resolved;
  checkSweepOptions(where, resolved);
  const expected = expectModel(model);
  const facts = boundFacts(expected, discount);
  const actionValues = startActionValues(where, expected, initialActionValues);
  let values = bestValues(expected, actionValues);
  let next = inPlace ? values : new Float64Array(expected.numStates);
  const change: Change = new Float64Array(2);

  // Loop: for each s, a: Q(s, a) ← Σ p(s′, r | s, a) [r + γ maxₐ′ Q(s′, a′)]; until they settle.
  for (let sweeps = 1; ; sweeps++) {
    sweepActionValues(expected, discount, actionValues, values, next, change);
    [values, next] = [next, values];
    const rounding = roundingOf(expected, values);
    const distance = distanceLeft(facts, change, values, rounding, inPlace);
    if (distance <= tolerance || hasSettled(facts, change, rounding, inPlace)) {
      return completePlan(expected, facts, values, { iterations: sweeps, sweeps });
    }
    if (sweeps === maxSweeps) throw unsettled(where, size(change), sweeps);
  }
}

/**
 * Q(s, a) ← r(s, a) + γ Σ p(s′ | s, a) V(s′) for every action of every state in turn.
 *
 * @param values V(s) = maxₐ Q(s, a), looked up once for each state rather than for each that leads there.
 * @param next Receives V of the new action values; `values` itself to sweep in place.
 * @param change Of V.
 */
function sweepActionValues(
  model: ExpectedModel,
  discount: number,
  actionValues: Float64Array,
  values: Float64Array,
  next: Float64Array,
  change: Change,
): void {
  const { numStates, numActions } = model;
  change[LEAST] = Infinity;
  change[LARGEST] = -Infinity;
  for (let state = 0; state < numStates; state++) {
    let best = -Infinity;
    for (let action = 0; action < numActions; action++) {
      const row = state * numActions + action;
      actionValues[row] = backup(model, discount, values, row);
      best = Math.max(best, actionValues[row]);
    }
    const difference = best - values[state];
    change[LEAST] = Math.min(change[LEAST], difference);
    change[LARGEST] = Math.max(change[LARGEST], difference);
    next[state] = best;
  }
}

/** maxₐ Q(s, a) of each state. */
function bestValues({ numStates, numActions }: ExpectedModel, actionValues: Float64Array) {
  const values = new Float64Array(numStates).fill(-Infinity);
  for (let row = 0; row < actionValues.length; row++) {
    const state = Math.floor(row / numActions);
    values[state] = Math.max(values[state], actionValues[row]);
  }
  return values;
}

function startActionValues(
  where: string,
  { reward }: ExpectedModel,
  given: Float64Array | undefined,
): Float64Array {
  if (given !== undefined) checkLength(`${where}: initialActionValues`, given, reward.length);
  const actionValues = given?.slice() ?? new Float64Array(reward.length);
  for (let row = 0; row < reward.length; row++) {
    if (reward[row] === -Infinity) actionValues[row] = -Infinity; // illegal
  }
  return actionValues;
}

/** Value iteration on action values as an agent: plans in a known model, then acts greedily. */
export class QValueIteration extends Planner<QValueIterationOptions, Plan> {
  /** @throws RangeError if the world has no model, or an option is unknown or out of range. */
  constructor(task: Task, options: QValueIterationOptions = {}) {
    const where = 'QValueIteration';
    const resolved = resolveOptions(where, Q_VALUE_ITERATION_DEFAULTS, options);
    super('q-value-iteration', where, task, resolved, qValueIteration);
  }
}
