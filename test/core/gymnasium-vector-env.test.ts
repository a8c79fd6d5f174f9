import { describe, expect, expectTypeOf, test } from 'vitest';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import {
  GymnasiumVectorEnv,
  type GymnasiumVectorEnvOptions,
} from '../../core/gymnasium-vector-env.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import { batchSpace } from '../../core/spaces/batch.ts';
import { type Dict, dict, tuple } from '../../core/spaces/composite.ts';
import { contains } from '../../core/spaces/contains.ts';
import { multiDiscrete } from '../../core/spaces/multi.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { compound } from '../helpers/compound-world.ts';
import { Ladder } from '../helpers/hand-written.ts';
import { corridor, corridorFrom } from '../helpers/worlds.ts';

const ladders = (options: GymnasiumVectorEnvOptions = {}) =>
  new GymnasiumVectorEnv(() => new Ladder({ slip: 0 }), { numEnvs: 2, ...options });

const UP = Int32Array.of(2, 2);

// Gymnasium's own runs are replayed in gymnasium-vector-runs.test.ts.
describe('a vector with Gymnasium’s interface', () => {
  test('speaks of hand-written envs in their own numbers, and merges their infos', () => {
    const envs = ladders({ seed: 3 });
    const { observations, infos } = envs.reset();
    expect(observations).toBeInstanceOf(Int32Array);
    expect(infos).toEqual({
      height: Float64Array.from(observations, (rung) => rung - 10),
      _height: Uint8Array.of(1, 1),
    });
    const step = envs.step(UP);
    expect([...step.observations]).toEqual(Array.from(observations, (rung) => rung + 1));
    expect(step.infos).toMatchObject({ height: Float64Array.from(observations, (r) => r - 9) });
  });

  test('names the spaces of one copy and of all', () => {
    const envs = ladders();
    expect(envs.singleActionSpace).toEqual(envs.envs[0].actionSpace);
    expect(envs.actionSpace).toEqual(multiDiscrete([2, 2], { start: [1, 1] }));
    expect(envs.observationSpace).toEqual(batchSpace(envs.singleObservationSpace, 2));
    expect(envs.observationSpace).toBe(envs.observationSpace);
    expect(contains(envs.observationSpace, envs.reset().observations)).toBe(true);
    expect(contains(envs.actionSpace, UP)).toBe(true);
  });

  test('refuses envs whose integers no batch can hold', () => {
    const far = (observationSpace: Discrete, actionSpace: Discrete) => () =>
      new GymnasiumVectorEnv({ ...corridor(), observationSpace, actionSpace }, { numEnvs: 2 });
    const start = 2 ** 31;
    expect(far(discrete(6), discrete(2))).not.toThrow();
    expect(far(discrete(6, { start }), discrete(2))).toThrow('start[0] must be an integer');
    expect(far(discrete(6), discrete(2, { start }))).toThrow('start[0] must be an integer');
  });

  test('with next-step the call after an end begins anew, and ignores the action', () => {
    const envs = new GymnasiumVectorEnv(() => new Ladder({ rungs: 2, slip: 0 }), { numEnvs: 1 });
    envs.reset();
    const end = envs.step(Int32Array.of(2));
    expect([end.observations[0], end.rewards[0], end.terminations[0]]).toEqual([11, 1, 1]);
    expect(end.infos).not.toHaveProperty('final_obs');
    const next = envs.step(Int32Array.of(-7)); // no action at all
    expect([next.observations[0], next.rewards[0], next.terminations[0]]).toEqual([10, 0, 0]);
    expect(() => envs.step(Int32Array.of(-7))).toThrow(
      'Env, copy 0: action must be an integer from 1 to 2, got -7.',
    );
  });

  test('with same-step the last observation and info of an episode are in the infos', () => {
    const envs = new GymnasiumVectorEnv(() => new Ladder({ rungs: 2, slip: 0 }), {
      numEnvs: 1,
      autoresetMode: 'same-step',
    });
    envs.reset();
    const { observations, infos, terminations } = envs.step(Int32Array.of(2));
    expect([observations[0], terminations[0]]).toEqual([10, 1]);
    expect(infos).toEqual({
      final_obs: [11],
      _final_obs: Uint8Array.of(1),
      final_info: { height: Float64Array.of(1), _height: Uint8Array.of(1) },
      _final_info: Uint8Array.of(1),
      height: Float64Array.of(0),
      _height: Uint8Array.of(1),
    });
  });

  test('with disabled a copy whose episode is over must be reset, and only it', () => {
    const world = { ...corridor(), timeLimit: 3 };
    const envs = new GymnasiumVectorEnv((i) => new DynamicsEnv(i === 1 ? world : corridor()), {
      numEnvs: 3,
      autoresetMode: 'disabled',
    });
    const right = Int32Array.of(1, 1, 1);
    envs.reset({ seed: 1 });
    let last = envs.step(right);
    while (!last.terminations.includes(1) && !last.truncations.includes(1)) last = envs.step(right);
    const over = last.terminations.map((end, i) => end | last.truncations[i]);
    const which = [0, 1, 2].filter((i) => over[i]).join(', ');
    expect(() => envs.step(right)).toThrow(
      `GymnasiumVectorEnv(Corridor): cannot step, the episode is over in copy ${which}. Call reset({ options: { reset_mask } }) first.`,
    );
    const { observations } = envs.reset({ options: { reset_mask: over } });
    over.forEach((ended, i) => {
      if (!ended) expect(observations[i]).toBe(last.observations[i]);
      else expect(observations[i]).toBeLessThan(3);
    });
    envs.step(right);
  });

  test('a mask reset begins early too, and takes back a reset that was due', () => {
    const envs = new GymnasiumVectorEnv(corridorFrom(3), { numEnvs: 2 });
    envs.reset();
    expect([...envs.step(Int32Array.of(1, 0)).terminations]).toEqual([1, 0]);
    envs.reset({ options: { reset_mask: [true, true] } });
    const { terminations, rewards } = envs.step(Int32Array.of(1, 1)); // no action is ignored
    expect([...terminations, ...rewards]).toEqual([1, 1, 1, 1]);
  });

  test('seeds copy i with seed + i or as listed, and goes on without a seed', () => {
    const single = (seed: number) => new DynamicsEnv(cartPole()).reset({ seed }).observation;
    const rows = (...seeds: number[]) => seeds.flatMap((seed) => [...single(seed)]);
    const envs = new GymnasiumVectorEnv(cartPole(), { numEnvs: 3, seed: 20 });
    expect([...envs.reset().observations]).toEqual(rows(20, 21, 22));
    expect([...envs.reset({ seed: 4 }).observations]).toEqual(rows(4, 5, 6));
    const second = envs.reset().observations;
    expect([...second]).not.toEqual(rows(4, 5, 6));
    expect([...second]).not.toEqual(rows(20, 21, 22));
    expect([...envs.reset({ seed: [9, 9, 0] }).observations]).toEqual(rows(9, 9, 0));
    const mixed = envs.reset({ seed: [null, 9, null] }).observations;
    expect([...mixed.slice(4, 8)]).toEqual(rows(9));
    expect([...mixed.slice(0, 4)]).not.toEqual(rows(9));
    const fresh = new GymnasiumVectorEnv(cartPole(), { numEnvs: 3, seed: 20 });
    expect([...fresh.reset({ seed: [null, 1, null] }).observations]).toEqual(rows(20, 1, 22));
  });

  test('passes options on to every copy', () => {
    const envs = new GymnasiumVectorEnv(corridor(), { numEnvs: 2 });
    const { observations } = envs.reset({ options: { state: [3], reset_mask: [1, 1] } });
    expect([...observations]).toEqual([3, 3]);
  });

  test('gives new arrays every time', () => {
    const envs = ladders();
    const first = envs.reset();
    const [one, two] = [envs.step(UP), envs.step(UP)];
    expect([...one.observations]).not.toEqual([...two.observations]);
    expect([...first.observations]).not.toEqual([...one.observations]);
    expect(one.rewards).not.toBe(two.rewards);
  });

  test('calls no step both terminated and truncated', () => {
    const envs = new GymnasiumVectorEnv(() => {
      const ladder = new Ladder({ rungs: 2, slip: 0 });
      const { step } = ladder;
      ladder.step = (action) => ({ ...step.call(ladder, action), truncated: true });
      return ladder;
    });
    envs.reset();
    const { terminations, truncations } = envs.step(Int32Array.of(2));
    expect([terminations[0], truncations[0]]).toEqual([1, 0]);
  });

  test('moves no copy where the action of one is not legal', () => {
    const envs = new GymnasiumVectorEnv((i) => new DynamicsEnv(corridorFrom(i === 2 ? 0 : 2)), {
      numEnvs: 3,
    });
    envs.reset();
    const before = envs.envs.map((env) => env.snapshot());
    expect(() => envs.step(Int32Array.of(1, 1, 0))).toThrow('Corridor, copy 2: action 0 is not');
    expect(() => envs.step(Int32Array.of(1, 2, 1))).toThrow('Corridor, copy 1: action must be');
    expect(() => envs.step(Int32Array.of(1, 1))).toThrow(
      'GymnasiumVectorEnv.step: actions must have length 3, got 2.',
    );
    expect(envs.envs.map((env) => env.snapshot())).toEqual(before);
    expect(envs.actionMasks()).toEqual(Uint8Array.of(1, 1, 1, 1, 0, 1));
    expect(new GymnasiumVectorEnv(cartPole()).actionMasks()).toBeNull();
  });

  test('after a copy has thrown, waits for a reset of all', () => {
    let hot = true;
    const envs = new GymnasiumVectorEnv(
      (i) => {
        const ladder = new Ladder();
        const { step } = ladder;
        ladder.step = (action) => {
          if (hot && i === 1) throw new Error('too hot.');
          return step.call(ladder, action);
        };
        return ladder;
      },
      { numEnvs: 2 },
    );
    envs.reset();
    expect(() => envs.step(UP)).toThrow('too hot.');
    hot = false;
    expect(() => envs.step(UP)).toThrow('cannot step, a copy has failed. Call reset() first.');
    expect(() => envs.reset({ options: { reset_mask: [true, false] } })).toThrow(
      'reset_mask: a copy has failed. Call reset() without a mask first.',
    );
    envs.reset();
    envs.step(UP);
  });

  test('takes apart and puts together elements of every kind', () => {
    const envs = new GymnasiumVectorEnv(compound(), { numEnvs: 2, seed: 1 });
    const { observations } = envs.reset({ options: { state: [3, 5, 0, 0, 0, 0.5] } });
    expect(observations).toEqual({
      gears: Int32Array.of(4, 3, 4, 3), // counted from 1 and −2
      lamps: new Uint8Array(6),
      speed: Float32Array.of(0.5, 0.5),
    });
    const none = { force: Float32Array.of(0, 0), lamps: Uint8Array.of(1, 0, 0, 0, 0, 1) };
    const step = envs.step([
      Int32Array.of(-1, 1),
      Int32Array.of(5, 7, 6, 9),
      none,
      Uint8Array.of(0, 0, 255, 0),
    ]);
    expect([...step.observations.gears]).toEqual([4, 3, 3, -1]);
    expect([...step.observations.lamps]).toEqual([1, 0, 0, 0, 0, 1]);
    expect([...step.rewards]).toEqual([-5, 0]); // the push less the second gear
  });

  test('knows the types of what it takes and gives', () => {
    const envs = new GymnasiumVectorEnv(cartPole());
    expectTypeOf(envs).toEqualTypeOf<GymnasiumVectorEnv<Box, Discrete>>();
    expectTypeOf(envs.step).parameter(0).toEqualTypeOf<Int32Array>();
    expectTypeOf(envs.reset().observations).toEqualTypeOf<Float32Array>();
    type Camera = Dict<{ picture: Box<'uint8'>; light: Discrete }>;
    expectTypeOf<GymnasiumVectorEnv<Camera>['reset']>().returns.toMatchTypeOf<{
      observations: { picture: Uint8Array; light: Int32Array };
    }>();
  });
});

