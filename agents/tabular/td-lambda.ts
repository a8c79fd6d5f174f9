import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween, checkOneOf } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import {
  PolicyValues,
  PREDICTION_DEFAULTS,
  type PredictionOptions,
  resolvePredictionOptions,
} from './policy-values.ts';
import { TRACE_KINDS, type TraceKind, Traces } from './traces.ts';

/** What to predict, and how. */
export interface TdLambdaOptions extends PredictionOptions {
  /** λ, in [0, 1]: 0 is TD(0), 1 a Monte Carlo method. Default 0.9. */
  readonly lambda?: number;
  /** `accumulating`, `replacing` or `dutch`. Default `accumulating`. */
  readonly traces?: TraceKind;
}

/** The options that `new TdLambda(task)` stands for. */
export const TD_LAMBDA_DEFAULTS: Required<TdLambdaOptions> = {
  ...PREDICTION_DEFAULTS,
  lambda: 0.9,
  traces: 'accumulating',
};

/**
 * TD(λ): predicts the value of each state under a given policy; each error goes back to all states
 * of the episode, the less the longer ago they were.
 *
 * Each copy of the world has its own traces; the table is one.
 *
 * Source: Sutton (1988); Sutton & Barto (2018), section 12.2, box "Semi-gradient TD(λ)", with a table;
 * sections 12.5 and 12.7 for the traces.
 */
export class TdLambda implements Agent {
  readonly name = 'td-lambda';
  readonly options: Required<TdLambdaOptions>;

  /** V(s), `[numStates]`. */
  readonly values: Float64Array;

  readonly #table: PolicyValues;
  readonly #traces: Traces;
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: TdLambdaOptions = {}) {
    this.options = resolvePredictionOptions('TdLambda', TD_LAMBDA_DEFAULTS, options);
    checkBetween('TdLambda: lambda', this.options.lambda, 0, 1);
    checkOneOf('TdLambda: traces', this.options.traces, TRACE_KINDS);
    this.#table = new PolicyValues('TdLambda', task, this.options);
    this.values = this.#table.values;
    this.#numCopies = numCopies('TdLambda', task);
    this.#traces = new Traces(this.#numCopies, this.values.length);
  }

  /** A ~ π(· | S). */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * V ← V + α δ z, with δ = R + γ V(S′) − V(S), for each transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, rewards, nextObservations, terminated, truncated } = transitions;
    const { values } = this;
    const { discount, lambda, traces: kind } = this.options;
    const traces = this.#traces;
    checkCopies('TdLambda.learn', rewards.length, this.#numCopies);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('TdLambda.learn', rewards[i], this.#table.steps);
      const state = observations[i];
      const stepSize = this.#table.stepSize;
      // z ← γ λ z + ∇V(S).
      traces.decay(i, discount * lambda);
      traces.visit(i, state, kind, stepSize);
      // δ ← R + γ V(S′) − V(S).
      const next = terminated[i] ? 0 : values[nextObservations[i]];
      const error = rewards[i] + discount * next - values[state];
      // V ← V + α δ z.
      traces.addTo(values, i, stepSize * error);
      if (terminated[i] || truncated[i]) traces.clear(i); // z ← 0
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
    return this.#table.save(this.name, this.#traces.arrays);
  }

  restore(saved: SavedData): void {
    this.#table.restore('TdLambda.restore', this.name, saved, this.#traces.arrays);
    this.#traces.refresh();
  }
}
