import { checkBetween, checkInteger } from '../core/check.ts';
import { atan, PI } from '../core/math.ts';

/** An estimate with its 95% interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The mean with Student's 95% interval.
 *
 * @param values Independent numbers, such as the returns of episodes or the scores of seeds.
 * @returns an interval from −∞ to ∞ for a single value, which says nothing of the spread.
 * @throws RangeError if there are no values.
 *
 * Source: Student (1908), "The probable error of a mean".
 */
export function meanInterval(values: ArrayLike<number>): Interval {
  const n = values.length;
  checkInteger('meanInterval: the number of values', n, 1);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const estimate = sum / n;
  if (n === 1) return { estimate, low: -Infinity, high: Infinity };
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - estimate) * (values[i] - estimate);
  const error = Math.sqrt(squares / (n - 1) / n);
  const reach = studentQuantile(n - 1) * error;
  return { estimate, low: estimate - reach, high: estimate + reach };
}

/**
 * A share with Wilson's 95% interval, which stays inside [0, 1].
 *
 * @param successes In 0 … n.
 * @param n At least 1.
 * @throws RangeError if they are not.
 *
 * Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
 */
export function shareInterval(successes: number, n: number): Interval {
  checkInteger('shareInterval: n', n, 1);
  checkBetween('shareInterval: successes', successes, 0, n);
  const z = NORMAL_QUANTILE;
  const share = successes / n;
  const center = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const spread = Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const reach = (z * spread) / (1 + (z * z) / n);
  // With no success the lower end is 0, which rounding may miss; and so for 1 with nothing else.
  const low = successes === 0 ? 0 : center - reach;
  const high = successes === n ? 1 : center + reach;
  return { estimate: share, low, high };
}

const NORMAL_QUANTILE = 1.959963984540054; // Φ⁻¹(0.975)

/**
 * The 97.5% quantile of Student's t with ν degrees of freedom.
 *
 * @param degrees ν, an integer of at least 1.
 */
export function studentQuantile(degrees: number): number {
  checkInteger('studentQuantile: degrees', degrees, 1);
  let low = NORMAL_QUANTILE;
  let high = 13; // above the quantile of ν = 1, 12.706
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentCenter(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(|T| < t) for Student's T, as the finite sums for whole ν.
 *
 * Source: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
 */
function studentCenter(t: number, degrees: number): number {
  const cosine2 = 1 / (1 + (t * t) / degrees);
  const cosine = Math.sqrt(cosine2);
  const sine = (t / Math.sqrt(degrees)) * cosine;
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= (cosine2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / PI) * (atan(t / Math.sqrt(degrees)) + sine * sum) : sine * sum;
}
