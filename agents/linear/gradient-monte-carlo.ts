import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import type { Episode } from '../episode.ts';
import {
  checkEpisodeOptions,
  EPISODE_DEFAULTS,
  type EpisodeOptions,
  Episodes,
} from '../episodes.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';
import {
  LINEAR_PREDICTION_DEFAULTS,
  type LinearPredictionOptions,
  LinearStateValues,
  resolveLinearPrediction,
} from './linear-state-values.ts';

/** What to predict, and how. */
export interface GradientMonteCarloOptions extends LinearPredictionOptions, EpisodeOptions {}

/** The options that `new GradientMonteCarlo(task)` stands for. */
export const GRADIENT_MONTE_CARLO_DEFAULTS: Required<GradientMonteCarloOptions> = {
  ...LINEAR_PREDICTION_DEFAULTS,
  ...EPISODE_DEFAULTS,
};

/**
 * Gradient Monte Carlo: predicts the values of a given policy with linear estimates, from the returns
 * of whole episodes.
 *
 * Source: Sutton & Barto (2018), section 9.3, box "Gradient Monte Carlo Algorithm for Estimating
 * v̂ ≈ vπ".
 */
export class GradientMonteCarlo implements Agent {
  readonly name = 'gradient-monte-carlo';
  readonly options: Required<GradientMonteCarloOptions>;

  /** w, `[numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearStateValues;
  readonly #episodes: Episodes;
  readonly #vectors: SparseVectors; // x(S)

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: GradientMonteCarloOptions = {}) {
    const where = 'GradientMonteCarlo';
    this.options = resolveLinearPrediction(where, GRADIENT_MONTE_CARLO_DEFAULTS, options);
    checkEpisodeOptions(where, this.options);
    this.#linear = new LinearStateValues(where, task, this.options);
    this.#episodes = new Episodes(where, task, this.options);
    this.#vectors = this.#linear.createVectors(1);
    this.weights = this.#linear.weights;
  }

  /** Chooses A from S with π. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * Adds each transition to the episode of its copy, and learns from the episodes that end.
   *
   * @throws RangeError if there is not one row for each copy, or a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { actions, nextObservations, terminated } = transitions;
    const { features, steps } = this.#linear;
    this.#episodes.check(transitions);
    for (let i = 0; i < actions.length; i++) {
      this.#episodes.add(transitions, i, steps.value);
      steps.value++;
      if (!this.#episodes.isComplete(transitions, i)) continue;
      let lastValue = 0;
      if (!terminated[i]) {
        features.write(nextObservations, i, this.#vectors, 0, true);
        lastValue = this.#vectors.dot(0, this.weights, 0);
      }
      this.#update(this.#episodes.of(i), lastValue);
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
    restoreParts('GradientMonteCarlo.restore', saved, this.name, this.#parts());
  }

  /** @param lastValue v̂(S_T), which stands for what an episode would have gone on to bring. */
  #update(episode: Episode, lastValue: number): void {
    const { observations, rewards, length } = episode;
    const { features, stepSize } = this.#linear;
    const { weights } = this;
    const x = this.#vectors;
    // Gₜ ← Rₜ₊₁ + γ Gₜ₊₁, in the place of Rₜ₊₁
    let sum = lastValue;
    for (let t = length - 1; t >= 0; t--) {
      sum = rewards[t] + this.options.discount * sum;
      rewards[t] = sum;
    }
    // Loop for each step of the episode, t = 0, 1, …, T−1:
    for (let t = 0; t < length; t++) {
      features.write(observations, t, x, 0, true);
      // w ← w + α [Gₜ − v̂(Sₜ, w)] ∇v̂(Sₜ, w)
      x.addTo(0, weights, 0, stepSize * (rewards[t] - x.dot(0, weights, 0)));
    }
    episode.clear();
  }

  #parts(): SavedParts {
    return { ...this.#linear.parts, episodes: this.#episodes };
  }
}
