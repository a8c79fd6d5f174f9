import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { checkReward, type Task } from '../task.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';
import {
  LINEAR_PREDICTION_DEFAULTS,
  type LinearPredictionOptions,
  LinearStateValues,
  MAX_STEP_SIZE,
  type OffPolicyOptions,
  resolveLinearPrediction,
} from './linear-state-values.ts';

/** What to predict, and how. */
export interface TdcOptions extends LinearPredictionOptions, OffPolicyOptions {
  /** β, the step size of v, in [0, 100]; above α, so that v follows w. Default 0.05. */
  readonly secondaryStepSize?: Schedule;
}

/** The options that `new Tdc(task)` stands for. */
export const TDC_DEFAULTS: Required<TdcOptions> = {
  ...LINEAR_PREDICTION_DEFAULTS,
  behavior: 'policy',
  stepSize: 0.005,
  secondaryStepSize: 0.05,
};

/**
 * TDC: TD(0) with gradient correction: predicts the values of one policy with linear estimates while
 * another acts, and does not diverge.
 *
 * It learns a second weight vector v, such that xᵀv estimates the TD error of a state, and follows the
 * gradient of the projected Bellman error.
 *
 * Source: Sutton & Barto (2018), section 11.7; Sutton et al. (2009), "Fast gradient-descent methods for
 * temporal-difference learning with linear function approximation".
 */
export class Tdc implements Agent {
  readonly name = 'tdc';
  readonly options: Required<TdcOptions>;

  /** w, `[numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearStateValues;

  /** v, `[numFeatures]`. */
  readonly secondaryWeights: Float64Array;

  readonly #vectors: SparseVectors; // x, x′

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: TdcOptions = {}) {
    const where = 'Tdc';
    this.options = resolveLinearPrediction(where, TDC_DEFAULTS, options);
    checkSchedule(`${where}: secondaryStepSize`, this.options.secondaryStepSize, 0, MAX_STEP_SIZE);
    this.#linear = new LinearStateValues(where, task, this.options);
    this.weights = this.#linear.weights;
    this.secondaryWeights = new Float64Array(this.weights.length);
    this.#vectors = this.#linear.createVectors(2);
  }

  /** Chooses A from S with b. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * v ← v + βρ (δ − vᵀx) x; w ← w + αρ [δ x − γ x′ (xᵀv)], for each transition.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const { features, steps } = this.#linear;
    const { discount, secondaryStepSize } = this.options;
    const { weights, secondaryWeights } = this;
    const x = this.#vectors;
    for (let i = 0; i < rewards.length; i++) {
      checkReward('Tdc.learn', rewards[i], steps.value);
      const ratio = this.#linear.ratio(observations, actions, i); // ρ
      const { stepSize } = this.#linear;
      features.write(observations, i, x, 0, true);
      features.write(nextObservations, i, x, 1, true);
      // δ ← R + γ wᵀx′ − wᵀx
      const next = terminated[i] ? 0 : discount * x.dot(1, weights, 0);
      const error = rewards[i] + next - x.dot(0, weights, 0);
      const projection = x.dot(0, secondaryWeights, 0); // xᵀv
      // w ← w + αρ [δ x − γ x′ (xᵀv)]
      x.addTo(0, weights, 0, stepSize * ratio * error);
      if (!terminated[i]) x.addTo(1, weights, 0, -stepSize * ratio * discount * projection);
      // v ← v + βρ (δ − vᵀx) x
      const secondary = scheduleValue(secondaryStepSize, steps.value);
      x.addTo(0, secondaryWeights, 0, secondary * ratio * (error - projection));
      steps.value++;
    }
  }

  /** π itself. */
  greedy(): Policy {
    return this.#linear.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.#linear.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return this.#linear.metrics();
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('Tdc.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return { ...this.#linear.parts, secondaryWeights: this.secondaryWeights };
  }
}
