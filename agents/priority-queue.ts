import { checkSavedRange, type SavedArrays } from './saved-parts.ts';

const NONE = -1;

/**
 * The numbers 0 … n − 1 by priority, the largest first: a binary heap that knows where each of them
 * is, so that a priority can be changed.
 *
 * Source: Williams (1964), "Algorithm 232: Heapsort".
 */
export class PriorityQueue {
  /** Priority of each number, `[n]`; those that are not in the queue may be changed. */
  readonly priorities: Float64Array;
  readonly #heap: Int32Array;
  /** Where each number is in the heap; −1 if it is not. */
  readonly #place: Int32Array;
  readonly #size = new Int32Array(1);

  /** @param n Numbers that may be put in. Empty at first. */
  constructor(n: number) {
    this.priorities = new Float64Array(n);
    this.#heap = new Int32Array(n);
    this.#place = new Int32Array(n).fill(NONE);
  }

  /** The arrays it consists of, to be saved and filled. */
  get arrays(): SavedArrays {
    return {
      queuePriorities: this.priorities,
      queueHeap: this.#heap,
      queuePlaces: this.#place,
      queueSize: this.#size,
    };
  }

  /** @throws Error if saved arrays are those of no queue. */
  check(where: string, { queueHeap, queuePlaces, queueSize }: SavedArrays): void {
    const n = this.#heap.length;
    checkSavedRange(where, 'queueSize', queueSize, 0, n);
    checkSavedRange(where, 'queueHeap', queueHeap, 0, n - 1);
    const size = queueSize[0];
    for (let item = 0; item < n; item++) {
      const place = queuePlaces[item];
      if (place === NONE || (place >= 0 && place < size && queueHeap[place] === item)) continue;
      throw new Error(`${where}: queuePlaces[${item}] = ${place} is not where the number is.`);
    }
  }

  get size(): number {
    return this.#size[0];
  }

  /** Whether `item` is in the queue. */
  has(item: number): boolean {
    return this.#place[item] !== NONE;
  }

  /** The largest priority; −∞ if the queue is empty. */
  get topPriority(): number {
    return this.#size[0] === 0 ? -Infinity : this.priorities[this.#heap[0]];
  }

  /** Puts `item` in, or changes its priority. */
  set(item: number, priority: number): void {
    if (this.#place[item] === NONE) {
      this.#place[item] = this.#size[0];
      this.#heap[this.#size[0]++] = item;
    }
    this.priorities[item] = priority;
    this.#rise(this.#place[item]);
    this.#sink(this.#place[item]);
  }

  /** Takes out the number with the largest priority; −1 if the queue is empty. */
  pop(): number {
    if (this.#size[0] === 0) return -1;
    const top = this.#heap[0];
    const last = this.#heap[--this.#size[0]];
    this.#place[top] = NONE;
    if (last !== top) {
      this.#put(last, 0);
      this.#sink(0);
    }
    return top;
  }

  #put(item: number, place: number): void {
    this.#heap[place] = item;
    this.#place[item] = place;
  }

  #rise(from: number): void {
    const item = this.#heap[from];
    const priority = this.priorities[item];
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (this.priorities[this.#heap[above]] >= priority) break;
      this.#put(this.#heap[above], place);
      place = above;
    }
    this.#put(item, place);
  }

  #sink(from: number): void {
    const item = this.#heap[from];
    const priority = this.priorities[item];
    let place = from;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= this.#size[0]) break;
      const right = below + 1;
      if (
        right < this.#size[0] &&
        this.priorities[this.#heap[right]] > this.priorities[this.#heap[below]]
      ) {
        below = right;
      }
      if (this.priorities[this.#heap[below]] <= priority) break;
      this.#put(this.#heap[below], place);
      place = below;
    }
    this.#put(item, place);
  }
}
