import type { Rng } from '../../core/rng.ts';

/** A generator that gives the listed uniform numbers, and an error when they run out. */
export function scriptedRng(...draws: readonly number[]): Rng {
  let next = 0;
  const uniform = () => {
    if (next === draws.length) throw new Error('scriptedRng: no draw is left.');
    return draws[next++];
  };
  return {
    uniform,
    uint32: () => Math.floor(uniform() * 2 ** 32),
    below: (n) => Math.floor(uniform() * n),
    normal: uniform,
    snapshot: () => ({ next }),
    restore: (saved) => {
      next = saved.next as number;
    },
  };
}
