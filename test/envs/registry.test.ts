import { describe, expect, expectTypeOf, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Env } from '../../core/env.ts';
import type { Box, Discrete } from '../../core/space.ts';
import {
  envEntries,
  envEntry,
  make,
  makeDynamics,
  registerEnv,
  resolveSpec,
} from '../../envs/registry.ts';
import { corridor } from '../helpers/worlds.ts';

describe('make', () => {
  test('knows the types of the observations and actions', () => {
    expectTypeOf(make('CartPole-v1')).toEqualTypeOf<Env<Box, Discrete>>();
    expectTypeOf(make('CartPole-v0')).toEqualTypeOf<Env<Box, Discrete>>();
    expectTypeOf(make('MountainCar-v0')).toEqualTypeOf<Env<Box, Discrete>>();
    expectTypeOf(make('MountainCarContinuous-v0')).toEqualTypeOf<Env<Box, Box>>();
    expectTypeOf(make('Acrobot-v1')).toEqualTypeOf<Env<Box, Discrete>>();
    expectTypeOf(make('Pendulum-v1')).toEqualTypeOf<Env<Box, Box>>();
    expectTypeOf(make('Pendulum-v1').step).parameter(0).toEqualTypeOf<Float32Array>();
    expectTypeOf(make('FrozenLake-v1').reset().observation).toEqualTypeOf<number>();
    expectTypeOf(make('CartPole-v1').step).parameter(0).toEqualTypeOf<number>();
  });

  test('passes options on, and says all of them in the spec', () => {
    const env = make('FrozenLake-v1', { options: { slippery: false } });
    expect(env.spec).toEqual({
      id: 'FrozenLake-v1',
      options: {
        map: '4x4',
        size: 8,
        frozenProbability: 0.8,
        mapSeed: 0,
        slippery: false,
        successRate: 1 / 3,
        rewardSchedule: [1, 0, 0],
        timeLimit: 100,
      },
      wrappers: [],
    });
  });

  test('builds the same world again from a spec, wrappers and all', () => {
    const wrappers = [
      {
        name: 'discretize-observation',
        options: { bins: [2, 2, 2, 2], low: [-1, -1, -1, -1], high: [1, 1, 1, 1] },
      },
      { name: 'time-limit', options: { steps: 7 } },
    ];
    const env = make('CartPole-v1' as string, { wrappers });
    if (env.spec === null) throw new Error('there is no spec.');
    const again = make(JSON.parse(JSON.stringify(env.spec)));
    expect(again.observationSpace).toMatchObject({ kind: 'discrete', n: 16 });
    again.reset({ seed: 1 });
    const ends = Array.from({ length: 7 }, (_, t) => again.step(t % 2).truncated);
    expect(ends).toEqual([false, false, false, false, false, false, true]);
  });

  test.each([
    ['CartPole', 'CartPole-v1'], // of CartPole-v0 and -v1 the newer
    ['cartpole', 'CartPole-v1'],
    ['Taxi', 'Taxi-v4'],
    ['Acrobt', 'Acrobot-v1'],
    ['CartPole-1', 'CartPole-v1'],
  ])('takes %s for a name without its version', (id, meant) => {
    expect(() => envEntry(id)).toThrow(`There is no world "${id}". Did you mean "${meant}"? Known`);
  });

  test('has no idea what a name far from all others may mean', () => {
    expect(() => envEntry('Zzyzx')).toThrow('There is no world "Zzyzx". Known');
  });

  test.each([
    [
      () => make('FrozenLak-v1' as string),
      'There is no world "FrozenLak-v1". Did you mean "FrozenLake-v1"? Known: KArmedBandit-v0',
    ],
    [
      () => make('FrozenLake-v1', { options: { slipery: true } }),
      'FrozenLake-v1: unknown option "slipery". Did you mean "slippery"?',
    ],
    [
      () => makeDynamics('FrozenLake-v1', { slippery: false } as object),
      'FrozenLake-v1: slippery is an option of the world: give { options: { slippery } }.',
    ],
    [
      () => make('FrozenLake-v1', { seed: 1, wraper: [] } as object),
      'FrozenLake-v1: unknown option "wraper". Did you mean "wrappers"?',
    ],
    [
      () => make('FrozenLake-v1', { options: { map: '5x5' } }),
      'frozenLake: map must be one of 4x4, 8x8, random, or a list of rows, got "5x5".',
    ],
    [
      () => make('FrozenLake-v1', { options: { map: ['SFX'] } }),
      'a cell of the map must be one of S F H G, got "X" in row 0.',
    ],
    [
      () => make('FrozenLake-v1', { options: { map: ['SFF', 'FG'] } }),
      'every row of the map must have 3 letters, got "FG" in row 1.',
    ],
    [
      () => make('FrozenLake-v1', { options: { map: ['SFF'] } }),
      'frozenLake: the map must have a cell G',
    ],
    [() => make('FrozenLake-v1', { options: { map: [] } }), 'map must be a list of strings'],
    [
      () => make('FrozenLake-v1', { options: { successRate: 2 } }),
      'successRate must be between 0 and 1, got 2.',
    ],
    [
      () => make('KArmedBandit-v0', { options: { numArms: 0 } }),
      'numArms must be an integer from 1 to 100000',
    ],
    [
      () => makeDynamics('CartPole-v1', { wrappers: [{ name: 'time-limt', options: {} }] }),
      'There is no wrapper "time-limt". Did you mean "time-limit"?',
    ],
    [
      () =>
        makeDynamics('FrozenLake-v1', {
          wrappers: [{ name: 'discretize-observation', options: {} }],
        }),
      'discretize-observation: FrozenLake must have observations that are a Box, got Discrete(16).',
    ],
    [
      () => makeDynamics('CartPole-v1', { wrappers: [{ name: 'toString', options: {} }] }),
      'There is no wrapper "toString".',
    ],
  ])('refuses what is unknown or out of range, %#', (run, message) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });
});

