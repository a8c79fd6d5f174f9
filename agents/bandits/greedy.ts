import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
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

/** How to learn. */
export type GreedyBanditOptions = EstimateOptions;

/** The options that `new GreedyBandit(task)` stands for. */
export const GREEDY_BANDIT_DEFAULTS: Required<GreedyBanditOptions> = ESTIMATE_DEFAULTS;

/**
 * The greedy bandit algorithm, for one problem or for many side by side: it explores only as far as
 * optimistic initial values drive it to.
 *
 *     new GreedyBandit(world, { initialValue: 5, stepSize: 0.1 }) // the optimistic one of figure 2.3
 *
 * Copy i of the world is a problem of its own, with its own estimates. Observations are not looked
 * at.
 *
 * Source: Sutton & Barto (2018), sections 2.2 and 2.6.
 */
export class GreedyBandit implements Agent {
  readonly name = 'greedy';
  readonly options: Required<GreedyBanditOptions>;

  /** Q(a), `[numProblems × numArms]`. */
  readonly actionValues: ActionValues;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  readonly #estimates: ArmEstimates;
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: GreedyBanditOptions = {}) {
    this.options = resolveOptions('GreedyBandit', GREEDY_BANDIT_DEFAULTS, options);
    this.#estimates = new ArmEstimates('GreedyBandit', task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.actionValues = this.#estimates.actionValues;
    this.counts = this.#estimates.counts;
  }

  /** A ← argmaxₐ Q(a), ties broken randomly. */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.actionValues.greedyActionAtRandom(i, this.#rng, actionMasks, i);
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

  /** The same, but the lowest arm wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.actionValues);
  }

  /** What it thinks in the first problem. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return {
      actionValues: this.actionValues.row(0),
      policy: this.actionValues.epsilonGreedyPolicy(0, 0, actionMask),
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
    restoreParts('GreedyBandit.restore', saved, this.name, {
      ...this.#estimates.tables,
      rng: this.#rng,
    });
  }
}
