import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkInteger } from '../../core/check.ts';
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
import { StepWindow } from './step-window.ts';

/** How to learn; schedules run over the environment steps learned from. */
export interface NStepSarsaOptions extends ControlOptions {
  /** n, rewards that are summed before a value stands for the rest; 1 … 100,000. Default 4. */
  readonly numSteps?: number;
}

/** The options that `new NStepSarsa(task)` stands for. */
export const N_STEP_SARSA_DEFAULTS: Required<NStepSarsaOptions> = {
  ...CONTROL_DEFAULTS,
  numSteps: 4,
};

/**
 * n-step SARSA: on-policy control that learns from the next n rewards.
 *
 * Each copy of the world has its own window of n steps; the table is one. `learn` chooses Aₜ₊₁, and the
 * next `act` on the same row takes it. An episode that is truncated ends the sums, each with the value
 * of an action that would have been taken where it was cut.
 *
 * Source: Sutton & Barto (2018), section 7.2, box "n-step Sarsa for estimating Q ≈ q*".
 */
export class NStepSarsa implements Agent {
  readonly name = 'n-step-sarsa';
  readonly options: Required<NStepSarsaOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #nextActions: NextActions;
  readonly #window: StepWindow;
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: NStepSarsaOptions = {}) {
    this.options = resolveControlOptions('NStepSarsa', N_STEP_SARSA_DEFAULTS, options);
    checkInteger('NStepSarsa: numSteps', this.options.numSteps, 1, 100_000);
    this.#table = new EpsilonGreedyTable('NStepSarsa', task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#numCopies = numCopies('NStepSarsa', task);
    this.#nextActions = new NextActions(this.#numCopies);
    this.#window = new StepWindow(this.#numCopies, this.options.numSteps);
  }

  /** Takes Aₜ; where an episode begins, chooses it from S₀ with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#nextActions.act(this.#table, states, actions, actionMasks);
  }

  /**
   * Q(Sτ, Aτ) ← Q(Sτ, Aτ) + α [G − Q(Sτ, Aτ)] for n steps ago, and at the end for all that are left.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { table, numActions } = this.actionValues;
    const { discount } = this.options;
    const window = this.#window;
    checkCopies('NStepSarsa.learn', actions.length, this.#numCopies);
    for (let i = 0; i < actions.length; i++) {
      checkReward('NStepSarsa.learn', rewards[i], this.#table.steps);
      // Observe and store the next reward as Rₜ₊₁ and the next state as Sₜ₊₁.
      window.push(i, observations[i], actions[i], rewards[i]);
      // If Sₜ₊₁ is terminal, then T ← t + 1; else select and store an action Aₜ₊₁ ~ π(· | Sₜ₊₁).
      const ended = terminated[i] === 1 || truncated[i] === 1;
      let nextEntry = -1;
      if (terminated[i]) {
        this.#nextActions.forget(i);
      } else {
        const nextAction = this.#nextActions.choose(this.#table, transitions, i);
        nextEntry = nextObservations[i] * numActions + nextAction;
      }
      const stepSize = this.#table.stepSize;
      while (window.isDue(i, ended)) {
        const oldest = window.slot(i, 0); // τ
        const entry = window.states[oldest] * numActions + window.actions[oldest];
        // G ← Σ γᵏ⁻τ⁻¹ Rₖ; if τ + n < T, then G ← G + γⁿ Q(Sτ₊ₙ, Aτ₊ₙ).
        const sum = window.returnOf(i, discount, terminated[i] ? 0 : table[nextEntry]);
        // Q(Sτ, Aτ) ← Q(Sτ, Aτ) + α [G − Q(Sτ, Aτ)].
        table[entry] += stepSize * (sum - table[entry]);
        window.shift(i);
      }
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
    return this.#table.save(this.name, { ...this.#nextActions.arrays, ...this.#window.arrays });
  }

  restore(saved: SavedData): void {
    const where = 'NStepSarsa.restore';
    this.#table.restore(
      where,
      this.name,
      saved,
      { ...this.#nextActions.arrays, ...this.#window.arrays },
      (arrays) => {
        const { numRows, numActions } = this.actionValues;
        this.#nextActions.check(where, arrays, numActions);
        this.#window.check(where, arrays, numRows, numActions);
      },
    );
  }
}
