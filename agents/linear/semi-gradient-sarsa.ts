import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkInteger } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepWindow } from '../tabular/step-window.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';
import {
  LINEAR_CONTROL_DEFAULTS,
  LinearActionValues,
  type LinearControlOptions,
  resolveLinearControl,
} from './linear-action-values.ts';

/** How to act and learn. */
export interface SemiGradientSarsaOptions extends LinearControlOptions {
  /** n, rewards that are summed before an estimate stands for the rest; 1 … 100,000. Default 1. */
  readonly numSteps?: number;
}

/** The options that `new SemiGradientSarsa(task)` stands for. */
export const SEMI_GRADIENT_SARSA_DEFAULTS: Required<SemiGradientSarsaOptions> = {
  ...LINEAR_CONTROL_DEFAULTS,
  numSteps: 1,
};

/**
 * Episodic semi-gradient Sarsa and n-step Sarsa: learns action values with linear estimates.
 *
 * A step is learned from when the action after it is known, which is at the next call of `learn`; where
 * a time limit cuts an episode, that action is drawn from the policy.
 *
 * Source: Sutton & Barto (2018), section 10.1, box "Episodic Semi-gradient Sarsa for Estimating
 * q̂ ≈ q*"; section 10.2, box "Episodic semi-gradient n-step Sarsa".
 */
export class SemiGradientSarsa implements Agent {
  readonly name = 'semi-gradient-sarsa';
  readonly options: Required<SemiGradientSarsaOptions>;

  /** w, `[numActions × numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearActionValues;
  readonly #window: StepWindow;
  readonly #numCopies: number;
  readonly #vectors: SparseVectors; // x(S) of each step in the window; the last one x(S) or x(S′) now
  readonly #now: number; // the number of that one

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: SemiGradientSarsaOptions = {}) {
    const where = 'SemiGradientSarsa';
    this.options = resolveLinearControl(where, SEMI_GRADIENT_SARSA_DEFAULTS, options);
    checkInteger(`${where}: numSteps`, this.options.numSteps, 1, 100_000);
    this.#linear = new LinearActionValues(where, task, this.options);
    this.weights = this.#linear.weights;
    this.#numCopies = numCopies(where, task);
    this.#window = new StepWindow(this.#numCopies, this.options.numSteps);
    this.#now = this.#numCopies * this.options.numSteps;
    this.#vectors = this.#linear.createVectors(this.#now + 1);
  }

  /** Chooses A from S with the policy that is ε-greedy in q̂. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * w ← w + α [G − q̂(Sτ, Aτ, w)] ∇q̂(Sτ, Aτ, w) for the pair of n steps ago, once A is known, and at the
   * end for all that are left.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { features, steps } = this.#linear;
    const window = this.#window;
    const x = this.#vectors;
    checkCopies('SemiGradientSarsa.learn', rewards.length, this.#numCopies);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('SemiGradientSarsa.learn', rewards[i], steps.value);
      // Sτ₊ₙ, Aτ₊ₙ of what has waited for them are S, A.
      features.write(observations, i, x, this.#now, true);
      if (window.isDue(i, false)) this.#update(i, actions[i]);
      x.copy(this.#now, window.slot(i, window.length(i)));
      window.push(i, 0, actions[i], rewards[i]);
      if (terminated[i]) {
        while (window.isDue(i, true)) this.#update(i, -1);
      } else if (truncated[i]) {
        const action = this.#linear.choose(nextObservations, i, transitions.nextActionMasks);
        features.write(nextObservations, i, x, this.#now, true);
        while (window.isDue(i, true)) this.#update(i, action);
      }
      steps.value++;
    }
  }

  /** The policy that is greedy in q̂; the lowest action wins a tie. */
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
    restoreParts('SemiGradientSarsa.restore', saved, this.name, this.#parts(), () => {
      const { numActions } = this.#linear;
      this.#window.check('SemiGradientSarsa.restore', this.#window.arrays, 1, numActions);
    });
  }

  /**
   * Learns from the oldest step of copy `i`, and forgets it.
   *
   * @param nextAction The action after the last step, in the state whose features are at hand; −1
   *   where that step ended the episode.
   */
  #update(i: number, nextAction: number): void {
    const x = this.#vectors;
    const oldest = this.#window.slot(i, 0);
    const action = this.#window.actions[oldest];
    // G ← Σ γᵏ⁻τ⁻¹ Rₖ; if τ + n < T: G ← G + γⁿ q̂(Sτ₊ₙ, Aτ₊ₙ, w)
    const next = nextAction === -1 ? 0 : this.#linear.value(x, this.#now, nextAction);
    const sum = this.#window.returnOf(i, this.options.discount, next);
    // w ← w + α [G − q̂(Sτ, Aτ, w)] ∇q̂(Sτ, Aτ, w)
    const error = sum - this.#linear.value(x, oldest, action);
    this.#linear.add(x, oldest, action, this.#linear.stepSize * error);
    this.#window.shift(i);
  }

  #parts(): SavedParts {
    return { ...this.#linear.parts, ...this.#window.arrays, vectors: this.#vectors };
  }
}