describe('a vector with Gymnasium’s interface refuses', () => {
  const envs = new GymnasiumVectorEnv(cartPole(), { numEnvs: 2 });
  const reset = (mask: unknown) => () => envs.reset({ options: { reset_mask: mask } });

  test.each<[string, () => unknown, string]>([
    ['a step before the first reset', () => envs.step(Int32Array.of(0, 0)), 'no episode has begun'],
    ['too few seeds', () => envs.reset({ seed: [1] }), 'seed must have length 2, got 1'],
    ['a bad seed', () => envs.reset({ seed: -1 }), 'reset: seed must be an integer'],
    ['a bad seed of a list', () => envs.reset({ seed: [1, 2.5] }), 'seed[1] must be an integer'],
    [
      'a mask that is none',
      reset(7),
      'reset_mask must be a list of booleans, or of 0 and 1, got 7',
    ],
    ['a mask of other numbers', reset([2, 0]), 'must be a list of booleans, or of 0 and 1'],
    ['a short mask', reset([true]), 'reset_mask must have length 2, got 1'],
    ['an empty mask', reset([0, 0]), 'reset_mask must choose at least one copy, got [0, 0]'],
    ['a mask before the first reset', reset([0, 1]), 'leaves out copy 0, in which no episode'],
    [
      'an unknown mode',
      () => new GymnasiumVectorEnv(cartPole(), { autoresetMode: 'nextstep' as never }),
      'Did you mean "next-step"?',
    ],
    [
      'a generator for envs that bring their own',
      () => ladders({ rng: 'gymnasium' }),
      'rng is for rules; an env that is made brings its own.',
    ],
    ['no copies', () => ladders({ numEnvs: 0 }), 'numEnvs must be an integer of at least 1'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });

  test.each<[string, object, unknown, string]>([
    ['a number', discrete(2), 1, 'actions must be a list of length 2, got 1'],
    ['too few numbers', box([0, 0], [1, 1]), [1, 2, 3], 'actions must have length 4, got 3'],
    ['too few parts', tuple([discrete(2), discrete(2)]), [[0, 0]], 'must have length 2, got 1'],
    [
      'a part that is missing',
      dict({ a: discrete(2) }),
      {},
      'actions.a must be a list of length 2',
    ],
    [
      'a byte of 256',
      box(0, 255, { shape: [1], dtype: 'uint8' }),
      [256, 0],
      'from 0 to 255, got 256',
    ],
    ['an action beyond its space', tuple([discrete(2)]), [[0, 2]], 'copy 1: action[0] must be'],
  ])('actions that are no batch of them: %s', (_, actionSpace, actions, message) => {
    const made = new GymnasiumVectorEnv({ ...corridor(), actionSpace } as never, { numEnvs: 2 });
    made.reset();
    expect(() => made.step(actions as never)).toThrow(message);
  });
});
