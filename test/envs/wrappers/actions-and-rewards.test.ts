import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { DynamicsEnv } from '../../../core/dynamics-env.ts';
import type { Env } from '../../../core/env.ts';
import type { Rng } from '../../../core/rng.ts';
import { type Box, box, discrete } from '../../../core/space.ts';
import { dict } from '../../../core/spaces/composite.ts';
import { multiDiscrete, text } from '../../../core/spaces/multi.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { pendulum } from '../../../envs/control/pendulum.ts';
import { make } from '../../../envs/registry.ts';
import { actionNoise } from '../../../envs/wrappers/action-noise.ts';
import { clipAction } from '../../../envs/wrappers/clip-action.ts';
import { clipReward } from '../../../envs/wrappers/clip-reward.ts';
import { delayedReward } from '../../../envs/wrappers/delayed-reward.ts';
import { discretizeAction } from '../../../envs/wrappers/discretize-action.ts';
import { fireReset } from '../../../envs/wrappers/fire-reset.ts';
import { history } from '../../../envs/wrappers/history.ts';
import { maskVelocity } from '../../../envs/wrappers/mask-velocity.ts';
import { noopReset } from '../../../envs/wrappers/noop-reset.ts';
import { normalizeReward } from '../../../envs/wrappers/normalize-reward.ts';
import { recordEpisodeStatistics } from '../../../envs/wrappers/record-episode-statistics.ts';
import { repeatAction } from '../../../envs/wrappers/repeat-action.ts';
import { rescaleAction } from '../../../envs/wrappers/rescale-action.ts';
import { stickyAction } from '../../../envs/wrappers/sticky-action.ts';
import { timeLimit } from '../../../envs/wrappers/time-limit.ts';
import {
  transformAction,
  transformObservation,
  transformReward,
} from '../../../envs/wrappers/transform.ts';
import { registerTransform } from '../../../envs/wrappers/transforms.ts';
import { hideDynamics } from '../../helpers/hand-written.ts';
import { ticker } from './ticker.ts';

/** The ticker, taking vectors between bounds and showing the last one. */
function taking(low: readonly number[], high: readonly number[]): Dynamics<Box, Box> {
  const bounds = low.map(() => 1e6);
  return {
    ...(ticker() as unknown as Dynamics<Box, Box>),
    name: 'Taker',
    observationSpace: box(
      bounds.map((x) => -x),
      bounds,
    ),
    actionSpace: box(low, high),
    stateSize: 1 + low.length,
    stateKind: 'float64',
    reset: (state) => state.fill(0),
    step(state, action) {
      state[0]++;
      state.set(action, 1);
      return 0;
    },
    observe: (state, observation) => observation.set(state.subarray(1)),
    isTerminal: () => false,
    info: () => ({}),
  };
}

/** What the world inside took for each action. */
function taken(world: Dynamics, ...actions: unknown[]): unknown[] {
  const env: Env = new DynamicsEnv(world);
  env.reset();
  return actions.map((action) => env.step(action as never).observation);
}

/** A generator that gives these numbers, and no others. */
function scripted(uniforms: number[], integers: number[] = []): Rng {
  const next = (list: number[]): number => {
    const number = list.shift();
    if (number === undefined) throw new Error('the script is over.');
    return number;
  };
  return Object.assign(new Alea(0), {
    uniform: () => next(uniforms),
    below: () => next(integers),
  });
}

const f32 = (...numbers: number[]) => Float32Array.from(numbers);

test('clip-action takes any real numbers and clips them', () => {
  const world = clipAction(taking([-1, 0], [1, 2]));
  expect([...world.actionSpace.low, ...world.actionSpace.high]).toEqual([
    -Infinity,
    -Infinity,
    Infinity,
    Infinity,
  ]);
  expect(taken(world, f32(-5, -5), f32(0.5, 7))).toEqual([f32(-1, 0), f32(0.5, 2)]);
});

test('rescale-action maps its bounds onto those of the world', () => {
  const world = rescaleAction(taking([0, -10], [4, 10]), { min: [-1, 0], max: 1 });
  expect([...world.actionSpace.low, ...world.actionSpace.high]).toEqual([-1, 0, 1, 1]);
  expect(taken(world, f32(-1, 0), f32(0, 0.5), f32(1, 0.75))).toEqual([
    f32(0, -10),
    f32(2, 0),
    f32(4, 5),
  ]);
});

