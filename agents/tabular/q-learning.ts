import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, checkFinite, resolveOptions } from '../../core/check.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { checkReward, requireDiscrete, type Task } from '../task.ts';

/** How to learn; schedules run over the environment steps learned from. */
export interface QLearningOptions {
  /** α, in [0, 1]. Default 0.1. */
  readonly stepSize?: Schedule;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** ε, chance of a random action, in [0, 1]. Default 0.1. */
  readonly epsilon?: Schedule;
  /** What every Q(s, a) starts as; above any true value it drives exploration. Default 0. */
  readonly initialValue?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new QLearning(task)` stands for. */
export const Q_LEARNING_DEFAULTS: Required<QLearningOptions> = {
  stepSize: 0.1,
  discount: 0.99,
  epsilon: 0.1,
  initialValue: 0,
  seed: 0,
};

/**
 * Q-learning: off-policy temporal-difference control with a table.
 *
 * Source: Watkins (1989), in the form of Sutton & Barto (2018), section 6.5.
 */
export class QLearning implements Agent {
  readonly name = 'q-learning';
  readonly options: Required<QLearningOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #rng: Alea;
  #steps = 0;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: QLearningOptions = {}) {
    const states = requireDiscrete('QLearning', 'observations', task.observationSpace);
    const actions = requireDiscrete('QLearning', 'actions', task.actionSpace);
    this.options = resolveOptions('QLearning', Q_LEARNING_DEFAULTS, options);
    checkSchedule('QLearning: stepSize', this.options.stepSize, 0, 1);
    checkBetween('QLearning: discount', this.options.discount, 0, 1);
    checkSchedule('QLearning: epsilon', this.options.epsilon, 0, 1);
    checkFinite('QLearning: initialValue', this.options.initialValue);
    this.#rng = new Alea(this.options.seed, 'agent');
    this.actionValues = new ActionValues(states.n, actions.n, this.options.initialValue);
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps;
  }

  /** Chooses A from S with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const epsilon = scheduleValue(this.options.epsilon, this.#steps);
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.actionValues.epsilonGreedyAction(
        states[i],
        epsilon,
        this.#rng,
        actionMasks,
        i,
      );
    }
  }

  /**
   * Q(S, A) ← Q(S, A) + α [R + γ maxₐ Q(S′, a) − Q(S, A)], for each transition.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const { table, numActions } = this.actionValues;
    const { discount } = this.options;
    for (let i = 0; i < actions.length; i++) {
      checkReward('QLearning.learn', rewards[i], this.#steps);
      const stepSize = scheduleValue(this.options.stepSize, this.#steps);
      const next = terminated[i]
        ? 0
        : this.actionValues.value(nextObservations[i], transitions.nextActionMasks, i);
      const entry = observations[i] * numActions + actions[i];
      table[entry] += stepSize * (rewards[i] + discount * next - table[entry]);
      this.#steps++;
    }
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return {
      act: (states, actions, actionMasks) => {
        for (let i = 0; i < actions.length; i++) {
          actions[i] = this.actionValues.greedyAction(states[i], actionMasks, i);
        }
      },
    };
  }

  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    const epsilon = scheduleValue(this.options.epsilon, this.#steps);
    return {
      actionValues: this.actionValues.row(state),
      policy: this.actionValues.epsilonGreedyPolicy(state, epsilon, actionMask),
      value: this.actionValues.value(state, actionMask),
      actionValueTable: new Float64Array(this.actionValues.table),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return {
      epsilon: scheduleValue(this.options.epsilon, this.#steps),
      stepSize: scheduleValue(this.options.stepSize, this.#steps),
    };
  }

  save(): SavedData {
    return {
      ...savedHeader('q-learning', 1),
      steps: this.#steps,
      values: this.actionValues.table.slice(),
      rng: this.#rng.snapshot(),
    };
  }

  restore(saved: SavedData): void {
    const where = 'QLearning.restore';
    checkSavedHeader(where, saved, 'q-learning', 1);
    const steps = savedCount(where, saved, 'steps');
    const rng = savedObject(where, saved, 'rng');
    copySavedArray(where, saved, 'values', this.actionValues.table.slice());
    this.#rng.restore(rng);
    copySavedArray(where, saved, 'values', this.actionValues.table);
    this.#steps = steps;
  }
}
