import { checkSavedRange, type StateArrays } from './saved-state.ts';

const NONE = -1;

/**
 * The numbers 0 … size − 1 in order of their priority, the highest first; each is in it once at most.
 *
 * A binary heap that knows where each number is. Nothing is allocated after construction.
 *
 * Source: Williams (1964), "Algorithm 232: Heapsort".
 */
export class PriorityQueue {
  readonly #heap: Int32Array; // the numbers; none is above one of higher priority
  readonly #places: Int32Array; // where each number is in the heap; NONE where it is not
  readonly #priorities: Float64Array; // of each number
  readonly #length = new Int32Array(1);

  constructor(size: number) {
    this.#heap = new Int32Array(size);
    this.#places = new Int32Array(size).fill(NONE);
    this.#priorities = new Float64Array(size);
  }

  /** The arrays it consists of, to be saved and filled. */
  get arrays(): StateArrays {
    return {
      queueHeap: this.#heap,
      queuePlaces: this.#places,
      queuePriorities: this.#priorities,
      queueLength: this.#length,
    };
  }

  /** @throws Error if saved arrays are those of no queue. */
  check(where: string, { queueHeap, queuePlaces, queueLength }: StateArrays): void {
    const size = this.#heap.length;
    checkSavedRange(where, 'queueLength', queueLength, 0, size);
    checkSavedRange(where, 'queueHeap', queueHeap, 0, size - 1);
    const length = queueLength[0];
    for (let item = 0; item < size; item++) {
      const place = queuePlaces[item];
      if (place === NONE || (place >= 0 && place < length && queueHeap[place] === item)) continue;
      throw new Error(`${where}: queuePlaces[${item}] = ${place} is not where the number is.`);
    }
  }

  /** Numbers in the queue. */
  get length(): number {
    return this.#length[0];
  }

  /** Priority of a number; 0 where it is not in the queue. */
  priorityOf(item: number): number {
    return this.#places[item] === NONE ? 0 : this.#priorities[item];
  }

  /** Adds a number; one that is there already keeps the higher of both priorities. */
  raise(item: number, priority: number): void {
    if (this.#places[item] === NONE) {
      this.#put(item, this.#length[0]++);
    } else if (priority <= this.#priorities[item]) {
      return;
    }
    this.#priorities[item] = priority;
    this.#moveUp(this.#places[item]);
  }

  /** Takes the number of highest priority out; the queue must not be empty. */
  takeFirst(): number {
    const first = this.#heap[0];
    const last = this.#heap[--this.#length[0]];
    if (this.#length[0] > 0) {
      this.#put(last, 0);
      this.#moveDown(0);
    }
    this.#places[first] = NONE;
    return first;
  }

  #put(item: number, place: number): void {
    this.#heap[place] = item;
    this.#places[item] = place;
  }

  #moveUp(place: number): void {
    const item = this.#heap[place];
    const priority = this.#priorities[item];
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#priorities[this.#heap[parent]] >= priority) break;
      this.#put(this.#heap[parent], place);
      place = parent;
    }
    this.#put(item, place);
  }

  #moveDown(place: number): void {
    const item = this.#heap[place];
    const priority = this.#priorities[item];
    const length = this.#length[0];
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      const right = child + 1;
      if (right < length && this.#isHigher(right, child)) child = right;
      if (this.#priorities[this.#heap[child]] <= priority) break;
      this.#put(this.#heap[child], place);
      place = child;
    }
    this.#put(item, place);
  }

  #isHigher(place: number, other: number): boolean {
    return this.#priorities[this.#heap[place]] > this.#priorities[this.#heap[other]];
  }
}
