import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkInteger } from '../../core/check.ts';
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
import { StepWindow } from './step-window.ts';

/** How to learn; schedules run over the environment steps learned from. */
export interface TreeBackupOptions extends ControlOptions {
  /** n, steps that are looked back on; 1 … 100,000. Default 4. */
  readonly numSteps?: number;
  /** ε of the policy that is learned about, in [0, 1]; 0 is the greedy one. Default 0. */
  readonly targetEpsilon?: Schedule;
}

/** The options that `new TreeBackup(task)` stands for. */
export const TREE_BACKUP_DEFAULTS: Required<TreeBackupOptions> = {
  ...CONTROL_DEFAULTS,
  numSteps: 4,
  targetEpsilon: 0,
};

/**
 * n-step tree backup: off-policy control over n steps without importance sampling; actions that were
 * not taken count with their values.
 *
 * Any behavior will do. Each copy of the world has its own window of n steps; the table is one. An
 * episode that is truncated ends with the value of the state where it was cut.
 *
 * Source: Precup, Sutton & Singh (2000), "Eligibility traces for off-policy policy evaluation", in the
 * form of Sutton & Barto (2018), section 7.5, box "n-step Tree Backup for estimating Q ≈ q*".
 */
export class TreeBackup implements Agent {
  readonly name = 'tree-backup';
  readonly options: Required<TreeBackupOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #window: StepWindow;
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: TreeBackupOptions = {}) {
    this.options = resolveControlOptions('TreeBackup', TREE_BACKUP_DEFAULTS, options);
    const { numSteps, targetEpsilon } = this.options;
    checkInteger('TreeBackup: numSteps', numSteps, 1, 100_000);
    checkSchedule('TreeBackup: targetEpsilon', targetEpsilon, 0, 1);
    this.#table = new EpsilonGreedyTable('TreeBackup', task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#numCopies = numCopies('TreeBackup', task);
    this.#window = new StepWindow(this.#numCopies, numSteps, this.actionValues.numActions);
  }

  /** Chooses Aₜ arbitrarily as a function of Sₜ: with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * Q(Sτ, Aτ) ← Q(Sτ, Aτ) + α [G − Q(Sτ, Aτ)] for n steps ago, and at the end for all that are left.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, terminated, truncated } = transitions;
    const { table, numActions } = this.actionValues;
    const window = this.#window;
    checkCopies('TreeBackup.learn', actions.length, this.#numCopies);
    for (let i = 0; i < actions.length; i++) {
      checkReward('TreeBackup.learn', rewards[i], this.#table.steps);
      // Take action Aₜ; observe and store the next reward and state as Rₜ₊₁, Sₜ₊₁.
      window.push(i, observations[i], actions[i], rewards[i], transitions.nextActionMasks);
      const ended = terminated[i] === 1 || truncated[i] === 1;
      const stepSize = this.#table.stepSize;
      while (window.isDue(i, ended)) {
        const oldest = window.slot(i, 0); // τ
        const entry = window.states[oldest] * numActions + window.actions[oldest];
        // Q(Sτ, Aτ) ← Q(Sτ, Aτ) + α [G − Q(Sτ, Aτ)].
        table[entry] += stepSize * (this.#treeReturn(transitions, i) - table[entry]);
        window.shift(i);
      }
      this.#table.steps++;
    }
  }

  /** G of the oldest step in the window of copy i, which ends with row i of the transitions. */
  #treeReturn(transitions: Transitions, i: number): number {
    const { nextObservations, terminated, nextActionMasks } = transitions;
    const { actionValues } = this;
    const { table, numActions } = actionValues;
    const { discount } = this.options;
    const epsilon = scheduleValue(this.options.targetEpsilon, this.#table.steps);
    const window = this.#window;
    const last = window.length(i) - 1;

    // If t + 1 ≥ T: G ← R_T; else G ← Rₜ₊₁ + γ Σₐ π(a | Sₜ₊₁) Q(Sₜ₊₁, a).
    let sum = window.rewards[window.slot(i, last)];
    if (!terminated[i]) {
      sum +=
        discount * actionValues.expectedValue(nextObservations[i], epsilon, nextActionMasks, i);
    }
    // Loop for k = min(t, T − 1) down through τ + 1:
    for (let k = last; k > 0; k--) {
      const slot = window.slot(i, k);
      const before = window.slot(i, k - 1); // whose S′ is Sₖ
      const masks = nextActionMasks === undefined ? undefined : window.nextMasks;
      const state = window.states[slot];
      const action = window.actions[slot];
      const expected = actionValues.expectedValue(state, epsilon, masks, before);
      const chance = actionValues.epsilonGreedyChance(state, action, epsilon, masks, before);
      // G ← Rₖ + γ Σ_{a ≠ Aₖ} π(a | Sₖ) Q(Sₖ, a) + γ π(Aₖ | Sₖ) G.
      const others = expected - chance * table[state * numActions + action];
      sum = window.rewards[before] + discount * (others + chance * sum);
    }
    return sum;
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
    return this.#table.save(this.name, this.#window.arrays);
  }

  restore(saved: SavedData): void {
    const where = 'TreeBackup.restore';
    this.#table.restore(where, this.name, saved, this.#window.arrays, (arrays) => {
      const { numRows, numActions } = this.actionValues;
      this.#window.check(where, arrays, numRows, numActions);
    });
  }
}
