import { describe, expect, test } from 'vitest';
import { everyWorld } from '../helpers/every-world.ts';
import { disturbedWalk, envWalkers, vectorWalkers, walk } from '../helpers/walk.ts';

const STEPS = 100_000;

describe.each(['alea', 'gymnasium'] as const)('with the generator %s', (rng) => {
  test.each(everyWorld())('%s survives 100,000 steps with snapshots and restores', (_, spec) => {
    const env = envWalkers(spec, rng, 11);
    const { hash, disturbances } = disturbedWalk(env, STEPS, 50);
    expect(disturbances).toBeGreaterThan(1500);
    expect(hash).toBe(walk(env(0), STEPS));
  });

  test.each(everyWorld())('%s does so in a vector of four copies', (_, spec) => {
    const envs = vectorWalkers(spec, { rng, seed: 11, numEnvs: 4 });
    if (envs === null) return;
    const { hash, disturbances } = disturbedWalk(envs, STEPS / 4, 50);
    expect(disturbances).toBeGreaterThan(350);
    expect(hash).toBe(walk(envs(0), STEPS / 4));
  });
});
