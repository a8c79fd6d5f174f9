import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import type { ActionValues } from '../action-values.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import {
  CONTROL_DEFAULTS,
  type ControlOptions,
  EpsilonGreedyTable,
  resolveControlOptions,
} from './epsilon-greedy-table.ts';
import { NextActions } from './next-actions.ts';

/** How to learn; schedules run over the environment steps learned from. */
export type SarsaOptions = ControlOptions;

/** The options that `new Sarsa(task)` stands for. */
export const SARSA_DEFAULTS: Required<SarsaOptions> = CONTROL_DEFAULTS;

/**
 * SARSA: on-policy temporal-difference control with a table.
 *
 * It learns from the action that it takes next, so acts and learns in turns: `learn` chooses A′, and
 * the next `act` on the same row takes it. Where ε stays above 0 it learns the best way to act with
 * that much exploration.
 *
 * Source: Rummery & Niranjan (1994), "On-line Q-learning using connectionist systems", in the form of
 * Sutton & Barto (2018), section 6.4, box "Sarsa (on-policy TD control)".
 */
export class Sarsa implements Agent {
  readonly name = 'sarsa';
  readonly options: Required<SarsaOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #nextActions: NextActions;
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: SarsaOptions = {}) {
    this.options = resolveControlOptions('Sarsa', SARSA_DEFAULTS, options);
    this.#table = new EpsilonGreedyTable('Sarsa', task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#numCopies = numCopies('Sarsa', task);
    this.#nextActions = new NextActions(this.#numCopies);
  }

  /** A ← A′; where an episode begins, chooses A from S with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#nextActions.act(this.#table, states, actions, actionMasks);
  }

  /**
   * Q(S, A) ← Q(S, A) + α [R + γ Q(S′, A′) − Q(S, A)], for each transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const { table, numActions } = this.actionValues;
    const { discount } = this.options;
    checkCopies('Sarsa.learn', actions.length, this.#numCopies);
    for (let i = 0; i < actions.length; i++) {
      checkReward('Sarsa.learn', rewards[i], this.#table.steps);
      let next = 0;
      if (terminated[i]) {
        this.#nextActions.forget(i);
      } else {
        // Choose A′ from S′ using policy derived from Q (e.g., ε-greedy).
        const nextAction = this.#nextActions.choose(this.#table, transitions, i);
        next = table[nextObservations[i] * numActions + nextAction];
      }
      // Q(S, A) ← Q(S, A) + α [R + γ Q(S′, A′) − Q(S, A)].
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
    return this.#table.save(this.name, this.#nextActions.arrays);
  }

  restore(saved: SavedData): void {
    const where = 'Sarsa.restore';
    this.#table.restore(where, this.name, saved, this.#nextActions.arrays, (arrays) => {
      this.#nextActions.check(where, arrays, this.actionValues.numActions);
    });
  }
}
