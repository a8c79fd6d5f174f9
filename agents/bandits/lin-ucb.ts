import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import { LINEAR_ARMS_DEFAULTS, LinearArms, type LinearArmsOptions } from './linear-arms.ts';

import type { RidgeModels } from './ridge-models.ts';

/** How to learn. */
export interface LinUcbOptions extends LinearArmsOptions {
  /** α, at least 0: how many deviations an arm is credited with. Default 1. */
  readonly exploration?: number;
}

/** The options that `new LinUcb(task)` stands for. */
export const LIN_UCB_DEFAULTS: Required<LinUcbOptions> = {
  exploration: 1,
  ...LINEAR_ARMS_DEFAULTS,
};

/**
 * LinUCB with disjoint linear models, for contextual bandits: pulls the arm with the highest upper
 * confidence bound in the context, which is the flattened observation.
 *
 * Copy i of the world is a problem of its own, with its own models.
 *
 * Source: Li, Chu, Langford & Schapire (2010), "A contextual-bandit approach to personalized news
 * article recommendation", algorithm 1, where λ = 1; one context for all arms.
 */
export class LinUcb implements Agent {
  readonly name = 'lin-ucb';
  readonly options: Required<LinUcbOptions>;

  /** Aₐ, b_a and θₐ, a model for each arm of each problem, `[numProblems × numArms]`. */
  readonly models: RidgeModels;

  readonly #arms: LinearArms;
  readonly #bounds: ActionValues; // in the context looked at, `[1 × numArms]`
  readonly #rng: Alea;

  /**
   * @throws RangeError if the actions are not `Discrete`, observations cannot be flattened, or an option
   *   is unknown or out of range.
   */
  constructor(task: Task, options: LinUcbOptions = {}) {
    this.options = resolveOptions('LinUcb', LIN_UCB_DEFAULTS, options);
    checkBetween('LinUcb: exploration', this.options.exploration, 0, Number.MAX_VALUE);
    this.#arms = new LinearArms('LinUcb', task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.models = this.#arms.models;
    this.#bounds = new ActionValues(1, this.#arms.numArms);
  }

  /** A ← argmaxₐ θₐ · x + α √(xᵀ Aₐ⁻¹ x), ties broken randomly. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      this.#writeBounds(i, observations, i);
      actions[i] = this.#bounds.greedyActionAtRandom(0, this.#rng, actionMasks, i);
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

  /** What it thinks of the context in the first problem. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    this.#writeBounds(0, observation, 0);
    const { estimates } = this.#arms;
    return {
      actionValues: estimates.row(0),
      policy: this.#bounds.epsilonGreedyPolicy(0, 0, actionMask),
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
    restoreParts('LinUcb.restore', saved, this.name, { ...this.#arms.tables, rng: this.#rng });
  }

  #writeBounds(i: number, observations: Float32Array, row: number): void {
    const { estimates, deviations } = this.#arms;
    const { exploration } = this.options;
    this.#arms.look(i, observations, row);
    for (let arm = 0; arm < deviations.length; arm++) {
      this.#bounds.table[arm] = estimates.table[arm] + exploration * deviations[arm];
    }
  }
}
