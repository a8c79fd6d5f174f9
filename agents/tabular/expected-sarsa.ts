import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
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
export interface ExpectedSarsaOptions extends ControlOptions {
  /**
   * ε of the policy that is learned about, in [0, 1], or `epsilon` for the one that acts. With 0 it
   * is Q-learning. Default `epsilon`.
   */
  readonly targetEpsilon?: Schedule | 'epsilon';
}

/** The options that `new ExpectedSarsa(task)` stands for. */
export const EXPECTED_SARSA_DEFAULTS: Required<ExpectedSarsaOptions> = {
  ...CONTROL_DEFAULTS,
  targetEpsilon: 'epsilon',
};

/**
 * Expected SARSA: learns from what the policy would do next on average, on-policy or off-policy.
 *
 * Source: van Seijen, van Hasselt, Whiteson & Wiering (2009), "A theoretical and empirical analysis of
 * Expected Sarsa", in the form of Sutton & Barto (2018), section 6.6, equation 6.9.
 */
export class ExpectedSarsa implements Agent {
  readonly name = 'expected-sarsa';
  readonly options: Required<ExpectedSarsaOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: ExpectedSarsaOptions = {}) {
    this.options = resolveControlOptions('ExpectedSarsa', EXPECTED_SARSA_DEFAULTS, options);
    const { targetEpsilon } = this.options;
    if (targetEpsilon !== 'epsilon') {
      checkSchedule('ExpectedSarsa: targetEpsilon', targetEpsilon, 0, 1);
    }
    this.#table = new EpsilonGreedyTable('ExpectedSarsa', task, this.options);
    this.actionValues = this.#table.actionValues;
  }

  /** Chooses A from S with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * Q(S, A) ← Q(S, A) + α [R + γ Σₐ π(a | S′) Q(S′, a) − Q(S, A)], for each transition.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const { table, numActions } = this.actionValues;
    const { discount } = this.options;
    for (let i = 0; i < actions.length; i++) {
      checkReward('ExpectedSarsa.learn', rewards[i], this.#table.steps);
      const next = terminated[i]
        ? 0
        : this.actionValues.expectedValue(
            nextObservations[i],
            this.#targetEpsilon(),
            transitions.nextActionMasks,
            i,
          );
      const entry = observations[i] * numActions + actions[i];
      table[entry] += this.#table.stepSize * (rewards[i] + discount * next - table[entry]);
      this.#table.steps++;
    }
  }

  #targetEpsilon(): number {
    const { targetEpsilon } = this.options;
    if (targetEpsilon === 'epsilon') return this.#table.epsilon;
    return scheduleValue(targetEpsilon, this.#table.steps);
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
    this.#table.restore('ExpectedSarsa.restore', this.name, saved);
  }
}
