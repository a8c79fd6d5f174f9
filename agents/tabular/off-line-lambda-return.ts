import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import type { Episode } from '../episode.ts';
import {
  checkEpisodeOptions,
  EPISODE_DEFAULTS,
  type EpisodeOptions,
  Episodes,
} from '../episodes.ts';
import { GivenPolicy } from '../given-policy.ts';
import { policyAlone } from '../policy-alone.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { requireDiscrete, type Task } from '../task.ts';
import {
  PREDICTION_DEFAULTS,
  type PredictionOptions,
  resolvePredictionOptions,
} from './policy-values.ts';

/** What to predict, and how. */
export interface OffLineLambdaReturnOptions extends PredictionOptions, EpisodeOptions {
  /** λ, in [0, 1]: 0 looks one step ahead, 1 is a Monte Carlo method. Default 0.9. */
  readonly lambda?: number;
}

/** The options that `new OffLineLambdaReturn(task)` stands for. */
export const OFF_LINE_LAMBDA_RETURN_DEFAULTS: Required<OffLineLambdaReturnOptions> = {
  ...PREDICTION_DEFAULTS,
  ...EPISODE_DEFAULTS,
  lambda: 0.9,
};

/**
 * The off-line λ-return algorithm: predicts the value of each state under a given policy; when an
 * episode has ended, it moves each state of it towards a mean of all the n-step returns that followed.
 *
 *     Gᵗλ = (1 − λ) Σₙ λⁿ⁻¹ Gₜ:ₜ₊ₙ
 *
 * The returns look at the values that stood during the episode, before any of its updates. It is the
 * forward view that TD(λ) comes near to, at the cost of memory for a whole episode.
 *
 * Source: Sutton & Barto (2018), section 12.1, equations 12.3 and 12.4, with a table.
 */
export class OffLineLambdaReturn implements Agent {
  readonly name = 'off-line-lambda-return';
  readonly options: Required<OffLineLambdaReturnOptions>;

  /** V(s), `[numStates]`. */
  readonly values: Float64Array;

  readonly #policy: GivenPolicy;
  readonly #episodes: Episodes;
  readonly #rng: Alea;
  readonly #steps = new StepCount();

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: OffLineLambdaReturnOptions = {}) {
    const where = 'OffLineLambdaReturn';
    const states = requireDiscrete(where, 'observations', task.observationSpace);
    const actions = requireDiscrete(where, 'actions', task.actionSpace);
    this.options = resolvePredictionOptions(where, OFF_LINE_LAMBDA_RETURN_DEFAULTS, options);
    checkEpisodeOptions(where, this.options);
    checkBetween(`${where}: lambda`, this.options.lambda, 0, 1);
    this.values = new Float64Array(states.n).fill(this.options.initialValue);
    this.#policy = new GivenPolicy(where, this.options.policy, states.n, actions.n);
    this.#episodes = new Episodes(where, task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
  }

  /** A ~ π(· | S). */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#policy.act(states, actions, this.#rng, actionMasks);
  }

  /**
   * Adds each transition to the episode of its copy, and learns from the episodes that end.
   *
   * @throws RangeError if there is not one row for each copy, or a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { actions, nextObservations, terminated } = transitions;
    this.#episodes.check(transitions);
    for (let i = 0; i < actions.length; i++) {
      this.#episodes.add(transitions, i, this.#steps.value);
      this.#steps.value++;
      if (!this.#episodes.isComplete(transitions, i)) continue;
      const lastValue = terminated[i] ? 0 : this.values[nextObservations[i]];
      this.#update(this.#episodes.of(i), lastValue);
    }
  }

  /** π itself. */
  greedy(): Policy {
    return policyAlone(this.#policy);
  }

  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return { policy: this.#policy.chances(state, actionMask), value: this.values[state] };
  }

  metrics(): Readonly<Record<string, number>> {
    return { stepSize: this.#stepSize };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('OffLineLambdaReturn.restore', saved, this.name, this.#parts());
  }

  get #stepSize(): number {
    return scheduleValue(this.options.stepSize, this.#steps.value);
  }

  /** @param lastValue V(S_T), which stands for what an episode would have gone on to bring. */
  #update(episode: Episode, lastValue: number): void {
    const { observations: states, rewards, length } = episode;
    const { discount, lambda } = this.options;
    const { values } = this;
    const stepSize = this.#stepSize;
    // Gᵗλ ← Rₜ₊₁ + γ [(1 − λ) V(Sₜ₊₁) + λ Gᵗ⁺¹λ], in the place of Rₜ₊₁
    let nextReturn = lastValue;
    let nextValue = lastValue;
    for (let t = length - 1; t >= 0; t--) {
      nextReturn = rewards[t] + discount * ((1 - lambda) * nextValue + lambda * nextReturn);
      nextValue = values[states[t]];
      rewards[t] = nextReturn;
    }
    // V(Sₜ) ← V(Sₜ) + α [Gᵗλ − V(Sₜ)], t = 0, 1, …, T − 1
    for (let t = 0; t < length; t++) {
      values[states[t]] += stepSize * (rewards[t] - values[states[t]]);
    }
    episode.clear();
  }

  #parts(): SavedParts {
    return {
      values: this.values,
      steps: this.#steps,
      episodes: this.#episodes,
      rng: this.#rng,
    };
  }
}
