import type { Rng } from '../../core/rng.ts';

/** Writes 0, 1, 2 … into `order`. */
export function sortOrder(order: Int32Array): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
}

/**
 * Puts the elements in an order of which each is as likely as any other.
 *
 * Source: Fisher & Yates (1938), as in Knuth, "The art of computer programming", volume 2, 3.4.2.
 */
export function shuffleOrder(order: Int32Array, rng: Rng): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const element = order[i];
    order[i] = order[j];
    order[j] = element;
  }
}

/**
 * Orders the rows of a rollout so that those of `perBatch` copies follow each other, step by step.
 *
 * @param copies All copies, in the order in which batches take them, `[numEnvs]`.
 * @param order Receives the rows, `[numSteps × numEnvs]`.
 */
export function orderByCopies(copies: Int32Array, perBatch: number, order: Int32Array): void {
  const numSteps = order.length / copies.length;
  let place = 0;
  for (let first = 0; first < copies.length; first += perBatch) {
    for (let t = 0; t < numSteps; t++) {
      for (let i = first; i < first + perBatch; i++) order[place++] = t * copies.length + copies[i];
    }
  }
}
