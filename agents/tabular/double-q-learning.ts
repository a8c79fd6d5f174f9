import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import type { SavedArrays } from '../saved-parts.ts';
import { checkReward, type Task } from '../task.ts';
import {
  CONTROL_DEFAULTS,
  type ControlOptions,
  EpsilonGreedyTable,
  resolveControlOptions,
} from './epsilon-greedy-table.ts';

/** How to learn; schedules run over the environment steps learned from. */
export type DoubleQLearningOptions = ControlOptions;

/** The options that `new DoubleQLearning(task)` stands for. */
export const DOUBLE_Q_LEARNING_DEFAULTS: Required<DoubleQLearningOptions> = CONTROL_DEFAULTS;

/**
 * Double Q-learning: two tables, one of which says which action is best and the other what it is worth,
 * so that chance does not make the best look better than it is.
 *
 * Source: van Hasselt (2010), "Double Q-learning", in the form of Sutton & Barto (2018), section 6.7,
 * box "Double Q-learning".
 */
export class DoubleQLearning implements Agent {
  readonly name = 'double-q-learning';
  readonly options: Required<DoubleQLearningOptions>;

  /** (Q₁ + Q₂) / 2, `[numStates × numActions]`: what it acts by. */
  readonly actionValues: ActionValues;

  /** Q₁, `[numStates × numActions]`. */
  readonly firstValues: ActionValues;

  /** Q₂, `[numStates × numActions]`. */
  readonly secondValues: ActionValues;

  readonly #table: EpsilonGreedyTable;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: DoubleQLearningOptions = {}) {
    this.options = resolveControlOptions('DoubleQLearning', DOUBLE_Q_LEARNING_DEFAULTS, options);
    this.#table = new EpsilonGreedyTable('DoubleQLearning', task, this.options);
    this.actionValues = this.#table.actionValues;
    const { numRows, numActions } = this.actionValues;
    this.firstValues = new ActionValues(numRows, numActions, this.options.initialValue);
    this.secondValues = new ActionValues(numRows, numActions, this.options.initialValue);
  }

  /** Chooses A from S with the policy that is ε-greedy in Q₁ + Q₂. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * Q₁(S, A) ← Q₁(S, A) + α [R + γ Q₂(S′, argmaxₐ Q₁(S′, a)) − Q₁(S, A)], or the other way round, with
   * the same chance, for each transition.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const { numActions } = this.actionValues;
    const { discount } = this.options;
    const { rng } = this.#table;
    for (let i = 0; i < actions.length; i++) {
      checkReward('DoubleQLearning.learn', rewards[i], this.#table.steps);
      // With 0.5 probability: Q₁ is updated, else Q₂.
      const isFirst = rng.uniform() < 0.5;
      const own = isFirst ? this.firstValues : this.secondValues;
      const other = isFirst ? this.secondValues : this.firstValues;
      let next = 0;
      if (!terminated[i]) {
        const nextState = nextObservations[i];
        const best = own.greedyActionAtRandom(nextState, rng, transitions.nextActionMasks, i);
        next = other.table[nextState * numActions + best];
      }
      // Q₁(S, A) ← Q₁(S, A) + α (R + γ Q₂(S′, argmaxₐ Q₁(S′, a)) − Q₁(S, A)).
      const entry = observations[i] * numActions + actions[i];
      const error = rewards[i] + discount * next - own.table[entry];
      own.table[entry] += this.#table.stepSize * error;
      this.actionValues.table[entry] = (own.table[entry] + other.table[entry]) / 2;
      this.#table.steps++;
    }
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return this.#table.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.#table.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return this.#table.metrics();
  }

  save(): SavedData {
    return this.#table.save(this.name, this.#arrays);
  }

  restore(saved: SavedData): void {
    this.#table.restore('DoubleQLearning.restore', this.name, saved, this.#arrays);
  }

  get #arrays(): SavedArrays {
    return { first: this.firstValues.table, second: this.secondValues.table };
  }
}
