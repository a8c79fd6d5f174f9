import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, checkFinite, checkInteger, resolveOptions, show } from '../../core/check.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { checkReward, requireDiscrete, type Task } from '../task.ts';

/** How to learn; the schedule of ε runs over the pulls in a problem. */
export interface EpsilonGreedyOptions {
  /** ε, chance of a random arm, in [0, 1]. Default 0.1. */
  readonly epsilon?: Schedule;
  /** α in (0, 1], or `sample-average` for 1/N(a). Default `sample-average`. */
  readonly stepSize?: number | 'sample-average';
  /** Q₁(a); above any true value it drives exploration. Default 0. */
  readonly initialValue?: number;
  /** Whether the end of an episode is the start of a new problem. Default true. */
  readonly forgetAtEnd?: boolean;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new EpsilonGreedy(task)` stands for. */
export const EPSILON_GREEDY_DEFAULTS: Required<EpsilonGreedyOptions> = {
  epsilon: 0.1,
  stepSize: 'sample-average',
  initialValue: 0,
  forgetAtEnd: true,
  seed: 0,
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

  /** Pulls in the current problem, `[numProblems]`. */
  readonly #pulls: Float64Array;
  readonly #rng: Alea;

  /** @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: EpsilonGreedyOptions = {}) {
    const arms = requireDiscrete('EpsilonGreedy', 'actions', task.actionSpace);
    const numProblems = task.numEnvs ?? 1;
    checkInteger('EpsilonGreedy: numEnvs', numProblems, 1);
    this.options = resolveOptions('EpsilonGreedy', EPSILON_GREEDY_DEFAULTS, options);
    checkSchedule('EpsilonGreedy: epsilon', this.options.epsilon, 0, 1);
    checkFinite('EpsilonGreedy: initialValue', this.options.initialValue);
    checkStepSize(this.options.stepSize);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.actionValues = new ActionValues(numProblems, arms.n, this.options.initialValue);
    this.counts = new Float64Array(numProblems * arms.n);
    this.#pulls = new Float64Array(numProblems);
  }

  /** A ← argmaxₐ Q(a) with probability 1 − ε, ties broken randomly; a random arm with ε. */
  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      const epsilon = scheduleValue(this.options.epsilon, this.#pulls[i]);
      actions[i] = this.actionValues.epsilonGreedyAction(i, epsilon, this.#rng, actionMasks, i);
    }
  }

  /**
   * N(A) ← N(A) + 1; Q(A) ← Q(A) + [R − Q(A)] / N(A), or with α in place of 1/N(A).
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn({ actions, rewards, terminated, truncated }: Transitions): void {
    const { stepSize, forgetAtEnd } = this.options;
    const { table, numActions } = this.actionValues;
    for (let i = 0; i < actions.length; i++) {
      checkReward('EpsilonGreedy.learn', rewards[i], this.#pulls[i]);
      const arm = i * numActions + actions[i];
      this.counts[arm]++;
      const weight = stepSize === 'sample-average' ? 1 / this.counts[arm] : stepSize;
      table[arm] += weight * (rewards[i] - table[arm]);
      this.#pulls[i]++;
      if (forgetAtEnd && (terminated[i] || truncated[i])) this.#forget(i);
    }
  }

  /** Always a greedy arm; the lowest wins a tie. */
  greedy(): Policy {
    return {
      act: (_observations, actions, actionMasks) => {
        for (let i = 0; i < actions.length; i++) {
          actions[i] = this.actionValues.greedyAction(i, actionMasks, i);
        }
      },
    };
  }

  /** What it thinks in the first problem. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const epsilon = scheduleValue(this.options.epsilon, this.#pulls[0]);
    return {
      actionValues: this.actionValues.row(0),
      policy: this.actionValues.epsilonGreedyPolicy(0, epsilon, actionMask),
      value: this.actionValues.value(0, actionMask),
      visitCounts: new Float64Array(this.counts.subarray(0, this.actionValues.numActions)),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { epsilon: scheduleValue(this.options.epsilon, this.#pulls[0]) };
  }

  save(): SavedData {
    return {
      ...savedHeader('epsilon-greedy', 1),
      values: this.actionValues.table.slice(),
      counts: this.counts.slice(),
      pulls: this.#pulls.slice(),
      rng: this.#rng.snapshot(),
    };
  }

  restore(saved: SavedData): void {
    const where = 'EpsilonGreedy.restore';
    checkSavedHeader(where, saved, 'epsilon-greedy', 1);
    const arrays = { values: this.actionValues.table, counts: this.counts, pulls: this.#pulls };
    const rng = savedObject(where, saved, 'rng');
    for (const [key, array] of Object.entries(arrays)) {
      copySavedArray(where, saved, key, array.slice()); // all of them, before anything changes
    }
    this.#rng.restore(rng);
    for (const [key, array] of Object.entries(arrays)) copySavedArray(where, saved, key, array);
  }

  /** Starts problem i anew: Q(a) ← Q₁, N(a) ← 0. */
  #forget(i: number): void {
    const { table, numActions } = this.actionValues;
    table.fill(this.options.initialValue, i * numActions, (i + 1) * numActions);
    this.counts.fill(0, i * numActions, (i + 1) * numActions);
    this.#pulls[i] = 0;
  }
}

function checkStepSize(stepSize: number | string): void {
  if (stepSize === 'sample-average') return;
  if (typeof stepSize !== 'number') {
    throw new RangeError(
      `EpsilonGreedy: stepSize must be a number or "sample-average", got ${show(stepSize)}.`,
    );
  }
  checkBetween('EpsilonGreedy: stepSize', stepSize, Number.MIN_VALUE, 1);
}
