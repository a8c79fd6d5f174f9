import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkPositive, resolveOptions } from '../../core/check.ts';
import { log } from '../../core/math.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import {
  ArmEstimates,
  ESTIMATE_DEFAULTS,
  type EstimateOptions,
  greedyPolicy,
} from './arm-estimates.ts';

/** How to learn. */
export interface UcbTunedOptions extends EstimateOptions {
  /**
   * A bound on the variance of a reward, above 0. Default ¼, the greatest there is for rewards in
   * [0, 1].
   */
  readonly varianceBound?: number;
}

/** The options that `new UcbTuned(task)` stands for. */
export const UCB_TUNED_DEFAULTS: Required<UcbTunedOptions> = {
  varianceBound: 0.25,
  ...ESTIMATE_DEFAULTS,
};

/**
 * UCB1-tuned: as UCB1, but the confidence bounds are as wide as the rewards have turned out to vary.
 *
 * Copy i of the world is a problem of its own, with its own estimates. Observations are not looked
 * at.
 *
 * Source: Auer, Cesa-Bianchi & Fischer (2002), "Finite-time analysis of the multiarmed bandit
 * problem", section 4. Ties are broken at random; with a constant step size the variance is weighed
 * as the average is.
 */
export class UcbTuned implements Agent {
  readonly name = 'ucb-tuned';
  readonly options: Required<UcbTunedOptions>;

  /** Q(a), `[numProblems × numArms]`. */
  readonly actionValues: ActionValues;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  /** Variance of the rewards of each arm, around their average, `[numProblems × numArms]`. */
  readonly variances: Float64Array;

  readonly #estimates: ArmEstimates;
  readonly #bounds: ActionValues; // of the problem looked at, `[1 × numArms]`
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: UcbTunedOptions = {}) {
    this.options = resolveOptions('UcbTuned', UCB_TUNED_DEFAULTS, options);
    checkPositive('UcbTuned: varianceBound', this.options.varianceBound);
    this.#estimates = new ArmEstimates('UcbTuned', task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.actionValues = this.#estimates.actionValues;
    this.counts = this.#estimates.counts;
    this.variances = new Float64Array(this.counts.length);
    this.#bounds = new ActionValues(1, this.actionValues.numActions);
  }

  /** A ← argmaxₐ Q(a) + √(ln t / N(a) · min(¼, V(a))), ties broken randomly. */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      this.#writeBounds(i);
      actions[i] = this.#bounds.greedyActionAtRandom(0, this.#rng, actionMasks, i);
    }
  }

  /**
   * N(A) ← N(A) + 1; with w = 1 / N(A), or the constant step size, and δ = R − Q(A):
   * S²(A) ← (1 − w) S²(A) + (1 − w) w δ²; Q(A) ← Q(A) + w δ.
   *
   * @throws RangeError if a reward is not a finite number; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    const { actions, rewards } = transitions;
    const { table, numActions } = this.actionValues;
    this.#estimates.checkRewards(rewards);
    for (let i = 0; i < actions.length; i++) {
      const arm = i * numActions + actions[i];
      this.#estimates.count(i, arm);
      const weight = this.#estimates.weight[0];
      const error = rewards[i] - table[arm];
      const rest = 1 - weight;
      this.variances[arm] = rest * this.variances[arm] + rest * weight * error * error;
      table[arm] += weight * error;
      if (this.#estimates.forgetEnded(transitions, i)) {
        this.variances.fill(0, i * numActions, (i + 1) * numActions);
      }
    }
  }

  /** Always the arm with the highest estimate; the lowest wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.actionValues);
  }

  /** What it thinks in the first problem. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    this.#writeBounds(0);
    return {
      actionValues: this.actionValues.row(0),
      policy: this.#bounds.epsilonGreedyPolicy(0, 0, actionMask),
      value: this.actionValues.value(0, actionMask),
      visitCounts: this.#estimates.firstCounts(),
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
    restoreParts('UcbTuned.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return { ...this.#estimates.tables, variances: this.variances, rng: this.#rng };
  }

  /**
   * Q(a) + √(ln t / N(a) · min(¼, V(a))) in problem i, with V(a) = S²(a) + √(2 ln t / N(a)); ∞ for an
   * arm that has not been pulled.
   */
  #writeBounds(i: number): void {
    const { actionValues, counts, variances } = this;
    const { varianceBound } = this.options;
    const { table } = this.#bounds;
    const logarithm = log(this.#estimates.pulls[i]);
    for (let arm = 0; arm < table.length; arm++) {
      const entry = i * table.length + arm;
      const share = logarithm / counts[entry];
      const variance = variances[entry] + Math.sqrt(2 * share);
      const width = Math.sqrt(share * Math.min(varianceBound, variance));
      table[arm] = counts[entry] === 0 ? Infinity : actionValues.table[entry] + width;
    }
  }
}
