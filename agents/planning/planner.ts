import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkSavedHeader, copySavedArray, type SavedData, savedHeader } from '../../core/saved.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { requireDiscrete, type Task } from '../task.ts';

/** What a planner acts by. */
export interface Planned {
  /** V(s), `[numStates]`. */
  readonly values: Float64Array;
  /** q(s, a), `[numStates × numActions]`. */
  readonly actionValues: Float64Array;
  /** The action of each state, `[numStates]`. */
  readonly policy: Int32Array;
  /** State backups divided by the number of states. */
  readonly sweeps: number;
  /** Policies that were evaluated, or sweeps where none were. */
  readonly iterations: number;
}

/**
 * An agent that plans in a known model, then acts by its plan. It learns nothing from acting.
 *
 * Where several states look the same, it acts as in the first of them.
 */
export class Planner<Options extends object, P extends Planned> implements Agent {
  readonly name: string;
  readonly options: Required<Options>;

  /** What the planning came to; `restore` overwrites its values and its policy. */
  readonly plan: P;

  /** Q(s, a), `[numStates × numActions]`; −∞ where a is illegal. */
  readonly actionValues: ActionValues;

  readonly #where: string;
  /** The first state that shows each observation; null where each shows itself. */
  readonly #stateOf: Int32Array | null;

  /**
   * Plans at once.
   *
   * @throws RangeError if the world has no model or a space is not `Discrete`, or what `solve` throws.
   */
  constructor(
    name: string,
    where: string,
    task: Task,
    options: Required<Options>,
    solve: (model: TabularModel, options: Required<Options>) => P,
  ) {
    if (task.model === undefined) {
      throw new RangeError(
        `${where}: the world must have an explicit model. Learn instead, with QLearning.`,
      );
    }
    const { n } = requireDiscrete(where, 'observations', task.observationSpace);
    requireDiscrete(where, 'actions', task.actionSpace);
    const model = task.model();
    this.name = name;
    this.options = options;
    this.plan = solve(model, options);
    this.actionValues = new ActionValues(model.numStates, model.numActions);
    this.actionValues.table.set(this.plan.actionValues);
    this.#where = where;
    this.#stateOf = model.observations ? firstStates(model.observations, n) : null;
  }

  /** V(s), `[numStates]`; 0 where nothing follows. */
  get values(): Float64Array {
    return this.plan.values;
  }

  /** Sweeps over all states that the plan took. */
  get sweeps(): number {
    return this.plan.sweeps;
  }

  /** The action of the plan, or where that is illegal the best that is not. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.#action(this.#state(observations[i]), actionMasks, i);
    }
  }

  /** Does nothing: all is known beforehand. */
  learn(): void {}

  greedy(): Policy {
    return this;
  }

  inspect([observation]: Float32Array, actionMask?: Uint8Array): Inspection {
    const state = this.#state(observation);
    const policy = new Float64Array(this.actionValues.numActions);
    policy[this.#action(state, actionMask, 0)] = 1;
    return {
      actionValues: this.actionValues.row(state),
      policy,
      value: this.actionValues.value(state, actionMask),
      actionValueTable: this.actionValues.table.slice(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { sweeps: this.plan.sweeps, iterations: this.plan.iterations };
  }

  save(): SavedData {
    return {
      ...savedHeader(this.name, 1),
      values: this.plan.values.slice(),
      actionValues: this.actionValues.table.slice(),
      policy: this.plan.policy.slice(),
    };
  }

  restore(saved: SavedData): void {
    const where = `${this.#where}.restore`;
    checkSavedHeader(where, saved, this.name, 1);
    const { values, policy } = this.plan;
    const arrays = { values, actionValues: this.actionValues.table, policy };
    for (const [key, array] of Object.entries(arrays)) {
      copySavedArray(where, saved, key, array.slice()); // all of them, before anything changes
    }
    for (const [key, array] of Object.entries(arrays)) copySavedArray(where, saved, key, array);
  }

  #state(observation: number): number {
    return this.#stateOf === null ? observation : this.#stateOf[observation];
  }

  #action(state: number, masks: Uint8Array | undefined, maskRow: number): number {
    const planned = this.plan.policy[state];
    const { numActions } = this.actionValues;
    if (masks === undefined || masks[maskRow * numActions + planned] !== 0) return planned;
    return this.actionValues.greedyAction(state, masks, maskRow);
  }
}

function firstStates(observations: Int32Array, numObservations: number): Int32Array {
  const states = new Int32Array(numObservations);
  for (let state = observations.length - 1; state >= 0; state--)
    states[observations[state]] = state;
  return states;
}
