import type { Policy } from '../../core/agent.ts';
import { checkFinite } from '../../core/check.ts';
import { expm1, log1p } from '../../core/math.ts';
import type { Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { type AverageStepSize, checkAverageStepSize } from '../average-step-size.ts';
import type { Task } from '../task.ts';
import { checkRewards, hasEnded, problemsOf } from './problems.ts';

/** How the arms' values are estimated from rewards. */
export interface EstimateOptions {
  /** α in (0, 1], or `sample-average` for 1/N(a). Default `sample-average`. */
  readonly stepSize?: AverageStepSize;
  /**
   * Whether a constant α is divided by 1 − (1 − α)^N(a), so that Q₁ weighs nothing from the first
   * pull on; changes nothing for sample averages. Default false.
   */
  readonly unbiased?: boolean;
  /** Q₁(a); above any true value it drives exploration ("optimistic"). Default 0. */
  readonly initialValue?: number;
  /** Whether the end of an episode is the start of a new problem. Default true. */
  readonly forgetAtEnd?: boolean;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options of estimates that are not given. */
export const ESTIMATE_DEFAULTS: Required<EstimateOptions> = {
  stepSize: 'sample-average',
  unbiased: false,
  initialValue: 0,
  forgetAtEnd: true,
  seed: 0,
};

/**
 * Estimates of the value of every arm, in many problems side by side.
 *
 * Source: Sutton & Barto (2018), sections 2.2 to 2.6; `unbiased` is exercise 2.7.
 */
export class ArmEstimates {
  /** Q(a), `[numProblems × numArms]`. */
  readonly actionValues: ActionValues;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  /** Pulls in the current problem, `[numProblems]`. */
  readonly pulls: Float64Array;

  /** Of the reward that was counted last, `[1]`: a number that a call returns may be allocated. */
  readonly weight: Float64Array = new Float64Array(1);

  readonly #where: string;
  readonly #options: Required<EstimateOptions>;

  /** @throws RangeError if the actions are not `Discrete`, or an option is out of range. */
  constructor(where: string, task: Task, options: Required<EstimateOptions>) {
    const { numProblems, numArms } = problemsOf(where, task);
    checkFinite(`${where}: initialValue`, options.initialValue);
    checkAverageStepSize(`${where}: stepSize`, options.stepSize);
    this.#where = `${where}.learn`;
    this.#options = options;
    this.actionValues = new ActionValues(numProblems, numArms, options.initialValue);
    this.counts = new Float64Array(numProblems * numArms);
    this.pulls = new Float64Array(numProblems);
  }

  /** All that must be saved. */
  get tables(): Record<'values' | 'counts' | 'pulls', Float64Array> {
    return { values: this.actionValues.table, counts: this.counts, pulls: this.pulls };
  }

  /**
   * N(A) ← N(A) + 1; Q(A) ← Q(A) + [R − Q(A)] / N(A), or with α in place of 1/N(A).
   *
   * @throws RangeError if a reward is not a finite number; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    const { actions, rewards } = transitions;
    const { table, numActions } = this.actionValues;
    this.checkRewards(rewards);
    for (let i = 0; i < actions.length; i++) {
      const arm = i * numActions + actions[i];
      this.count(i, arm);
      table[arm] += this.weight[0] * (rewards[i] - table[arm]);
      this.forgetEnded(transitions, i);
    }
  }

  /** @throws RangeError if a reward is not a finite number. */
  checkRewards(rewards: Float64Array): void {
    checkRewards(this.#where, rewards, this.pulls);
  }

  /** Counts a pull in problem i of the arm in entry `arm`; leaves its reward's weight in `weight[0]`. */
  count(i: number, arm: number): void {
    const { stepSize, unbiased } = this.#options;
    const count = ++this.counts[arm];
    this.pulls[i]++;
    if (stepSize === 'sample-average') this.weight[0] = 1 / count;
    else if (!unbiased) this.weight[0] = stepSize;
    // ō ← ō + α (1 − ō) from ō = 0 comes to ō = 1 − (1 − α)ᴺ.
    else this.weight[0] = stepSize / -expm1(count * log1p(-stepSize));
  }

  /** Starts problem i anew where its episode ended: Q(a) ← Q₁, N(a) ← 0. Returns whether it did. */
  forgetEnded(transitions: Transitions, i: number): boolean {
    const { forgetAtEnd, initialValue } = this.#options;
    if (!forgetAtEnd || !hasEnded(transitions, i)) return false;
    const { table, numActions } = this.actionValues;
    table.fill(initialValue, i * numActions, (i + 1) * numActions);
    this.counts.fill(0, i * numActions, (i + 1) * numActions);
    this.pulls[i] = 0;
    return true;
  }

  /** N(a) in the first problem, `[numArms]`, a new array. */
  firstCounts(): Float64Array {
    return new Float64Array(this.counts.subarray(0, this.actionValues.numActions));
  }
}

/** Always an arm with the highest value in the problem; the lowest arm wins a tie. */
export function greedyPolicy(values: ActionValues): Policy {
  return {
    act: (_observations, actions, actionMasks) => {
      for (let i = 0; i < actions.length; i++) {
        actions[i] = values.greedyAction(i, actionMasks, i);
      }
    },
  };
}
