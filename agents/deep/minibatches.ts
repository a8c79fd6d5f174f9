import type { Rng } from '../../core/rng.ts';

/** The rows of a rollout in a random order, in batches: each row once an epoch. */
export class Minibatches {
  readonly size: number;
  readonly #order: Int32Array;

  /**
   * @param rows Of the rollout.
   * @param count Batches of an epoch; they have equal sizes, and a rest of rows is left out.
   */
  constructor(rows: number, count: number) {
    this.size = Math.floor(rows / count);
    this.#order = Int32Array.from({ length: rows }, (_, row) => row);
  }

  /**
   * Shuffles the rows for another epoch.
   *
   * Source: Durstenfeld (1964), "Algorithm 235: random permutation".
   */
  shuffle(rng: Rng): void {
    const order = this.#order;
    for (let i = 0; i < order.length; i++) order[i] = i; // so that nothing is to be remembered
    for (let i = order.length - 1; i > 0; i--) {
      const j = rng.below(i + 1);
      const row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
  }

  /** The row of the rollout that is row `i` of a batch. */
  row(batch: number, i: number): number {
    return this.#order[batch * this.size + i];
  }
}