describe('the registry', () => {
  test('takes a world of the user, once', () => {
    const entry = {
      id: 'Corridor-v3',
      family: 'other' as const,
      description: 'A corridor.',
      defaults: {},
      rewardThreshold: 1,
      create: () => corridor(),
    };
    registerEnv(entry);
    expect(make('Corridor-v3' as string).reset({ seed: 1 }).observation).toBeLessThan(3);
    expect(() => registerEnv(entry)).toThrow('registerEnv: Corridor-v3 is taken.');
    expect(() => registerEnv({ ...entry, id: 'Corridor' })).toThrow('the id must be Name-vN');
  });

  test('agrees with Gymnasium 1.4.0 on limits and thresholds', () => {
    const facts = (id: string) => [makeDynamics(id).timeLimit, envEntry(id).rewardThreshold];
    expect(facts('FrozenLake-v1')).toEqual([100, 0.7]);
    expect(facts('FrozenLake8x8-v1')).toEqual([200, 0.85]);
    expect(facts('CliffWalking-v1')).toEqual([Infinity, null]);
    expect(facts('CliffWalkingSlippery-v1')).toEqual([Infinity, null]);
    expect(facts('Taxi-v4')).toEqual([200, 8]);
    expect(facts('Blackjack-v1')).toEqual([Infinity, null]);
    expect(resolveSpec('Blackjack-v1').options).toEqual({ natural: false, sab: true });
    expect(facts('CartPole-v0')).toEqual([200, 195]);
    expect(facts('CartPole-v1')).toEqual([500, 475]);
    expect(facts('MountainCar-v0')).toEqual([200, -110]);
    expect(facts('MountainCarContinuous-v0')).toEqual([999, 90]);
    expect(facts('Acrobot-v1')).toEqual([500, -100]);
    expect(facts('Pendulum-v1')).toEqual([200, null]);
  });

  test('agrees with Gymnasium 1.4.0 on the bounds of the control worlds', () => {
    const bounds = (id: string) => {
      const { observationSpace, actionSpace } = makeDynamics(id);
      return [observationSpace, actionSpace].map((space) =>
        space.kind === 'box' ? [...space.low, ...space.high] : (space as Discrete).n,
      );
    };
    const f32 = (...numbers: number[]) => numbers.map(Math.fround);
    const valley = f32(-1.2, -0.07, 0.6, 0.07);
    const arm = f32(1, 1, 1, 1, 4 * Math.PI, 9 * Math.PI);
    expect(bounds('MountainCar-v0')).toEqual([valley, 3]);
    expect(bounds('MountainCarContinuous-v0')).toEqual([valley, [-1, 1]]);
    expect(bounds('Acrobot-v1')).toEqual([[...arm.map((bound) => -bound), ...arm], 3]);
    expect(bounds('Pendulum-v1')).toEqual([
      [-1, -1, -8, 1, 1, 8],
      [-2, 2],
    ]);
  });

  test('passes the options of the control worlds on', () => {
    expect(makeDynamics('CartPole-v0', { options: { timeLimit: 7 } }).timeLimit).toBe(7);
    const swing = (options: Readonly<Record<string, unknown>>) => {
      const row = Float64Array.of(0.5, -0.4, 1, -2);
      makeDynamics('Acrobot-v1', { options }).step(row, 1 as never, new Alea(0));
      return row;
    };
    expect(swing({})).toEqual(swing({ dynamics: 'book' }));
    expect(swing({})).not.toEqual(swing({ dynamics: 'nips' }));
    for (const id of ['MountainCar-v0', 'MountainCarContinuous-v0']) {
      const hasty = makeDynamics(id, { options: { goalVelocity: 0.05 } });
      expect(hasty.isTerminal(Float64Array.of(0.6, 0.04))).toBe(false);
    }
    const weightless = makeDynamics('Pendulum-v1', { options: { gravity: 0 } });
    const row = Float64Array.of(1, 0, 0);
    weightless.step(row, Float32Array.of(0) as never, new Alea(0));
    expect([...row]).toEqual([1, 0, 0]);
  });

  test('has resolved options that are JSON', () => {
    for (const { id } of envEntries()) {
      const spec = resolveSpec(id);
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    }
  });
});
