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
export interface Td0Options extends PredictionOptions {
  /**
   * Whether the transitions of one call of `learn` change V once, by the sum of what each would
   * change alone: batch updating (Sutton & Barto 2018, section 6.3). Else one after the other.
   * Default false.
   */
  readonly batchUpdating?: boolean;
}

/** The options that `new Td0(task)` stands for. */
export const TD_0_DEFAULTS: Required<Td0Options> = { ...PREDICTION_DEFAULTS, batchUpdating: false };

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
  readonly #increments: Float64Array; // what a batch adds to V; none where its rows go one by one

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: Td0Options = {}) {
    this.options = resolvePredictionOptions('Td0', TD_0_DEFAULTS, options);
    this.#table = new PolicyValues('Td0', task, this.options);
    this.values = this.#table.values;
    this.#increments = new Float64Array(this.options.batchUpdating ? this.values.length : 0);
  }

  /** A ← action given by π for S. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * V(S) ← V(S) + α [R + γ V(S′) − V(S)], for each transition; in batch updating all at once.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn({ observations, rewards, nextObservations, terminated }: Transitions): void {
    const { values } = this;
    const { discount, batchUpdating } = this.options;
    const changed = batchUpdating ? this.#increments.fill(0) : values;
    for (let i = 0; i < rewards.length; i++) {
      checkReward('Td0.learn', rewards[i], this.#table.steps);
      const state = observations[i];
      const next = terminated[i] ? 0 : values[nextObservations[i]];
      changed[state] += this.#table.stepSize * (rewards[i] + discount * next - values[state]);
      this.#table.steps++;
    }
    if (!batchUpdating) return;
    for (let s = 0; s < values.length; s++) values[s] += changed[s];
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