describe('discretize-action', () => {
  test('offers the centers of cells, row-major, the last element fastest', () => {
    const world = discretizeAction(taking([0, -1], [4, 1]), { bins: [2, 4] });
    expect(world.actionSpace).toMatchObject({ kind: 'discrete', n: 8 });
    expect(taken(world, 0, 1, 4, 7)).toEqual([
      f32(1, -0.75),
      f32(1, -0.25),
      f32(3, -0.75),
      f32(3, 0.75),
    ]);
  });

  test('or of each element by itself', () => {
    const world = discretizeAction(taking([0, -1], [4, 1]), { bins: 2, multiDiscrete: true });
    expect(taken(world, Int32Array.of(1, 0))).toEqual([f32(3, -0.5)]);
  });
});

describe('sticky-action', () => {
  const run = (options: object, rng: Rng, actions: readonly number[], masked = false) => {
    const world = stickyAction(ticker({ end: 99, masked }), options);
    const state = new Uint8Array(world.stateSize);
    world.reset(state, rng);
    return actions.map((action) => Math.floor(world.step(state, action, rng) / 10));
  };

  test('takes the last action again where the draw is below the chance', () => {
    const rng = scripted([0.3, 0.2, 0.25], [0]);
    expect(run({ probability: 0.25 }, rng, [1, 2, 0, 2])).toEqual([1, 2, 2, 2]);
  });

  test('remembers what was taken, not what was chosen', () => {
    const rng = scripted([0.1, 0.1, 0.9], [0, 0]);
    expect(run({ probability: 0.25 }, rng, [1, 2, 0, 0])).toEqual([1, 1, 1, 0]);
  });

  test('draws for how long, and nothing while it is stuck', () => {
    const rng = scripted([0.1, 0.9], [1]); // 2 + 1 steps
    expect(run({ probability: 0.5, duration: [2, 4] }, rng, [1, 0, 0, 0, 2])).toEqual([
      1, 1, 1, 1, 2,
    ]);
  });

  test('never sticks to the first action of an episode, nor to the last episode', () => {
    const world = stickyAction(ticker({ end: 99 }), { probability: 0.9, duration: 5 });
    const state = new Uint8Array(world.stateSize);
    const rng = scripted([0.1], [0]);
    world.reset(state, rng);
    world.step(state, 2, rng);
    expect(world.step(state, 1, rng)).toBe(22);
    world.reset(state, rng);
    expect(world.step(state, 1, rng)).toBe(11);
  });

  test('lets go of an action that has become illegal', () => {
    const rng = scripted([0.1, 0.9], [3]);
    expect(run({ probability: 0.5, duration: [1, 9] }, rng, [2, 0, 1], true)).toEqual([2, 0, 1]);
  });

  test('keeps actions of any kind of one length', () => {
    const world = stickyAction(taking([-1, -1], [1, 1]), { probability: 0.99 });
    const shown = taken(world, f32(0.5, -0.5), ...new Array(9).fill(f32(0, 0)));
    expect(shown[1]).toEqual(f32(0.5, -0.5));
    const parts = dict({
      a: discrete(3, { start: 4 }),
      b: multiDiscrete([2, 2], { start: [1, 1] }),
    });
    const mixed = {
      ...ticker(),
      actionSpace: parts,
      step: (_: Uint8Array, { a }: { a: number }) => a,
    };
    const env = new DynamicsEnv(stickyAction(mixed as unknown as Dynamics, { probability: 0.99 }));
    env.reset();
    expect(env.step({ a: 6, b: Int32Array.of(1, 2) } as never).reward).toBe(2);
    expect(env.step({ a: 4, b: Int32Array.of(1, 2) } as never).reward).toBe(2);
  });
});

