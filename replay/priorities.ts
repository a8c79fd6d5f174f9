import { checkBetween, checkInteger, checkLength, checkPositive } from '../core/check.ts';
import { pow } from '../core/math.ts';
import type { Rng } from '../core/rng.ts';
import { type SavedData, savedArray, savedNumber } from '../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../core/schedule.ts';
import type { Allocator } from './memory.ts';
import type { TransitionStore } from './store/transition-store.ts';
import { SumTree } from './sum-tree.ts';

/** How priorities come of errors, and weights of priorities. */
export interface PriorityOptions {
  /** α, in [0, 1]: 0 draws all with the same chance, 1 in proportion to their errors. Default 0.6. */
  readonly priorityExponent?: number;
  /**
   * β, in [0, 1], a number or a schedule of the transitions added: how far weights undo the priorities,
   * at 1 altogether. Default 0.4; the paper anneals it to 1 until learning ends.
   */
  readonly weightExponent?: Schedule;
  /** ε, above 0: what is added to an error, so that each transition can be drawn. Default 1e-6. */
  readonly minimumPriority?: number;
}

/** The options of priorities where none are given. */
export const PRIORITY_DEFAULTS: Required<PriorityOptions> = {
  priorityExponent: 0.6,
  weightExponent: 0.4,
  minimumPriority: 1e-6,
};

/** @throws RangeError if an option is out of range. */
export function checkPriorities(where: string, options: Required<PriorityOptions>): void {
  checkBetween(`${where}: priorityExponent`, options.priorityExponent, 0, 1);
  checkSchedule(`${where}: weightExponent`, options.weightExponent, 0, 1);
  checkPositive(`${where}: minimumPriority`, options.minimumPriority);
}

/**
 * The priorities of what is in a store, by the rows of its ring, and how rows are drawn by them: p^α of
 * what is ready, 0 elsewhere.
 *
 * Source: Schaul et al. (2016), "Prioritized experience replay", proportional variant, algorithm 1.
 */
export class Priorities {
  readonly #store: TransitionStore;
  readonly #options: Required<PriorityOptions>;
  readonly #tree: SumTree;
  #greatest = 1; // p^α of new ones
  #scratch: Float64Array = new Float64Array(0); // numbers of a batch

  constructor(store: TransitionStore, options: Required<PriorityOptions>, allocator: Allocator) {
    this.#store = store;
    this.#options = options;
    this.#tree = new SumTree(store.capacity, allocator);
  }

  /** β now. */
  get weightExponent(): number {
    return scheduleValue(this.#options.weightExponent, this.#store.added);
  }

  /** Whether there is nothing that can be drawn. */
  get areNone(): boolean {
    return this.#tree.total === 0;
  }

  /** p^α of a row. */
  get(row: number): number {
    return this.#tree.get(row);
  }

  /**
   * Follows what `add` has changed in the store.
   *
   * @param before `store.first` as it was.
   */
  follow(before: number): void {
    const { first, capacity, readyNow, readyNowCount } = this.#store;
    for (let number = before; number < first; number++) this.#tree.set(number % capacity, 0);
    for (let k = 0; k < readyNowCount; k++) {
      const number = readyNow[k];
      if (number >= first) this.#tree.set(number % capacity, this.#greatest);
    }
  }

  /** Draws a row from each of `count` equal parts of Σ p^α, which is not 0. */
  draw(rng: Rng, rows: Int32Array, count: number): void {
    if (this.#scratch.length < count) this.#scratch = new Float64Array(count);
    drawParts(rng, this.#scratch, count);
    this.#tree.findInParts(this.#scratch, rows, count);
  }

  /** Says that a row cannot be drawn any more, and draws another from all; −1 if there is none. */
  drawInstead(row: number, rng: Rng): number {
    this.#tree.set(row, 0);
    return this.areNone ? -1 : this.#tree.find(rng.uniform() * this.#tree.total);
  }

  /** wᵢ = (N P(i))^−β / max w = (min P / P(i))^β of rows that were drawn. */
  weigh(rows: Int32Array, weights: Float64Array): void {
    const exponent = this.weightExponent;
    this.#tree.getAll(rows, weights);
    let least = Infinity;
    for (let i = 0; i < weights.length; i++) if (weights[i] < least) least = weights[i];
    for (let i = 0; i < weights.length; i++) weights[i] = least / weights[i];
    raise(weights, weights.length, exponent);
  }

  /**
   * Sets the priorities of rows to (|error| + ε)^α.
   *
   * @throws RangeError that begins with `where`, if a row is none of the ring's, or an error is not
   *   finite: nothing has changed then.
   */
  update(where: string, rows: Int32Array, errors: ArrayLike<number>): void {
    const { capacity } = this.#store;
    const count = rows.length;
    if (errors.length !== count) checkLength(`${where}: errors`, errors, count);
    for (let i = 0; i < count; i++) {
      if (!(rows[i] >= 0 && rows[i] < capacity)) {
        checkInteger(`${where}: indices[${i}]`, rows[i], 0, capacity - 1);
      }
      if (Number.isFinite(errors[i])) continue;
      throw new RangeError(`${where}: errors[${i}] must be a finite number, got ${errors[i]}.`);
    }
    const { priorityExponent, minimumPriority } = this.#options;
    if (this.#scratch.length < count) this.#scratch = new Float64Array(count);
    const powers = this.#scratch;
    for (let i = 0; i < count; i++) powers[i] = Math.abs(errors[i]) + minimumPriority;
    raise(powers, count, priorityExponent);
    this.#takeGreatest(rows, powers);
    this.#tree.replaceAll(rows, powers);
  }

  /** The parts `priorities` and `greatest` of what a buffer saves. */
  save(): SavedData {
    const rows = Math.min(this.#store.added, this.#store.capacity);
    return { priorities: this.#tree.slice(rows), greatest: this.#greatest };
  }

  /**
   * @param rows Rows of the ring that are in use.
   * @returns what takes over these parts.
   * @throws Error if they do not fit; nothing changes.
   */
  restoring(where: string, saved: SavedData, rows: number): () => void {
    const greatest = savedNumber(where, saved, 'greatest');
    checkPositive(`${where}: greatest`, greatest);
    const priorities = savedArray(where, saved, 'priorities', Float64Array, rows);
    for (const priority of priorities) {
      checkBetween(`${where}: priorities`, priority, 0, greatest);
    }
    return () => {
      this.#tree.fill(priorities);
      this.#greatest = greatest;
    };
  }

  /** Takes down the greatest of the priorities of transitions that are still there. */
  #takeGreatest(rows: Int32Array, powers: Float64Array): void {
    let greatest = this.#greatest;
    for (let i = 0; i < rows.length; i++) {
      if (powers[i] > greatest && this.#tree.get(rows[i]) > 0) greatest = powers[i];
    }
    this.#greatest = greatest;
  }
}

/** Raises the first `count` numbers to a power. A function of its own: see `drawRows`. */
function raise(numbers: Float64Array, count: number, exponent: number): void {
  for (let i = 0; i < count; i++) numbers[i] = pow(numbers[i], exponent);
}

/** Draws from [0, 1). A function of its own: see `drawRows`. */
function drawParts(rng: Rng, parts: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) parts[i] = rng.uniform();
}
