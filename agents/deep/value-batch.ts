import type { LossOptions } from '../../networks/losses/compute-loss.ts';
import type { ReplayBatch } from '../../replay/replay-batch.ts';
import type { ObservationEncoder } from './observations.ts';

/** The arrays of one update of action values, made once. */
export class ValueBatch {
  /** What was sampled. */
  readonly transitions: ReplayBatch;
  /** By what Q̂(s′, a*) is multiplied, `[rows]`: γᵏ after k steps, 0 where s′ is terminal. */
  readonly discounts: Float64Array;
  /** Q̂(s′, a), `[rows × numActions]`. */
  readonly nextValues: Float32Array;
  /** a*, `[rows]`. */
  readonly nextActions: Int32Array;
  /** `[rows × size]`. */
  readonly targets: Float32Array;
  /** ∂loss/∂outputs, `[rows × numActions × size]`. */
  readonly gradients: Float32Array;
  /** How far each row was off, for priorities, `[rows]`. */
  readonly errors: Float32Array;
  /** Which action was taken, what each row counts, and where its error goes. */
  readonly lossOptions: LossOptions;

  readonly #encoder: ObservationEncoder;
  readonly #inputs: Float32Array;

  /**
   * @param transitions Of a replay buffer.
   * @param size Outputs for each action.
   */
  constructor(
    transitions: ReplayBatch,
    encoder: ObservationEncoder,
    numActions: number,
    size: number,
  ) {
    const rows = transitions.rewards.length;
    this.transitions = transitions;
    this.discounts = new Float64Array(rows);
    this.nextValues = new Float32Array(rows * numActions);
    this.nextActions = new Int32Array(rows);
    this.targets = new Float32Array(rows * size);
    this.gradients = new Float32Array(rows * numActions * size);
    this.errors = new Float32Array(rows);
    const { actions: choices, weights } = transitions;
    this.lossOptions = { choices, weights, errors: this.errors };
    this.#encoder = encoder;
    this.#inputs = new Float32Array(rows * encoder.inputSize);
  }

  /** Takes the discounts over from the transitions: a terminal state is worth nothing. */
  takeDiscounts(): void {
    const { discounts, terminated } = this.transitions;
    for (let row = 0; row < discounts.length; row++) {
      this.discounts[row] = terminated[row] === 1 ? 0 : discounts[row];
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
