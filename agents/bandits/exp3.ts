import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, checkFinite, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues, countLegal } from '../action-values.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import { greedyPolicy } from './arm-estimates.ts';
import { checkRewardsWithin, hasEnded, problemsOf } from './problems.ts';
import { drawFromPolicy, writeSoftmax } from './softmax-policy.ts';

/** How to learn. */
export interface Exp3Options {
  /**
   * γ, share of the pulls that are drawn evenly, in (0, 1]. Where K arms are pulled T times the paper
   * takes √(K ln K / ((e − 1) T)), 0.116 for 10 arms and 1,000 pulls. Default 0.1.
   */
  readonly exploration?: number;
  /** The reward that counts as 0. Default 0. */
  readonly lowestReward?: number;
  /** The reward that counts as 1, above the lowest. Default 1. */
  readonly highestReward?: number;
  /** Whether the end of an episode is the start of a new problem. Default true. */
  readonly forgetAtEnd?: boolean;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new Exp3(task)` stands for. */
export const EXP3_DEFAULTS: Required<Exp3Options> = {
  exploration: 0.1,
  lowestReward: 0,
  highestReward: 1,
  forgetAtEnd: true,
  seed: 0,
};

/**
 * EXP3, exponential weights for exploration and exploitation: does nearly as well as the best fixed
 * arm, whatever rewards an adversary has laid down; in one problem or in many side by side.
 *
 * Copy i of the world is a problem of its own, with its own weights. Observations are not looked at.
 *
 * Source: Auer, Cesa-Bianchi, Freund & Schapire (2002), "The nonstochastic multiarmed bandit
 * problem", figure 1. Keeps the logarithms of the weights, which do not overflow; where arms are
 * masked, the legal ones share the chances, and γ evenly.
 */
export class Exp3 implements Agent {
  readonly name = 'exp3';
  readonly options: Required<Exp3Options>;

  /** ln w(a), `[numProblems × numArms]`. */
  readonly logWeights: ActionValues;

  readonly #pulls: Float64Array; // in the current problem, `[numProblems]`
  readonly #policies: Float64Array; // p(a) that `act` has drawn from, `[numProblems × numArms]`
  readonly #hasActed: Uint8Array; // 1 from `act` to `learn`: the row of `#policies` holds, `[numProblems]`
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: Exp3Options = {}) {
    this.options = resolveOptions('Exp3', EXP3_DEFAULTS, options);
    const { exploration, lowestReward, highestReward, seed } = this.options;
    checkBetween('Exp3: exploration', exploration, 1e-9, 1);
    checkFinite('Exp3: lowestReward', lowestReward);
    checkFinite('Exp3: highestReward', highestReward);
    if (!(highestReward > lowestReward)) {
      throw new RangeError(
        `Exp3: highestReward must be above lowestReward = ${lowestReward}, got ${highestReward}.`,
      );
    }
    const { numProblems, numArms } = problemsOf('Exp3', task);
    this.#rng = new Alea(seed, 'agent');
    this.logWeights = new ActionValues(numProblems, numArms);
    this.#pulls = new Float64Array(numProblems);
    this.#policies = new Float64Array(numProblems * numArms);
    this.#hasActed = new Uint8Array(numProblems);
  }

  /** Draws A from p(a) = (1 − γ) w(a) / Σ w(b) + γ / K. */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { table, numActions } = this.logWeights;
    for (let i = 0; i < actions.length; i++) {
      this.#writePolicy(table, i, this.#policies, actionMasks);
      this.#hasActed[i] = 1;
      actions[i] = drawFromPolicy(this.#policies, i, numActions, this.#rng);
    }
  }

  /**
   * x̂ = x / p(A), with the p that A was drawn from; w(A) ← w(A) exp(γ x̂ / K).
   *
   * @throws RangeError if a reward is outside its range; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    const { actions, rewards } = transitions;
    const { table, numActions } = this.logWeights;
    const { exploration, lowestReward: low, highestReward: high, forgetAtEnd } = this.options;
    const advice = 'Set lowestReward and highestReward.';
    checkRewardsWithin('Exp3.learn', transitions, this.#pulls, { low, high, advice });
    for (let i = 0; i < actions.length; i++) {
      if (this.#hasActed[i] === 0) this.#writePolicy(table, i, this.#policies); // another chose A
      this.#hasActed[i] = 0;
      const arm = i * numActions + actions[i];
      const estimate = (rewards[i] - low) / (high - low) / this.#policies[arm];
      table[arm] += (exploration * estimate) / numActions;
      this.#pulls[i]++;
      if (forgetAtEnd && hasEnded(transitions, i)) {
        table.fill(0, i * numActions, (i + 1) * numActions);
        this.#pulls[i] = 0;
      }
    }
  }

  /** Always the arm with the highest weight; the lowest wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.logWeights);
  }

  /** What it thinks in the first problem. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const policy = new Float64Array(this.logWeights.numActions);
    this.#writePolicy(this.logWeights.row(0), 0, policy, actionMask);
    return { policy };
  }

  /** None. */
  metrics(): Readonly<Record<string, number>> {
    return {};
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('Exp3.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return {
      logWeights: this.logWeights.table,
      pulls: this.#pulls,
      policies: this.#policies,
      hasActed: this.#hasActed,
      rng: this.#rng,
    };
  }

  /** p(a) = (1 − γ) w(a) / Σ w(b) + γ / K over the legal arms of row i. */
  #writePolicy(
    logWeights: Float64Array,
    i: number,
    policies: Float64Array,
    masks?: Uint8Array,
  ): void {
    const { numActions } = this.logWeights;
    const { exploration } = this.options;
    const share = exploration / countLegal(numActions, masks, i);
    writeSoftmax(logWeights, i, 1, masks, policies, numActions);
    for (let entry = i * numActions; entry < (i + 1) * numActions; entry++) {
      if (masks !== undefined && masks[entry] === 0) continue;
      policies[entry] = (1 - exploration) * policies[entry] + share;
    }
  }
}
