import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween, checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import { checkSavedHeader, copySavedArray, type SavedData, savedHeader } from '../../core/saved.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import type { Task } from '../task.ts';

/** How to plan. */
export interface ValueIterationOptions {
  /** γ, in [0, 1]; 1 only where every policy ends or the values stay bounded. Default 0.99. */
  readonly discount?: number;
  /** θ: stop when a sweep changes no value by more than this; above 0. Default 1e-10. */
  readonly tolerance?: number;
  /** Sweeps after which an unfinished plan is an error, at least 1. Default 1,000,000. */
  readonly maxSweeps?: number;
}

/** The options that `new ValueIteration(task)` stands for. */
export const VALUE_ITERATION_DEFAULTS: Required<ValueIterationOptions> = {
  discount: 0.99,
  tolerance: 1e-10,
  maxSweeps: 1_000_000,
};

/**
 * Value iteration: plans in a known model, then acts greedily. It learns nothing from acting.
 *
 * Source: Sutton & Barto (2018), section 4.4, in place; Bellman (1957).
 */
export class ValueIteration implements Agent {
  readonly name = 'value-iteration';
  readonly options: Required<ValueIterationOptions>;

  /** V(s), `[numStates]`; 0 where nothing follows. */
  readonly values: Float64Array;

  /** Q(s, a) of the final values, `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  /** Sweeps over all states that the plan took. */
  readonly sweeps: number;

  /**
   * No V(s) is further from v*(s) than this: θ′ γ / (1 − γ), θ′ the last sweep's largest change.
   * `Infinity` where γ = 1, which gives no bound.
   */
  readonly errorBound: number;

  /**
   * Plans at once.
   *
   * @throws RangeError if the world has no model, or an option is unknown or out of range.
   * @throws Error if the values have not settled after `maxSweeps`.
   */
  constructor(task: Task, options: ValueIterationOptions = {}) {
    if (task.model === undefined) {
      throw new RangeError(
        'ValueIteration: the world must have an explicit model. Learn instead, with QLearning.',
      );
    }
    this.options = resolveOptions('ValueIteration', VALUE_ITERATION_DEFAULTS, options);
    const { discount, tolerance, maxSweeps } = this.options;
    checkBetween('ValueIteration: discount', discount, 0, 1);
    checkPositive('ValueIteration: tolerance', tolerance);
    checkInteger('ValueIteration: maxSweeps', maxSweeps, 1);
    const model = task.model();
    this.values = new Float64Array(model.numStates);
    this.actionValues = new ActionValues(model.numStates, model.numActions);

    // Loop: Δ ← 0; for each s: V(s) ← maxₐ Σ p(s′, r | s, a) [r + γ V(s′)]; until Δ < θ.
    let change = Infinity;
    let sweeps = 0;
    while (change > tolerance) {
      if (++sweeps > maxSweeps) {
        throw new Error(
          `ValueIteration: the values still change by ${change} after ${maxSweeps} sweeps. Use a smaller discount or a larger tolerance.`,
        );
      }
      change = sweep(model, discount, this.values);
    }
    this.sweeps = sweeps;
    this.errorBound = discount < 1 ? (change * discount) / (1 - discount) : Infinity;
    for (let entry = 0; entry < this.actionValues.table.length; entry++) {
      this.actionValues.table[entry] = backup(model, discount, this.values, entry);
    }
  }

  /** argmaxₐ Σ p(s′, r | s, a) [r + γ V(s′)]; the lowest action wins a tie. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.actionValues.greedyAction(states[i], actionMasks, i);
    }
  }

  /** Does nothing: all is known beforehand. */
  learn(): void {}

  greedy(): Policy {
    return this;
  }

  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return {
      actionValues: this.actionValues.row(state),
      policy: this.actionValues.epsilonGreedyPolicy(state, 0, actionMask),
      value: this.actionValues.value(state, actionMask),
      actionValueTable: this.actionValues.table.slice(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { sweeps: this.sweeps };
  }

  save(): SavedData {
    return {
      ...savedHeader('value-iteration', 1),
      values: this.values.slice(),
      actionValues: this.actionValues.table.slice(),
    };
  }

  restore(saved: SavedData): void {
    const where = 'ValueIteration.restore';
    checkSavedHeader(where, saved, 'value-iteration', 1);
    copySavedArray(where, saved, 'values', this.values.slice());
    copySavedArray(where, saved, 'actionValues', this.actionValues.table);
    copySavedArray(where, saved, 'values', this.values);
  }
}

/** Backs up every state in place; returns the largest change. */
function sweep(model: TabularModel, discount: number, values: Float64Array): number {
  const { numStates, numActions } = model;
  let largest = 0;
  for (let state = 0; state < numStates; state++) {
    let best = -Infinity;
    for (let action = 0; action < numActions; action++) {
      best = Math.max(best, backup(model, discount, values, state * numActions + action));
    }
    largest = Math.max(largest, Math.abs(best - values[state]));
    values[state] = best;
  }
  return largest;
}

/** Σ p(s′, r | s, a) [r + γ V(s′)] over the outcomes of row (s, a), V = 0 where they end it. */
function backup(model: TabularModel, discount: number, values: Float64Array, row: number): number {
  const { rowStart, probability, reward, nextState, terminated } = model;
  let sum = 0;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
    const future = terminated[i] ? 0 : discount * values[nextState[i]];
    sum += probability[i] * (reward[i] + future);
  }
  return sum;
}
