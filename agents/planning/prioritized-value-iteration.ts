import { resolveOptions } from '../../core/check.ts';
import { PriorityQueue } from '../priority-queue.ts';
import type { Task } from '../task.ts';
import { type Change, optimalBackup, roundingOf, size, sweepOptimal } from './bellman.ts';
import { boundFacts } from './error-bounds.ts';
import { type ExpectedModel, expectModel, type PlanningModel } from './expected-model.ts';
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
import { predecessorsOf } from './predecessors.ts';

/** How to plan. */
export interface PrioritizedValueIterationOptions {
  /** γ, in [0, 1]; 1 only where the best policies end, or the values stay bounded. Default 0.99. */
  readonly discount?: number;
  /**
   * θ, above 0: stop when no value can be further from the true one, or, where no bound is known,
   * when a backup would change no value by more. Default 1e-10.
   */
  readonly tolerance?: number;
  /** Sweeps' worth of backups after which an unfinished plan is an error, at least 1. Default 1,000,000. */
  readonly maxSweeps?: number;
}

/** The options that `prioritizedValueIteration(model)` stands for. */
export const PRIORITIZED_VALUE_ITERATION_DEFAULTS: Required<PrioritizedValueIterationOptions> = {
  discount: 0.99,
  tolerance: 1e-10,
  maxSweeps: 1_000_000,
};

/**
 * Prioritized sweeping with a known model: always backs up the state whose value may be the most wrong
 * by the Bellman equations; how much it changes then, times the chance to come there, is added to the
 * priority of each state that can.
 *
 * Source: Moore & Atkeson (1993), "Prioritized sweeping: reinforcement learning with less data and less
 * time"; Wingate & Seppi (2005), "Prioritization methods for accelerating MDP solvers"; the form with
 * full backups in Sutton & Barto (2018), section 8.4. Differs from these in that the priorities of
 * several successors add up, until the state is backed up: so each bounds the Bellman error.
 *
 * @param initialValues V₀, `[numStates]`; 0 if none are given. Left as they are.
 * @throws RangeError if an option is unknown or out of range.
 * @throws Error if the values have not settled after `maxSweeps`.
 */
export function prioritizedValueIteration(
  model: PlanningModel,
  options: PrioritizedValueIterationOptions = {},
  initialValues?: Float64Array,
): Plan {
  const where = 'prioritizedValueIteration';
  const resolved = resolveOptions(where, PRIORITIZED_VALUE_ITERATION_DEFAULTS, options);
  const { discount, tolerance, maxSweeps } = resolved;
  checkSweepOptions(where, resolved);
  const expected = expectModel(model);
  const { numStates } = expected;
  const facts = boundFacts(expected, discount);
  const arrivals = arrivalsOf(expected);
  const values = startValues(where, numStates, initialValues);
  const next = new Float64Array(numStates);
  const change: Change = new Float64Array(2);
  const queue = new PriorityQueue(numStates);

  let sweeps = 0;
  for (let iterations = 1; ; iterations++) {
    // A look at all states: fills the queue, and decides whether to stop.
    sweepOptimal(expected, discount, values, next, change);
    sweeps++;
    const rounding = roundingOf(expected, values);
    const distance = distanceLeft(facts, change, values, rounding, false);
    if (distance <= tolerance || hasSettled(facts, change, rounding, false)) {
      return completePlan(expected, facts, values, { iterations, sweeps });
    }
    if (sweeps >= maxSweeps) throw unsettled(where, size(change), sweeps);
    // No further than it takes: to a fraction of the largest error there is now.
    const threshold = Math.max(rounding, (size(change) * Math.min(tolerance / distance, 0.1)) / 2);
    for (let state = 0; state < numStates; state++) {
      const priority = Math.abs(next[state] - values[state]); // the Bellman error
      if (priority > threshold) queue.set(state, priority);
      else queue.priorities[state] = priority;
    }
    const most = (maxSweeps - sweeps) * numStates;
    sweeps += drain(expected, discount, values, arrivals, queue, threshold, most) / numStates;
  }
}

/** Backs up states while any is in the queue; returns how many. */
function drain(
  model: ExpectedModel,
  discount: number,
  values: Float64Array,
  { start, states, chances }: Arrivals,
  queue: PriorityQueue,
  threshold: number,
  most: number,
): number {
  const priorities = queue.priorities;
  let backups = 0;
  while (queue.size > 0 && backups < most) {
    // S ← first(PQueue); V(S) ← maxₐ q(S, a)
    const state = queue.pop();
    priorities[state] = 0;
    const value = optimalBackup(model, discount, values, state);
    const change = discount * Math.abs(value - values[state]);
    values[state] = value;
    backups++;
    // For all S̄ predicted to lead to S: P ← P + γ p(S | S̄) |ΔV(S)|; if P > θ, insert S̄ with P
    for (let i = start[state]; i < start[state + 1]; i++) {
      const priority = priorities[states[i]] + chances[i] * change;
      if (priority > threshold) queue.set(states[i], priority);
      else priorities[states[i]] = priority;
    }
  }
  return backups;
}

/** Where each state can be reached from. */
interface Arrivals {
  /** Where the list of each state begins, `[numStates + 1]`. */
  readonly start: Int32Array;
  /** States with an action that can lead there. */
  readonly states: Int32Array;
  /** The largest chance of one of their actions to do so. */
  readonly chances: Float64Array;
}

function arrivalsOf(model: ExpectedModel): Arrivals {
  const { numStates, numActions, rowStart, nextState, probability } = model;
  const { start: rowsStart, rows } = predecessorsOf(model);
  const start = new Int32Array(numStates + 1);
  const states = new Int32Array(rows.length);
  const chances = new Float64Array(rows.length);
  let entry = 0;
  for (let state = 0; state < numStates; state++) {
    for (let i = rowsStart[state]; i < rowsStart[state + 1]; i++) {
      if (i > rowsStart[state] && rows[i] === rows[i - 1]) continue; // already summed up
      const from = Math.floor(rows[i] / numActions);
      let chance = 0;
      for (let j = rowStart[rows[i]]; j < rowStart[rows[i] + 1]; j++) {
        if (nextState[j] === state) chance += probability[j];
      }
      if (entry === start[state] || states[entry - 1] !== from) states[entry++] = from;
      chances[entry - 1] = Math.max(chances[entry - 1], chance);
    }
    start[state + 1] = entry;
  }
  return { start, states: states.slice(0, entry), chances: chances.slice(0, entry) };
}

/** Prioritized sweeping with a known model as an agent: plans, then acts greedily. */
export class PrioritizedValueIteration extends Planner<PrioritizedValueIterationOptions, Plan> {
  /** @throws RangeError if the world has no model, or an option is unknown or out of range. */
  constructor(task: Task, options: PrioritizedValueIterationOptions = {}) {
    const where = 'PrioritizedValueIteration';
    const resolved = resolveOptions(where, PRIORITIZED_VALUE_ITERATION_DEFAULTS, options);
    super('prioritized-value-iteration', where, task, resolved, prioritizedValueIteration);
  }
}