describe('repeat-action', () => {
  test('takes each action several times and sums the rewards', () => {
    const env = new DynamicsEnv(repeatAction(ticker({ end: 5 }), { repeats: 3 }));
    env.reset();
    expect(env.step(2)).toMatchObject({ observation: f32(3, 2), reward: 66, terminated: false });
    expect(env.step(1)).toMatchObject({ observation: f32(5, 1), reward: 29, terminated: true });
  });

  test('stops where the action becomes illegal', () => {
    const env = new DynamicsEnv(repeatAction(ticker({ end: 99, masked: true }), { repeats: 3 }));
    env.reset();
    expect(env.step(2).observation).toEqual(f32(1, 2));
    expect(env.step(1).observation).toEqual(f32(4, 1));
  });

  test('stops where a hand-written env truncates', () => {
    const env = repeatAction(hideDynamics(ticker({ end: 99, timeLimit: 4 })), { repeats: 3 });
    env.reset({ seed: 1 });
    env.step(0);
    expect(env.step(0)).toMatchObject({ observation: f32(4, 0), reward: 4, truncated: true });
  });

  test('counts inner steps for the time limit, from the beginning of each episode', () => {
    const env = new DynamicsEnv(repeatAction(ticker({ end: 99, timeLimit: 7 }), { repeats: 3 }));
    for (const _ of [1, 2]) {
      env.reset();
      env.step(0);
      expect(env.step(0)).toMatchObject({ observation: f32(6, 0), truncated: false });
      expect(env.step(0)).toMatchObject({ observation: f32(7, 0), truncated: true });
    }
    const longer = new DynamicsEnv(
      timeLimit(repeatAction(ticker({ end: 99, timeLimit: 4 }), { repeats: 3 }), { steps: 9 }),
    );
    longer.reset();
    for (let t = 0; t < 2; t++) longer.step(0);
    expect(longer.step(0).observation).toEqual(f32(7, 0)); // 3 + 1 + 3
  });
});

test('clip-reward clips from both sides, or from one', () => {
  const rewards = (options: object) => {
    const env = new DynamicsEnv(clipReward(ticker(), options));
    env.reset();
    return [0, 1, 2].map((action) => env.step(action).reward);
  };
  expect(rewards({ min: 5, max: 15 })).toEqual([5, 12, 15]);
  expect(rewards({ min: 5, max: null })).toEqual([5, 12, 23]);
  expect(rewards({ min: null, max: 15 })).toEqual([1, 12, 15]);
  expect(rewards({})).toEqual([1, 1, 1]);
});

describe('normalize-reward', () => {
  test('divides by the deviation of the discounted return', () => {
    const env = new DynamicsEnv(
      normalizeReward(ticker({ end: 99 }), { discount: 0.5, epsilon: 0.01 }),
    );
    env.reset();
    const returns = [21, 0.5 * 21 + 12];
    const count = 2 + 1e-4;
    const mean = (returns[0] + returns[1]) / count;
    const squares = (1e-4 + returns[0] ** 2 + returns[1] ** 2) / count;
    env.step(2);
    expect(env.step(1).reward).toBeCloseTo(12 / Math.sqrt(squares - mean * mean + 0.01), 9);
  });

  test('holds the statistics fixed on demand', () => {
    const held = new DynamicsEnv(normalizeReward(ticker({ end: 99 }), { update: false }));
    held.reset();
    expect(held.step(1).reward).toBeCloseTo(11, 6);
    const trained = new DynamicsEnv(normalizeReward(ticker({ end: 99 })));
    trained.reset();
    for (let t = 0; t < 9; t++) trained.step(2);
    held.restore(trained.snapshot());
    held.reset();
    const first = held.step(1).reward;
    expect(first).toBeLessThan(5);
    held.reset();
    expect(held.step(1).reward).toBe(first);
  });
});

describe('record-episode-statistics', () => {
  test('tells return and length with the last step, terminal or cut by the limit inside', () => {
    const infos = (world: Dynamics | Env) => {
      const env = (
        'step' in world && 'reset' in world && 'spec' in world
          ? world
          : new DynamicsEnv(world as Dynamics)
      ) as Env;
      const first = env.reset().info;
      return [first, ...[2, 1, 0].map((action) => env.step(action as never).info)];
    };
    const told = { episode: { return: 21 + 12 + 3, length: 3 } };
    const times = [0, 1, 2, 3].map((time) => ({ time }));
    const expected = [...times.slice(0, 3), { ...times[3], ...told }];
    expect(infos(recordEpisodeStatistics(ticker({ end: 3 })) as Dynamics)).toEqual(expected);
    expect(infos(recordEpisodeStatistics(ticker({ timeLimit: 3 })) as Dynamics)).toEqual(expected);
    const written = recordEpisodeStatistics(hideDynamics(ticker({ timeLimit: 3 })));
    expect(infos(written as Env).slice(1)).toEqual(expected.slice(1));
  });

  test('begins anew with each episode, under a key of one’s choice', () => {
    const env = new DynamicsEnv(recordEpisodeStatistics(ticker({ end: 1 }), { key: 'sum' }));
    for (const _ of [1, 2]) {
      env.reset();
      expect(env.step(2).info).toEqual({ time: 1, sum: { return: 21, length: 1 } });
    }
  });
});

