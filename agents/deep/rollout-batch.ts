import type { ActionColumn } from '../../core/transitions.ts';
import type { Minibatches } from './minibatches.ts';
import type { PpoBatch } from './ppo-loss.ts';
import type { RolloutMemory } from './rollout-memory.ts';

/** Some rows of a rollout side by side, in arrays that are used again. */
export class RolloutBatch implements PpoBatch {
  readonly rows: number;
  /** `[rows × inputSize]`. */
  readonly inputs: Float32Array;
  readonly actions: ActionColumn;
  readonly masks: Uint8Array | undefined;
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly values: Float32Array;
  readonly returns: Float32Array;
  /** ∂loss/∂outputs, `[rows × outputSize]`. */
  readonly gradients: Float32Array;

  readonly #memory: RolloutMemory;
  readonly #inputSize: number;
  readonly #actionSize: number;
  readonly #maskSize: number;

  constructor(memory: RolloutMemory, rows: number, outputSize: number) {
    this.rows = rows;
    this.#memory = memory;
    this.#inputSize = memory.inputs.length / memory.rows;
    this.#actionSize = memory.actions.length / memory.rows;
    this.#maskSize = (memory.masks?.length ?? 0) / memory.rows;
    this.inputs = new Float32Array(rows * this.#inputSize);
    this.actions = memory.actions.slice(0, rows * this.#actionSize);
    this.masks = memory.masks?.slice(0, rows * this.#maskSize);
    this.logProbabilities = new Float32Array(rows);
    this.advantages = new Float32Array(rows);
    this.values = new Float32Array(rows);
    this.returns = new Float32Array(rows);
    this.gradients = new Float32Array(rows * outputSize);
  }

  /** Takes over the rows of a batch. */
  fill(minibatches: Minibatches, batch: number, advantages: Float32Array): void {
    const memory = this.#memory;
    for (let i = 0; i < this.rows; i++) {
      const row = minibatches.row(batch, i);
      copyRow(memory.inputs, row, this.inputs, i, this.#inputSize);
      copyRow(memory.actions, row, this.actions, i, this.#actionSize);
      if (memory.masks && this.masks) copyRow(memory.masks, row, this.masks, i, this.#maskSize);
      this.logProbabilities[i] = memory.logProbabilities[row];
      this.advantages[i] = advantages[row];
      this.values[i] = memory.values[row];
      this.returns[i] = advantages[row] + memory.values[row];
    }
  }
}

type Numbers = Float32Array | Int32Array | Uint8Array;

function copyRow(from: Numbers, i: number, to: Numbers, j: number, size: number): void {
  for (let k = 0; k < size; k++) to[j * size + k] = from[i * size + k];
}
