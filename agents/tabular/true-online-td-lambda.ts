import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import {
  PolicyValues,
  PREDICTION_DEFAULTS,
  type PredictionOptions,
  resolvePredictionOptions,
} from './policy-values.ts';
import { Traces } from './traces.ts';

/** What to predict, and how. */
export interface TrueOnlineTdLambdaOptions extends PredictionOptions {
  /** λ, in [0, 1]. Default 0.9. */
  readonly lambda?: number;
}

/** The options that `new TrueOnlineTdLambda(task)` stands for. */
export const TRUE_ONLINE_TD_LAMBDA_DEFAULTS: Required<TrueOnlineTdLambdaOptions> = {
  ...PREDICTION_DEFAULTS,
  lambda: 0.9,
};

/**
 * True online TD(λ): TD(λ) whose values are after every step those of the online λ-return algorithm.
 *
 * Each copy of the world has its own traces; the table is one, so that the equality holds for one
 * copy.
 *
 * Source: van Seijen & Sutton (2014), "True online TD(λ)", in the form of Sutton & Barto (2018),
 * section 12.5, box "True online TD(λ)", with a table.
 */
export class TrueOnlineTdLambda implements Agent {
  readonly name = 'true-online-td-lambda';
  readonly options: Required<TrueOnlineTdLambdaOptions>;

  /** V(s), `[numStates]`. */
  readonly values: Float64Array;

  readonly #table: PolicyValues;
  readonly #traces: Traces;
  readonly #oldValues: Float64Array; // V_old of each copy

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: TrueOnlineTdLambdaOptions = {}) {
    const where = 'TrueOnlineTdLambda';
    this.options = resolvePredictionOptions(where, TRUE_ONLINE_TD_LAMBDA_DEFAULTS, options);
    checkBetween(`${where}: lambda`, this.options.lambda, 0, 1);
    this.#table = new PolicyValues(where, task, this.options);
    this.values = this.#table.values;
    this.#traces = new Traces(numCopies(where, task), this.values.length);
    this.#oldValues = new Float64Array(numCopies(where, task));
  }

  /** A ~ π(· | S). */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * V ← V + α (δ + V(S) − V_old) z, and V(S) ← V(S) − α (V(S) − V_old), for each transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, rewards, nextObservations, terminated, truncated } = transitions;
    const { values } = this;
    const { discount, lambda } = this.options;
    const traces = this.#traces;
    const oldValues = this.#oldValues;
    checkCopies('TrueOnlineTdLambda.learn', rewards.length, oldValues.length);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('TrueOnlineTdLambda.learn', rewards[i], this.#table.steps);
      const state = observations[i];
      const stepSize = this.#table.stepSize;
      // V ← wᵀx; V′ ← wᵀx′; δ ← R + γ V′ − V.
      const value = values[state];
      const next = terminated[i] ? 0 : values[nextObservations[i]];
      const error = rewards[i] + discount * next - value;
      // z ← γ λ z + (1 − α γ λ zᵀx) x.
      traces.decay(i, discount * lambda);
      traces.visit(i, state, 'dutch', stepSize);
      // w ← w + α (δ + V − V_old) z − α (V − V_old) x.
      const change = value - oldValues[i];
      traces.addTo(values, i, stepSize * (error + change));
      values[state] -= stepSize * change;
      // V_old ← V′; z ← 0 and V_old ← 0 where an episode begins.
      oldValues[i] = next;
      if (terminated[i] || truncated[i]) {
        traces.clear(i);
        oldValues[i] = 0;
      }
      this.#table.steps++;
    }
  }

  greedy(): Policy {
    return this.#table.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.#table.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return this.#table.metrics();
  }

  save(): SavedData {
    return this.#table.save(this.name, { ...this.#traces.arrays, oldValues: this.#oldValues });
  }

  restore(saved: SavedData): void {
    const arrays = { ...this.#traces.arrays, oldValues: this.#oldValues };
    this.#table.restore('TrueOnlineTdLambda.restore', this.name, saved, arrays);
    this.#traces.refresh();
  }
}
