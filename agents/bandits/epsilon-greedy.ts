import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkOneOf, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { type ActionValues, countLegal } from '../action-values.ts';
import { restoreParts, saveParts } from '../saved-parts.ts';
import type { Task } from '../task.ts';
import {
  ArmEstimates,
  ESTIMATE_DEFAULTS,
  type EstimateOptions,
  greedyPolicy,
} from './arm-estimates.ts';

/** How to learn; the schedule of ε runs over the pulls in a problem. */
export interface EpsilonGreedyOptions extends EstimateOptions {
  /** ε, chance of a random arm, in [0, 1]. Default 0.1. */
  readonly epsilon?: Schedule;
  /**
   * What a random arm is drawn from: `all` arms, the greedy one too, or all `others`, so that of n
   * arms each has a chance of ε/(n − 1). Default `all`.
   */
  readonly explore?: 'all' | 'others';
}

/** The options that `new EpsilonGreedy(task)` stands for. */
export const EPSILON_GREEDY_DEFAULTS: Required<EpsilonGreedyOptions> = {
  epsilon: 0.1,
  explore: 'all',
  ...ESTIMATE_DEFAULTS,
};

/**
 * The simple ε-greedy bandit algorithm, for one problem or for many side by side.
 *
 * Copy i of the world is a problem of its own, with its own estimates. Observations are not looked
 * at.
 *
 * Source: Sutton & Barto (2018), sections 2.2 to 2.6, box "A simple bandit algorithm".
 */
export class EpsilonGreedy implements Agent {
  readonly name = 'epsilon-greedy';
  readonly options: Required<EpsilonGreedyOptions>;

  /** Q(a), `[numProblems × numArms]`. */
  readonly actionValues: ActionValues;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  readonly #estimates: ArmEstimates;
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: EpsilonGreedyOptions = {}) {
    this.options = resolveOptions('EpsilonGreedy', EPSILON_GREEDY_DEFAULTS, options);
    checkSchedule('EpsilonGreedy: epsilon', this.options.epsilon, 0, 1);
    checkOneOf('EpsilonGreedy: explore', this.options.explore, ['all', 'others']);
    this.#estimates = new ArmEstimates('EpsilonGreedy', task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.actionValues = this.#estimates.actionValues;
    this.counts = this.#estimates.counts;
  }

  /** A ← argmaxₐ Q(a) with probability 1 − ε, ties broken randomly; a random arm with ε. */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const isAmongAll = this.options.explore === 'all';
    for (let i = 0; i < actions.length; i++) {
      const epsilon = this.#epsilon(i);
      actions[i] = isAmongAll
        ? this.actionValues.epsilonGreedyAction(i, epsilon, this.#rng, actionMasks, i)
        : this.#greedyOrOther(i, epsilon, actionMasks);
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

  /** Always a greedy arm; the lowest wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.actionValues);
  }

  /** What it thinks in the first problem. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const greedy = this.actionValues.epsilonGreedyPolicy(0, 0, actionMask);
    const epsilon = this.#epsilon(0);
    return {
      actionValues: this.actionValues.row(0),
      policy:
        this.options.explore === 'all'
          ? this.actionValues.epsilonGreedyPolicy(0, epsilon, actionMask)
          : otherwisePolicy(greedy, epsilon, actionMask),
      value: this.actionValues.value(0, actionMask),
      visitCounts: this.#estimates.firstCounts(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { epsilon: this.#epsilon(0) };
  }

  save(): SavedData {
    return saveParts(this.name, { ...this.#estimates.tables, rng: this.#rng });
  }

  restore(saved: SavedData): void {
    const { tables } = this.#estimates;
    restoreParts('EpsilonGreedy.restore', saved, this.name, { ...tables, rng: this.#rng });
  }

  #epsilon(i: number): number {
    return scheduleValue(this.options.epsilon, this.#estimates.pulls[i]);
  }

  /** A greedy arm with probability 1 − ε; with ε one of the others, where there are any. */
  #greedyOrOther(i: number, epsilon: number, masks?: Uint8Array): number {
    const { numActions } = this.actionValues;
    const greedy = this.actionValues.greedyActionAtRandom(i, this.#rng, masks, i);
    if (this.#rng.uniform() >= epsilon) return greedy;
    const numLegal = countLegal(numActions, masks, i);
    if (numLegal === 1) return greedy;
    let rank = this.#rng.below(numLegal - 1);
    for (let arm = 0; ; arm++) {
      const isOther = arm !== greedy && (masks === undefined || masks[i * numActions + arm] !== 0);
      if (isOther && rank-- === 0) return arm;
    }
  }
}

/** π(a) where a random arm is any but the greedy one, given the chance of each to be that one. */
function otherwisePolicy(greedy: Float64Array, epsilon: number, mask?: Uint8Array): Float64Array {
  const numLegal = countLegal(greedy.length, mask);
  if (numLegal === 1) return greedy;
  return greedy.map((chance, arm) =>
    mask?.[arm] === 0 ? 0 : (1 - epsilon) * chance + (epsilon * (1 - chance)) / (numLegal - 1),
  );
}
