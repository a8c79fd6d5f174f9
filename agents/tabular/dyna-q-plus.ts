import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween, checkInteger } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { type ActionValues, randomLegalAction } from '../action-values.ts';
import { checkReward, type Task } from '../task.ts';
import {
  CONTROL_DEFAULTS,
  type ControlOptions,
  EpsilonGreedyTable,
  resolveControlOptions,
} from './epsilon-greedy-table.ts';
import { LearnedModel } from './learned-model.ts';

/** How to learn and plan; schedules run over the environment steps learned from. */
export interface DynaQPlusOptions extends ControlOptions {
  /** n, imagined steps after each real one, at least 0. Default 5. */
  readonly planningSteps?: number;
  /** κ: κ √τ is added to the reward of what was not tried for τ steps; from 0 to 1e6. Default 0.001. */
  readonly bonus?: number;
}

/** The options that `new DynaQPlus(task)` stands for. */
export const DYNA_Q_PLUS_DEFAULTS: Required<DynaQPlusOptions> = {
  ...CONTROL_DEFAULTS,
  planningSteps: 5,
  bonus: 0.001,
};

/**
 * Dyna-Q+: Dyna-Q that imagines more reward where it has not been for long, and so finds what has
 * changed.
 *
 * Actions that were never taken in a state are imagined to lead back to it without reward. Its model
 * takes the world for deterministic between changes. Steps are those of all copies of the world.
 *
 * Source: Sutton (1990), in the form of Sutton & Barto (2018), sections 8.2 and 8.3, with its footnote.
 */
export class DynaQPlus implements Agent {
  readonly name = 'dyna-q-plus';
  readonly options: Required<DynaQPlusOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #model: LearnedModel;
  readonly #triedAt: Float64Array; // step of the last try of each (s, a), counted from 1; 0 for never

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: DynaQPlusOptions = {}) {
    this.options = resolveControlOptions('DynaQPlus', DYNA_Q_PLUS_DEFAULTS, options);
    checkInteger('DynaQPlus: planningSteps', this.options.planningSteps, 0);
    checkBetween('DynaQPlus: bonus', this.options.bonus, 0, 1e6);
    this.#table = new EpsilonGreedyTable('DynaQPlus', task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#model = new LearnedModel(this.actionValues.numRows, this.actionValues.numActions);
    this.#triedAt = new Float64Array(this.actionValues.table.length);
  }

  /** A ← ε-greedy(S, Q). */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#model.seeMasks(states, actionMasks); // so that nothing illegal is imagined
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * Learns from each transition, remembers it, and learns from n imagined ones.
   *
   * @throws RangeError if a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const { numActions } = this.actionValues;
    this.#model.seeMasks(nextObservations, transitions.nextActionMasks);
    for (let i = 0; i < actions.length; i++) {
      checkReward('DynaQPlus.learn', rewards[i], this.#table.steps);
      const entry = observations[i] * numActions + actions[i];
      // Q(S, A) ← Q(S, A) + α [R + γ maxₐ Q(S′, a) − Q(S, A)].
      this.#backup(entry, rewards[i], nextObservations[i], terminated[i] === 1);
      // Model(S, A) ← R, S′.
      this.#model.learn(transitions, i);
      this.#table.steps++;
      this.#triedAt[entry] = this.#table.steps;
      this.#plan();
    }
  }

  #plan(): void {
    const { planningSteps, bonus } = this.options;
    const { numActions } = this.actionValues;
    const { rewards, nextStates, terminated, masks } = this.#model;
    const { rng, steps } = this.#table;
    // Loop repeat n times:
    for (let k = 0; k < planningSteps; k++) {
      // S ← random previously observed state; A ← random action, taken there before or not.
      const state = this.#model.randomState(rng);
      const entry = state * numActions + randomLegalAction(rng, numActions, masks, state);
      // R, S′ ← Model(S, A); R ← R + κ √τ.
      const wasTried = nextStates[entry] >= 0;
      const nextState = wasTried ? nextStates[entry] : state;
      const reward = rewards[entry] + bonus * Math.sqrt(steps - this.#triedAt[entry]);
      // Q(S, A) ← Q(S, A) + α [R + γ maxₐ Q(S′, a) − Q(S, A)].
      this.#backup(entry, reward, nextState, terminated[entry] === 1);
    }
  }

  #backup(entry: number, reward: number, nextState: number, terminated: boolean): void {
    const { table } = this.actionValues;
    const next = terminated
      ? 0
      : this.actionValues.value(nextState, this.#model.knownMasks, nextState);
    const error = reward + this.options.discount * next - table[entry];
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
    return this.#table.save(this.name, { ...this.#model.arrays, triedAt: this.#triedAt });
  }

  restore(saved: SavedData): void {
    const where = 'DynaQPlus.restore';
    this.#table.restore(
      where,
      this.name,
      saved,
      { ...this.#model.arrays, triedAt: this.#triedAt },
      (arrays) => {
        this.#model.check(where, arrays);
      },
    );
  }
}
