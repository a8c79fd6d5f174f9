import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkInteger } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepWindow } from '../tabular/step-window.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';
import {
  LINEAR_PREDICTION_DEFAULTS,
  type LinearPredictionOptions,
  LinearStateValues,
  type OffPolicyOptions,
  resolveLinearPrediction,
} from './linear-state-values.ts';

/** What to predict, and how. */
export interface SemiGradientTdOptions extends LinearPredictionOptions, OffPolicyOptions {
  /** n, rewards that are summed before an estimate stands for the rest; 1 … 100,000. Default 1. */
  readonly numSteps?: number;
}

/** The options that `new SemiGradientTd(task)` stands for. */
export const SEMI_GRADIENT_TD_DEFAULTS: Required<SemiGradientTdOptions> = {
  ...LINEAR_PREDICTION_DEFAULTS,
  behavior: 'policy',
  numSteps: 1,
};

/**
 * Semi-gradient TD(0) and n-step TD: predicts the values of a given policy with linear estimates, on
 * policy or off.
 *
 * An episode that is truncated ends the sums, each with the estimate of the state it was cut at. Off
 * policy the estimates may diverge.
 *
 * Source: Sutton & Barto (2018), section 9.3, box "Semi-gradient TD(0) for estimating v̂ ≈ vπ"; section
 * 9.4, box "n-step semi-gradient TD"; off policy: section 11.1, equations 11.2 and 11.5.
 */
export class SemiGradientTd implements Agent {
  readonly name = 'semi-gradient-td';
  readonly options: Required<SemiGradientTdOptions>;

  /** w, `[numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearStateValues;
  readonly #window: StepWindow;
  readonly #numCopies: number;
  readonly #vectors: SparseVectors; // x(S) of each step in the window; the last one x(S′)
  readonly #ratios: Float64Array; // ρ of each step in the window

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: SemiGradientTdOptions = {}) {
    const where = 'SemiGradientTd';
    this.options = resolveLinearPrediction(where, SEMI_GRADIENT_TD_DEFAULTS, options);
    checkInteger(`${where}: numSteps`, this.options.numSteps, 1, 100_000);
    this.#linear = new LinearStateValues(where, task, this.options);
    this.weights = this.#linear.weights;
    this.#numCopies = numCopies(where, task);
    this.#window = new StepWindow(this.#numCopies, this.options.numSteps);
    this.#vectors = this.#linear.createVectors(this.#numCopies * this.options.numSteps + 1);
    this.#ratios = new Float64Array(this.#numCopies * this.options.numSteps);
  }

  /** Chooses A from S with b. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * w ← w + α ρ [G − v̂(Sτ, w)] ∇v̂(Sτ, w) for the state of n steps ago, and at the end for all that
   * are left.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { features, steps } = this.#linear;
    const { weights } = this;
    const window = this.#window;
    const x = this.#vectors;
    const next = this.#ratios.length; // x(S′)
    checkCopies('SemiGradientTd.learn', rewards.length, this.#numCopies);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('SemiGradientTd.learn', rewards[i], steps.value);
      const slot = window.slot(i, window.length(i));
      this.#ratios[slot] = this.#linear.ratio(observations, actions, i);
      features.write(observations, i, x, slot, true);
      window.push(i, 0, actions[i], rewards[i]);
      const ended = terminated[i] === 1 || truncated[i] === 1;
      if (window.isDue(i, ended)) features.write(nextObservations, i, x, next, true);
      while (window.isDue(i, ended)) {
        const oldest = window.slot(i, 0); // Sτ
        // G ← Σ γᵏ⁻τ⁻¹ Rₖ; if τ + n < T: G ← G + γⁿ v̂(Sτ₊ₙ, w)
        const nextValue = terminated[i] ? 0 : x.dot(next, weights, 0);
        const sum = window.returnOf(i, this.options.discount, nextValue);
        // w ← w + α ρτ … ρτ₊ₙ₋₁ [G − v̂(Sτ, w)] ∇v̂(Sτ, w)
        const error = sum - x.dot(oldest, weights, 0);
        x.addTo(oldest, weights, 0, this.#linear.stepSize * this.#ratio(i) * error);
        window.shift(i);
      }
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
    restoreParts('SemiGradientTd.restore', saved, this.name, this.#parts(), () => {
      const { numActions } = this.#linear;
      this.#window.check('SemiGradientTd.restore', this.#window.arrays, 1, numActions);
    });
  }

  /** The product of ρ over the steps in the window of copy `i`. */
  #ratio(i: number): number {
    let product = 1;
    for (let k = 0; k < this.#window.length(i); k++) {
      product *= this.#ratios[this.#window.slot(i, k)];
    }
    return product;
  }

  #parts(): SavedParts {
    return {
      ...this.#linear.parts,
      ...this.#window.arrays,
      ratios: this.#ratios,
      vectors: this.#vectors,
    };
  }
}
