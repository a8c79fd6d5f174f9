/** How returns that another policy brought are averaged. */
export type Weighting = 'ordinary' | 'weighted';

/**
 * Means of returns that count by their importance: Σ ρG / N, or Σ ρG / Σ ρ.
 *
 * Source: Sutton & Barto (2018), equations 5.5 and 5.6; step by step, equations 5.7 and 5.8.
 */
export class WeightedReturns {
  /** The means, `[numEntries]`. */
  readonly values: Float64Array;

  /** C: the sum of the weights; N, the number of returns, where importance sampling is ordinary. */
  readonly weights: Float64Array;

  readonly #weighting: Weighting;
  readonly #visits: 'first' | 'every';
  /** The step of the first visit to each entry of the episode at hand; left as it was elsewhere. */
  readonly #firstVisit: Int32Array;

  constructor(values: Float64Array, weighting: Weighting, visits: 'first' | 'every') {
    this.values = values;
    this.weights = new Float64Array(values.length);
    this.#weighting = weighting;
    this.#visits = visits;
    this.#firstVisit = new Int32Array(values.length);
  }

  /** Takes in that `entry` is visited at `step`: to be called from the last step to the first. */
  mark(entry: number, step: number): void {
    this.#firstVisit[entry] = step;
  }

  /** Adds the return G from `step` on, if the visit counts; `weight` is its ρ. */
  add(entry: number, step: number, sum: number, weight: number): void {
    if (this.#visits === 'first' && this.#firstVisit[entry] !== step) return;
    const { values, weights } = this;
    if (this.#weighting === 'ordinary') {
      weights[entry]++;
      values[entry] += (weight * sum - values[entry]) / weights[entry];
    } else if (weight > 0) {
      weights[entry] += weight;
      values[entry] += (weight / weights[entry]) * (sum - values[entry]);
    }
  }
}
