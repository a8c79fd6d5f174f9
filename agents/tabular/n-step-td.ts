import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkInteger } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import {
  PolicyValues,
  PREDICTION_DEFAULTS,
  type PredictionOptions,
  resolvePredictionOptions,
} from './policy-values.ts';
import { StepWindow } from './step-window.ts';

/** What to predict, and how. */
export interface NStepTdOptions extends PredictionOptions {
  /** n, rewards that are summed before a value stands for the rest; 1 … 100,000. Default 4. */
  readonly numSteps?: number;
}

/** The options that `new NStepTd(task)` stands for. */
export const N_STEP_TD_DEFAULTS: Required<NStepTdOptions> = { ...PREDICTION_DEFAULTS, numSteps: 4 };

/**
 * n-step TD: predicts the value of each state under a given policy, from the next n rewards.
 *
 * Each copy of the world has its own window of n steps; the table is one. An episode that is
 * truncated ends the sums, each with the value of the state it was cut at.
 *
 * Source: Sutton & Barto (2018), section 7.1, box "n-step TD for estimating V ≈ v_π".
 */
export class NStepTd implements Agent {
  readonly name = 'n-step-td';
  readonly options: Required<NStepTdOptions>;

  /** V(s), `[numStates]`. */
  readonly values: Float64Array;

  readonly #table: PolicyValues;
  readonly #window: StepWindow;
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: NStepTdOptions = {}) {
    this.options = resolvePredictionOptions('NStepTd', N_STEP_TD_DEFAULTS, options);
    checkInteger('NStepTd: numSteps', this.options.numSteps, 1, 100_000);
    this.#table = new PolicyValues('NStepTd', task, this.options);
    this.#numCopies = numCopies('NStepTd', task);
    this.#window = new StepWindow(this.#numCopies, this.options.numSteps);
    this.values = this.#table.values;
  }

  /** Takes an action according to π(· | Sₜ). */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * V(Sτ) ← V(Sτ) + α [G − V(Sτ)] for the state of n steps ago, and at the end for all that are left.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { values } = this;
    const { discount } = this.options;
    const window = this.#window;
    checkCopies('NStepTd.learn', rewards.length, this.#numCopies);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('NStepTd.learn', rewards[i], this.#table.steps);
      // Observe and store the next reward as Rₜ₊₁ and the next state as Sₜ₊₁.
      window.push(i, observations[i], actions[i], rewards[i]);
      const ended = terminated[i] === 1 || truncated[i] === 1;
      const stepSize = this.#table.stepSize;
      while (window.isDue(i, ended)) {
        const state = window.states[window.slot(i, 0)]; // Sτ
        // G ← Σ γᵏ⁻τ⁻¹ Rₖ; if τ + n < T: G ← G + γⁿ V(Sτ₊ₙ).
        const next = terminated[i] ? 0 : values[nextObservations[i]];
        const sum = window.returnOf(i, discount, next);
        // V(Sτ) ← V(Sτ) + α [G − V(Sτ)].
        values[state] += stepSize * (sum - values[state]);
        window.shift(i);
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
    return this.#table.save(this.name, this.#window.arrays);
  }

  restore(saved: SavedData): void {
    const where = 'NStepTd.restore';
    this.#table.restore(where, this.name, saved, this.#window.arrays, (arrays) => {
      this.#window.check(where, arrays, this.values.length, Infinity);
    });
  }
}
