import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';
import {
  LINEAR_CONTROL_DEFAULTS,
  LinearActionValues,
  type LinearControlOptions,
  resolveLinearControl,
} from './linear-action-values.ts';
import { checkTraces, type VectorTraceKind, VectorTraces } from './vector-traces.ts';

/** How to act and learn. */
export interface SemiGradientSarsaLambdaOptions extends LinearControlOptions {
  /** λ, in [0, 1]. Default 0.9. */
  readonly lambda?: number;
  /** How x adds to z: `replacing` is for features of 0 and 1 alone. Default `accumulating`. */
  readonly traces?: VectorTraceKind;
  /** Whether features of S lose the traces that they have of the actions not taken. Default false. */
  readonly clearOtherActions?: boolean;
}

/** The options that `new SemiGradientSarsaLambda(task)` stands for. */
export const SEMI_GRADIENT_SARSA_LAMBDA_DEFAULTS: Required<SemiGradientSarsaLambdaOptions> = {
  ...LINEAR_CONTROL_DEFAULTS,
  lambda: 0.9,
  traces: 'accumulating',
  clearOtherActions: false,
};

/**
 * Semi-gradient Sarsa(λ): learns action values with linear estimates, by traces.
 *
 * A step is learned from when the action after it is known, which is at the next call of `learn`; where
 * a time limit cuts an episode, that action is drawn from the policy.
 *
 * Source: Sutton & Barto (2018), section 12.7, box "Sarsa(λ) with binary features and linear function
 * approximation", of which it does what is said there for any features. Cleared traces: figure 12.11;
 * Singh & Sutton (1996), "Reinforcement learning with replacing eligibility traces", section 5.
 */
export class SemiGradientSarsaLambda implements Agent {
  readonly name = 'semi-gradient-sarsa-lambda';
  readonly options: Required<SemiGradientSarsaLambdaOptions>;

  /** w, `[numActions × numFeatures]`. */
  readonly weights: Float64Array;

  readonly #linear: LinearActionValues;
  readonly #traces: VectorTraces;
  readonly #errors: Float64Array; // R − q̂(S, A, w) of the step that waits, of each copy
  readonly #waits: Uint8Array; // whether there is one
  readonly #vectors: SparseVectors; // x(S), or x(S′) where an episode is cut

  /** @throws RangeError if a space does not fit, or an option is unknown or out of range. */
  constructor(task: Task, options: SemiGradientSarsaLambdaOptions = {}) {
    const where = 'SemiGradientSarsaLambda';
    this.options = resolveLinearControl(where, SEMI_GRADIENT_SARSA_LAMBDA_DEFAULTS, options);
    checkBetween(`${where}: lambda`, this.options.lambda, 0, 1);
    this.#linear = new LinearActionValues(where, task, this.options);
    this.weights = this.#linear.weights;
    checkTraces(where, this.options.traces, this.#linear.features);
    const copies = numCopies(where, task);
    this.#traces = new VectorTraces(copies, this.weights.length);
    this.#errors = new Float64Array(copies);
    this.#waits = new Uint8Array(copies);
    this.#vectors = this.#linear.createVectors(1);
  }

  /** Chooses A from S with the policy that is ε-greedy in q̂. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#linear.act(observations, actions, actionMasks);
  }

  /**
   * z ← γλz + ∇q̂(S, A, w); w ← w + αδz, once A′ is known.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { features, numActions, steps } = this.#linear;
    const { discount, traces: kind } = this.options;
    const traces = this.#traces;
    const x = this.#vectors;
    checkCopies('SemiGradientSarsaLambda.learn', rewards.length, this.#waits.length);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('SemiGradientSarsaLambda.learn', rewards[i], steps.value);
      features.write(observations, i, x, 0, true);
      // S′, A′ of the step that waits are S, A: δ ← δ + γ q̂(S′, A′, w)
      if (this.#waits[i]) this.#finish(i, discount * this.#linear.value(x, 0, actions[i]));
      // δ ← R − q̂(S, A, w); z ← z + x(S, A), or zᵢ ← 1
      this.#errors[i] = rewards[i] - this.#linear.value(x, 0, actions[i]);
      const offset = actions[i] * (this.weights.length / numActions);
      if (this.options.clearOtherActions) this.#clearOthers(i, actions[i]);
      if (kind === 'replacing') traces.replace(i, x, 0, offset);
      else traces.add(i, x, 0, offset, 1);
      this.#waits[i] = terminated[i] || truncated[i] ? 0 : 1;
      // If S′ is terminal: w ← w + αδz; z ← 0 at the start of the next episode
      if (terminated[i]) this.#finish(i, 0);
      if (truncated[i]) {
        const action = this.#linear.choose(nextObservations, i, transitions.nextActionMasks);
        features.write(nextObservations, i, x, 0, true);
        this.#finish(i, discount * this.#linear.value(x, 0, action));
      }
      if (this.#waits[i] === 0) traces.clear(i);
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
    restoreParts('SemiGradientSarsaLambda.restore', saved, this.name, this.#parts());
  }

  /** zᵢ ← 0 for the features of S that are not 0, in the parts of all actions but this one. */
  #clearOthers(i: number, action: number): void {
    const { numActions, features } = this.#linear;
    for (let other = 0; other < numActions; other++) {
      if (other !== action) this.#traces.erase(i, this.#vectors, 0, other * features.numFeatures);
    }
  }

  /** w ← w + αδz; z ← γλz. `next` is what δ still lacked. */
  #finish(i: number, next: number): void {
    const { discount, lambda } = this.options;
    this.#traces.addTo(this.weights, i, this.#linear.stepSize * (this.#errors[i] + next));
    this.#traces.decay(i, discount * lambda);
  }

  #parts(): SavedParts {
    return {
      ...this.#linear.parts,
      traces: this.#traces,
      errors: this.#errors,
      waits: this.#waits,
    };
  }
}
