import { describe, expect, expectTypeOf, test } from 'vitest';
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
    expectTypeOf(make('FrozenLake-v1').reset().observation).toEqualTypeOf<number>();
    expectTypeOf(make('CartPole-v1').step).parameter(0).toEqualTypeOf<number>();
  });

  test('passes options on, and says all of them in the spec', () => {
    const env = make('FrozenLake-v1', { options: { slippery: false } });
    expect(env.spec).toEqual({
      id: 'FrozenLake-v1',
      options: { map: '4x4', slippery: false, successRate: 1 / 3, rewardSchedule: [1, 0, 0] },
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
    [
      () => make('FrozenLak-v1' as string),
      'There is no world "FrozenLak-v1". Did you mean "FrozenLake-v1"? Known: KArmedBandit-v0',
    ],
    [
      () => make('FrozenLake-v1', { options: { slipery: true } }),
      'FrozenLake-v1: unknown option "slipery". Did you mean "slippery"?',
    ],
    [
      () => make('FrozenLake-v1', { options: { map: '5x5' } }),
      'frozenLake: map must be 4x4 or 8x8 or a list of rows, got "5x5".',
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
      'numArms must be an integer of at least 1',
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
      'it already has discrete ones',
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
    expect(facts('CartPole-v1')).toEqual([500, 475]);
  });

  test('has resolved options that are JSON', () => {
    for (const { id } of envEntries()) {
      const spec = resolveSpec(id);
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    }
  });
});
