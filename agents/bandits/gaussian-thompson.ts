import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkFinite, checkPositive, resolveOptions } from '../../core/check.ts';
import type { Rng } from '../../core/rng.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import { greedyPolicy } from './arm-estimates.ts';
import { checkRewards, hasEnded, problemsOf } from './problems.ts';
import { sampledPolicy } from './sampled-policy.ts';

/** How to learn. */
export interface GaussianThompsonOptions {
  /** m₀, mean of the normal prior of an arm's value. Default 0. */
  readonly priorMean?: number;
  /** s₀, its standard deviation, above 0. Default 1, as in the ten-armed testbed. */
  readonly priorDeviation?: number;
  /** σ, standard deviation of a reward around its arm's value, above 0. Default 1. */
  readonly rewardDeviation?: number;
  /** Whether the end of an episode is the start of a new problem. Default true. */
  readonly forgetAtEnd?: boolean;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new GaussianThompson(task)` stands for. */
export const GAUSSIAN_THOMPSON_DEFAULTS: Required<GaussianThompsonOptions> = {
  priorMean: 0,
  priorDeviation: 1,
  rewardDeviation: 1,
  forgetAtEnd: true,
  seed: 0,
};

/**
 * Thompson sampling of arms with normal rewards of known variance: pulls each arm as often as it is
 * likely to be the best, in one problem or in many side by side.
 *
 * Copy i of the world is a problem of its own. Observations are not looked at.
 *
 * Source: Thompson (1933); Russo, Van Roy, Kazerouni, Osband & Wen (2018), "A tutorial on Thompson
 * sampling", section 4, with independent arms.
 */
export class GaussianThompson implements Agent {
  readonly name = 'gaussian-thompson';
  readonly options: Required<GaussianThompsonOptions>;

  /** m(a), means of the posteriors, `[numProblems × numArms]`. */
  readonly means: ActionValues;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  readonly #priorWeight: number; // κ = σ² / s₀²: the pulls that the prior is worth
  readonly #pulls: Float64Array; // in the current problem, `[numProblems]`
  readonly #draws: ActionValues; // of the problem looked at, `[1 × numArms]`
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: GaussianThompsonOptions = {}) {
    this.options = resolveOptions('GaussianThompson', GAUSSIAN_THOMPSON_DEFAULTS, options);
    const { priorMean, priorDeviation, rewardDeviation, seed } = this.options;
    checkFinite('GaussianThompson: priorMean', priorMean);
    checkPositive('GaussianThompson: priorDeviation', priorDeviation);
    checkPositive('GaussianThompson: rewardDeviation', rewardDeviation);
    const { numProblems, numArms } = problemsOf('GaussianThompson', task);
    this.#rng = new Alea(seed, 'agent');
    this.means = new ActionValues(numProblems, numArms, priorMean);
    this.counts = new Float64Array(numProblems * numArms);
    const ratio = rewardDeviation / priorDeviation;
    this.#priorWeight = ratio * ratio;
    this.#pulls = new Float64Array(numProblems);
    this.#draws = new ActionValues(1, numArms);
  }

  /** θ(a) ∼ N(m(a), σ² / (N(a) + κ)), with κ = σ² / s₀²; A ← argmaxₐ θ(a). */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.#choose(i, this.#rng, actionMasks, i);
    }
  }

  /**
   * N(A) ← N(A) + 1; m(A) ← m(A) + [R − m(A)] / (N(A) + κ).
   *
   * @throws RangeError if a reward is not a finite number; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    const { actions, rewards } = transitions;
    const { table, numActions } = this.means;
    checkRewards('GaussianThompson.learn', rewards, this.#pulls);
    for (let i = 0; i < actions.length; i++) {
      const arm = i * numActions + actions[i];
      this.counts[arm]++;
      table[arm] += (rewards[i] - table[arm]) / (this.counts[arm] + this.#priorWeight);
      this.#pulls[i]++;
      if (this.options.forgetAtEnd && hasEnded(transitions, i)) this.#forget(i);
    }
  }

  /** Always the arm with the highest mean; the lowest wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.means);
  }

  /** What it thinks in the first problem; the policy is estimated from 1,000 choices. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const { numActions } = this.means;
    return {
      actionValues: this.means.row(0),
      policy: sampledPolicy(numActions, (rng) => this.#choose(0, rng, actionMask, 0)),
      value: this.means.value(0, actionMask),
      visitCounts: new Float64Array(this.counts.subarray(0, numActions)),
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
    restoreParts('GaussianThompson.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return { means: this.means.table, counts: this.counts, pulls: this.#pulls, rng: this.#rng };
  }

  #choose(i: number, rng: Rng, masks: Uint8Array | undefined, maskRow: number): number {
    const { table, numActions } = this.#draws;
    const { rewardDeviation } = this.options;
    for (let arm = 0; arm < numActions; arm++) {
      const entry = i * numActions + arm;
      const deviation = rewardDeviation / Math.sqrt(this.counts[entry] + this.#priorWeight);
      table[arm] = this.means.table[entry] + deviation * rng.normal();
    }
    return this.#draws.greedyActionAtRandom(0, rng, masks, maskRow);
  }

  /** Starts problem i anew, from the prior. */
  #forget(i: number): void {
    const { table, numActions } = this.means;
    table.fill(this.options.priorMean, i * numActions, (i + 1) * numActions);
    this.counts.fill(0, i * numActions, (i + 1) * numActions);
    this.#pulls[i] = 0;
  }
}
