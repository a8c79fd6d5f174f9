import { checkInteger, checkLength } from '../../core/check.ts';
import type { Rng } from '../../core/rng.ts';
import { type SavedData, savedCount, savedObject } from '../../core/saved.ts';
import { isIntegral, rowSize } from '../../core/spaces/rows.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { BitColumn } from '../columns/bit-column.ts';
import type { RowColumn } from '../columns/row-column.ts';
import type { Allocator } from '../memory.ts';
import type { SampledColumns } from '../replay-batch.ts';
import type { ResolvedReplayOptions } from '../replay-options.ts';
import { isMasked, type ReplayTask } from '../replay-task.ts';
import { checkSampled } from './check-sampled.ts';
import { createObservations } from './create-observations.ts';
import type { ObservationStore } from './observation-store.ts';
import {
  checkRows,
  drawRows,
  ENDED,
  endOf,
  gatherEnds,
  gatherNumbers,
  type RowSizes,
  TERMINATED,
  TRUNCATED,
  WAITS,
} from './rows.ts';
import { restoringColumn } from './saved-column.ts';
import { gatherRewards, type StepRing, type StepSums, sumSteps } from './sum-steps.ts';
import { Windows } from './windows.ts';

/** Transitions without their observations. */
export type StepColumns = Omit<Transitions, 'observations' | 'nextObservations'>;

/**
 * A ring of transitions in columns: what replay buffers are made of.
 *
 * Transitions are numbered from 0 in the order in which they come. Held are those from `first` to
 * `added − 1`; transition `number` is in row `number mod capacity`.
 */
export class TransitionStore {
  readonly capacity: number;
  readonly observations: ObservationStore;
  readonly windows: Windows;
  readonly #sizes: RowSizes;
  readonly #actions: ActionColumn;
  readonly #rewards: Float64Array;
  readonly #ring: StepRing;
  readonly #ends: Uint8Array; // TERMINATED or TRUNCATED, and WAITS
  readonly #masks: RowColumn | undefined;
  readonly #stateMasks: RowColumn | undefined;

  #added = 0;
  #first = 0;
  #ready = 0;

  /** The numbers of those that the last `add` has made ready, `readyNowCount` of them. */
  readyNow: Float64Array = new Float64Array(0);
  readyNowCount = 0;
  readonly #readyOfRow: Float64Array;
  #lastRows: Int32Array = new Int32Array(0); // of the windows of a batch

  /** Room for `capacity` transitions; fewer where observations are shared and episodes are short. */
  constructor(
    task: ReplayTask,
    capacity: number,
    options: ResolvedReplayOptions,
    allocator: Allocator,
  ) {
    const { observationSpace, actionSpace, numEnvs = 1 } = task;
    const numActions = isMasked(task) && actionSpace.kind === 'discrete' ? actionSpace.n : 0;
    this.capacity = capacity;
    this.windows = new Windows(options.numSteps);
    this.#readyOfRow = allocator.array('ends', Float64Array, options.numSteps);
    this.#sizes = {
      observation: rowSize(observationSpace),
      action: rowSize(actionSpace),
      mask: numActions,
    };
    const room = { size: this.#sizes.observation, capacity, numEnvs };
    this.observations = createObservations(room, options, allocator);
    const actions = capacity * this.#sizes.action;
    this.#actions = isIntegral(actionSpace)
      ? allocator.array('actions', Int32Array, actions)
      : allocator.array('actions', Float32Array, actions);
    this.#rewards = allocator.array('rewards', Float64Array, capacity);
    this.#ends = allocator.array('ends', Uint8Array, capacity);
    const { discount } = options;
    const { windows } = this;
    this.#ring = { rewards: this.#rewards, ends: this.#ends, discount, windows };
    if (numActions > 0) this.#masks = new BitColumn('masks', capacity, numActions, allocator);
    if (numActions > 0 && options.stateMasks) {
      this.#stateMasks = new BitColumn('state masks', capacity, numActions, allocator);
    }
  }

  /** The number of the oldest transition that is held. */
  get first(): number {
    return this.#first;
  }

  /** Transitions so far: the number of the next one. */
  get added(): number {
    return this.#added;
  }

  /** Transitions that are held. */
  get length(): number {
    return this.#added - this.#first;
  }

  /** Of these, those that have all their steps. */
  get ready(): number {
    return this.#ready;
  }

  /**
   * Stores every row of `transitions`; the oldest give way.
   *
   * @param actionMasks 𝒜(s) of each, where they are kept.
   * @throws RangeError if it does not fit: nothing has been stored then.
   */
  add(where: string, transitions: Transitions, actionMasks?: Uint8Array): void {
    const rows = transitions.rewards.length;
    this.#checkNew(where, transitions, rows);
    this.#checkMasks(where, actionMasks, rows);
    this.windows.open(rows);
    const most = rows * this.windows.numSteps;
    if (this.readyNow.length < most) this.readyNow = new Float64Array(most);
    this.readyNowCount = 0;
    for (let i = 0; i < rows; i++) this.#addRow(transitions, i, actionMasks);
  }

