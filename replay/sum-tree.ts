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
    const sums = this.#sums;
    const leaves = this.#leaves;
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
