import { describe, expect, test } from 'vitest';
import type { Env } from '../../../core/env.ts';
import { make } from '../../../envs/registry.ts';
import { autoreset } from '../../../envs/wrappers/autoreset.ts';
import { orderEnforcing } from '../../../envs/wrappers/order-enforcing.ts';
import { passiveChecker } from '../../../envs/wrappers/passive-checker.ts';
import { hideDynamics } from '../../helpers/hand-written.ts';
import { ticker } from './ticker.ts';

/** An env that does what it is told, right or wrong. */
function careless(parts: Partial<Record<keyof Env, unknown>>): Env {
  const { observationSpace, actionSpace } = ticker();
  return {
    observationSpace,
    actionSpace,
    spec: null,
    reset: () => ({ observation: Float32Array.of(0, 0), info: {} }),
    step: () => good({}),
    actionMask: () => null,
    scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
    snapshot: () => ({ kind: 'careless', version: 1 }),
    restore: () => {},
    ...parts,
  } as unknown as Env;
}

const good = (parts: object) => ({
  observation: Float32Array.of(1, 0),
  reward: 0,
  terminated: false,
  truncated: false,
  info: {},
  ...parts,
});

describe('autoreset', () => {
  test('begins the next episode with the step after the end of one', () => {
    const env = autoreset(hideDynamics(ticker({ end: 2, timeLimit: 9 })));
    env.reset({ seed: 1 });
    env.step(2);
    expect(env.step(2)).toMatchObject({ reward: 22, terminated: true });
    expect(env.step(1)).toEqual({
      observation: Float32Array.of(0, 0),
      reward: 0,
      terminated: false,
      truncated: false,
      info: { began: true, time: 0 },
    });
    expect(env.step(1)).toMatchObject({ reward: 11, terminated: false });
  });

  test('also after a cut, but not after a reset', () => {
    const env = autoreset(hideDynamics(ticker({ timeLimit: 1 })));
    env.reset();
    expect(env.step(1).truncated).toBe(true);
    env.reset();
    expect(env.step(1).reward).toBe(11);
    expect(env.step(1).reward).toBe(0);
  });

  test('is saved with what is due', () => {
    const env = autoreset(hideDynamics(ticker({ end: 1 })));
    env.reset();
    env.step(1);
    const saved = env.snapshot();
    const other = autoreset(hideDynamics(ticker({ end: 1 })));
    other.restore(saved);
    expect(other.step(1).reward).toBe(0);
    expect(() => other.restore({ ...saved, due: 1 })).toThrow('due must be true or false, got 1.');
    expect(() => other.restore({ ...saved, kind: 'x' })).toThrow('expected saved data of kind');
  });
});

describe('order-enforcing', () => {
  test('refuses what comes out of order, where the env does not', () => {
    const ends = [{}, { terminated: true }, { truncated: true }];
    const env = orderEnforcing(careless({ step: () => good(ends.shift() ?? {}) }));
    expect(() => env.step(1 as never)).toThrow('the env: cannot step, no episode has begun.');
    expect(() => env.scene()).toThrow('there is nothing to see yet. Call reset() first.');
    env.reset();
    env.step(1 as never);
    expect(env.scene().kind).toBe('grid');
    env.step(1 as never);
    expect(() => env.step(1 as never)).toThrow('cannot step, the episode has terminated.');
    env.reset();
    env.step(1 as never);
    expect(() => env.step(1 as never)).toThrow('cannot step, the episode was truncated.');
    const saved = env.snapshot();
    env.reset();
    env.restore(saved);
    expect(() => env.step(1 as never)).toThrow('cannot step, the episode was truncated.');
    expect(() => env.restore({ ...saved, phase: 1 })).toThrow('phase must be one of new, running');
  });
});

describe('passive-checker', () => {
  const run = (parts: Partial<Record<keyof Env, unknown>>) => {
    const env = passiveChecker(careless(parts));
    env.reset();
    for (let t = 0; t < 2; t++) env.step(1 as never);
    return env;
  };
  const same = Float32Array.of(1, 0);

  test('lets good envs pass', () => {
    expect(() => run({})).not.toThrow();
    const env = passiveChecker(make('Taxi-v4'));
    env.reset({ seed: 1 });
    for (let t = 0; t < 30; t++) env.step(t % 4);
    const saved = env.snapshot();
    const next = env.step(0);
    env.restore(saved);
    expect(env.step(0)).toEqual(next);
  });

  test.each([
    [{ step: () => good({ observation: [0] }) }, 'the env.step: observation must be a list of 2'],
    [{ step: () => good({ observation: [0, 9] }) }, 'observation[1] must be a number from 0 to 2'],
    [{ reset: () => ({ observation: [0, 0] }) }, 'the env.reset: info must be an object'],
    [{ reset: () => null }, 'the env.reset: it must give an object, got null.'],
    [{ step: () => good({ observation: same }) }, 'observation must be a fresh copy'],
    [
      { step: () => good({ reward: '1' }) },
      'the env.step: reward must be a finite number, got "1"',
    ],
    [{ step: () => good({ reward: Number.NaN }) }, 'reward must be a finite number, got NaN.'],
    [{ step: () => good({ terminated: 1 }) }, 'terminated must be true or false, got 1.'],
    [{ step: () => good({ truncated: undefined }) }, 'truncated must be true or false'],
    [{ step: () => good({ terminated: true, truncated: true }) }, 'must not both be true'],
    [{ actionMask: () => Uint8Array.of(1, 1) }, 'actionMask: it must be 3 zeros and ones'],
    [{ actionMask: () => Uint8Array.of(1, 1, 2) }, 'it must be 3 zeros and ones, got [1, 1, 2].'],
    [{ actionMask: () => Uint8Array.of(1, 0, 1) }, 'action 1 is not legal here'],
  ])('refuses a bad one, %#', (parts, message) => {
    expect(() => run(parts)).toThrow(message);
  });

  test('refuses actions outside the space before the env sees them', () => {
    const env = passiveChecker(
      careless({
        step: () => {
          throw new Error('it has seen it.');
        },
      }),
    );
    env.reset();
    expect(() => env.step(3 as never)).toThrow('action must be an integer from 0 to 2, got 3.');
  });
});
