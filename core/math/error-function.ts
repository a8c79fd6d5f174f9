import { exp } from './exponential.ts';

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const SERIES_END = 2.5; // beyond, the continued fraction is the shorter way
const ONE_FROM = 6; // erfc(6) is 2e−17

/**
 * The error function, 2 / √π · ∫₀ˣ exp(−t²) dt. Within a few units in the last place.
 *
 * Source: Abramowitz & Stegun (1964), "Handbook of mathematical functions", 7.1.6 for small x and
 * 7.1.14 for large.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size < ONE_FROM)) return Number.isNaN(x) ? x : Math.sign(x);
  if (size < SERIES_END) return x * series(size * size);
  return Math.sign(x) * (1 - complement(size));
}

/** erf(x) / x from z = x²: 2 / √π · e⁻ᶻ · Σ (2z)ⁿ / (2n + 1)!!, whose terms are all positive. */
function series(z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * z) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * exp(-z) * sum;
}

const FRACTION_TERMS = 60;

/** 1 − erf(x) for x above 2: e⁻ˣ² / √π · 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + …)))). */
function complement(x: number): number {
  let denominator = x;
  for (let n = FRACTION_TERMS; n >= 1; n--) denominator = x + n / 2 / denominator;
  return ((TWO_OVER_SQRT_PI / 2) * exp(-x * x)) / denominator;
}
