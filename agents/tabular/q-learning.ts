import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import type { ActionValues } from '../action-values.ts';
import { checkReward, type Task } from '../task.ts';
import {
  CONTROL_DEFAULTS,
  type ControlOptions,
  EpsilonGreedyTable,
  resolveControlOptions,
} from './epsilon-greedy-table.ts';

/** How to learn; schedules run over the environment steps learned from. */
export type QLearningOptions = ControlOptions;

/** The options that `new QLearning(task)` stands for. */
export const Q_LEARNING_DEFAULTS: Required<QLearningOptions> = CONTROL_DEFAULTS;

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

  readonly #table: EpsilonGreedyTable;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: QLearningOptions = {}) {
    this.options = resolveControlOptions('QLearning', Q_LEARNING_DEFAULTS, options);
    this.#table = new EpsilonGreedyTable('QLearning', task, this.options);
    this.actionValues = this.#table.actionValues;
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#table.steps;
  }

  /** Chooses A from S with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
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
      checkReward('QLearning.learn', rewards[i], this.#table.steps);
      const next = terminated[i]
        ? 0
        : this.actionValues.value(nextObservations[i], transitions.nextActionMasks, i);
      const entry = observations[i] * numActions + actions[i];
      table[entry] += this.#table.stepSize * (rewards[i] + discount * next - table[entry]);
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
    return this.#table.save(this.name);
  }

  restore(saved: SavedData): void {
    this.#table.restore('QLearning.restore', this.name, saved);
  }
}
