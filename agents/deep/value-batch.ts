import { createColumns, type Transitions } from '../../core/transitions.ts';
import type { LossOptions } from '../../networks/losses/compute-loss.ts';
import { isMasked, type Task } from '../task.ts';
import type { ObservationEncoder } from './observations.ts';

/** The arrays of one update of action values, made once. */
export class ValueBatch {
  /** What was sampled. */
  readonly transitions: Transitions;
  /** r, `[rows]`. */
  readonly rewards: Float32Array;
  /** γ, `[rows]`; 0 where s′ is terminal. */
  readonly discounts: Float32Array;
  /** Q̂(s′, a), `[rows × numActions]`. */
  readonly nextValues: Float32Array;
  /** a*, `[rows]`. */
  readonly nextActions: Int32Array;
  /** `[rows × size]`. */
  readonly targets: Float32Array;
  /** ∂loss/∂outputs, `[rows × numActions × size]`. */
  readonly gradients: Float32Array;
  /** Which action was taken, for the loss. */
  readonly lossOptions: LossOptions;

  readonly #encoder: ObservationEncoder;
  readonly #inputs: Float32Array;

  /** @param size Outputs for each action. */
  constructor(task: Task, rows: number, { encoder, numActions, size }: ValueBatchSizes) {
    this.transitions = createColumns({ ...task, masked: isMasked(task) }, rows);
    this.rewards = new Float32Array(rows);
    this.discounts = new Float32Array(rows);
    this.nextValues = new Float32Array(rows * numActions);
    this.nextActions = new Int32Array(rows);
    this.targets = new Float32Array(rows * size);
    this.gradients = new Float32Array(rows * numActions * size);
    this.lossOptions = { choices: this.transitions.actions };
    this.#encoder = encoder;
    this.#inputs = new Float32Array(rows * encoder.inputSize);
  }

  /** Takes over rewards, and γ where s′ is not terminal, from the transitions. */
  takeReturns(discount: number): void {
    const { rewards, terminated } = this.transitions;
    for (let row = 0; row < rewards.length; row++) {
      this.rewards[row] = rewards[row];
      this.discounts[row] = terminated[row] === 1 ? 0 : discount;
    }
  }

  /** s as the network takes it, until the next call of either. */
  inputs(): Float32Array {
    return this.#encoder.encode(this.transitions.observations, this.#inputs);
  }

  /** s′ likewise. */
  nextInputs(): Float32Array {
    return this.#encoder.encode(this.transitions.nextObservations, this.#inputs);
  }
}

/** How large the rows are. */
export interface ValueBatchSizes {
  readonly encoder: ObservationEncoder;
  readonly numActions: number;
  /** Outputs for each action. */
  readonly size: number;
}
