import type { LossOptions } from '../../../networks/losses/compute-loss.ts';
import type { Network } from '../../../networks/network.ts';
import type { SequenceBatch } from '../../../replay/sequence-batch.ts';
import type { ResolvedSequenceOptions } from '../../../replay/sequence-options.ts';
import type { ObservationEncoder } from '../parts/observations.ts';
import { greedyAction } from './greedy-action.ts';
import type { ReturnForm } from './returns/return-form.ts';

/** What a batch is for. */
export interface SequenceValueBatchOptions
  extends Pick<ResolvedSequenceOptions, 'length' | 'burnIn'> {
  readonly encoder: ObservationEncoder;
  readonly numActions: number;
  readonly form: ReturnForm;
  /** n of n-step returns; those near the end of a sequence have fewer. */
  readonly numSteps: number;
  /** γ. */
  readonly discount: number;
  /** η, share of the greatest error of a sequence in its priority; the mean has the rest. */
  readonly greatestShare: number;
}

/**
 * The arrays of one update of action values from sequences, made once: `n` sequences of T = `length`
 * steps behind the burn-in. Row t · n + i is step t of sequence i.
 */
export class SequenceValueBatch {
  /** What was sampled. */
  readonly sequences: SequenceBatch;
  /** Rows to learn from, `T × n`. */
  readonly rows: number;
  /** What the return of each action taken must become, `[rows × size]`. */
  readonly targets: Float32Array;
  /**
   * Which action was taken, where the error of each row goes, and what it counts: rows behind the end of
   * an episode nothing.
   */
  readonly lossOptions: LossOptions;
  /** How far each sequence was off, for priorities, `[n]`. */
  readonly errors: Float32Array;

  readonly #options: SequenceValueBatchOptions;
  readonly #count: number; // n
  readonly #state: Float32Array; // what a network carries on its way
  readonly #values: Float32Array; // Q(s′, a), [rows × numActions]
  readonly #nextActions: Int32Array; // a* of s′
  readonly #rewards: Float64Array; // r + γ r + … of the steps of a return
  readonly #discounts: Float64Array; // γᵐ behind them, 0 where it ends there
  readonly #lastActions: Int32Array; // a* there
  readonly #lastOutputs: Float32Array; // Q̂ there, [rows × numActions × size]
  readonly #weights: Float32Array;
  readonly #rowErrors: Float32Array;
  readonly #encoded: Float32Array;
  #inputs: Float32Array; // [(burnIn + T + 1) × n × inputSize]

  constructor(sequences: SequenceBatch, options: SequenceValueBatchOptions) {
    const { length, burnIn, encoder, numActions, form } = options;
    const n = sequences.mask.length / (burnIn + length);
    const rows = length * n;
    this.sequences = sequences;
    this.rows = rows;
    this.targets = new Float32Array(rows * form.size);
    this.#options = options;
    this.#count = n;
    this.#state = new Float32Array(sequences.states.length);
    this.#values = new Float32Array(rows * numActions);
    this.#nextActions = new Int32Array(rows);
    this.#rewards = new Float64Array(rows);
    this.#discounts = new Float64Array(rows);
    this.#lastActions = new Int32Array(rows);
    this.#lastOutputs = new Float32Array(rows * numActions * form.size);
    this.#weights = new Float32Array(rows);
    this.#encoded = new Float32Array((burnIn + length + 1) * n * encoder.inputSize);
    this.#inputs = this.#encoded;
    this.#rowErrors = new Float32Array(rows);
    this.errors = new Float32Array(n);
    this.lossOptions = {
      choices: sequences.actions.subarray(burnIn * n),
      weights: this.#weights,
      errors: this.#rowErrors,
    };
  }

