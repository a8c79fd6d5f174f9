import { log, writeExponentials } from '../../../core/math.ts';

/** Policies over actions that can be counted, and two critics' opinions of each action, for a batch. */
export class SoftValues {
  readonly #rows: number;
  readonly #numActions: number;
  readonly #chances: Float64Array; // π(a | s), [rows × numActions]
  readonly #logs: Float64Array; // log π(a | s); 0 where π is 0
  readonly #values: Float64Array; // minᵢ Qᵢ(s, a)
  readonly #means: Float32Array; // Σₐ π log π, [rows]

  constructor(rows: number, numActions: number) {
    this.#rows = rows;
    this.#numActions = numActions;
    this.#chances = new Float64Array(rows * numActions);
    this.#logs = new Float64Array(rows * numActions);
    this.#values = new Float64Array(rows * numActions);
    this.#means = new Float32Array(rows);
  }

  /**
   * Takes over policies.
   *
   * @param logits `[rows × numActions]`.
   * @param masks Likewise, 1 where an action is legal; absent where all are.
   */
  takePolicies(logits: Float32Array, masks: Uint8Array | undefined): void {
    const n = this.#numActions;
    const [chances, logs] = [this.#chances, this.#logs];
    for (let first = 0; first < chances.length; first += n) {
      let highest = -Infinity;
      for (let i = first; i < first + n; i++) {
        const isLegal = masks === undefined || masks[i] === 1;
        logs[i] = isLegal ? logits[i] : -Infinity;
        if (logs[i] > highest) highest = logs[i];
      }
      if (highest === -Infinity) highest = 0; // behind a terminal state nothing is legal
      for (let i = first; i < first + n; i++) logs[i] -= highest;
      writeExponentials(logs, first, first + n, chances);
      let sum = 0;
      for (let i = first; i < first + n; i++) sum += chances[i];
      const logSum = sum > 0 ? log(sum) : 0;
      for (let i = first; i < first + n; i++) {
        chances[i] = sum > 0 ? chances[i] / sum : 0;
        logs[i] = chances[i] > 0 ? logs[i] - logSum : 0;
      }
    }
  }

  /** Takes over Q₁ and Q₂, side by side: `[rows × 2 numActions]`. */
  takeValues(outputs: Float32Array): void {
    const n = this.#numActions;
    for (let row = 0; row < this.#rows; row++) {
      for (let a = 0; a < n; a++) {
        const first = outputs[2 * row * n + a];
        this.#values[row * n + a] = Math.min(first, outputs[(2 * row + 1) * n + a]);
      }
    }
  }

  /** Σₐ π(a | s) (minᵢ Qᵢ(s, a) − α log π(a | s)) of a row. */
  value(row: number, temperature: number): number {
    let sum = 0;
    for (let i = row * this.#numActions; i < (row + 1) * this.#numActions; i++) {
      sum += this.#chances[i] * (this.#values[i] - temperature * this.#logs[i]);
    }
    return sum;
  }

  /**
   * The gradient of −mean value by the logits: π(a) (α log π(a) − Q(a) + value).
   *
   * @param gradients Written, `[rows × numActions]`.
   * @returns −mean value.
   */
  writeGradients(temperature: number, gradients: Float32Array): number {
    const n = this.#numActions;
    let loss = 0;
    for (let row = 0; row < this.#rows; row++) {
      const value = this.value(row, temperature);
      loss -= value / this.#rows;
      for (let i = row * n; i < (row + 1) * n; i++) {
        const cost = temperature * this.#logs[i] - this.#values[i];
        gradients[i] = (this.#chances[i] * (cost + value)) / this.#rows;
      }
    }
    return loss;
  }

  /** The mean over rows of the entropy of an even choice among what is legal, in nats. */
  greatestEntropy(masks: Uint8Array | undefined): number {
    const n = this.#numActions;
    if (masks === undefined) return log(n);
    let sum = 0;
    for (let row = 0; row < this.#rows; row++) {
      let legal = 0;
      for (let i = row * n; i < (row + 1) * n; i++) legal += masks[i];
      sum += log(Math.max(1, legal));
    }
    return sum / this.#rows;
  }

  /** Σₐ π(a | s) log π(a | s) of each row, `[rows]`: the expected log-probability of what is drawn. */
  logarithms(): Float32Array {
    const n = this.#numActions;
    for (let row = 0; row < this.#rows; row++) {
      let sum = 0;
      for (let i = row * n; i < (row + 1) * n; i++) sum += this.#chances[i] * this.#logs[i];
      this.#means[row] = sum;
    }
    return this.#means;
  }
}
