import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, resolveOptions } from '../../core/check.ts';
import { writeGammas } from '../../core/gamma-draws.ts';
import type { Rng } from '../../core/rng.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import { checkRewardsWithin, hasEnded, problemsOf } from './problems.ts';
import { sampledPolicy } from './sampled-policy.ts';

/** How to learn. */
export interface BernoulliThompsonOptions {
  /** α of the prior Beta(α, β) of an arm's chance, in [0.1, 10⁶]. Default 1. */
  readonly priorSuccesses?: number;
  /** β of the prior Beta(α, β) of an arm's chance, in [0.1, 10⁶]. Default 1. */
  readonly priorFailures?: number;
  /** Whether the end of an episode is the start of a new problem. Default true. */
  readonly forgetAtEnd?: boolean;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new BernoulliThompson(task)` stands for: uniform priors. */
export const BERNOULLI_THOMPSON_DEFAULTS: Required<BernoulliThompsonOptions> = {
  priorSuccesses: 1,
  priorFailures: 1,
  forgetAtEnd: true,
  seed: 0,
};

/**
 * Thompson sampling of arms that give 1 or nothing: pulls each arm as often as it is likely to be the
 * best, in one problem or in many side by side.
 *
 * Copy i of the world is a problem of its own. Observations are not looked at. A reward between 0 and
 * 1 counts as a success with that chance.
 *
 * Source: Thompson (1933), "On the likelihood that one unknown probability exceeds another in view of
 * the evidence of two samples"; Agrawal & Goyal (2012), "Analysis of Thompson sampling for the
 * multi-armed bandit problem", algorithms 1 and 2.
 */
export class BernoulliThompson implements Agent {
  readonly name = 'bernoulli-thompson';
  readonly options: Required<BernoulliThompsonOptions>;

  /** α(a) of the posterior: successes so far, and the prior's, `[numProblems × numArms]`. */
  readonly successes: Float64Array;

  /** β(a) of the posterior: failures so far, and the prior's, `[numProblems × numArms]`. */
  readonly failures: Float64Array;

  readonly #pulls: Float64Array; // in the current problem, `[numProblems]`
  readonly #shapes: Float64Array; // α(0), β(0), α(1), … of the problem looked at, `[2 numArms]`
  readonly #gammas: Float64Array; // a draw of each, `[2 numArms]`
  readonly #chances: ActionValues; // drawn for the problem looked at, `[1 × numArms]`
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: BernoulliThompsonOptions = {}) {
    this.options = resolveOptions('BernoulliThompson', BERNOULLI_THOMPSON_DEFAULTS, options);
    const { priorSuccesses, priorFailures, seed } = this.options;
    checkBetween('BernoulliThompson: priorSuccesses', priorSuccesses, 0.1, 1e6);
    checkBetween('BernoulliThompson: priorFailures', priorFailures, 0.1, 1e6);
    const { numProblems, numArms } = problemsOf('BernoulliThompson', task);
    this.#rng = new Alea(seed, 'agent');
    this.successes = new Float64Array(numProblems * numArms).fill(priorSuccesses);
    this.failures = new Float64Array(numProblems * numArms).fill(priorFailures);
    this.#pulls = new Float64Array(numProblems);
    this.#shapes = new Float64Array(2 * numArms);
    this.#gammas = new Float64Array(2 * numArms);
    this.#chances = new ActionValues(1, numArms);
  }

  /** θ(a) ∼ Beta(α(a), β(a)); A ← argmaxₐ θ(a). */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.#choose(i, this.#rng, actionMasks, i);
    }
  }

  /**
   * α(A) ← α(A) + 1 after a success, β(A) ← β(A) + 1 after a failure.
   *
   * @throws RangeError if a reward is not in [0, 1]; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    const { actions, rewards } = transitions;
    const { numActions } = this.#chances;
    const advice = 'Use gaussian-thompson for other rewards.';
    const range = { low: 0, high: 1, advice };
    checkRewardsWithin('BernoulliThompson.learn', transitions, this.#pulls, range);
    for (let i = 0; i < actions.length; i++) {
      const arm = i * numActions + actions[i];
      const reward = rewards[i];
      const isCertain = reward === 0 || reward === 1;
      const isSuccess = isCertain ? reward === 1 : this.#rng.uniform() < reward;
      if (isSuccess) this.successes[arm]++;
      else this.failures[arm]++;
      this.#pulls[i]++;
      if (this.options.forgetAtEnd && hasEnded(transitions, i)) this.#forget(i);
    }
  }

  /** Always the arm with the highest expected chance, α(a) / (α(a) + β(a)); the lowest wins a tie. */
  greedy(): Policy {
    return {
      act: (_observations, actions, actionMasks) => {
        for (let i = 0; i < actions.length; i++) {
          this.#writeExpected(i, this.#chances.table);
          actions[i] = this.#chances.greedyAction(0, actionMasks, i);
        }
      },
    };
  }

  /** What it thinks in the first problem; the policy is estimated from 1,000 choices. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const { numActions } = this.#chances;
    const policy = sampledPolicy(numActions, (rng) => this.#choose(0, rng, actionMask, 0));
    this.#writeExpected(0, this.#chances.table);
    const { priorSuccesses, priorFailures } = this.options;
    return {
      actionValues: this.#chances.row(0),
      policy,
      value: this.#chances.value(0, actionMask),
      visitCounts: this.#chances
        .row(0)
        .map((_, arm) => this.successes[arm] + this.failures[arm] - priorSuccesses - priorFailures),
    };
  }

  /** None. */
  metrics(): Readonly<Record<string, number>> {
    return {};
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('BernoulliThompson.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return {
      successes: this.successes,
      failures: this.failures,
      pulls: this.#pulls,
      rng: this.#rng,
    };
  }

  #choose(i: number, rng: Rng, masks: Uint8Array | undefined, maskRow: number): number {
    const { table, numActions } = this.#chances;
    for (let arm = 0; arm < numActions; arm++) {
      this.#shapes[2 * arm] = this.successes[i * numActions + arm];
      this.#shapes[2 * arm + 1] = this.failures[i * numActions + arm];
    }
    writeGammas(rng, this.#shapes, this.#gammas);
    for (let arm = 0; arm < numActions; arm++) {
      const success = this.#gammas[2 * arm];
      table[arm] = success / (success + this.#gammas[2 * arm + 1]);
    }
    return this.#chances.greedyActionAtRandom(0, rng, masks, maskRow);
  }

  #writeExpected(i: number, values: Float64Array): void {
    for (let arm = 0; arm < values.length; arm++) {
      const success = this.successes[i * values.length + arm];
      values[arm] = success / (success + this.failures[i * values.length + arm]);
    }
  }

  /** Starts problem i anew, from the prior. */
  #forget(i: number): void {
    const { numActions } = this.#chances;
    this.successes.fill(this.options.priorSuccesses, i * numActions, (i + 1) * numActions);
    this.failures.fill(this.options.priorFailures, i * numActions, (i + 1) * numActions);
    this.#pulls[i] = 0;
  }
}
