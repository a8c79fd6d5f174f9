import { resolveOptions } from '../../core/check.ts';
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
import { withoutSelfLoops } from './without-self-loops.ts';

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

/** Each class of priorities begins at this share of the one above it. */
const CLASS_RATIO = 0.5;

/**
 * Prioritized sweeping with a known model: backs up the states whose values may be the most wrong by
 * the Bellman equations before the others; how much one changes then, times the chance to come there,
 * is added to the priority of each state that can.
 *
 * Source: Moore & Atkeson (1993), "Prioritized sweeping: reinforcement learning with less data and less
 * time"; Wingate & Seppi (2005), "Prioritization methods for accelerating MDP solvers"; the form with
 * full backups in Sutton & Barto (2018), section 8.4. Differs from these in that
 *
 * - the priorities of several successors add up, until the state is backed up: so each bounds the
 *   Bellman error;
 * - priorities are told apart to a factor of two only, and within a class the first to come is the
 *   first to go, so that a queue costs the same for a million states as for ten;
 * - a backup sums up staying where one is (see `withoutSelfLoops`), in place of doing it over and over.
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
  const values = startValues(where, numStates, initialValues);
  const next = new Float64Array(numStates);
  const change: Change = new Float64Array(2);
  const sweeping = new PrioritizedSweeps(withoutSelfLoops(expected, discount), discount, values);

  let sweeps = 0;
  for (let iterations = 1; ; iterations++) {
    // A look at all states: gives the priorities, and decides whether to stop.
    sweepOptimal(expected, discount, values, next, change);
    sweeps++;
    const rounding = roundingOf(expected, values);
    const distance = distanceLeft(facts, change, values, rounding, false);
    if (distance <= tolerance || hasSettled(facts, change, rounding, false)) {
      return completePlan(expected, facts, values, { iterations, sweeps });
    }
    if (sweeps >= maxSweeps) throw unsettled(where, size(change), sweeps);
    // No further than it takes: to a fraction of the largest error there is now.
    const goal = Math.max(rounding, (size(change) * Math.min(tolerance / distance, 0.1)) / 2);
    const most = (maxSweeps - sweeps) * numStates;
    sweeps += sweeping.run(next, size(change), goal, most) / numStates;
  }
}

/** Backups in the order of their priorities, class by class. */
class PrioritizedSweeps {
  readonly #model: ExpectedModel;
  readonly #discount: number;
  readonly #values: Float64Array;
  readonly #arrivals: Arrivals;
  /** No Bellman error is larger than this, `[numStates]`. */
  readonly #priorities: Float64Array;
  /** The states of the class at hand, in a ring. */
  readonly #queue: Int32Array;
  readonly #isQueued: Uint8Array;

  /** @param values Changed in place, `[numStates]`. */
  constructor(model: ExpectedModel, discount: number, values: Float64Array) {
    this.#model = model;
    this.#discount = discount;
    this.#values = values;
    this.#arrivals = arrivalsOf(model);
    this.#priorities = new Float64Array(model.numStates);
    this.#queue = new Int32Array(model.numStates);
    this.#isQueued = new Uint8Array(model.numStates);
  }

  /**
   * Backs up states until no priority is above `goal`.
   *
   * @param backedUp The values after a backup of each: how far they differ are the priorities.
   * @param largest The largest of the priorities.
   * @param most Backups after which it stops, done or not.
   * @returns how many backups it took.
   */
  run(backedUp: Float64Array, largest: number, goal: number, most: number): number {
    const priorities = this.#priorities;
    for (let state = 0; state < priorities.length; state++) {
      priorities[state] = Math.abs(backedUp[state] - this.#values[state]);
    }
    let backups = 0;
    let threshold = largest;
    while (threshold > goal && backups < most) {
      threshold = Math.max(goal, CLASS_RATIO * threshold);
      backups += this.#drain(this.#fill(threshold), threshold, most - backups);
    }
    return backups;
  }

  /** Queues all states above the threshold; returns how many. */
  #fill(threshold: number): number {
    const priorities = this.#priorities;
    let queued = 0;
    for (let state = 0; state < priorities.length; state++) {
      this.#isQueued[state] = priorities[state] > threshold ? 1 : 0;
      if (this.#isQueued[state] === 1) this.#queue[queued++] = state;
    }
    return queued;
  }

  /** Backs up states while any is in the queue; returns how many. */
  #drain(queued: number, threshold: number, most: number): number {
    const { start, states, chances } = this.#arrivals;
    const [model, discount, values] = [this.#model, this.#discount, this.#values];
    const [priorities, queue, isQueued] = [this.#priorities, this.#queue, this.#isQueued];
    let first = 0;
    let waiting = queued;
    let backups = 0;
    for (; waiting > 0 && backups < most; backups++) {
      // S ← first(PQueue); V(S) ← maxₐ q(S, a)
      const state = queue[first];
      first = first + 1 === queue.length ? 0 : first + 1;
      waiting--;
      isQueued[state] = 0;
      priorities[state] = 0;
      const value = optimalBackup(model, discount, values, state);
      const change = discount * Math.abs(value - values[state]);
      values[state] = value;
      // For all S̄ predicted to lead to S: P ← P + γ p(S | S̄) |ΔV(S)|; if P > θ, insert S̄
      for (let i = start[state]; i < start[state + 1]; i++) {
        const before = states[i];
        priorities[before] += chances[i] * change;
        if (priorities[before] <= threshold || isQueued[before] === 1) continue;
        isQueued[before] = 1;
        queue[(first + waiting++) % queue.length] = before;
      }
    }
    return backups;
  }
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
