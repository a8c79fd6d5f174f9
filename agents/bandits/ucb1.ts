import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, resolveOptions } from '../../core/check.ts';
import { log } from '../../core/math.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import {
  ArmEstimates,
  ESTIMATE_DEFAULTS,
  type EstimateOptions,
  greedyPolicy,
} from './arm-estimates.ts';

/** How to learn. */
export interface Ucb1Options extends EstimateOptions {
  /**
   * c, at least 0: how many times √(ln t / N(a)) an arm is credited with. Default √2, for rewards in
   * [0, 1]; the book takes 2 on its testbed.
   */
  readonly exploration?: number;
}

/** The options that `new Ucb1(task)` stands for. */
export const UCB1_DEFAULTS: Required<Ucb1Options> = {
  exploration: Math.SQRT2,
  ...ESTIMATE_DEFAULTS,
};

/**
 * UCB1: pulls the arm with the highest upper confidence bound, in one problem or in many side by side.
 *
 * Copy i of the world is a problem of its own, with its own estimates. Observations are not looked
 * at.
 *
 * Source: Auer, Cesa-Bianchi & Fischer (2002), "Finite-time analysis of the multiarmed bandit
 * problem", figure 1; with c = 2 it is equation 2.10 of Sutton & Barto (2018). As in the paper t counts
 * the pulls so far; ties are broken at random, those of arms that have not been pulled too.
 */
export class Ucb1 implements Agent {
  readonly name = 'ucb1';
  readonly options: Required<Ucb1Options>;

  /** Q(a), `[numProblems × numArms]`. */
  readonly actionValues: ActionValues;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  readonly #estimates: ArmEstimates;
  readonly #bounds: ActionValues; // of the problem looked at, `[1 × numArms]`
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: Ucb1Options = {}) {
    this.options = resolveOptions('Ucb1', UCB1_DEFAULTS, options);
    checkBetween('Ucb1: exploration', this.options.exploration, 0, Number.MAX_VALUE);
    this.#estimates = new ArmEstimates('Ucb1', task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.actionValues = this.#estimates.actionValues;
    this.counts = this.#estimates.counts;
    this.#bounds = new ActionValues(1, this.actionValues.numActions);
  }

  /** A ← argmaxₐ Q(a) + c √(ln t / N(a)), ties broken randomly. */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      this.#writeBounds(i);
      actions[i] = this.#bounds.greedyActionAtRandom(0, this.#rng, actionMasks, i);
    }
  }

  /**
   * N(A) ← N(A) + 1; Q(A) ← Q(A) + [R − Q(A)] / N(A), or with α in place of 1/N(A).
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    this.#estimates.learn(transitions);
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
    return saveParts(this.name, { ...this.#estimates.tables, rng: this.#rng });
  }

  restore(saved: SavedData): void {
    restoreParts('Ucb1.restore', saved, this.name, { ...this.#estimates.tables, rng: this.#rng });
  }

  /** Q(a) + c √(ln t / N(a)) in problem i; ∞ for an arm that has not been pulled. */
  #writeBounds(i: number): void {
    const { actionValues, counts } = this;
    const { table } = this.#bounds;
    const width = this.options.exploration * Math.sqrt(log(this.#estimates.pulls[i]));
    for (let arm = 0; arm < table.length; arm++) {
      const entry = i * table.length + arm;
      const count = counts[entry];
      table[arm] = count === 0 ? Infinity : actionValues.table[entry] + width / Math.sqrt(count);
    }
  }
}