test('action-noise adds normal noise to each element, within the bounds', () => {
  const world = actionNoise(taking([-1, -1], [1, 1]), { deviation: 0.5 });
  const draws = [0.4, -4, 3, 0];
  const rng = Object.assign(new Alea(0), { normal: () => draws.shift() as number });
  const row = new Float64Array(world.stateSize);
  world.reset(row, rng);
  world.step(row, f32(0.25, 0.5), rng);
  expect([...row.subarray(1)]).toEqual([expect.closeTo(0.45, 6), -1]);
  world.step(row, f32(0.25, 0.5), rng);
  expect([...row.subarray(1)]).toEqual([1, 0.5]);
});

test('delayed-reward pays the sum every so many steps, and at the end', () => {
  const rewards = (world: Dynamics) => {
    const env: Env = new DynamicsEnv(delayedReward(world, { delay: 2 }));
    return [1, 2].map(() => {
      env.reset();
      return [0, 0, 0].map((action) => env.step(action as never).reward);
    });
  };
  const paid = [0, 1 + 2, 3];
  expect(rewards(ticker({ end: 3 }) as Dynamics)).toEqual([paid, paid]);
  expect(rewards(ticker({ timeLimit: 3 }) as Dynamics)).toEqual([paid, paid]);
  expect(rewards(ticker() as Dynamics)).toEqual([
    [0, 3, 0],
    [0, 3, 0],
  ]);
});

