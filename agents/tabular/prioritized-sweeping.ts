import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween, checkInteger } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { Schedule } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import type { ActionValues } from '../action-values.ts';
import { PriorityQueue } from '../priority-queue.ts';
import type { SavedArrays } from '../saved-parts.ts';
import { checkReward, type Task } from '../task.ts';
import {
  CONTROL_DEFAULTS,
  type ControlOptions,
  EpsilonGreedyTable,
  resolveControlOptions,
} from './epsilon-greedy-table.ts';
import { LearnedModel } from './learned-model.ts';
import { PredictedPredecessors } from './predicted-predecessors.ts';

/** How to learn and plan; schedules run over the environment steps learned from. */
export interface PrioritizedSweepingOptions extends ControlOptions {
  /** α, in [0, 1]; below 1 far more backups are needed. Default 1. */
  readonly stepSize?: Schedule;
  /** n, imagined steps after each real one at most, at least 0. Default 5. */
  readonly planningSteps?: number;
  /** θ: errors up to this are let be; from 0 to 1e6. Default 0.0001. */
  readonly threshold?: number;
}

/** The options that `new PrioritizedSweeping(task)` stands for. */
export const PRIORITIZED_SWEEPING_DEFAULTS: Required<PrioritizedSweepingOptions> = {
  ...CONTROL_DEFAULTS,
  stepSize: 1,
  planningSteps: 5,
  threshold: 0.0001,
};

/**
 * Prioritized sweeping: imagines first what would change the values most, and from there backward what
 * leads to it. It learns its model, as Dyna-Q does, and takes the world for deterministic.
 *
 * Source: Moore & Atkeson (1993), "Prioritized sweeping: reinforcement learning with less data and less
 * real time", in the form of Sutton & Barto (2018), section 8.4, box "Prioritized sweeping for a
 * deterministic environment".
 */
export class PrioritizedSweeping implements Agent {
  readonly name = 'prioritized-sweeping';
  readonly options: Required<PrioritizedSweepingOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #model: LearnedModel;
  readonly #predecessors: PredictedPredecessors; // but for those that end the episode
  readonly #queue: PriorityQueue; // PQueue, of entries (s, a)
  readonly #updates = new Float64Array(1); // backups made

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: PrioritizedSweepingOptions = {}) {
    const where = 'PrioritizedSweeping';
    this.options = resolveControlOptions(where, PRIORITIZED_SWEEPING_DEFAULTS, options);
    checkInteger(`${where}: planningSteps`, this.options.planningSteps, 0);
    checkBetween(`${where}: threshold`, this.options.threshold, 0, 1e6);
    this.#table = new EpsilonGreedyTable(where, task, this.options);
    this.actionValues = this.#table.actionValues;
    const { numRows, numActions, table } = this.actionValues;
    this.#model = new LearnedModel(numRows, numActions);
    this.#predecessors = new PredictedPredecessors(numRows, table.length);
    this.#queue = new PriorityQueue(table.length);
  }

  /** Backups made so far. */
  get updates(): number {
    return this.#updates[0];
  }

  /** A ← policy(S, Q): ε-greedy. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * Remembers each transition, and makes up to n backups, those with the largest errors first.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards } = transitions;
    const { numActions } = this.actionValues;
    this.#model.seeMasks(transitions.nextObservations, transitions.nextActionMasks);
    for (let i = 0; i < actions.length; i++) {
      checkReward('PrioritizedSweeping.learn', rewards[i], this.#table.steps);
      // Model(S, A) ← R, S′.
      const entry = observations[i] * numActions + actions[i];
      this.#unlink(entry);
      this.#model.learn(transitions, i);
      this.#link(entry);
      // P ← |R + γ maxₐ Q(S′, a) − Q(S, A)|; if P > θ, then insert S, A into PQueue with priority P.
      this.#insert(entry);
      this.#sweep();
      this.#table.steps++;
    }
  }

  #sweep(): void {
    const queue = this.#queue;
    const predecessors = this.#predecessors;
    const { table, numActions } = this.actionValues;
    // Loop repeat n times, while PQueue is not empty:
    for (let k = 0; k < this.options.planningSteps && queue.size > 0; k++) {
      // S, A ← first(PQueue); R, S′ ← Model(S, A).
      const entry = queue.pop();
      // Q(S, A) ← Q(S, A) + α [R + γ maxₐ Q(S′, a) − Q(S, A)].
      table[entry] += this.#table.stepSize * this.#error(entry);
      this.#updates[0]++;
      // Loop for all S̄, Ā predicted to lead to S:
      const state = Math.floor(entry / numActions);
      for (
        let before = predecessors.first(state);
        before >= 0;
        before = predecessors.next(before)
      ) {
        // P ← |R̄ + γ maxₐ Q(S, a) − Q(S̄, Ā)|; if P > θ, then insert S̄, Ā.
        this.#insert(before);
      }
    }
  }

  #insert(entry: number): void {
    const priority = Math.abs(this.#error(entry));
    if (priority <= this.options.threshold) return;
    // One that is in the queue already keeps the higher priority.
    if (this.#queue.has(entry) && this.#queue.priorities[entry] >= priority) return;
    this.#queue.set(entry, priority);
  }

  /** R + γ maxₐ Q(S′, a) − Q(S, A) with R and S′ of the model. */
  #error(entry: number): number {
    const { rewards, nextStates, terminated, knownMasks } = this.#model;
    const nextState = nextStates[entry];
    const next = terminated[entry] ? 0 : this.actionValues.value(nextState, knownMasks, nextState);
    return rewards[entry] + this.options.discount * next - this.actionValues.table[entry];
  }

  #link(entry: number): void {
    const { nextStates, terminated } = this.#model;
    if (!terminated[entry]) this.#predecessors.add(entry, nextStates[entry]);
  }

  #unlink(entry: number): void {
    const { nextStates, terminated } = this.#model;
    if (nextStates[entry] < 0 || terminated[entry]) return;
    this.#predecessors.remove(entry, nextStates[entry]);
  }

  get #arrays(): SavedArrays {
    return {
      ...this.#model.arrays,
      ...this.#predecessors.arrays,
      ...this.#queue.arrays,
      updates: this.#updates,
    };
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return this.#table.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.#table.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return { ...this.#table.metrics(), updates: this.updates };
  }

  save(): SavedData {
    return this.#table.save(this.name, this.#arrays);
  }

  restore(saved: SavedData): void {
    const where = 'PrioritizedSweeping.restore';
    this.#table.restore(where, this.name, saved, this.#arrays, (arrays) => {
      this.#model.check(where, arrays);
      this.#predecessors.check(where, arrays);
      this.#queue.check(where, arrays);
    });
  }
}
