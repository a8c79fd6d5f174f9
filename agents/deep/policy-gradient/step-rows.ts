import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedCount,
  savedHeader,
} from '../../../core/saved.ts';
import type { ActionColumn } from '../../../core/transitions.ts';
import type { SavedPart } from '../../saved-parts.ts';

/** Numbers of each part of a row. */
export interface StepRowSizes {
  readonly inputSize: number;
  readonly actionSize: number;
  /** 0 where all actions are legal. */
  readonly maskSize: number;
  /** Whether actions are integers. */
  readonly discrete: boolean;
}

const FIRST_CAPACITY = 64;

/** Steps of episodes, in columns that grow as they must and are used again. */
export class StepRows implements SavedPart {
  /** `[capacity × inputSize]`. */
  inputs: Float32Array;
  /** `[capacity × actionSize]`. */
  actions: ActionColumn;
  /** `[capacity × numActions]`. */
  masks: Uint8Array;
  /** r, or what has been made of it, `[capacity]`. */
  rewards: Float64Array;

  /** Rows held. */
  length = 0;

  readonly #sizes: StepRowSizes;

  constructor(sizes: StepRowSizes) {
    this.#sizes = sizes;
    const capacity = FIRST_CAPACITY;
    this.inputs = new Float32Array(capacity * sizes.inputSize);
    this.actions = sizes.discrete
      ? new Int32Array(capacity)
      : new Float32Array(capacity * sizes.actionSize);
    this.masks = new Uint8Array(capacity * sizes.maskSize);
    this.rewards = new Float64Array(capacity);
  }

  /**
   * Adds row `row` of some columns.
   *
   * @param masks `undefined` where all actions are legal.
   */
  add(
    inputs: Float32Array,
    actions: ActionColumn,
    masks: Uint8Array | undefined,
    row: number,
    reward: number,
  ): void {
    if (this.length === this.rewards.length) this.#reserve(2 * this.length);
    const { inputSize, actionSize, maskSize } = this.#sizes;
    const t = this.length++;
    for (let k = 0; k < inputSize; k++)
      this.inputs[t * inputSize + k] = inputs[row * inputSize + k];
    for (let k = 0; k < actionSize; k++) {
      this.actions[t * actionSize + k] = actions[row * actionSize + k];
    }
    for (let k = 0; k < maskSize; k++) {
      this.masks[t * maskSize + k] = masks === undefined ? 1 : masks[row * maskSize + k];
    }
    this.rewards[t] = reward;
  }

  /** Adds all rows of another. */
  addAll(other: StepRows): void {
    for (let row = 0; row < other.length; row++) {
      this.add(other.inputs, other.actions, other.masks, row, other.rewards[row]);
    }
  }

  /** Forgets all rows. */
  clear(): void {
    this.length = 0;
  }

  snapshot(): SavedData {
    const { length } = this;
    const { inputSize, actionSize, maskSize } = this.#sizes;
    return {
      ...savedHeader('step-rows', 1),
      length,
      inputs: this.inputs.slice(0, length * inputSize),
      actions: this.actions.slice(0, length * actionSize),
      masks: this.masks.slice(0, length * maskSize),
      rewards: this.rewards.slice(0, length),
    };
  }

  restore(saved: SavedData): void {
    const where = 'StepRows.restore';
    checkSavedHeader(where, saved, 'step-rows', 1);
    const length = savedCount(where, saved, 'length');
    const { inputSize, actionSize, maskSize } = this.#sizes;
    const inputs = savedArray(where, saved, 'inputs', Float32Array, length * inputSize);
    const type = this.actions.constructor as new (length: number) => ActionColumn;
    const actions = savedArray(where, saved, 'actions', type, length * actionSize);
    const masks = savedArray(where, saved, 'masks', Uint8Array, length * maskSize);
    const rewards = savedArray(where, saved, 'rewards', Float64Array, length);
    if (length > this.rewards.length) this.#reserve(length);
    this.inputs.set(inputs);
    this.actions.set(actions);
    this.masks.set(masks);
    this.rewards.set(rewards);
    this.length = length;
  }

  #reserve(capacity: number): void {
    const { inputSize, actionSize, maskSize } = this.#sizes;
    this.inputs = longer(this.inputs, capacity * inputSize);
    this.actions = longer<ActionColumn>(this.actions, capacity * actionSize);
    this.masks = longer(this.masks, capacity * maskSize);
    this.rewards = longer(this.rewards, capacity);
  }
}

function longer<T extends ActionColumn | Float64Array | Uint8Array>(column: T, length: number): T {
  const grown = new (column.constructor as new (length: number) => T)(length);
  grown.set(column);
  return grown;
}
