import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';
import {
  LINEAR_PREDICTION_DEFAULTS,
  type LinearPredictionOptions,
  LinearStateValues,
  resolveLinearPrediction,
} from './linear-state-values.ts';
import { VectorTraces } from './vector-traces.ts';

/** What to predict, and how. */
export interface LinearTrueOnlineTdLambdaOptions extends LinearPredictionOptions {
  /** λ, in [0, 1]. Default 0.9. */
  readonly lambda?: number;
}

/** The options that `new LinearTrueOnlineTdLambda(task)` stands for. */
export const LINEAR_TRUE_ONLINE_TD_LAMBDA_DEFAULTS: Required<LinearTrueOnlineTdLambdaOptions> = {
  ...LINEAR_PREDICTION_DEFAULTS,
  lambda: 0.9,
};

/**
 * True online TD(λ) with linear estimates: what the online λ-return algorithm comes to, by Dutch traces.
 *
 * Source: Sutton & Barto (2018), section 12.5, box "True online TD(λ) for estimating wᵀx ≈ vπ"; van
 * Seijen et al. (2016), "True online temporal-difference learning".
 */
export class LinearTrueOnlineTdLambda implements Agent {
  readonly name = 'linear-true-online-td-lambda';
  readonly options: Required<LinearTrueOnlineTdLambdaOptions>;

  /** w, `[numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearStateValues;
  readonly #traces: VectorTraces;
  readonly #oldValues: Float64Array; // V_old of each copy
  readonly #vectors: SparseVectors; // x, x′

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: LinearTrueOnlineTdLambdaOptions = {}) {
    const where = 'LinearTrueOnlineTdLambda';
    this.options = resolveLinearPrediction(where, LINEAR_TRUE_ONLINE_TD_LAMBDA_DEFAULTS, options);
    checkBetween(`${where}: lambda`, this.options.lambda, 0, 1);
    this.#linear = new LinearStateValues(where, task, this.options);
    this.weights = this.#linear.weights;
    this.#oldValues = new Float64Array(numCopies(where, task));
    this.#traces = new VectorTraces(this.#oldValues.length, this.weights.length);
    this.#vectors = this.#linear.createVectors(2);
  }

  /** Chooses A from S with π. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * z ← γλz + (1 − αγλ zᵀx) x; w ← w + α (δ + V − V_old) z − α (V − V_old) x, for each transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, rewards, nextObservations, terminated, truncated } = transitions;
    const { features, steps } = this.#linear;
    const { discount, lambda } = this.options;
    const { weights } = this;
    const traces = this.#traces;
    const x = this.#vectors;
    checkCopies('LinearTrueOnlineTdLambda.learn', rewards.length, this.#oldValues.length);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('LinearTrueOnlineTdLambda.learn', rewards[i], steps.value);
      const { stepSize } = this.#linear;
      features.write(observations, i, x, 0, true);
      features.write(nextObservations, i, x, 1, true);
      // V ← wᵀx; V′ ← wᵀx′; δ ← R + γV′ − V
      const value = x.dot(0, weights, 0);
      const nextValue = terminated[i] ? 0 : x.dot(1, weights, 0);
      const error = rewards[i] + discount * nextValue - value;
      // z ← γλz + (1 − αγλ zᵀx) x
      const overlap = stepSize * discount * lambda * traces.dot(i, x, 0, 0);
      traces.decay(i, discount * lambda);
      traces.add(i, x, 0, 0, 1 - overlap);
      // w ← w + α (δ + V − V_old) z − α (V − V_old) x
      const change = value - this.#oldValues[i];
      traces.addTo(weights, i, stepSize * (error + change));
      x.addTo(0, weights, 0, -stepSize * change);
      // V_old ← V′; at the start of an episode V_old ← 0, z ← 0
      const ended = terminated[i] === 1 || truncated[i] === 1;
      this.#oldValues[i] = ended ? 0 : nextValue;
      if (ended) traces.clear(i);
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
    restoreParts('LinearTrueOnlineTdLambda.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return { ...this.#linear.parts, traces: this.#traces, oldValues: this.#oldValues };
  }
}
