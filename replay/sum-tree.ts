import type { Allocator } from './memory.ts';

/**
 * Numbers of at least 0 that can be found by their running sum: changing one and finding one take
 * log₂ `capacity` steps.
 *
 * A binary tree in an array: node n has the children 2n and 2n + 1, node 1 is the root, the numbers are
 * the last level. Every node is the sum of its children at all times, so no error gathers.
 *
 * Source: Schaul et al. (2016), "Prioritized experience replay", appendix B.2.1.
 */
export class SumTree {
  readonly capacity: number;
  readonly #leaves: number; // the node of number 0; a power of two
  readonly #sums: Float64Array;

  /** Room for `capacity` numbers, all 0. */
  constructor(capacity: number, allocator: Allocator) {
    this.capacity = capacity;
    let leaves = 1;
    while (leaves < capacity) leaves *= 2;
    this.#leaves = leaves;
    this.#sums = allocator.array('priorities', Float64Array, 2 * leaves);
  }

  /** The sum of all numbers. */
  get total(): number {
    return this.#sums[1];
  }

  /** Number `i`. */
  get(i: number): number {
    return this.#sums[this.#leaves + i];
  }

  /** Sets number `i`, finite and at least 0. */
  set(i: number, value: number): void {
    const sums = this.#sums;
    let node = this.#leaves + i;
    sums[node] = value;
    for (node >>= 1; node >= 1; node >>= 1) sums[node] = sums[2 * node] + sums[2 * node + 1];
  }

  /**
   * The first i for which the numbers 0 … i add up to more than `sum`: so in [0, total) each is found
   * over a stretch as long as it is. Never one that is 0, unless all are.
   */
  find(sum: number): number {
    return descend(this.#sums, this.#leaves, sum);
  }

  /**
   * Finds one number in each of `count` equal parts of the total, at the place that `parts[i]` in [0, 1)
   * says within part i.
   *
   * A loop in here, so that no number with a fraction crosses a call: V8 would allocate it.
   */
  findInParts(parts: Float64Array, found: Int32Array, count: number): void {
    const part = this.total / count;
    for (let i = 0; i < count; i++)
      found[i] = descend(this.#sums, this.#leaves, (i + parts[i]) * part);
  }

  /** Writes the numbers at `indices` to `values`. */
  getAll(indices: Int32Array, values: Float64Array): void {
    const { length } = values;
    for (let i = 0; i < length; i++) values[i] = this.#sums[this.#leaves + indices[i]];
  }

  /** Sets those of the numbers at `indices` that are not 0 to `values`. */
  replaceAll(indices: Int32Array, values: Float64Array): void {
    const sums = this.#sums;
    const { length } = indices;
    for (let i = 0; i < length; i++) {
      let node = this.#leaves + indices[i];
      if (sums[node] === 0) continue;
      sums[node] = values[i];
      for (node >>= 1; node >= 1; node >>= 1) sums[node] = sums[2 * node] + sums[2 * node + 1];
    }
  }

  /** Copies of the first `count` numbers. */
  slice(count: number): Float64Array {
    return this.#sums.slice(this.#leaves, this.#leaves + count);
  }

  /** Sets the first numbers to `values`, and the others to 0. */
  fill(values: Float64Array): void {
    const sums = this.#sums;
    const leaves = this.#leaves;
    sums.fill(0);
    sums.set(values, leaves);
    for (let node = leaves - 1; node >= 1; node--) sums[node] = sums[2 * node] + sums[2 * node + 1];
  }
}

/** The leaf at which a running sum of `sum` is passed. Small, so that it is inlined. */
function descend(sums: Float64Array, leaves: number, sum: number): number {
  let node = 1;
  let rest = sum;
  while (node < leaves) {
    node *= 2;
    // Rounding may leave a rest where there is nothing more.
    if (rest < sums[node] || sums[node + 1] === 0) continue;
    rest -= sums[node];
    node++;
  }
  return node - leaves;
}
