import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
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
import { VectorTraces } from './vector-traces.ts';

/** How to act and learn. */
export interface LinearTrueOnlineSarsaLambdaOptions extends LinearControlOptions {
  /** λ, in [0, 1]. Default 0.9. */
  readonly lambda?: number;
}

/** The options that `new LinearTrueOnlineSarsaLambda(task)` stands for. */
export const LINEAR_TRUE_ONLINE_SARSA_LAMBDA_DEFAULTS: Required<LinearTrueOnlineSarsaLambdaOptions> =
  {
    ...LINEAR_CONTROL_DEFAULTS,
    lambda: 0.9,
  };

/**
 * True online Sarsa(λ) with linear estimates, by Dutch traces.
 *
 * A step is learned from when the action after it is known, which is at the next call of `learn`; where
 * a time limit cuts an episode, that action is drawn from the policy.
 *
 * Source: Sutton & Barto (2018), section 12.7, box "True online Sarsa(λ) for estimating wᵀx ≈ qπ or
 * q*"; van Seijen et al. (2016), "True online temporal-difference learning".
 */
export class LinearTrueOnlineSarsaLambda implements Agent {
  readonly name = 'linear-true-online-sarsa-lambda';
  readonly options: Required<LinearTrueOnlineSarsaLambdaOptions>;

  /** w, `[numActions × numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearActionValues;
  readonly #traces: VectorTraces;
  readonly #oldValues: Float64Array; // Q_old of each copy
  readonly #actions: Int32Array; // A of the step that waits, of each copy; −1 where there is none
  readonly #rewards: Float64Array; // R of it
  readonly #vectors: SparseVectors; // x of it; the last one x′

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: LinearTrueOnlineSarsaLambdaOptions = {}) {
    const where = 'LinearTrueOnlineSarsaLambda';
    this.options = resolveLinearControl(where, LINEAR_TRUE_ONLINE_SARSA_LAMBDA_DEFAULTS, options);
    checkBetween(`${where}: lambda`, this.options.lambda, 0, 1);
    this.#linear = new LinearActionValues(where, task, this.options);
    this.weights = this.#linear.weights;
    const copies = numCopies(where, task);
    this.#traces = new VectorTraces(copies, this.weights.length);
    this.#oldValues = new Float64Array(copies);
    this.#actions = new Int32Array(copies).fill(-1);
    this.#rewards = new Float64Array(copies);
    this.#vectors = this.#linear.createVectors(copies + 1);
  }

  /** Chooses A from S with the policy that is ε-greedy in q̂. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * z ← γλz + (1 − αγλ zᵀx) x; w ← w + α (δ + Q − Q_old) z − α (Q − Q_old) x, once A′ is known.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { features, steps } = this.#linear;
    const x = this.#vectors;
    const next = this.#actions.length; // x′
    checkCopies('LinearTrueOnlineSarsaLambda.learn', rewards.length, next);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('LinearTrueOnlineSarsaLambda.learn', rewards[i], steps.value);
      features.write(observations, i, x, next, true);
      if (this.#actions[i] !== -1) this.#update(i, actions[i]);
      // x ← x′
      x.copy(next, i);
      this.#actions[i] = actions[i];
      this.#rewards[i] = rewards[i];
      if (terminated[i]) {
        this.#update(i, -1);
      } else if (truncated[i]) {
        const action = this.#linear.choose(nextObservations, i, transitions.nextActionMasks);
        features.write(nextObservations, i, x, next, true);
        this.#update(i, action);
      }
      if (terminated[i] || truncated[i]) this.#begin(i);
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
    return this.#linear.metrics();
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('LinearTrueOnlineSarsaLambda.restore', saved, this.name, this.#parts(), () => {
      const { numActions } = this.#linear;
      checkSavedRange(
        'LinearTrueOnlineSarsaLambda.restore',
        'actions',
        this.#actions,
        -1,
        numActions - 1,
      );
    });
  }

  /** At the start of an episode: z ← 0; Q_old ← 0. */
  #begin(i: number): void {
    this.#traces.clear(i);
    this.#oldValues[i] = 0;
    this.#actions[i] = -1;
  }

  /**
   * Learns from the step that waits.
   *
   * @param nextAction A′, in the state of x′; −1 where the step ended the episode.
   */
  #update(i: number, nextAction: number): void {
    const { features, stepSize } = this.#linear;
    const { discount, lambda } = this.options;
    const traces = this.#traces;
    const x = this.#vectors;
    const action = this.#actions[i];
    const offset = action * features.numFeatures;
    // Q ← wᵀx; Q′ ← wᵀx′; δ ← R + γQ′ − Q
    const value = this.#linear.value(x, i, action);
    const next = nextAction === -1 ? 0 : this.#linear.value(x, this.#actions.length, nextAction);
    const error = this.#rewards[i] + discount * next - value;
    // z ← γλz + (1 − αγλ zᵀx) x
    const overlap = stepSize * discount * lambda * traces.dot(i, x, i, offset);
    traces.decay(i, discount * lambda);
    traces.add(i, x, i, offset, 1 - overlap);
    // w ← w + α (δ + Q − Q_old) z − α (Q − Q_old) x
    const change = value - this.#oldValues[i];
    traces.addTo(this.weights, i, stepSize * (error + change));
    this.#linear.add(x, i, action, -stepSize * change);
    // Q_old ← Q′
    this.#oldValues[i] = next;
  }

  #parts(): SavedParts {
    return {
      ...this.#linear.parts,
      traces: this.#traces,
      oldValues: this.#oldValues,
      actions: this.#actions,
      rewards: this.#rewards,
      vectors: this.#vectors,
    };
  }
}