  /**
   * Draws transitions with all their steps, each with the same chance, with replacement.
   *
   * @param rows Receives the rows of the ring they are in.
   * @throws Error if there is none.
   */
  draw(where: string, rng: Rng, rows: Int32Array, count: number): void {
    if (this.ready === 0) throw this.emptiness(where);
    drawRows(rng, rows, count, this.#ends, this.#first % this.capacity, this.length);
  }

  /** Draws the number of one such transition; there must be one. */
  drawNumber(rng: Rng): number {
    for (;;) {
      const number = this.#first + Math.floor(this.length * rng.uniform());
      if (this.isReady(number)) return number;
    }
  }

  /** Whether transition `number`, which is held, has all its steps. */
  isReady(number: number): boolean {
    return (this.#ends[number % this.capacity] & WAITS) === 0;
  }

  /** What to say where nothing can be drawn. */
  emptiness(where: string): Error {
    const what =
      this.length === 0
        ? 'the buffer is empty. Add a transition'
        : `no transition has all its ${this.windows.numSteps} steps yet. Add more`;
    return new Error(`${where}: ${what} first.`);
  }

  /** Writes the transitions in `rows` of the ring to the rows of `batch`, which fits. */
  gather(rows: Int32Array, batch: SampledColumns): void {
    const count = batch.rewards.length;
    const steps = this.windows.numSteps;
    const ends = steps === 1 ? rows : this.#sumSteps(rows, batch);
    this.observations.gather(rows, count, batch.observations);
    this.observations.gatherNext(ends, count, batch.nextObservations);
    gatherNumbers(this.#actions, this.#sizes.action, rows, count, batch.actions);
    if (steps === 1) gatherRewards(this.#ring, rows, batch);
    gatherEnds(this.#ends, ends, count, batch);
    const { nextActionMasks, actionMasks } = batch;
    const { mask } = this.#sizes;
    if (nextActionMasks !== undefined) this.#masks?.gather(ends, count, nextActionMasks, 0, mask);
    if (actionMasks !== undefined) this.#stateMasks?.gather(rows, count, actionMasks, 0, mask);
  }

  /** @throws RangeError if a batch cannot take what `gather` writes. */
  checkBatch(where: string, batch: SampledColumns): void {
    checkSampled(where, batch, this.#sizes, this.windows.numSteps);
    if (batch.actionMasks !== undefined) {
      this.#checkMasks(where, batch.actionMasks, batch.rewards.length);
    }
  }

  /** Writes all but the observations of the transition in a row to row i of `batch`. */
  copyStep(row: number, batch: StepColumns, i: number): void {
    const { action, mask } = this.#sizes;
    for (let k = 0; k < action; k++) {
      batch.actions[i * action + k] = this.#actions[row * action + k];
    }
    batch.rewards[i] = this.#rewards[row];
    batch.terminated[i] = this.#ends[row] & TERMINATED;
    batch.truncated[i] = (this.#ends[row] & TRUNCATED) >> 1;
    if (batch.nextActionMasks) this.#masks?.read(row, batch.nextActionMasks, i * mask);
  }

  /** The row of transition `number`. */
  rowOf(number: number): number {
    return number % this.capacity;
  }

  /** The number of the transition in a row. */
  numberIn(row: number): number {
    const place = row - this.rowOf(this.#first);
    return this.#first + (place < 0 ? place + this.capacity : place);
  }

  /** The row of the transition of the same copy after the one in `row`. */
  after(row: number): number {
    const next = row + this.windows.numEnvs;
    return next < this.capacity ? next : next - this.capacity;
  }

  /** Whether the episode ended with the transition in `row`. */
  endedAt(row: number): boolean {
    return (this.#ends[row] & ENDED) !== 0;
  }

  save(): SavedData {
    const rows = Math.min(this.#added, this.capacity);
    const masks = this.#masks;
    const stateMasks = this.#stateMasks;
    return {
      added: this.#added,
      first: this.#first,
      windows: this.windows.save(),
      observations: this.observations.save(rows),
      actions: this.#actions.slice(0, rows * this.#sizes.action),
      rewards: this.#rewards.slice(0, rows),
      ends: this.#ends.slice(0, rows),
      ...(masks === undefined ? {} : { masks: masks.data.slice(0, rows * masks.stride) }),
      ...(stateMasks === undefined
        ? {}
        : { stateMasks: stateMasks.data.slice(0, rows * stateMasks.stride) }),
    };
  }

  /** @returns what takes over what `save` gave. @throws Error if it does not fit; nothing changes. */
  restoring(where: string, saved: SavedData): () => void {
    const added = savedCount(where, saved, 'added');
    const first = savedCount(where, saved, 'first');
    checkInteger(`${where}: first`, first, Math.max(0, added - this.capacity), added);
    const rows = Math.min(added, this.capacity);
    const windows = savedObject(where, saved, 'windows');
    const numEnvs = savedCount(where, windows, 'numEnvs');
    const restoringMasks = (name: string, masks: RowColumn | undefined) =>
      masks ? [restoringColumn(where, saved, name, masks.data, rows * masks.stride)] : [];
    const parts = [
      this.windows.restoring(where, windows, numEnvs, added),
      this.observations.restoring(where, savedObject(where, saved, 'observations'), rows),
      restoringColumn(where, saved, 'actions', this.#actions, rows * this.#sizes.action),
      restoringColumn(where, saved, 'rewards', this.#rewards, rows),
      restoringColumn(where, saved, 'ends', this.#ends, rows),
      ...restoringMasks('masks', this.#masks),
      ...restoringMasks('stateMasks', this.#stateMasks),
    ];
    return () => {
      for (const restore of parts) restore();
      this.#added = added;
      this.#first = first;
      this.#ready = 0;
      for (let number = first; number < added; number++) {
        if (this.isReady(number)) this.#ready++;
      }
    };
  }

  #checkNew(where: string, transitions: Transitions, rows: number): void {
    checkRows(where, transitions, this.#sizes);
    this.windows.checkBatch(where, rows);
    const { numSteps } = this.windows;
    if (numSteps > 1 && !(rows >= 1 && rows * numSteps <= this.capacity)) {
      checkInteger(
        `${where}: rows of a batch, of which ${numSteps} steps each must fit into the capacity of ${this.capacity},`,
        rows,
        1,
        Math.floor(this.capacity / numSteps),
      );
    }
    this.observations.check(where, transitions);
  }

  /** @throws RangeError unless there are masks of so many states where they are kept, and none else. */
  #checkMasks(where: string, actionMasks: Uint8Array | undefined, rows: number): void {
    const length = this.#stateMasks === undefined ? undefined : rows * this.#sizes.mask;
    if (actionMasks?.length === length) return; // only who is refused pays for the words
    if (length === undefined) {
      throw new RangeError(
        `${where}: actionMasks must be absent, for the buffer does not keep them. Make it with stateMasks: true.`,
      );
    }
    checkLength(`${where}: actionMasks`, actionMasks ?? [], length);
  }

  #addRow(transitions: Transitions, i: number, actionMasks: Uint8Array | undefined): void {
    const number = this.#added;
    if (this.length === this.capacity) this.#dropBefore(this.#first + 1);
    const held = this.observations.write(number, this.#first, transitions, i);
    this.#dropBefore(Math.min(held, number));

    const row = number % this.capacity;
    const { action, mask } = this.#sizes;
    for (let k = 0; k < action; k++) {
      this.#actions[row * action + k] = transitions.actions[i * action + k];
    }
    this.#rewards[row] = transitions.rewards[i];
    const end = endOf(transitions, i);
    this.#ends[row] = end | WAITS;
    if (transitions.nextActionMasks !== undefined) {
      this.#masks?.write(row, transitions.nextActionMasks, i * mask);
    }
    if (actionMasks !== undefined) this.#stateMasks?.write(row, actionMasks, i * mask);
    this.#added++;
    this.#release(number, end !== 0);
    if (held > number) this.#dropBefore(held); // so little room is there that its frames are gone
  }

  /** Takes down which transitions the new one has made ready. */
  #release(number: number, ended: boolean): void {
    const count = this.windows.advance(number, ended, this.#readyOfRow);
    for (let k = 0; k < count; k++) {
      const ready = this.#readyOfRow[k];
      if (ready < this.#first) continue;
      this.#ends[ready % this.capacity] &= ENDED;
      this.readyNow[this.readyNowCount++] = ready;
      this.#ready++;
    }
  }

  #dropBefore(first: number): void {
    for (let number = this.#first; number < first; number++) {
      if (this.isReady(number)) this.#ready--;
    }
    this.#first = first;
  }

  /** Sums the rewards of the n steps from each row on. Returns the rows where they end. */
  #sumSteps(rows: Int32Array, batch: SampledColumns): Int32Array {
    if (batch.discounts === undefined) return rows; // checkBatch does not let it come to that
    const n = batch.rewards.length;
    if (this.#lastRows.length < n) this.#lastRows = new Int32Array(n);
    sumSteps(this.#ring, rows, batch as StepSums, this.#lastRows);
    return this.#lastRows;
  }
}
