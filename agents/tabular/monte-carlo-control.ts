import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkFinite, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { Episodes } from '../episodes.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { requireDiscrete, type Task } from '../task.ts';
import { greedyPolicy } from './greedy-policy.ts';
import {
  checkMonteCarloOptions,
  MONTE_CARLO_DEFAULTS,
  type MonteCarloOptions,
} from './monte-carlo-options.ts';
import { ReturnAverages } from './return-averages.ts';

/** How to learn; the schedule of ε runs over the environment steps learned from. */
export interface MonteCarloControlOptions extends MonteCarloOptions {
  /** ε, chance of a random action, in [0, 1]. Default 0.1. */
  readonly epsilon?: Schedule;
  /** What every Q(s, a) starts as. Default 0. */
  readonly initialValue?: number;
}

/** The options that `new MonteCarloControl(task)` stands for. */
export const MONTE_CARLO_CONTROL_DEFAULTS: Required<MonteCarloControlOptions> = {
  epsilon: 0.1,
  initialValue: 0,
  ...MONTE_CARLO_DEFAULTS,
};

/**
 * On-policy Monte Carlo control for ε-soft policies.
 *
 * Source: Sutton & Barto (2018), section 5.4, box "On-policy first-visit MC control". Differs from
 * the source where actions tie: it takes each of them with the same chance.
 */
export class MonteCarloControl implements Agent {
  readonly name = 'monte-carlo-control';
  readonly options: Required<MonteCarloControlOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  /** Returns(s, a) that have been averaged, `[numStates × numActions]`. */
  readonly counts: Float64Array;

  readonly #episodes: Episodes;
  readonly #averages: ReturnAverages;
  readonly #rng: Alea;
  readonly #steps = new StepCount();

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: MonteCarloControlOptions = {}) {
    const where = 'MonteCarloControl';
    const states = requireDiscrete(where, 'observations', task.observationSpace);
    const actions = requireDiscrete(where, 'actions', task.actionSpace);
    this.options = resolveOptions(where, MONTE_CARLO_CONTROL_DEFAULTS, options);
    checkMonteCarloOptions(where, this.options);
    checkSchedule(`${where}: epsilon`, this.options.epsilon, 0, 1);
    checkFinite(`${where}: initialValue`, this.options.initialValue);
    this.actionValues = new ActionValues(states.n, actions.n, this.options.initialValue);
    this.#averages = new ReturnAverages(this.actionValues.table, actions.n, this.options);
    this.counts = this.#averages.counts;
    this.#episodes = new Episodes(where, task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.options.epsilon, this.#steps.value);
  }

  /** Chooses A from S with π, which is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { actionValues, epsilon } = this;
    for (let i = 0; i < actions.length; i++) {
      const state = states[i];
      actions[i] = actionValues.epsilonGreedyAction(state, epsilon, this.#rng, actionMasks, i);
    }
  }

  /**
   * Adds each transition to the episode of its copy, and learns from the episodes that end.
   *
   * @throws RangeError if there is not one row for each copy, or a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { actions, nextObservations, terminated, nextActionMasks } = transitions;
    this.#episodes.check(transitions);
    for (let i = 0; i < actions.length; i++) {
      this.#episodes.add(transitions, i, this.#steps.value);
      this.#steps.value++;
      if (!this.#episodes.isComplete(transitions, i)) continue;
      const next = nextObservations[i];
      const lastValue = terminated[i]
        ? 0
        : this.actionValues.expectedValue(next, this.epsilon, nextActionMasks, i);
      this.#averages.learn(this.#episodes.of(i), lastValue);
    }
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.actionValues);
  }

  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return {
      actionValues: this.actionValues.row(state),
      policy: this.actionValues.epsilonGreedyPolicy(state, this.epsilon, actionMask),
      value: this.actionValues.value(state, actionMask),
      actionValueTable: this.actionValues.table.slice(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { epsilon: this.epsilon };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('MonteCarloControl.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return {
      ...this.#averages.parts,
      steps: this.#steps,
      episodes: this.#episodes,
      rng: this.#rng,
    };
  }
}
