import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkFinite } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { checkSavedRange, restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';
import {
  LINEAR_CONTROL_DEFAULTS,
  LinearActionValues,
  type LinearControlOptions,
  resolveLinearControl,
} from './linear-action-values.ts';

/** How to act and learn. */
export interface DifferentialSemiGradientSarsaOptions
  extends Omit<LinearControlOptions, 'discount'> {
  /** β, the step size of the average reward, in [0, 1]. Default 0.01. */
  readonly averageStepSize?: Schedule;
  /** R̄ at the start. Default 0. */
  readonly initialAverage?: number;
}

const { discount: _, ...WITHOUT_DISCOUNT } = LINEAR_CONTROL_DEFAULTS;

/** The options that `new DifferentialSemiGradientSarsa(task)` stands for. */
export const DIFFERENTIAL_SEMI_GRADIENT_SARSA_DEFAULTS: Required<DifferentialSemiGradientSarsaOptions> =
  {
    ...WITHOUT_DISCOUNT,
    averageStepSize: 0.01,
    initialAverage: 0,
  };

/**
 * Differential semi-gradient Sarsa: learns action values of a task without end, beside the average
 * reward, with linear estimates.
 *
 * A step is learned from when the action after it is known, which is at the next call of `learn`. It
 * takes every task for one without end: from a terminal state it goes on with the start of the next
 * episode. Where a time limit cuts an episode, the action after it is drawn from the policy.
 *
 * Source: Sutton & Barto (2018), section 10.3, box "Differential semi-gradient Sarsa for estimating
 * q̂ ≈ q*".
 */
export class DifferentialSemiGradientSarsa implements Agent {
  readonly name = 'differential-semi-gradient-sarsa';
  readonly options: Required<DifferentialSemiGradientSarsaOptions>;

  /** w, `[numActions × numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearActionValues;
  readonly #average = new Float64Array(1); // R̄
  readonly #actions: Int32Array; // A of the step that waits, of each copy; −1 where there is none
  readonly #rewards: Float64Array; // R of it
  readonly #vectors: SparseVectors; // x(S) of it; the last one x(S′)

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: DifferentialSemiGradientSarsaOptions = {}) {
    const where = 'DifferentialSemiGradientSarsa';
    this.options = resolveLinearControl(where, DIFFERENTIAL_SEMI_GRADIENT_SARSA_DEFAULTS, options);
    checkSchedule(`${where}: averageStepSize`, this.options.averageStepSize, 0, 1);
    checkFinite(`${where}: initialAverage`, this.options.initialAverage);
    this.#linear = new LinearActionValues(where, task, this.options);
    this.weights = this.#linear.weights;
    const copies = numCopies(where, task);
    this.#average[0] = this.options.initialAverage;
    this.#actions = new Int32Array(copies).fill(-1);
    this.#rewards = new Float64Array(copies);
    this.#vectors = this.#linear.createVectors(copies + 1);
  }

  /** R̄: what a step brings on average. */
  get averageReward(): number {
    return this.#average[0];
  }

  /** Chooses A from S with the policy that is ε-greedy in q̂. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * R̄ ← R̄ + βδ; w ← w + αδ ∇q̂(S, A, w), once A′ is known.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, truncated } = transitions;
    const { features, steps } = this.#linear;
    const x = this.#vectors;
    const next = this.#actions.length; // x(S′)
    checkCopies('DifferentialSemiGradientSarsa.learn', rewards.length, next);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('DifferentialSemiGradientSarsa.learn', rewards[i], steps.value);
      features.write(observations, i, x, next, true);
      if (this.#actions[i] !== -1) this.#update(i, actions[i]);
      x.copy(next, i);
      this.#actions[i] = actions[i];
      this.#rewards[i] = rewards[i];
      if (truncated[i]) {
        const action = this.#linear.choose(nextObservations, i, transitions.nextActionMasks);
        features.write(nextObservations, i, x, next, true);
        this.#update(i, action);
        this.#actions[i] = -1;
      }
      steps.value++;
    }
  }

  /** The policy that is greedy in q̂; the lowest action wins a tie. */
  greedy(): Policy {
    return this.#linear.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.#linear.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return { ...this.#linear.metrics(), averageReward: this.averageReward };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('DifferentialSemiGradientSarsa.restore', saved, this.name, this.#parts(), () => {
      const { numActions } = this.#linear;
      checkSavedRange(
        'DifferentialSemiGradientSarsa.restore',
        'actions',
        this.#actions,
        -1,
        numActions - 1,
      );
    });
  }

  /** Learns from the step that waits; `nextAction` is A′, in the state of the last features. */
  #update(i: number, nextAction: number): void {
    const x = this.#vectors;
    const action = this.#actions[i];
    const { stepSize, steps } = this.#linear;
    // δ ← R − R̄ + q̂(S′, A′, w) − q̂(S, A, w)
    const next = this.#linear.value(x, this.#actions.length, nextAction);
    const error = this.#rewards[i] - this.#average[0] + next - this.#linear.value(x, i, action);
    // R̄ ← R̄ + βδ
    this.#average[0] += scheduleValue(this.options.averageStepSize, steps.value) * error;
    // w ← w + αδ ∇q̂(S, A, w)
    this.#linear.add(x, i, action, stepSize * error);
  }

  #parts(): SavedParts {
    return {
      ...this.#linear.parts,
      average: this.#average,
      actions: this.#actions,
      rewards: this.#rewards,
      vectors: this.#vectors,
    };
  }
}
