import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { writeGammas } from '../../core/gamma-draws.ts';
import { erf } from '../../core/math.ts';

const N = 40_000;

function drawn(shape: number, seed = 1): Float64Array {
  const draws = new Float64Array(N);
  writeGammas(new Alea(seed), new Float64Array(N).fill(shape), draws);
  return draws.sort();
}

/** The greatest distance of the draws' distribution from F, times √n (Kolmogorov & Smirnov). */
function distance(draws: Float64Array, cumulative: (x: number) => number): number {
  let greatest = 0;
  draws.forEach((x, i) => {
    const chance = cumulative(x);
    greatest = Math.max(greatest, (i + 1) / N - chance, chance - i / N);
  });
  return greatest * Math.sqrt(N);
}

/** F of an integer shape: 1 − e⁻ˣ Σ xʲ / j!, j < shape. */
function erlang(shape: number): (x: number) => number {
  return (x) => {
    let term = Math.exp(-x);
    let sum = 0;
    for (let j = 0; j < shape; j++) {
      sum += term;
      term *= x / (j + 1);
    }
    return 1 - sum;
  };
}

describe('gamma draws', () => {
  test.each([1, 2, 3, 10, 40])('of shape %d have its distribution', (shape) => {
    expect(distance(drawn(shape), erlang(shape))).toBeLessThan(2.2); // p = 10⁻⁴
  });

  test('of shape ½ are half the square of a normal draw', () => {
    expect(distance(drawn(0.5), (x) => erf(Math.sqrt(x)))).toBeLessThan(2.2);
  });

  test.each([0.1, 0.3, 0.9, 1.7, 25.5, 1e4])(
    'of shape %d have it as mean and variance',
    (shape) => {
      const draws = drawn(shape, 2);
      const mean = draws.reduce((sum, x) => sum + x, 0) / N;
      const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / N;
      expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / N));
      // Var of the sample variance: (2 shape² + 6 shape) / n
      const error = Math.sqrt((2 * shape * shape + 6 * shape) / N);
      expect(Math.abs(variance - shape)).toBeLessThan(5 * error);
      expect(draws[0]).toBeGreaterThan(0);
    },
  );

  test('are each of their own shape', () => {
    const draws = new Float64Array(3);
    writeGammas(new Alea(5), Float64Array.of(1e6, 0.2, 1e4), draws);
    expect(Math.abs(draws[0] / 1e6 - 1)).toBeLessThan(0.01);
    expect(draws[1]).toBeLessThan(20);
    expect(Math.abs(draws[2] / 1e4 - 1)).toBeLessThan(0.1);
  });
});
