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
import { checkTraces, type VectorTraceKind, VectorTraces } from './vector-traces.ts';

/** What to predict, and how. */
export interface SemiGradientTdLambdaOptions extends LinearPredictionOptions {
  /** λ, in [0, 1]. Default 0.9. */
  readonly lambda?: number;
  /** How x adds to z: `replacing` is for features of 0 and 1 alone. Default `accumulating`. */
  readonly traces?: VectorTraceKind;
}

/** The options that `new SemiGradientTdLambda(task)` stands for. */
export const SEMI_GRADIENT_TD_LAMBDA_DEFAULTS: Required<SemiGradientTdLambdaOptions> = {
  ...LINEAR_PREDICTION_DEFAULTS,
  lambda: 0.9,
  traces: 'accumulating',
};

/**
 * Semi-gradient TD(λ): predicts the values of a given policy with linear estimates, by traces.
 *
 * Source: Sutton & Barto (2018), section 12.2, box "Semi-gradient TD(λ) for estimating v̂ ≈ vπ";
 * replacing traces: section 12.5, equation 12.12.
 */
export class SemiGradientTdLambda implements Agent {
  readonly name = 'semi-gradient-td-lambda';
  readonly options: Required<SemiGradientTdLambdaOptions>;

  /** w, `[numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearStateValues;
  readonly #traces: VectorTraces;
  readonly #numCopies: number;
  readonly #vectors: SparseVectors; // x(S), x(S′)

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: SemiGradientTdLambdaOptions = {}) {
    const where = 'SemiGradientTdLambda';
    this.options = resolveLinearPrediction(where, SEMI_GRADIENT_TD_LAMBDA_DEFAULTS, options);
    checkBetween(`${where}: lambda`, this.options.lambda, 0, 1);
    this.#linear = new LinearStateValues(where, task, this.options);
    this.weights = this.#linear.weights;
    checkTraces(where, this.options.traces, this.#linear.features);
    this.#numCopies = numCopies(where, task);
    this.#traces = new VectorTraces(this.#numCopies, this.weights.length);
    this.#vectors = this.#linear.createVectors(2);
  }

  /** Chooses A from S with π. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * z ← γλz + ∇v̂(S, w); w ← w + αδz, for each transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, rewards, nextObservations, terminated, truncated } = transitions;
    const { features, steps } = this.#linear;
    const { discount, lambda, traces: kind } = this.options;
    const { weights } = this;
    const traces = this.#traces;
    const x = this.#vectors;
    checkCopies('SemiGradientTdLambda.learn', rewards.length, this.#numCopies);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('SemiGradientTdLambda.learn', rewards[i], steps.value);
      features.write(observations, i, x, 0, true);
      features.write(nextObservations, i, x, 1, true);
      // z ← γλz + ∇v̂(S, w)
      traces.decay(i, discount * lambda);
      if (kind === 'replacing') traces.replace(i, x, 0, 0);
      else traces.add(i, x, 0, 0, 1);
      // δ ← R + γ v̂(S′, w) − v̂(S, w)
      const next = terminated[i] ? 0 : discount * x.dot(1, weights, 0);
      const error = rewards[i] + next - x.dot(0, weights, 0);
      // w ← w + αδz
      traces.addTo(weights, i, this.#linear.stepSize * error);
      // z ← 0 at the start of an episode
      if (terminated[i] || truncated[i]) traces.clear(i);
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
    restoreParts('SemiGradientTdLambda.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return { ...this.#linear.parts, traces: this.#traces };
  }
}
