import type { Episode } from '../episode.ts';
import type { SavedParts } from '../saved-parts.ts';
import type { MonteCarloOptions } from './monte-carlo-options.ts';

/**
 * Means of the returns that followed the visits to each entry of a table: V(s), or Q(s, a).
 *
 * Source: Sutton & Barto (2018), sections 5.1 to 5.4, the loop of the boxes "First-visit MC
 * prediction", "Monte Carlo ES" and "On-policy first-visit MC control"; with a constant step size,
 * equation 6.1.
 */
export class ReturnAverages {
  /** V(s) or Q(s, a), `[numStates × numActions]`. */
  readonly values: Float64Array;

  /** Returns that have been averaged, `[numStates × numActions]`. */
  readonly counts: Float64Array;

  readonly #numActions: number;
  readonly #options: Required<Pick<MonteCarloOptions, 'discount' | 'visits' | 'stepSize'>>;
  /** The step of the first visit to each entry of the episode at hand; left as it was elsewhere. */
  readonly #firstVisit: Int32Array;

  /** @param numActions 1 for V, where actions are not looked at. */
  constructor(
    values: Float64Array,
    numActions: number,
    options: Required<Pick<MonteCarloOptions, 'discount' | 'visits' | 'stepSize'>>,
  ) {
    this.values = values;
    this.counts = new Float64Array(values.length);
    this.#numActions = numActions;
    this.#options = options;
    this.#firstVisit = new Int32Array(values.length);
  }

  /** What is to be saved. */
  get parts(): SavedParts {
    return { values: this.values, counts: this.counts };
  }

  /**
   * Learns from a complete episode, and clears it.
   *
   * @param lastValue What stands for the rewards that an episode would have gone on to bring.
   */
  learn(episode: Episode, lastValue: number): void {
    const { values, counts } = this;
    const { rewards } = episode;
    const { discount, visits, stepSize } = this.#options;
    const firstVisit = this.#firstVisit;
    for (let t = episode.length - 1; t >= 0; t--) firstVisit[this.#entry(episode, t)] = t;

    // G ← 0. Loop for each step of the episode, t = T−1, T−2, …, 0:
    let sum = lastValue;
    for (let t = episode.length - 1; t >= 0; t--) {
      const entry = this.#entry(episode, t);
      // G ← γG + R
      sum = discount * sum + rewards[t];
      // Unless the pair S, A appears in S₀, A₀, …, Sₜ₋₁, Aₜ₋₁:
      if (visits === 'first' && firstVisit[entry] !== t) continue;
      // Append G to Returns(S, A); Q(S, A) ← average(Returns(S, A))
      const count = ++counts[entry];
      const weight = stepSize === 'sample-average' ? 1 / count : stepSize;
      values[entry] += weight * (sum - values[entry]);
    }
    episode.clear();
  }

  #entry({ observations: states, actions }: Episode, t: number): number {
    return this.#numActions === 1 ? states[t] : states[t] * this.#numActions + actions[t];
  }
}