  /** Takes over what was sampled: inputs, and what each row counts, but for weights as much as all. */
  takeSequences(): void {
    const { encoder } = this.#options;
    this.#inputs = encoder.encode(this.sequences.observations, this.#encoded);
    let held = 0;
    for (let row = 0; row < this.rows; row++) held += this.#isHeld(row) ? 1 : 0;
    for (let row = 0; row < this.rows; row++) {
      const weight = (this.sequences.weights[row % this.#count] * this.rows) / held;
      this.#weights[row] = this.#isHeld(row) ? weight : 0;
    }
  }

  /**
   * What a network says of every step behind the burn-in, and of the s′ of the last one.
   *
   * Over the burn-in it only finds the state to begin with: a gradient goes no further back.
   *
   * @returns its outputs, `[(rows + n) × numActions × size]`, until its next call; row + n is the s′ of
   *   a row.
   */
  forward(network: Network): Float32Array {
    const { burnIn, encoder } = this.#options;
    const { states, starts } = this.sequences;
    const state = this.#state;
    const before = burnIn * this.#count;
    state.set(states);
    if (burnIn > 0) network.forward(this.#inputs, before, { steps: burnIn, starts, state });
    return network.forward(
      this.#inputs.subarray(before * encoder.inputSize),
      this.rows + this.#count,
      { steps: this.#options.length + 1, starts: starts.subarray(before), state },
    );
  }

  /** a* of every s′: the best legal action, as these outputs have it. */
  chooseNext(outputs: Float32Array): void {
    const { burnIn, numActions, form } = this.#options;
    const n = this.#count;
    form.writeValues(outputs.subarray(n * numActions * form.size), this.#values);
    const masks = this.sequences.nextActionMasks?.subarray(burnIn * n * numActions);
    for (let row = 0; row < this.rows; row++) {
      this.#nextActions[row] = greedyAction(this.#values, row, numActions, masks);
    }
  }

  /**
   * y = r + γ r + … + γᵐ Q̂(s, a*), with the s that is m ≤ n steps on: fewer where the episode or the
   * sequence ends before.
   *
   * @param outputs Q̂ of all steps, as `forward` gives them.
   */
  writeTargets(outputs: Float32Array): void {
    const { numActions, form } = this.#options;
    const size = numActions * form.size;
    for (let row = 0; row < this.rows; row++) {
      const last = this.#isHeld(row) ? this.#sumRewards(row) : this.#leaveOut(row);
      this.#lastActions[row] = this.#nextActions[last];
      const first = (last + this.#count) * size;
      for (let k = 0; k < size; k++) this.#lastOutputs[row * size + k] = outputs[first + k];
    }
    form.writeTargets(
      this.#rewards,
      this.#discounts,
      this.#lastOutputs,
      this.#lastActions,
      this.targets,
    );
  }

  /** η max |δ| + (1 − η) mean |δ| of each sequence, once the loss is known. */
  sumErrors(): void {
    const { greatestShare } = this.#options;
    const n = this.#count;
    for (let i = 0; i < n; i++) {
      let [greatest, sum, steps] = [0, 0, 0];
      for (let row = i; row < this.rows && this.#isHeld(row); row += n) {
        greatest = Math.max(greatest, this.#rowErrors[row]);
        sum += this.#rowErrors[row];
        steps++;
      }
      this.errors[i] = greatestShare * greatest + ((1 - greatestShare) * sum) / steps;
    }
  }

  /** Whether a row is a step of an episode, and not behind its end. */
  #isHeld(row: number): boolean {
    return this.sequences.mask[this.#options.burnIn * this.#count + row] === 1;
  }

  /** Sums the rewards of a return that begins at a row. @returns the row of its last step. */
  #sumRewards(row: number): number {
    const { burnIn, numSteps, discount } = this.#options;
    const n = this.#count;
    const { rewards, terminated } = this.sequences;
    const before = burnIn * n;
    let last = row;
    let sum = rewards[before + row];
    let factor = discount;
    for (let k = 1; k < numSteps; k++) {
      const next = last + n;
      if (next >= this.rows || !this.#isHeld(next)) break;
      sum += factor * rewards[before + next];
      factor *= discount;
      last = next;
    }
    this.#rewards[row] = sum;
    this.#discounts[row] = terminated[before + last] === 1 ? 0 : factor;
    return last;
  }

  #leaveOut(row: number): number {
    this.#rewards[row] = 0;
    this.#discounts[row] = 0;
    return row;
  }
}
