import { Alea } from './alea.ts';
import { checkInteger, checkOneOf } from './check.ts';
import { Pcg64 } from './pcg64.ts';
import type { Rng } from './rng.ts';

/**
 * What a world draws from: `alea`, the default generator with its streams, or `gymnasium`, the
 * generator that Python's Gymnasium seeds, so that a seed gives the very numbers that it gives there.
 */
export type EnvRng = 'alea' | 'gymnasium';

const KINDS: readonly EnvRng[] = ['alea', 'gymnasium'];

/** @throws RangeError unless `rng` is an `EnvRng`. */
export function checkEnvRng(name: string, rng: EnvRng): void {
  checkOneOf(name, rng, KINDS);
}

/**
 * The generator of one copy of a world.
 *
 * @param stream Of the seed, for `alea` alone.
 * @param copy i, from 0: Gymnasium seeds copy i of a vector environment with seed + i.
 * @throws RangeError if the seed is not an integer of at least 0.
 */
export function createEnvRng(rng: EnvRng, seed: number, stream: string, copy: number): Rng {
  if (rng === 'alea') return new Alea(seed, stream);
  checkInteger('seed', seed, 0); // before the sum hides what it is
  return new Pcg64(seed + copy);
}
