import type { LossOptions } from '../../../networks/losses/compute-loss.ts';
import type { ReplayBatch } from '../../../replay/replay-batch.ts';
import type { ObservationEncoder } from '../parts/observations.ts';
import { greedyAction } from './greedy-action.ts';

/** What a row of a batch is like. */
export interface ValueSizes {
  readonly numActions: number;
  /** Outputs for each action. */
  readonly size: number;
  /** Targets of a row. */
  readonly targetSize: number;
}

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
  /** `[rows × targetSize]`. */
  readonly targets: Float32Array;
  /** ∂loss/∂outputs, `[rows × numActions × size]`. */
  readonly gradients: Float32Array;
  /** How far each row was off, for priorities, `[rows]`. */
  readonly errors: Float32Array;
  /** Which action was taken, what each row counts, and where its error goes. */
  readonly lossOptions: LossOptions;

  readonly #encoder: ObservationEncoder;
  readonly #inputs: Float32Array;

  /** @param transitions Of a replay buffer. */
  constructor(transitions: ReplayBatch, encoder: ObservationEncoder, sizes: ValueSizes) {
    const { numActions, size, targetSize } = sizes;
    const rows = transitions.rewards.length;
    this.transitions = transitions;
    this.discounts = new Float64Array(rows);
    this.nextValues = new Float32Array(rows * numActions);
    this.nextActions = new Int32Array(rows);
    this.targets = new Float32Array(rows * targetSize);
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

  /** a* = argmaxₐ of `nextValues`, over the legal actions. */
  chooseNext(): void {
    const { nextValues, nextActions, transitions } = this;
    const numActions = nextValues.length / nextActions.length;
    for (let row = 0; row < nextActions.length; row++) {
      nextActions[row] = greedyAction(nextValues, row, numActions, transitions.nextActionMasks);
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
