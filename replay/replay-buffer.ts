import { checkInteger, checkLength } from '../core/check.ts';
import type { Dynamics } from '../core/dynamics.ts';
import type { Rng } from '../core/rng.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../core/saved.ts';
import { rowSize } from '../core/spaces/rows.ts';
import { createTransitions, type Transitions } from '../core/transitions.ts';

/**
 * The last `capacity` transitions, sampled uniformly with replacement.
 *
 * Columns are typed arrays used as rings: adding and sampling copy numbers and allocate nothing.
 * Memory: about `capacity · (8 · observationSize + 4 · actionSize + 10)` bytes, and `numActions`
 * more where actions are masked.
 *
 * Source: Lin (1992), "Self-improving reactive agents based on reinforcement learning, planning
 * and teaching".
 */
export class ReplayBuffer {
  readonly capacity: number;
  readonly #columns: Transitions;
  readonly #sizes: RowSizes;
  #next = 0; // row the next transition goes to
  #length = 0;

  /**
   * @param dynamics The world whose transitions it will hold.
   * @param capacity Transitions it holds at most, at least 1.
   * @throws RangeError if `capacity` is not a positive integer.
   */
  constructor(dynamics: Dynamics, capacity: number) {
    checkInteger('ReplayBuffer: capacity', capacity, 1);
    this.capacity = capacity;
    this.#columns = createTransitions(dynamics, capacity);
    this.#sizes = {
      observation: rowSize(dynamics.observationSpace),
      action: rowSize(dynamics.actionSpace),
      mask: (this.#columns.nextActionMasks?.length ?? 0) / capacity,
    };
  }

  /** Transitions held now; at most `capacity`. */
  get length(): number {
    return this.#length;
  }

  /**
   * Stores every row of `transitions`; the oldest give way once the buffer is full.
   *
   * @throws RangeError if its rows are of another size than the world's: nothing is stored then.
   */
  add(transitions: Transitions): void {
    checkRows('ReplayBuffer.add', transitions, this.#sizes);
    for (let row = 0; row < transitions.rewards.length; row++) {
      copyRow(transitions, row, this.#columns, this.#next, this.#sizes);
      this.#next = (this.#next + 1) % this.capacity;
      this.#length = Math.min(this.#length + 1, this.capacity);
    }
  }

  /**
   * Fills every row of `batch` with a random transition.
   *
   * @throws Error if the buffer is empty.
   * @throws RangeError if the batch's rows are of another size than the world's.
   */
  sample(batch: Transitions, rng: Rng): void {
    if (this.#length === 0) {
      throw new Error('ReplayBuffer.sample: the buffer is empty. Add a transition first.');
    }
    checkRows('ReplayBuffer.sample', batch, this.#sizes);
    for (let row = 0; row < batch.rewards.length; row++) {
      copyRow(this.#columns, rng.below(this.#length), batch, row, this.#sizes);
    }
  }

  save(): SavedData {
    const columns: Record<string, SavedArray> = {};
    for (const [name, column] of Object.entries(this.#columns)) columns[name] = column.slice();
    return {
      ...savedHeader('replay-buffer', 1),
      next: this.#next,
      length: this.#length,
      columns,
    };
  }

  /** @throws Error if `saved` is of another capacity or world: nothing has changed then. */
  restore(saved: SavedData): void {
    const where = 'ReplayBuffer.restore';
    checkSavedHeader(where, saved, 'replay-buffer', 1);
    const columns = savedObject(where, saved, 'columns');
    const next = savedCount(where, saved, 'next');
    const length = savedCount(where, saved, 'length');
    checkInteger(`${where}: next`, next, 0, this.capacity - 1);
    checkInteger(`${where}: length`, length, 0, this.capacity);
    const own: [string, SavedArray][] = Object.entries(this.#columns);
    for (const [name, column] of own) copySavedArray(where, columns, name, column.slice());
    for (const [name, column] of own) copySavedArray(where, columns, name, column);
    this.#next = next;
    this.#length = length;
  }
}

/** Numbers in one row of each kind of column. */
interface RowSizes {
  readonly observation: number;
  readonly action: number;
  readonly mask: number;
}

function checkRows(where: string, transitions: Transitions, sizes: RowSizes): void {
  const rows = transitions.rewards.length;
  const { observations, nextObservations, actions, nextActionMasks } = transitions;
  checkLength(`${where}: observations`, observations, rows * sizes.observation);
  checkLength(`${where}: nextObservations`, nextObservations, rows * sizes.observation);
  checkLength(`${where}: actions`, actions, rows * sizes.action);
  if (sizes.mask === 0) return;
  checkLength(`${where}: nextActionMasks`, nextActionMasks ?? [], rows * sizes.mask);
}

function copyRow(from: Transitions, i: number, to: Transitions, j: number, sizes: RowSizes): void {
  const { observation, action, mask } = sizes;
  for (let k = 0; k < observation; k++) {
    to.observations[j * observation + k] = from.observations[i * observation + k];
    to.nextObservations[j * observation + k] = from.nextObservations[i * observation + k];
  }
  for (let k = 0; k < action; k++) to.actions[j * action + k] = from.actions[i * action + k];
  to.rewards[j] = from.rewards[i];
  to.terminated[j] = from.terminated[i];
  to.truncated[j] = from.truncated[i];
  if (from.nextActionMasks === undefined || to.nextActionMasks === undefined) return;
  for (let k = 0; k < mask; k++) {
    to.nextActionMasks[j * mask + k] = from.nextActionMasks[i * mask + k];
  }
}