describe('an episode begins', () => {
  test('with some steps that do nothing: noop-reset', () => {
    const world = noopReset(ticker({ end: 99 }), { most: 5, action: 1 });
    const env = new DynamicsEnv(world);
    const starts = Array.from({ length: 100 }, () => [...env.reset().observation]);
    expect(new Set(starts.map(([time]) => time))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(starts.every(([, action]) => action === 1)).toBe(true);
  });

  test('anew where they end it, and with fewer where they are illegal', () => {
    const brief = new DynamicsEnv(noopReset(ticker({ end: 2 }), { most: 9 }));
    const times = Array.from({ length: 50 }, () => brief.reset().observation[0]);
    expect(new Set(times)).toEqual(new Set([0, 1]));
    const masked = new DynamicsEnv(noopReset(ticker({ masked: true }), { most: 9, action: 2 }));
    for (let k = 0; k < 20; k++) expect(masked.reset().observation[0]).toBe(1);
    const cut = noopReset(hideDynamics(ticker({ timeLimit: 2 })), { most: 9 });
    for (let k = 0; k < 20; k++) expect(cut.reset().observation[0]).toBeLessThan(2);
  });

  test('with certain actions: fire-reset', () => {
    const env = new DynamicsEnv(fireReset(ticker()));
    expect(env.reset().observation).toEqual(f32(2, 2));
    const masked = new DynamicsEnv(fireReset(ticker({ masked: true })));
    expect(masked.reset().observation).toEqual(f32(1, 1));
    const brief = new DynamicsEnv(fireReset(ticker({ end: 2 })));
    expect(brief.reset().observation).toEqual(f32(0, 0));
  });
});

test('history shows the last observations, then the last actions', () => {
  const space = box([5, -9], [9, 9]);
  const world = { ...taking([-1], [1]), observationSpace: space };
  const shown = history(
    { ...world, observe: (state, observation) => observation.set([state[0], 7]) },
    { horizon: 2 },
  );
  expect([...shown.observationSpace.low]).toEqual([0, -9, 0, -9, -Infinity, -Infinity]);
  const env = new DynamicsEnv(shown);
  for (const _ of [1, 2]) {
    expect(env.reset().observation).toEqual(f32(0, 0, 0, 7, 0, 0));
    expect(env.step(f32(0.5)).observation).toEqual(f32(0, 7, 1, 7, 0, 0.5));
    expect(env.step(f32(-1)).observation).toEqual(f32(1, 7, 2, 7, 0.5, -1));
  }
});

test('mask-velocity hides what its label calls a velocity, or what one names', () => {
  const env = new DynamicsEnv(maskVelocity(cartPole()));
  const { observation } = env.reset({ options: { state: [0.25, 1, 0.125, 2] } });
  expect(observation).toEqual(f32(0.25, 0, 0.125, 0));
  const named = new DynamicsEnv(maskVelocity(cartPole(), { elements: ['position', 2] }));
  const shown = named.reset({ options: { state: [0.25, 1, 0.125, 2] } }).observation;
  expect(shown).toEqual(f32(0, 1, 0, 2));
});

describe('functions', () => {
  test('transform rewards', () => {
    const env = transformReward(make('FrozenLake-v1'), (reward) => reward - 1);
    env.reset();
    expect(env.step(0).reward).toBe(-1);
    const bad = new DynamicsEnv(transformReward(ticker(), () => Number.NaN));
    bad.reset();
    expect(() => bad.step(0)).toThrow('what the function gives must be a finite number, got NaN.');
  });

  test('transform actions, between spaces as people see them, and their masks', () => {
    const base = { ...ticker({ end: 99, masked: true }), actionSpace: discrete(3, { start: 1 }) };
    const turned = transformAction(
      base,
      (word: string) => ({ a: 1, b: 2, c: 3 })[word] as number,
      text(1, { charset: 'abc' }),
    );
    const env = new DynamicsEnv(turned);
    env.reset();
    expect(env.step('c').reward).toBe(21);
    expect(turned.actionMask).toBeUndefined(); // masks are of Discrete
    const written = transformAction(
      hideDynamics(base),
      (action: Float32Array) => (action[0] > 0 ? 2 : 1),
      box([-1], [1]),
    );
    written.reset();
    expect(written.actionMask()).toBeNull();
    const reversed = transformAction(base, (a: number) => 4 - a);
    const mirror = new DynamicsEnv(reversed);
    mirror.reset();
    expect(mirror.step(1).reward).toBe(21);
    expect(mirror.actionMask()).toEqual(Uint8Array.of(0, 1, 1));
    const wrong = new DynamicsEnv(transformAction(base, () => 7));
    wrong.reset();
    expect(() => wrong.step(1)).toThrow(
      'transform-action: Ticker: action must be an integer from 1 to 3, got 7.',
    );
  });

  test('with a name can be named in specs', () => {
    registerTransform({
      of: 'reward',
      name: 'halved',
      description: 'Halves rewards.',
      apply: (reward) => reward / 2,
    });
    const wrappers = [{ name: 'transform-reward', options: { transform: 'halved' } }];
    const env = make(JSON.parse(JSON.stringify(make('CartPole-v1' as string, { wrappers }).spec)));
    env.reset();
    expect(env.step(1 as never).reward).toBe(0.5);
    const twice = { of: 'reward', name: 'halved', description: '', apply: Math.abs } as const;
    expect(() => registerTransform(twice)).toThrow('halved of rewards is taken.');
    expect(() => registerTransform({ ...twice, of: 'rewards' as never })).toThrow(
      'of must be one of reward, observation, action, got "rewards". Did you mean "reward"?',
    );
  });

  test('that everybody needs have names', () => {
    const rewards = transformReward(transformReward(ticker(), 'symlog'), 'sign');
    const env = new DynamicsEnv(transformReward(ticker(), 'symlog'));
    env.reset();
    expect(env.step(2).reward).toBeCloseTo(Math.log(22), 12);
    expect(new DynamicsEnv(rewards).dynamics.name).toBe('Ticker');
    const squashed = transformAction(taking([-1], [1]), 'tanh');
    expect(squashed.actionSpace).toMatchObject({ low: f32(-Infinity), high: f32(Infinity) });
    expect(taken(squashed, f32(1))).toEqual([f32(Math.tanh(1))]);
    expect(() => transformAction(taking([0], [1]), 'tanh')).toThrow('bounds hold −1 to 1');
    expect(() => transformObservation(make('FrozenLake-v1'), 'symlog')).toThrow(
      'symlog must have a Box to transform, got discrete.',
    );
  });
});

describe('a wrapper that does not fit says what it needs, and what the world has', () => {
  const cart = cartPole() as Dynamics;
  test.each([
    [
      () => clipAction(cart),
      'clip-action: CartPole must have actions that are a Box of real numbers, got Discrete(2).',
    ],
    [() => rescaleAction(cart), 'rescale-action: CartPole must have actions that are a Box'],
    [() => rescaleAction(pendulum(), { min: 1 }), 'min[0] must be below max[0], got 1 for both.'],
    [() => discretizeAction(cart), 'discretize-action: CartPole must have actions that are a Box'],
    [
      () => discretizeAction(clipAction(pendulum())),
      'discretize-action: Pendulum must have actions with finite bounds, got -Infinity to Infinity at element 0.',
    ],
    [() => discretizeAction(pendulum(), { bins: [1, 2] }), 'bins must be a number or a list of 1'],
    [() => discretizeAction(pendulum(), { bins: 0 }), 'bins[0] must be an integer of at least 1'],
    [() => stickyAction(cart, { probability: 1 }), 'probability must be below 1'],
    [() => stickyAction(cart, { probability: -0.1 }), 'probability must be between 0 and 1'],
    [
      () => stickyAction(cart, { duration: 0 }),
      'duration must be an integer of at least 1, got 0.',
    ],
    [() => stickyAction(cart, { duration: [3, 2] }), 'duration must be an integer of at least 3'],
    [
      () => stickyAction(cart, { duration: [1] as never }),
      'duration must be a number of steps or a pair of them, got [1].',
    ],
    [() => noopReset(pendulum()), 'noop-reset: Pendulum must have actions that are Discrete'],
    [() => noopReset(cart, { action: 2 }), 'action must be an integer from 0 to 1, got 2.'],
    [() => noopReset(cart, { most: 0 }), 'most must be an integer of at least 1, got 0.'],
    [() => fireReset(cart), 'actions[1] must be an integer from 0 to 1, got 2.'],
    [() => fireReset(cart, { actions: 1 as never }), 'actions must be a list of actions, got 1.'],
    [() => actionNoise(cart), 'action-noise: CartPole must have actions that are a Box'],
    [() => actionNoise(pendulum(), { deviation: 0 }), 'deviation must be a finite number above 0'],
    [() => delayedReward(cart, { delay: 0 }), 'delay must be an integer of at least 1, got 0.'],
    [() => history(cart), 'history: CartPole must have actions that are a Box of real numbers'],
    [() => history(pendulum(), { horizon: 1e8 }), 'it must hold at most 16777216 numbers'],
    [() => history(pendulum(), { horizon: 0 }), 'horizon must be an integer of at least 1'],
    [
      () => maskVelocity(ticker()),
      'mask-velocity: Ticker must have elements labeled as a velocity or speed, got ["time", "action"]. Name them as elements.',
    ],
    [
      () => maskVelocity(cart, { elements: ['velocitty'] }),
      'CartPole must have an element "velocitty", got ["position", "velocity", "angle", "angular velocity"]. Did you mean "velocity"?',
    ],
    [() => maskVelocity(cart, { elements: [4] }), 'an element must be an integer from 0 to 3'],
    [() => maskVelocity(cart, { elements: [] }), 'elements must be a list of labels or indices'],
    [() => repeatAction(cart, { repeats: 0 }), 'repeats must be an integer of at least 1, got 0.'],
    [() => clipReward(cart, { min: 2 }), 'clip-reward: min = 2 must not be above max = 1.'],
    [() => clipReward(cart, { min: null, max: null }), 'min or max must be given'],
    [() => clipReward(cart, { max: Infinity }), 'max must be a finite number or null'],
    [() => normalizeReward(cart, { discount: 1.1 }), 'discount must be between 0 and 1, got 1.1.'],
    [
      () => normalizeReward(cart, { epsilon: 0 }),
      'epsilon must be a finite number above 0, got 0.',
    ],
    [() => recordEpisodeStatistics(cart, { key: '' }), 'key must be the name of a key, got "".'],
  ])('%#', (build, message) => {
    expect(build).toThrow(RangeError);
    expect(build).toThrow(message);
  });
});
