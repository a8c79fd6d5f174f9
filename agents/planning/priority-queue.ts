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
  #size = 0;

  /** @param n Numbers that may be put in. Empty at first. */
  constructor(n: number) {
    this.priorities = new Float64Array(n);
    this.#heap = new Int32Array(n);
    this.#place = new Int32Array(n).fill(-1);
  }

  get size(): number {
    return this.#size;
  }

  /** The largest priority; −∞ if the queue is empty. */
  get topPriority(): number {
    return this.#size === 0 ? -Infinity : this.priorities[this.#heap[0]];
  }

  /** Puts `item` in, or changes its priority. */
  set(item: number, priority: number): void {
    if (this.#place[item] === -1) {
      this.#place[item] = this.#size;
      this.#heap[this.#size++] = item;
    }
    this.priorities[item] = priority;
    this.#rise(this.#place[item]);
    this.#sink(this.#place[item]);
  }

  /** Takes out the number with the largest priority; −1 if the queue is empty. */
  pop(): number {
    if (this.#size === 0) return -1;
    const top = this.#heap[0];
    const last = this.#heap[--this.#size];
    this.#place[top] = -1;
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
      if (below >= this.#size) break;
      const right = below + 1;
      if (
        right < this.#size &&
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
