import { describe, expect, expectTypeOf, test } from 'vitest';
import type { EnvVector } from '../../core/env-vector.ts';
import type { Box, Discrete } from '../../core/space.ts';
import { SyncVectorEnv } from '../../core/sync-vector-env.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { isHandWritten, makeVector } from '../../envs/make-vector.ts';
import { make, makeDynamics, registerEnv, resolveSpec } from '../../envs/registry.ts';
import { LADDER_DEFAULTS, Ladder, type LadderOptions } from '../helpers/hand-written.ts';

const FLOAT64 = { arithmetic: 'float64' };
const runs: { seed: number; rng: string }[] = [];

registerEnv({
  id: 'Ladder-v4',
  family: 'other',
  description: 'A ladder.',
  defaults: { ...LADDER_DEFAULTS },
  rewardThreshold: null,
  createEnv: (options: LadderOptions, { seed, rng, spec }) => {
    runs.push({ seed, rng });
    return new Ladder(options, seed, spec);
  },
});

describe('makeVector', () => {
  test('runs rules in columns, as VectorEnv does', () => {
    const envs = makeVector('CartPole-v1', { numEnvs: 3, seed: 8 });
    expect(envs).toBeInstanceOf(VectorEnv);
    expect(envs.snapshot()).toEqual(new VectorEnv(cartPole(), { numEnvs: 3, seed: 8 }).snapshot());
    const other = makeVector('CartPole-v1', { numEnvs: 3, seed: 8, rng: 'gymnasium' });
    const wanted = new VectorEnv(cartPole(), { numEnvs: 3, seed: 8, rng: 'gymnasium' });
    expect(other.snapshot()).toEqual(wanted.snapshot());
    expect(makeVector('CartPole-v1').numEnvs).toBe(1);
  });

  test('takes the options that go with a generator, as make does', () => {
    const envs = makeVector('Pendulum-v1', { seed: 8, rng: 'gymnasium' });
    const env = make('Pendulum-v1', { seed: 8, rng: 'gymnasium' });
    expect(env.spec?.options.arithmetic).toBe('numpy2');
    const usual = make('Pendulum-v1', { seed: 8, rng: 'gymnasium', options: FLOAT64 });
    for (const each of [env, usual]) each.reset();
    const rewards = { numpy2: 0, float64: 0 };
    for (let t = 0; t < 50; t++) {
      const torque = Float32Array.of(0.7);
      const { reward, observation } = env.step(torque);
      const transitions = envs.step(torque);
      expect(transitions.rewards[0]).toBe(reward);
      expect(transitions.nextObservations).toEqual(observation);
      rewards.numpy2 += reward;
      rewards.float64 += usual.step(torque).reward;
    }
    expect(rewards.numpy2).not.toBe(rewards.float64); // or the test would not tell
  });

  test('lifts hand-written envs, each with its own seed', () => {
    runs.length = 0;
    const options = { rungs: 8, slip: 0 };
    const envs = makeVector('Ladder-v4', { numEnvs: 3, seed: 8, rng: 'gymnasium', options });
    expect(envs).toBeInstanceOf(SyncVectorEnv);
    expect(runs).toEqual([8, 9, 10].map((seed) => ({ seed, rng: 'gymnasium' })));
    expect(envs.observationSpace).toMatchObject({ kind: 'discrete', n: 8, start: 10 });
    const starts = [8, 9, 10].map((seed) => new Ladder(options).reset({ seed }).observation - 10);
    expect([...envs.observations]).toEqual(starts);
    const [copy] = (envs as SyncVectorEnv).envs;
    expect(copy.spec).toEqual({ id: 'Ladder-v4', options, wrappers: [] });
  });

  test('builds from a spec, options and wrappers and all', () => {
    const spec = resolveSpec('CartPole-v1', {
      wrappers: [{ name: 'time-limit', options: { steps: 2 } }],
    });
    const envs = makeVector(spec, { numEnvs: 2 });
    envs.step(Int32Array.of(0, 1));
    expect([...envs.step(Int32Array.of(1, 0)).truncated]).toEqual([1, 1]);
    const wrappers = [{ name: 'time-limit', options: { steps: 1 } }];
    const short = makeVector('CartPole-v1' as string, { wrappers });
    expect([...short.step(Int32Array.of(0)).truncated]).toEqual([1]);
    const still = makeVector('FrozenLake-v1', { options: { slippery: false } });
    expect([...still.step(Int32Array.of(2)).nextObservations]).toEqual([1]);
  });

  test('knows the types of the observations and actions', () => {
    expectTypeOf(makeVector('CartPole-v1')).toEqualTypeOf<EnvVector<Box, Discrete>>();
    expectTypeOf(makeVector('Pendulum-v1')).toEqualTypeOf<EnvVector<Box, Box>>();
    expectTypeOf(makeVector('Ladder-v4' as string)).toEqualTypeOf<EnvVector>();
  });

  test.each<[() => unknown, string]>([
    [() => makeVector('CartPol-v1' as string), 'Did you mean "CartPole-v1"?'],
    [() => makeVector('CartPole-v1', { numEnvs: 0 }), 'numEnvs must be an integer of at least 1'],
    [() => makeVector('Ladder-v4', { numEnvs: 0 }), 'numEnvs must be an integer of at least 1'],
    [() => makeVector('Ladder-v4', { seed: -1 }), 'makeVector: seed must be an integer'],
    [() => makeVector('Ladder-v4', { options: { rung: 2 } }), 'Did you mean "rungs"?'],
    [() => makeVector('CartPole-v1', { numEnv: 2 } as never), 'Did you mean "numEnvs"?'],
    [() => makeDynamics('Ladder-v4'), 'a hand-written env without rules. Use make or makeVector.'],
    [() => isHandWritten({ id: 'Ladder-v5' }), 'There is no world "Ladder-v5". Did you mean'],
  ])('refuses what is unknown or out of range, %#', (run, message) => {
    expect(run).toThrow(message);
  });

  test('tells hand-written envs from rules', () => {
    expect(isHandWritten({ id: 'Ladder-v4' })).toBe(true);
    expect(isHandWritten({ id: 'CartPole-v1' })).toBe(false);
  });
});
