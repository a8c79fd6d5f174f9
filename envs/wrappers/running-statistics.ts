import type { StateRow } from '../../core/dynamics.ts';

/** Numbers that the running mean and variance of `size` elements need: `[count | means | variances]`. */
export function statisticsSize(size: number): number {
  return 1 + 2 * size;
}

/** Weight of the first guess: mean 0 and variance 1. Source: Gymnasium's RunningMeanStd. */
const PRIOR_COUNT = 1e-4;

/**
 * Running mean and variance of vectors, over a row of numbers that others own, zeros at first.
 *
 *     δ = b − m,  m ← m + δ n_b / (n + n_b)
 *     v ← (v n + v_b n_b + δ² n n_b / (n + n_b)) / (n + n_b)    with mean b and variance v_b of n_b vectors
 *
 * It begins with mean 0, variance 1, and the weight of 10⁻⁴ vectors.
 *
 * Source: Chan, Golub & LeVeque (1979), "Updating formulae and a pairwise algorithm for computing
 * sample variances".
 */
export class RunningStatistics {
  readonly size: number;
  #row: StateRow;

  /** @param row `[1 + 2 · size]`. */
  constructor(size: number, row: StateRow = new Float64Array(statisticsSize(size))) {
    this.size = size;
    this.#row = row;
  }

  /** The same over another row, for those who have many: it works on that one from now on. */
  over(row: StateRow): this {
    this.#row = row;
    return this;
  }

  /** Vectors taken in, the first guess included. */
  get count(): number {
    return PRIOR_COUNT + this.#row[0];
  }

  /** The mean of element i. */
  mean(i: number): number {
    return this.#row[1 + i];
  }

  /** The variance of element i, of the whole population. */
  variance(i: number): number {
    return this.#row[0] === 0 ? 1 : this.#row[1 + this.size + i];
  }

  /** Takes in `rows` vectors that stand in `vectors` one after the other, `[rows × size]`. */
  add(vectors: ArrayLike<number>, rows: number): void {
    const { size, count } = this;
    const total = count + rows;
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += vectors[k * size + i];
      const batchMean = sum / rows;
      let squares = 0;
      for (let k = 0; k < rows; k++) {
        const error = vectors[k * size + i] - batchMean;
        squares += error * error;
      }
      const delta = batchMean - this.mean(i);
      const sumOfSquares =
        this.variance(i) * count + squares + (delta * delta * count * rows) / total;
      this.#row[1 + i] += (delta * rows) / total;
      this.#row[1 + size + i] = sumOfSquares / total;
    }
    this.#row[0] += rows;
  }
}
