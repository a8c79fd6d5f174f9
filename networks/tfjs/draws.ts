import type { Rng } from '../../core/rng.ts';

/** The random numbers of one pass, which can be had once more when the pass is gone over again. */
export class Draws {
  readonly #rng: Rng;
  readonly #taken: Float32Array[] = [];
  #next = 0;

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  /** The next numbers, `[size]`: fresh ones, or after `rewind` those of the first time. */
  take(size: number, draw: (rng: Rng) => number): Float32Array {
    if (this.#next === this.#taken.length) {
      this.#taken.push(Float32Array.from({ length: size }, () => draw(this.#rng)));
    }
    return this.#taken[this.#next++];
  }

  /** Goes back to the first. */
  rewind(): void {
    this.#next = 0;
  }
}
