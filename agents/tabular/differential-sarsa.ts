import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkFinite } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
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
export interface DifferentialSarsaOptions extends Omit<ControlOptions, 'discount'> {
  /** β, step size of the average reward, in [0, 1]. Default 0.01. */
  readonly averageStepSize?: Schedule;
  /** What the average reward starts as. Default 0. */
  readonly initialAverage?: number;
}

/** The options that `new DifferentialSarsa(task)` stands for. */
export const DIFFERENTIAL_SARSA_DEFAULTS: Required<DifferentialSarsaOptions> = {
  stepSize: CONTROL_DEFAULTS.stepSize,
  epsilon: CONTROL_DEFAULTS.epsilon,
  initialValue: CONTROL_DEFAULTS.initialValue,
  seed: CONTROL_DEFAULTS.seed,
  averageStepSize: 0.01,
  initialAverage: 0,
};

/**
 * Differential SARSA: on-policy control of a task without end, for the highest average reward.
 *
 * Q(s, a) is how much more than the average is earned from there on. `learn` chooses A′, and the next
 * `act` on the same row takes it. It is made for worlds that never terminate: what follows a terminal
 * state counts as nothing above the average.
 *
 * Source: Sutton & Barto (2018), section 10.3, box "Differential semi-gradient Sarsa for estimating
 * q̂ ≈ q*", with a table.
 */
export class DifferentialSarsa implements Agent {
  readonly name = 'differential-sarsa';
  readonly options: Required<DifferentialSarsaOptions>;

  /** Q(s, a), differential, `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #nextActions: NextActions;
  readonly #average = new Float64Array(1); // R̄
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: DifferentialSarsaOptions = {}) {
    const where = 'DifferentialSarsa';
    this.options = resolveControlOptions(where, DIFFERENTIAL_SARSA_DEFAULTS, options);
    checkSchedule(`${where}: averageStepSize`, this.options.averageStepSize, 0, 1);
    checkFinite(`${where}: initialAverage`, this.options.initialAverage);
    this.#table = new EpsilonGreedyTable(where, task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#numCopies = numCopies(where, task);
    this.#nextActions = new NextActions(this.#numCopies);
    this.#average[0] = this.options.initialAverage;
  }

  /** R̄, the average reward of a step as far as it is known. */
  get averageReward(): number {
    return this.#average[0];
  }

  /** A ← A′; at the start, chooses A from S with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#nextActions.act(this.#table, states, actions, actionMasks);
  }

  /**
   * R̄ ← R̄ + β δ and Q(S, A) ← Q(S, A) + α δ, with δ = R − R̄ + Q(S′, A′) − Q(S, A), for each
   * transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const { table, numActions } = this.actionValues;
    const average = this.#average;
    checkCopies('DifferentialSarsa.learn', actions.length, this.#numCopies);
    for (let i = 0; i < actions.length; i++) {
      checkReward('DifferentialSarsa.learn', rewards[i], this.#table.steps);
      let next = 0;
      if (terminated[i]) {
        this.#nextActions.forget(i);
      } else {
        // Choose A′ as a function of q̂(S′, ·) (e.g., ε-greedy).
        const nextAction = this.#nextActions.choose(this.#table, transitions, i);
        next = table[nextObservations[i] * numActions + nextAction];
      }
      // δ ← R − R̄ + q̂(S′, A′) − q̂(S, A).
      const entry = observations[i] * numActions + actions[i];
      const error = rewards[i] - average[0] + next - table[entry];
      // R̄ ← R̄ + β δ.
      average[0] += scheduleValue(this.options.averageStepSize, this.#table.steps) * error;
      // Q(S, A) ← Q(S, A) + α δ.
      table[entry] += this.#table.stepSize * error;
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
    return { ...this.#table.metrics(), averageReward: this.averageReward };
  }

  save(): SavedData {
    return this.#table.save(this.name, { ...this.#nextActions.arrays, average: this.#average });
  }

  restore(saved: SavedData): void {
    const where = 'DifferentialSarsa.restore';
    this.#table.restore(
      where,
      this.name,
      saved,
      { ...this.#nextActions.arrays, average: this.#average },
      (arrays) => {
        this.#nextActions.check(where, arrays, this.actionValues.numActions);
      },
    );
  }
}
