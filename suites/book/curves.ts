import { checkInteger } from '../../core/check.ts';
import type { Series } from '../charts/chart.ts';
import { type Interval, studentQuantile } from '../statistics.ts';

/**
 * The average of curves, one for each independent run, with 95% intervals at every point.
 *
 *     const curves = new Curves(100);
 *     for (let run = 0; run < 50; run++) curves.add(errorsOf(run));
 *     curves.series('α = 0.1', episodes); // with its band
 */
export class Curves {
  readonly length: number;
  readonly #means: Float64Array;
  readonly #squares: Float64Array; // sums of squared differences from the mean
  #runs = 0;

  /** @param length Points of a curve, at least 1. */
  constructor(length: number) {
    checkInteger('Curves: length', length, 1);
    this.length = length;
    this.#means = new Float64Array(length);
    this.#squares = new Float64Array(length);
  }

  /** Curves added. */
  get runs(): number {
    return this.#runs;
  }

  /** Mean of each point, `[length]`; valid until the next `add`. */
  get means(): Float64Array {
    return this.#means;
  }

  /** @param curve The numbers of one run, `[length]`. */
  add(curve: ArrayLike<number>): void {
    this.#runs++;
    for (let i = 0; i < this.length; i++) {
      const change = curve[i] - this.#means[i];
      this.#means[i] += change / this.#runs; // Welford (1962)
      this.#squares[i] += change * (curve[i] - this.#means[i]);
    }
  }

  /** The mean at a point, with Student's 95% interval, from −∞ to ∞ after a single run. */
  interval(point: number): Interval {
    const estimate = this.#means[point];
    if (this.#runs < 2) return { estimate, low: -Infinity, high: Infinity };
    const error = Math.sqrt(this.#squares[point] / (this.#runs - 1) / this.#runs);
    const reach = studentQuantile(this.#runs - 1) * error;
    return { estimate, low: estimate - reach, high: estimate + reach };
  }

  /**
   * The line of a chart.
   *
   * @param x Where the points stand, `[length]`; default 1, 2, ….
   * @param every Takes each so manieth point, and the last, at least 1; default 1.
   */
  series(name: string, x?: ArrayLike<number>, every = 1): Series {
    const points = this.#chosen(every);
    const intervals = points.map((point) => this.interval(point));
    return {
      name,
      x: points.map((point) => (x === undefined ? point + 1 : x[point])),
      y: intervals.map(({ estimate }) => estimate),
      low: intervals.map(({ low }) => low),
      high: intervals.map(({ high }) => high),
    };
  }

  #chosen(every: number): number[] {
    const points: number[] = [];
    for (let point = 0; point < this.length; point += every) points.push(point);
    if (points.at(-1) !== this.length - 1) points.push(this.length - 1);
    return points;
  }
}
