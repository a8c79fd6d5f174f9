import { log, pow } from './math.ts';
import type { Rng } from './rng.ts';

/**
 * Fills `draws` with a draw from each gamma distribution of scale 1.
 *
 * X / (X + Y) of two draws of shapes a and b is a draw from Beta(a, b); many draws over their sum are
 * one from a Dirichlet distribution.
 *
 * @param shapes Above 0, `[n]`; a draw of a shape far below 0.1 may be 0.
 * @param draws `[n]`.
 *
 * Source: Marsaglia & Tsang (2000), "A simple method for generating gamma variables", sections 3
 * and 6.
 */
export function writeGammas(rng: Rng, shapes: Float64Array, draws: Float64Array): void {
  for (let i = 0; i < draws.length; i++) {
    const isBelowOne = shapes[i] < 1;
    const d = (isBelowOne ? shapes[i] + 1 : shapes[i]) - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = rng.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = rng.uniform();
      const square = x * x;
      const isUnder =
        u < 1 - 0.0331 * square * square || log(u) < 0.5 * square + d * (1 - v + log(v));
      if (!isUnder) continue;
      draws[i] = d * v;
      break;
    }
    if (isBelowOne) draws[i] *= pow(1 - rng.uniform(), 1 / shapes[i]);
  }
}
