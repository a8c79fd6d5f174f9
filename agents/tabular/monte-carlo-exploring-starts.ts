import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkFinite, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { Episodes } from '../episodes.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { checkCopies, requireDiscrete, type Task } from '../task.ts';
import { greedyPolicy } from './greedy-policy.ts';
import {
  checkMonteCarloOptions,
  MONTE_CARLO_DEFAULTS,
  type MonteCarloOptions,
} from './monte-carlo-options.ts';
import { ReturnAverages } from './return-averages.ts';

/** How to learn. */
export interface MonteCarloExploringStartsOptions extends MonteCarloOptions {
  /** What every Q(s, a) starts as. Default 0. */
  readonly initialValue?: number;
}

/** The options that `new MonteCarloExploringStarts(task)` stands for. */
export const MONTE_CARLO_EXPLORING_STARTS_DEFAULTS: Required<MonteCarloExploringStartsOptions> = {
  initialValue: 0,
  ...MONTE_CARLO_DEFAULTS,
};

/**
 * Monte Carlo control with exploring starts: a random first action, then always a greedy one.
 *
 * Every state must begin episodes, for it explores nowhere else: let it act in `exploringStarts(world)`
 * of the worlds' side.
 *
 * Source: Sutton & Barto (2018), section 5.3, box "Monte Carlo ES". Differs from the source where
 * actions tie: π is each of them with the same chance.
 */
export class MonteCarloExploringStarts implements Agent {
  readonly name = 'monte-carlo-exploring-starts';
  readonly options: Required<MonteCarloExploringStartsOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  /** Returns(s, a) that have been averaged, `[numStates × numActions]`. */
  readonly counts: Float64Array;

  readonly #episodes: Episodes;
  readonly #averages: ReturnAverages;
  readonly #rng: Alea;
  readonly #steps = new StepCount();

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: MonteCarloExploringStartsOptions = {}) {
    const where = 'MonteCarloExploringStarts';
    const states = requireDiscrete(where, 'observations', task.observationSpace);
    const actions = requireDiscrete(where, 'actions', task.actionSpace);
    this.options = resolveOptions(where, MONTE_CARLO_EXPLORING_STARTS_DEFAULTS, options);
    checkMonteCarloOptions(where, this.options);
    checkFinite(`${where}: initialValue`, this.options.initialValue);
    this.actionValues = new ActionValues(states.n, actions.n, this.options.initialValue);
    this.#averages = new ReturnAverages(this.actionValues.table, actions.n, this.options);
    this.counts = this.#averages.counts;
    this.#episodes = new Episodes(where, task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
  }

  /** Chooses A₀ at random, such that all pairs have chances above 0, and later ones with π. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    checkCopies('MonteCarloExploringStarts.act', actions.length, this.#episodes.numCopies);
    for (let i = 0; i < actions.length; i++) {
      const epsilon = this.#episodes.of(i).length === 0 ? 1 : 0;
      const state = states[i];
      actions[i] = this.actionValues.epsilonGreedyAction(state, epsilon, this.#rng, actionMasks, i);
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
      const lastValue = terminated[i]
        ? 0
        : this.actionValues.value(nextObservations[i], nextActionMasks, i);
      this.#averages.learn(this.#episodes.of(i), lastValue);
    }
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.actionValues);
  }

  /** π is what it does after the first action of an episode. */
  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return {
      actionValues: this.actionValues.row(state),
      policy: this.actionValues.epsilonGreedyPolicy(state, 0, actionMask),
      value: this.actionValues.value(state, actionMask),
      actionValueTable: this.actionValues.table.slice(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return {};
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('MonteCarloExploringStarts.restore', saved, this.name, this.#parts());
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
