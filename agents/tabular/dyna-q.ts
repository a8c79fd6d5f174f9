import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkInteger } from '../../core/check.ts';
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
import { LearnedModel } from './learned-model.ts';

/** How to learn and plan; schedules run over the environment steps learned from. */
export interface DynaQOptions extends ControlOptions {
  /** n, imagined steps after each real one, at least 0; 0 is Q-learning. Default 5. */
  readonly planningSteps?: number;
}

/** The options that `new DynaQ(task)` stands for. */
export const DYNA_Q_DEFAULTS: Required<DynaQOptions> = { ...CONTROL_DEFAULTS, planningSteps: 5 };

/**
 * Dyna-Q: Q-learning from what happens, and between steps from what is remembered to have happened.
 *
 * Its model takes the world for deterministic.
 *
 * Source: Sutton (1990), "Integrated architectures for learning, planning, and reacting based on
 * approximating dynamic programming", in the form of Sutton & Barto (2018), section 8.2, box "Tabular
 * Dyna-Q".
 */
export class DynaQ implements Agent {
  readonly name = 'dyna-q';
  readonly options: Required<DynaQOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #model: LearnedModel;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: DynaQOptions = {}) {
    this.options = resolveControlOptions('DynaQ', DYNA_Q_DEFAULTS, options);
    checkInteger('DynaQ: planningSteps', this.options.planningSteps, 0);
    this.#table = new EpsilonGreedyTable('DynaQ', task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#model = new LearnedModel(this.actionValues.numRows, this.actionValues.numActions);
  }

  /** A ← ε-greedy(S, Q). */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * Learns from each transition, remembers it, and learns from n remembered ones.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards } = transitions;
    const { numActions } = this.actionValues;
    this.#model.seeMasks(transitions.nextObservations, transitions.nextActionMasks);
    for (let i = 0; i < actions.length; i++) {
      checkReward('DynaQ.learn', rewards[i], this.#table.steps);
      // Model(S, A) ← R, S′ (assuming deterministic environment).
      this.#model.learn(transitions, i);
      // Q(S, A) ← Q(S, A) + α [R + γ maxₐ Q(S′, a) − Q(S, A)].
      this.#backup(observations[i] * numActions + actions[i]);
      this.#plan();
      this.#table.steps++;
    }
  }

  #plan(): void {
    const { rng } = this.#table;
    // Loop repeat n times:
    for (let k = 0; k < this.options.planningSteps; k++) {
      // S ← random previously observed state; A ← random action previously taken in S.
      const state = this.#model.randomState(rng);
      const action = this.#model.randomAction(state, rng);
      // R, S′ ← Model(S, A); Q(S, A) ← Q(S, A) + α [R + γ maxₐ Q(S′, a) − Q(S, A)].
      this.#backup(state * this.actionValues.numActions + action);
    }
  }

  /** Q(S, A) ← Q(S, A) + α [R + γ maxₐ Q(S′, a) − Q(S, A)] with R and S′ of the model. */
  #backup(entry: number): void {
    const { rewards, nextStates, terminated, knownMasks } = this.#model;
    const { table } = this.actionValues;
    const nextState = nextStates[entry];
    const next = terminated[entry] ? 0 : this.actionValues.value(nextState, knownMasks, nextState);
    const error = rewards[entry] + this.options.discount * next - table[entry];
    table[entry] += this.#table.stepSize * error;
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
    return this.#table.save(this.name, this.#model.arrays);
  }

  restore(saved: SavedData): void {
    const where = 'DynaQ.restore';
    this.#table.restore(where, this.name, saved, this.#model.arrays, (arrays) => {
      this.#model.check(where, arrays);
    });
  }
}
