import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import type { ActionValues } from '../action-values.ts';
import { restoreParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import {
  ArmEstimates,
  ESTIMATE_DEFAULTS,
  type EstimateOptions,
  greedyPolicy,
} from './arm-estimates.ts';

import { drawFromPolicy, writeSoftmax } from './softmax-policy.ts';

/** How to learn; the schedule of τ runs over the pulls in a problem. */
export interface SoftmaxBanditOptions extends EstimateOptions {
  /**
   * τ, in units of reward, at least 0: high draws arms evenly, 0 only the best. It may fall with
   * `linear`, `exponential`, `inverse` (1/t), `logarithmic` or any other schedule. Default 0.25.
   */
  readonly temperature?: Schedule;
}

/** The options that `new SoftmaxBandit(task)` stands for. */
export const SOFTMAX_BANDIT_DEFAULTS: Required<SoftmaxBanditOptions> = {
  temperature: 0.25,
  ...ESTIMATE_DEFAULTS,
};

/**
 * Softmax action selection (Boltzmann exploration), for one problem or for many side by side.
 *
 * Copy i of the world is a problem of its own, with its own estimates. Observations are not looked
 * at.
 *
 * Source: Sutton & Barto (1998), first edition, section 2.3; falling temperatures as in Vermorel &
 * Mohri (2005), "Multi-armed bandit algorithms and empirical evaluation", section 2.2.
 */
export class SoftmaxBandit implements Agent {
  readonly name = 'softmax';
  readonly options: Required<SoftmaxBanditOptions>;

  /** Q(a), `[numProblems × numArms]`. */
  readonly actionValues: ActionValues;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  readonly #estimates: ArmEstimates;
  readonly #policies: Float64Array; // π(a) as `act` last drew from it, `[numProblems × numArms]`
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: SoftmaxBanditOptions = {}) {
    this.options = resolveOptions('SoftmaxBandit', SOFTMAX_BANDIT_DEFAULTS, options);
    checkSchedule('SoftmaxBandit: temperature', this.options.temperature, 0, Number.MAX_VALUE);
    this.#estimates = new ArmEstimates('SoftmaxBandit', task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.actionValues = this.#estimates.actionValues;
    this.counts = this.#estimates.counts;
    this.#policies = new Float64Array(this.counts.length);
  }

  /** Draws A from π(a) = exp(Q(a) / τ) / Σ exp(Q(b) / τ). */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { table, numActions } = this.actionValues;
    for (let i = 0; i < actions.length; i++) {
      writeSoftmax(table, i, this.#temperature(i), actionMasks, this.#policies, numActions);
      actions[i] = drawFromPolicy(this.#policies, i, numActions, this.#rng);
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
    const actionValues = this.actionValues.row(0);
    const policy = new Float64Array(actionValues.length);
    writeSoftmax(actionValues, 0, this.#temperature(0), actionMask, policy, policy.length);
    return {
      actionValues,
      policy,
      value: this.actionValues.value(0, actionMask),
      visitCounts: this.#estimates.firstCounts(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { temperature: this.#temperature(0) };
  }

  save(): SavedData {
    return saveParts(this.name, { ...this.#estimates.tables, rng: this.#rng });
  }

  restore(saved: SavedData): void {
    restoreParts('SoftmaxBandit.restore', saved, this.name, {
      ...this.#estimates.tables,
      rng: this.#rng,
    });
  }

  #temperature(i: number): number {
    return scheduleValue(this.options.temperature, this.#estimates.pulls[i]);
  }
}
