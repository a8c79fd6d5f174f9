import { expect, test } from 'vitest';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import { corridor } from '../helpers/worlds.ts';

test.each(['alea', 'gymnasium'] as const)('%s refuses seeds that are no integers', (rng) => {
  const env = new DynamicsEnv(corridor(), { rng });
  env.reset({ seed: 3 });
  const before = env.snapshot();
  for (const seed of [null, '7', 0.5, -1, Number.NaN, true]) {
    expect(() => env.reset({ seed: seed as number })).toThrow('seed must be an integer');
  }
  expect(env.snapshot()).toEqual(before);
});
