import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkPositive, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import { greedyPolicy } from './arm-estimates.ts';
import { checkRewards, hasEnded, problemsOf } from './problems.ts';
import { drawFromPolicy, writeSoftmax } from './softmax-policy.ts';

/** How to learn. */
export interface GradientBanditOptions {
  /** α, above 0. Default 0.1. */
  readonly stepSize?: number;
  /** Whether rewards are compared with the average of those before; with 0 otherwise. Default true. */
  readonly baseline?: boolean;
  /** Whether the end of an episode is the start of a new problem. Default true. */
  readonly forgetAtEnd?: boolean;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new GradientBandit(task)` stands for. */
export const GRADIENT_BANDIT_DEFAULTS: Required<GradientBanditOptions> = {
  stepSize: 0.1,
  baseline: true,
  forgetAtEnd: true,
  seed: 0,
};

/**
 * The gradient bandit algorithm: learns preferences of arms by stochastic gradient ascent on the
 * expected reward, in one problem or in many side by side.
 *
 * Copy i of the world is a problem of its own, with its own preferences. Observations are not looked
 * at.
 *
 * Source: Sutton & Barto (2018), section 2.8. As in its errata the baseline is the average of the
 * rewards before this one, and at the first pull the first reward itself.
 */
export class GradientBandit implements Agent {
  readonly name = 'gradient-bandit';
  readonly options: Required<GradientBanditOptions>;

  /** H(a), `[numProblems × numArms]`. */
  readonly preferences: ActionValues;

  /** R̄, the average reward in each problem, `[numProblems]`. */
  readonly averageRewards: Float64Array;

  readonly #pulls: Float64Array; // in the current problem, `[numProblems]`
  readonly #policies: Float64Array; // π(a) that `act` has drawn from, `[numProblems × numArms]`
  readonly #hasActed: Uint8Array; // 1 from `act` to `learn`: the row of `#policies` holds, `[numProblems]`
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: GradientBanditOptions = {}) {
    this.options = resolveOptions('GradientBandit', GRADIENT_BANDIT_DEFAULTS, options);
    checkPositive('GradientBandit: stepSize', this.options.stepSize);
    const { numProblems, numArms } = problemsOf('GradientBandit', task);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.preferences = new ActionValues(numProblems, numArms);
    this.averageRewards = new Float64Array(numProblems);
    this.#pulls = new Float64Array(numProblems);
    this.#policies = new Float64Array(numProblems * numArms);
    this.#hasActed = new Uint8Array(numProblems);
  }

  /** Draws A from π(a) = exp H(a) / Σ exp H(b). */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { numActions } = this.preferences;
    for (let i = 0; i < actions.length; i++) {
      this.#writePolicy(i, actionMasks);
      this.#hasActed[i] = 1;
      actions[i] = drawFromPolicy(this.#policies, i, numActions, this.#rng);
    }
  }

  /**
   * H(a) ← H(a) + α (R − R̄) (1{a = A} − π(a)) for all arms, with the π that A was drawn from; then
   * R̄ takes in R.
   *
   * @throws RangeError if a reward is not a finite number; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    const { actions, rewards } = transitions;
    const { table, numActions } = this.preferences;
    const { stepSize, baseline, forgetAtEnd } = this.options;
    checkRewards('GradientBandit.learn', rewards, this.#pulls);
    for (let i = 0; i < actions.length; i++) {
      if (this.#hasActed[i] === 0) this.#writePolicy(i); // somebody else chose A
      this.#hasActed[i] = 0;
      const average = this.#pulls[i] === 0 ? rewards[i] : this.averageRewards[i];
      const step = stepSize * (rewards[i] - (baseline ? average : 0));
      const start = i * numActions;
      for (let entry = start; entry < start + numActions; entry++) {
        table[entry] -= step * this.#policies[entry];
      }
      table[start + actions[i]] += step;
      this.#pulls[i]++;
      this.averageRewards[i] += (rewards[i] - this.averageRewards[i]) / this.#pulls[i];
      if (forgetAtEnd && hasEnded(transitions, i)) this.#forget(i);
    }
  }

  /** Always the arm with the highest preference; the lowest wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.preferences);
  }

  /** What it thinks in the first problem. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const preferences = this.preferences.row(0);
    const policy = new Float64Array(preferences.length);
    writeSoftmax(preferences, 0, 1, actionMask, policy, policy.length);
    return { policy, value: this.averageRewards[0] };
  }

  metrics(): Readonly<Record<string, number>> {
    return { averageReward: this.averageRewards[0] };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('GradientBandit.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return {
      preferences: this.preferences.table,
      averageRewards: this.averageRewards,
      pulls: this.#pulls,
      policies: this.#policies,
      hasActed: this.#hasActed,
      rng: this.#rng,
    };
  }

  #writePolicy(i: number, masks?: Uint8Array): void {
    const { table, numActions } = this.preferences;
    writeSoftmax(table, i, 1, masks, this.#policies, numActions);
  }

  /** Starts problem i anew: H(a) ← 0, R̄ ← 0. */
  #forget(i: number): void {
    const { table, numActions } = this.preferences;
    table.fill(0, i * numActions, (i + 1) * numActions);
    this.averageRewards[i] = 0;
    this.#pulls[i] = 0;
  }
}
