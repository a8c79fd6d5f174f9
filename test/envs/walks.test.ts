import { describe, expect, test } from 'vitest';
import { resolveSpec } from '../../envs/registry.ts';
import { everyWorld } from '../helpers/every-world.ts';
import { disturbedWalk, envWalkers, vectorWalkers, walk } from '../helpers/walk.ts';

// `npm run test:long` walks 100,000 steps in each world, with either generator.
const MOVES = 600;

describe('saved and restored at random moments, a walk shows the same bits as without', () => {
  test.each(everyWorld().map((world, i) => [...world, i] as const))('%s', (_, spec, i) => {
    const rng = i % 2 === 0 ? 'alea' : 'gymnasium';
    const env = envWalkers(spec, rng, 7);
    const { hash, disturbances } = disturbedWalk(env, MOVES, 12);
    expect(disturbances).toBeGreaterThan(MOVES / 20);
    expect(hash).toBe(walk(env(0), MOVES));

    const envs = vectorWalkers(spec, { rng, seed: 7, numEnvs: 3 });
    if (envs === null) return;
    expect(disturbedWalk(envs, MOVES / 3, 12).hash).toBe(walk(envs(0), MOVES / 3));
  });
});

test('a walk sees its seed, its world and its length', () => {
  const hash = (id: string, seed: number, moves: number) =>
    walk(envWalkers(resolveSpec(id), 'alea', seed)(0), moves);
  const reference = hash('FrozenLake-v1', 1, 100);
  expect(hash('FrozenLake-v1', 1, 100)).toBe(reference);
  for (const other of [
    hash('FrozenLake-v1', 2, 100),
    hash('FrozenLake8x8-v1', 1, 100),
    hash('FrozenLake-v1', 1, 101),
  ]) {
    expect(other).not.toBe(reference);
  }
});
