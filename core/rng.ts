import type { SavedData } from './saved.ts';

/**
 * A source of random numbers that can be saved.
 *
 * `Alea` is the default one. Others draw the same bits as a reference library does.
 */
export interface Rng {
  /** A random integer in 0 … 2³² − 1. */
  uint32(): number;

  /** A random number in [0, 1). */
  uniform(): number;

  /** A random integer in 0 … n − 1, each with the same chance; `n` in 1 … 2³². */
  below(n: number): number;

  /** A draw from the standard normal distribution. */
  normal(): number;

  /** The state, to go on from later with `restore`. */
  snapshot(): SavedData;

  /**
   * Goes back to a state that `snapshot` gave.
   *
   * @throws Error if it is not a state of this generator.
   */
  restore(saved: SavedData): void;
}

/**
 * A random integer in 0 … n − 1 without bias, from draws of 32 bits.
 *
 * Draws below 2³² mod n are thrown away, so that each remainder is as likely as any other.
 *
 * @param n In 1 … 2³².
 */
export function belowFromUint32(rng: Rng, n: number): number {
  for (;;) {
    const draw = rng.uint32();
    if (draw < n && draw < 0x1_0000_0000 % n) continue; // the first test spares most divisions
    return n < 0x1_0000_0000 ? (draw >>> 0) % (n >>> 0) : draw; // of integers, which is the faster
  }
}
