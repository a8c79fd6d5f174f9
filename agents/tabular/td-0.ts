import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { checkReward, type Task } from '../task.ts';
import {
  PolicyValues,
  PREDICTION_DEFAULTS,
  type PredictionOptions,
  resolvePredictionOptions,
} from './policy-values.ts';

/** What to predict, and how. */
export type Td0Options = PredictionOptions;

/** The options that `new Td0(task)` stands for. */
export const TD_0_DEFAULTS: Required<Td0Options> = PREDICTION_DEFAULTS;

/**
 * TD(0): predicts the value of each state under a given policy, from one step to the next.
 *
 * Source: Sutton (1988), "Learning to predict by the methods of temporal differences", in the form of
 * Sutton & Barto (2018), section 6.1, box "Tabular TD(0) for estimating v_π".
 */
export class Td0 implements Agent {
  readonly name = 'td-0';
  readonly options: Required<Td0Options>;

  /** V(s), `[numStates]`. */
  readonly values: Float64Array;

  readonly #table: PolicyValues;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: Td0Options = {}) {
    this.options = resolvePredictionOptions('Td0', TD_0_DEFAULTS, options);
    this.#table = new PolicyValues('Td0', task, this.options);
    this.values = this.#table.values;
  }

  /** A ← action given by π for S. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * V(S) ← V(S) + α [R + γ V(S′) − V(S)], for each transition.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn({ observations, rewards, nextObservations, terminated }: Transitions): void {
    const { values } = this;
    const { discount } = this.options;
    for (let i = 0; i < rewards.length; i++) {
      checkReward('Td0.learn', rewards[i], this.#table.steps);
      const state = observations[i];
      const next = terminated[i] ? 0 : values[nextObservations[i]];
      values[state] += this.#table.stepSize * (rewards[i] + discount * next - values[state]);
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
    return this.#table.save(this.name);
  }

  restore(saved: SavedData): void {
    this.#table.restore('Td0.restore', this.name, saved);
  }
}
