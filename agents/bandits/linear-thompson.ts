import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, resolveOptions } from '../../core/check.ts';
import type { Rng } from '../../core/rng.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import { LINEAR_ARMS_DEFAULTS, LinearArms, type LinearArmsOptions } from './linear-arms.ts';

import type { RidgeModels } from './ridge-models.ts';
import { sampledPolicy } from './sampled-policy.ts';

/** How to learn. */
export interface LinearThompsonOptions extends LinearArmsOptions {
  /**
   * v, at least 0: by how many deviations draws vary. The posterior where it is the standard deviation
   * of a reward, and weights have a prior of variance v² / λ. Default 1.
   */
  readonly exploration?: number;
}

/** The options that `new LinearThompson(task)` stands for. */
export const LINEAR_THOMPSON_DEFAULTS: Required<LinearThompsonOptions> = {
  exploration: 1,
  ...LINEAR_ARMS_DEFAULTS,
};

/**
 * Linear Thompson sampling for contextual bandits: pulls each arm as often as it is likely to be the
 * best in the context, which is the flattened observation.
 *
 * Copy i of the world is a problem of its own, with its own models.
 *
 * Source: Agrawal & Goyal (2013), "Thompson sampling for contextual bandits with linear payoffs",
 * algorithm 1. Differs from the source in that each arm has weights of its own, and sees the same
 * context; so what is drawn is θ̃ₐ · x, by itself, from the normal distribution that θ̃ₐ gives it.
 */
export class LinearThompson implements Agent {
  readonly name = 'linear-thompson';
  readonly options: Required<LinearThompsonOptions>;

  /** Aₐ, b_a and θₐ, a model for each arm of each problem, `[numProblems × numArms]`. */
  readonly models: RidgeModels;

  readonly #arms: LinearArms;
  readonly #draws: ActionValues; // in the context looked at, `[1 × numArms]`
  readonly #rng: Alea;

  /**
   * @throws RangeError if the actions are not `Discrete`, observations cannot be flattened, or an option
   *   is unknown or out of range.
   */
  constructor(task: Task, options: LinearThompsonOptions = {}) {
    this.options = resolveOptions('LinearThompson', LINEAR_THOMPSON_DEFAULTS, options);
    checkBetween('LinearThompson: exploration', this.options.exploration, 0, Number.MAX_VALUE);
    this.#arms = new LinearArms('LinearThompson', task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.models = this.#arms.models;
    this.#draws = new ActionValues(1, this.#arms.numArms);
  }

  /** θ̃ₐ · x ∼ N(θₐ · x, v² xᵀ Aₐ⁻¹ x); A ← argmaxₐ θ̃ₐ · x. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      this.#arms.look(i, observations, i);
      actions[i] = this.#choose(this.#rng, actionMasks, i);
    }
  }

  /**
   * A_A ← A_A + x xᵀ; b_A ← b_A + R x; θ_A ← A_A⁻¹ b_A.
   *
   * @throws RangeError if a reward is not a finite number; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    this.#arms.learn(transitions);
  }

  /** Always the arm with the highest θₐ · x; the lowest wins a tie. */
  greedy(): Policy {
    return this.#arms.greedy();
  }

  /** What it thinks of the context in the first problem; the policy is estimated from 1,000 choices. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const { estimates, numArms } = this.#arms;
    this.#arms.look(0, observation, 0);
    return {
      actionValues: estimates.row(0),
      policy: sampledPolicy(numArms, (rng) => this.#choose(rng, actionMask, 0)),
      value: estimates.value(0, actionMask),
      visitCounts: this.#arms.firstCounts(),
    };
  }

  /** None. */
  metrics(): Readonly<Record<string, number>> {
    return {};
  }

  save(): SavedData {
    return saveParts(this.name, { ...this.#arms.tables, rng: this.#rng });
  }

  restore(saved: SavedData): void {
    restoreParts('LinearThompson.restore', saved, this.name, {
      ...this.#arms.tables,
      rng: this.#rng,
    });
  }

  /** In the context that was looked at last. */
  #choose(rng: Rng, masks: Uint8Array | undefined, maskRow: number): number {
    const { estimates, deviations } = this.#arms;
    const { exploration } = this.options;
    for (let arm = 0; arm < deviations.length; arm++) {
      const deviation = exploration * deviations[arm];
      this.#draws.table[arm] = estimates.table[arm] + deviation * rng.normal();
    }
    return this.#draws.greedyActionAtRandom(0, rng, masks, maskRow);
  }
}
