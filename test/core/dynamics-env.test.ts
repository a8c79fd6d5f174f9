import { describe, expect, test } from 'vitest';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

describe('one copy of a world', () => {
  test('must be reset before it can be stepped or seen', () => {
    const env = new DynamicsEnv(corridor());
    expect(() => env.step(1)).toThrow(
      'Corridor: cannot step, no episode has begun. Call reset() first.',
    );
    expect(() => env.scene()).toThrow('Corridor: there is nothing to see yet. Call reset() first.');
  });

  test('ends where the world ends it, and must then be reset', () => {
    const env = new DynamicsEnv(corridor());
    env.reset({ options: { state: [3] } });
    expect(env.step(1)).toEqual({
      observation: 4,
      reward: 1,
      terminated: true,
      truncated: false,
      info: {},
    });
    expect(() => env.step(1)).toThrow(
      'cannot step, the episode has terminated. Call reset() first.',
    );
    env.reset();
    expect(env.step(1).terminated).toBe(false);
  });

  test('is truncated by its time limit', () => {
    const env = new DynamicsEnv(corridor());
    env.reset({ options: { state: [1] } });
    for (let t = 1; t <= 19; t++) {
      expect(env.step(t % 2).truncated).toBe(false); // right, left, right, …
    }
    expect(env.step(0)).toMatchObject({ terminated: false, truncated: true });
    expect(() => env.step(1)).toThrow('the episode was truncated');
  });

  test('calls a step terminal, not truncated, when it is both', () => {
    const env = new DynamicsEnv({ ...corridor(), timeLimit: 1 });
    env.reset({ options: { state: [3] } });
    expect(env.step(1)).toMatchObject({ terminated: true, truncated: false });
  });

  test('hands out fresh observations', () => {
    const env = new DynamicsEnv(cartPole());
    const { observation } = env.reset({ seed: 1 });
    const kept = observation.slice();
    const next = env.step(1).observation;
    expect(next).not.toBe(observation);
    expect(observation).toEqual(kept);
  });

  test('starts anew from a seed, and goes on without one', () => {
    const env = new DynamicsEnv(cartPole());
    const first = env.reset({ seed: 5 }).observation;
    const second = env.reset().observation;
    expect(second).not.toEqual(first);
    expect(env.reset({ seed: 5 }).observation).toEqual(first);
    expect(env.reset().observation).toEqual(second);
    expect(new DynamicsEnv(cartPole(), { seed: 5 }).reset().observation).toEqual(first);
  });

  test('refuses actions outside the space, and nothing moves', () => {
    const env = new DynamicsEnv(corridor());
    env.reset({ options: { state: [2] } });
    const before = env.snapshot();
    for (const action of [
      2,
      -1,
      0.5,
      Number.NaN,
      '1' as unknown as number,
      [1] as unknown as number,
    ]) {
      expect(() => env.step(action)).toThrow(
        /Corridor: action must be an integer from 0 to 1, got/,
      );
    }
    expect(env.snapshot()).toEqual(before);
  });

  test('refuses a masked action and names the legal ones', () => {
    const env = new DynamicsEnv(corridor());
    env.reset({ options: { state: [0] } });
    expect(env.actionMask()).toEqual(Uint8Array.of(0, 1));
    expect(() => env.step(0)).toThrow(
      'Corridor: action 0 is not legal here. Legal actions: 1 (right).',
    );
  });

  test('refuses a real-valued action of another length or with NaN', () => {
    const env = new DynamicsEnv(pushedPoint());
    env.reset();
    expect(env.actionMask()).toBeNull();
    for (const action of [Float32Array.of(0, 0), Float32Array.of(Number.NaN), 0.5 as never]) {
      expect(() => env.step(action)).toThrow(/action must be a vector of 1 finite numbers, got/);
    }
    expect(env.step(Float32Array.of(5)).observation).toHaveLength(2); // clipped by the world
  });

  test('refuses start states and options that are none', () => {
    const env = new DynamicsEnv(corridor());
    expect(() => env.reset({ options: { state: [1, 2] } })).toThrow(
      'Corridor.reset: state must have length 1, got 2.',
    );
    expect(() => env.reset({ options: { state: [Number.NaN] } })).toThrow('finite numbers');
    expect(() => env.reset({ options: { stat: [1] } })).toThrow('Did you mean "state"?');
    expect(() => env.reset({ seed: -1 })).toThrow('seed must be an integer of at least 0');
  });
});

test('people are told what the world tells besides', () => {
  const env = new DynamicsEnv({ ...corridor(), info: (state) => ({ cell: state[0] }) });
  expect(env.reset({ options: { state: [2] } }).info).toEqual({ cell: 2 });
  expect(env.step(1).info).toEqual({ cell: 3 });
});

test('an env of other rules draws on from where this one is, and then by itself', () => {
  const env = new DynamicsEnv(corridor(), { seed: 5, stream: 'elsewhere', rng: 'gymnasium' });
  env.reset();
  const spec = { id: 'Corridor-v0', options: {}, wrappers: [] };
  const other = env.withDynamics({ ...corridor(), timeLimit: 2 }, spec);
  expect(other.spec).toBe(spec);
  expect(() => other.step(1)).toThrow('no episode has begun');
  const starts = (which: DynamicsEnv) => Array.from({ length: 9 }, () => which.reset().observation);
  expect(starts(other)).toEqual(starts(env));
  expect(other.reset({ seed: 8 })).toEqual(env.reset({ seed: 8 }));
  expect(starts(other)).toEqual(starts(env));
});

describe('a snapshot', () => {
  test('brings another instance to the same place, mid-episode', () => {
    const env = new DynamicsEnv(pushedPoint(), { seed: 9 });
    env.reset();
    for (let t = 0; t < 10; t++) env.step(Float32Array.of(0.3));
    const saved = env.snapshot();
    const rest = (copy: typeof env) =>
      Array.from({ length: 20 }, () => copy.step(Float32Array.of(-0.2)));
    const expected = rest(env);
    const other = new DynamicsEnv(pushedPoint());
    other.restore(saved);
    expect(rest(other)).toEqual(expected);
    expect(expected[19].truncated).toBe(true); // the count of steps came along
  });

  test('of another world or a damaged one is refused, and nothing changes', () => {
    const env = new DynamicsEnv(corridor());
    env.reset({ seed: 1 });
    const before = env.snapshot();
    const foreign = new DynamicsEnv(cartPole()).snapshot();
    expect(() => env.restore(foreign)).toThrow('expected data of Corridor, got "CartPole"');
    expect(() => env.restore({ ...before, state: new Int32Array(2) })).toThrow('of length 1, got');
    expect(() => env.restore({ ...before, elapsed: -1 })).toThrow('elapsed must be an integer');
    expect(() => env.restore({ ...before, phase: 'asleep' })).toThrow('phase must be one of new');
    expect(() => env.restore({ ...before, rng: { kind: 'dice' } })).toThrow('expected saved data');
    expect(() => env.restore({ ...before, version: 2 })).toThrow('version 1 to 1, got 2');
    expect(env.snapshot()).toEqual(before);
  });
});
