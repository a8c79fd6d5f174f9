import { describe, expect, expectTypeOf, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import { createState, type Dynamics } from '../../../core/dynamics.ts';
import { DynamicsEnv } from '../../../core/dynamics-env.ts';
import type { Env } from '../../../core/env.ts';
import type { Box, Discrete } from '../../../core/space.ts';
import { discrete } from '../../../core/space.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { mountainCar } from '../../../envs/control/mountain-car.ts';
import { make, makeDynamics, registerEnv, resolveSpec } from '../../../envs/registry.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { clipReward } from '../../../envs/wrappers/clip-reward.ts';
import { discretizeObservation } from '../../../envs/wrappers/discretize-observation.ts';
import { registerWrapper, wrapperEntries, wrapperEntry } from '../../../envs/wrappers/entries.ts';
import { frameStackObservation } from '../../../envs/wrappers/frame-stack-observation.ts';
import { orderEnforcing } from '../../../envs/wrappers/order-enforcing.ts';
import { recordEpisodeStatistics } from '../../../envs/wrappers/record-episode-statistics.ts';
import { stickyAction } from '../../../envs/wrappers/sticky-action.ts';
import { timeLimit } from '../../../envs/wrappers/time-limit.ts';
import {
  defineWrapper,
  type SameWrapper,
  type WrapperKind,
} from '../../../envs/wrappers/wrapper.ts';
import { hideDynamics } from '../../helpers/hand-written.ts';
import { ticker } from './ticker.ts';

/** Adds up the rewards of an episode, pays the sum, and counts the episodes for good. */
const PIGGY_BANK: WrapperKind<{ readonly start?: number }> = {
  name: 'piggy-bank',
  description: 'Pays the sum of the rewards so far.',
  defaults: { start: 0 },
  rules: (_, { start }) => ({
    memorySize: 2,
    begin(memory) {
      memory[0] = start;
      memory[1]++;
    },
    step(memory, inner, action) {
      memory[0] += inner.step(action);
      return memory[0];
    },
    info: (memory) => ({ saved: memory[0], episodes: memory[1] }),
  }),
};
const piggyBank: SameWrapper<{ readonly start?: number }> = defineWrapper(PIGGY_BANK);
registerWrapper(PIGGY_BANK);
registerEnv({
  id: 'Ticker-v0',
  family: 'other',
  description: 'A clock.',
  defaults: { end: 6 },
  rewardThreshold: null,
  create: (options: { end: number }) => ticker(options),
});
registerEnv({
  id: 'HandTicker-v0',
  family: 'other',
  description: 'A clock, written by hand.',
  defaults: { end: 6 },
  rewardThreshold: null,
  createEnv: (options: { end: number }, { seed, spec }) =>
    hideDynamics(ticker(options), { seed, spec }),
});

describe('a wrapper around rules', () => {
  test('puts its memory behind the inner row, in float64 where that is float64', () => {
    const world = piggyBank(cartPole(), { start: 5 });
    expect([world.stateSize, world.stateKind]).toEqual([6, undefined]);
    const state = createState(world);
    const twin = createState(cartPole());
    world.reset(state, new Alea(1));
    cartPole().reset(twin as Float64Array, new Alea(1));
    expect([...state]).toEqual([...twin, 5, 1]);
    expect(world.step(state, 1, new Alea(1))).toBe(6);
    expect([...state].slice(4)).toEqual([6, 1]);
  });

  test('puts both into bytes where the inner row is of another kind, each on its own boundary', () => {
    const world = piggyBank(ticker());
    expect([world.stateSize, world.stateKind]).toEqual([8 + 16, 'uint8']);
    const state = createState(world);
    world.reset(state, new Alea(1));
    expect(world.step(state, 2, new Alea(1))).toBe(21);
    expect(world.step(state, 1, new Alea(1))).toBe(21 + 12);
    expect([...state.subarray(0, 3)]).toEqual([2, 1, 0]);
    expect(new Float64Array(state.buffer, 8, 2)).toEqual(Float64Array.of(33, 1));
  });

  test('passes the row itself on where it remembers nothing', () => {
    const world = clipReward(cartPole());
    expect(world.stateSize).toBe(4);
    const state = Float64Array.of(0, 0, 0.3, 0);
    expect(world.isTerminal(state)).toBe(true);
  });

  test('works on rows that lie one behind the other in one buffer, and on copies', () => {
    const world = piggyBank(frameStackObservation(ticker(), { frames: 2 }));
    const many = new Uint8Array(3 * world.stateSize);
    const rows = [0, 1, 2].map((i) =>
      many.subarray(i * world.stateSize, (i + 1) * world.stateSize),
    );
    const rng = new Alea(1);
    for (const row of rows) world.reset(row, rng);
    world.step(rows[1], 2, rng);
    const copy = rows[1].slice();
    expect(world.step(rows[1], 1, rng)).toBe(21 + 12);
    expect(world.step(copy, 1, rng)).toBe(21 + 12);
    expect(copy).toEqual(rows[1]);
    expect(world.step(rows[2], 1, rng)).toBe(11);
    expect([...rows[0].subarray(0, 2)]).toEqual([0, 0]);
  });

  test('shares nothing between two worlds that it wraps', () => {
    const [one, other] = [piggyBank(ticker()), piggyBank(ticker(), { start: 100 })];
    const rng = new Alea(1);
    const row = createState(one);
    one.reset(row, rng);
    other.reset(row, rng); // the same row, seen by both
    expect(other.step(row, 0, rng)).toBe(101);
    expect(one.step(row, 0, rng)).toBe(103);
  });

  test('keeps name, scene, mask and what people are told, and adds to it', () => {
    const env = new DynamicsEnv(piggyBank(ticker({ masked: true })));
    expect(env.dynamics.name).toBe('Ticker');
    expect(env.reset().info).toEqual({ time: 0, saved: 0, episodes: 1 });
    expect(env.step(1).info).toEqual({ time: 1, saved: 11, episodes: 1 });
    expect(env.actionMask()).toEqual(Uint8Array.of(1, 1, 0));
    expect(env.scene().caption).toBe('t = 1');
    expect(env.reset().info).toEqual({ time: 0, saved: 0, episodes: 2 });
    expect(() => env.restore(new DynamicsEnv(ticker()).snapshot())).toThrow(
      'Uint8Array of length 24',
    );
  });

  test('keeps the explicit model only where it changes nothing of it', () => {
    const lake = frozenLake();
    expect(timeLimit(lake, { steps: 5 }).model?.()).toEqual(lake.model?.());
    expect(recordEpisodeStatistics(lake).model?.()).toEqual(lake.model?.());
    expect(clipReward(lake).model).toBeUndefined();
    expect(stickyAction(lake).model).toBeUndefined();
    expect(timeLimit(cartPole()).model).toBeUndefined();
  });

  test('has the types of its spaces', () => {
    expectTypeOf(timeLimit(cartPole())).toEqualTypeOf<Dynamics<Box, Discrete>>();
    expectTypeOf(discretizeObservation(mountainCar())).toEqualTypeOf<
      Dynamics<Discrete, Discrete>
    >();
    expectTypeOf(discretizeObservation(make('MountainCar-v0'))).toEqualTypeOf<
      Env<Discrete, Discrete>
    >();
  });
});

describe('a wrapper around an env', () => {
  test('that runs rules is an env of the wrapped rules, which goes on drawing', () => {
    const plain = make('FrozenLake-v1', { seed: 3 });
    plain.reset();
    const before = plain.snapshot();
    const wrapped = stickyAction(plain, { probability: 0.5 });
    expect(wrapped).toBeInstanceOf(DynamicsEnv);
    expect(wrapped.spec?.wrappers).toEqual([
      { name: 'sticky-action', options: { probability: 0.5, duration: 1 } },
    ]);
    wrapped.reset();
    wrapped.step(1);
    expect(plain.snapshot()).toEqual(before);
    const fresh = stickyAction(make('FrozenLake-v1', { seed: 3 }), { probability: 0.5 });
    const again = make(fresh.spec as never, { seed: 3 });
    expect([fresh.reset(), fresh.step(1), fresh.step(2)]).toEqual([
      again.reset(),
      again.step(1 as never),
      again.step(2 as never),
    ]);
  });

  test('that was written by hand passes on what it says', () => {
    const env = piggyBank(hideDynamics(ticker({ end: 2, masked: true })));
    expect(env.spec).toBeNull();
    expect(env.reset({ seed: 1 })).toEqual({
      observation: Float32Array.of(0, 0),
      info: { began: true, time: 0, saved: 0, episodes: 1 },
    });
    expect(env.step(2)).toEqual({
      observation: Float32Array.of(1, 2),
      reward: 21,
      terminated: false,
      truncated: false,
      info: { time: 1, saved: 21, episodes: 1 },
    });
    expect(env.actionMask()).toEqual(Uint8Array.of(1, 1, 0));
    expect(env.scene().caption).toBe('t = 1');
    expect(() => env.step(2)).toThrow('action 2 is not legal here. Legal actions: 0, 1.');
    expect(() => env.step(3)).toThrow('the env: action must be an integer from 0 to 2, got 3.');
    expect(env.step(1)).toMatchObject({ reward: 21 + 12, terminated: true, truncated: false });
    expect(() => env.step(1)).toThrow('the env: cannot step, the episode has terminated.');
  });

  test('hands the options of reset on', () => {
    const env = piggyBank(hideDynamics(ticker()));
    const { observation } = env.reset({ options: { state: [4, 1, 0] } });
    expect(observation).toEqual(Float32Array.of(4, 1));
  });

  test('counts integers from 0 in between, wherever they begin for people', () => {
    const world = { ...ticker(), actionSpace: discrete(3, { start: 5 }) };
    const env = stickyAction(hideDynamics(world), { probability: 0 });
    env.reset({ seed: 1 });
    expect(env.step(7).observation).toEqual(Float32Array.of(1, 2));
    expect(() => env.step(2)).toThrow('action must be an integer from 5 to 7, got 2.');
  });

  test('truncates where either of the two does', () => {
    const inner = hideDynamics(ticker({ timeLimit: 3 }));
    const ends = (env: Env) => {
      env.reset({ seed: 1 });
      return Array.from({ length: 2 }, () => env.step(0 as never).truncated);
    };
    const early = timeLimit(inner, { steps: 2 });
    for (const _ of [1, 2]) expect(ends(early)).toEqual([false, true]);
    const late = timeLimit(inner, { steps: 9 });
    expect(ends(late)).toEqual([false, false]);
    expect(late.step(0)).toMatchObject({ terminated: false, truncated: true });
    expect(() => late.step(0)).toThrow('the episode was truncated');
    const both = timeLimit(hideDynamics(ticker({ end: 2 })), { steps: 2 });
    both.reset({ seed: 1 });
    both.step(0);
    expect(both.step(0)).toMatchObject({ terminated: true, truncated: false });
  });

  test('draws from a stream of its own, which a seed begins anew', () => {
    const actions = (env: Env, seed?: number) => {
      env.reset(seed === undefined ? {} : { seed });
      return Array.from({ length: 30 }, (_, t) => env.step((t % 3) as never).observation);
    };
    const build = (seed: number) =>
      make('HandTicker-v0', {
        seed,
        options: { end: 99 },
        wrappers: [{ name: 'sticky-action', options: { probability: 0.5 } }],
      });
    expect(actions(build(4))).toEqual(actions(build(4)));
    expect(actions(build(4))).not.toEqual(actions(build(5)));
    const env = build(4);
    const first = actions(env, 8);
    expect(actions(env)).not.toEqual(first);
    expect(actions(env, 8)).toEqual(first);
    expect(actions(build(1), 8)).toEqual(first);
    const two = [0, 1].map(() => ({ name: 'sticky-action', options: { probability: 0.5 } }));
    const stuck = make('HandTicker-v0', { seed: 4, options: { end: 99 }, wrappers: two });
    expect(actions(stuck)).not.toEqual(actions(build(4)));
    const long = hideDynamics(ticker({ end: 99 }));
    const sticky = (inner: Env) => stickyAction(inner, { probability: 0.5 });
    // Drawing the same, the outer one would only stick where the inner one does.
    const twice = actions(sticky(orderEnforcing(sticky(long))), 8);
    expect(twice).not.toEqual(actions(sticky(long), 8));
  });

  test('refuses what is no snapshot of it, and is unchanged then', () => {
    const env = piggyBank(hideDynamics(ticker()));
    env.reset({ seed: 1 });
    env.step(1);
    const saved = env.snapshot();
    env.step(1);
    const now = env.snapshot();
    const bad: [object, string][] = [
      [{ kind: 'env' }, 'expected saved data of kind "wrapped-env", got "env".'],
      [{ name: 'clip-reward' }, 'expected data of piggy-bank, got "clip-reward".'],
      [{ phase: 'over' }, 'phase must be one of new, running, terminated, truncated, got "over".'],
      [{ elapsed: -1 }, 'elapsed must be an integer of at least 0'],
      [{ memory: Float64Array.of(1) }, 'memory must be a Float64Array of length 2'],
      [{ rng: {} }, 'expected saved data of kind alea'],
      [
        { shown: { ...(saved.shown as object), terminated: 1 } },
        'terminated and truncated must be',
      ],
      [{ shown: { ...(saved.shown as object), observation: 3 } }, 'observation must be a Float64'],
      [{ inner: {} }, 'expected saved data of kind "env"'],
    ];
    for (const [change, message] of bad) {
      expect(() => env.restore({ ...saved, ...change })).toThrow(message);
      expect(env.snapshot()).toEqual(now);
    }
    env.restore(saved);
    expect(env.snapshot()).toEqual(saved);
    expect(env.step(1).reward).toBe(11 + 12);
  });

  test('can be saved before its first episode', () => {
    const saved = piggyBank(hideDynamics(ticker())).snapshot();
    const env = piggyBank(hideDynamics(ticker()));
    env.reset({ seed: 1 });
    env.restore(saved);
    expect(() => env.step(1)).toThrow('no episode has begun');
  });
});

describe('the registry', () => {
  test('spells every option of every wrapper out in the spec', () => {
    const spec = resolveSpec('CartPole-v1', { wrappers: [{ name: 'clip-reward', options: {} }] });
    expect(spec.wrappers).toEqual([{ name: 'clip-reward', options: { min: -1, max: 1 } }]);
    expect(make(spec).spec).toEqual(spec);
    expect(resolveSpec(spec, { wrappers: [{ name: 'time-limit', options: {} }] }).wrappers).toEqual(
      [...spec.wrappers, { name: 'time-limit', options: { steps: 1000 } }],
    );
  });

  test('lists the wrappers with their options, as JSON', () => {
    for (const { name, description, defaults } of wrapperEntries()) {
      expect(wrapperEntry(name).description).toMatch(/^[A-Z].*\.$/);
      expect(description.length).toBeLessThan(100);
      expect(JSON.parse(JSON.stringify(defaults))).toEqual(defaults);
    }
  });

  test('takes a wrapper of the user, once', () => {
    const env = make('Ticker-v0', { wrappers: [{ name: 'piggy-bank', options: { start: 7 } }] });
    env.reset();
    expect(env.step(0 as never).reward).toBe(8);
    expect(() => registerWrapper(PIGGY_BANK)).toThrow('piggy-bank is taken.');
    expect(() => registerWrapper({ ...PIGGY_BANK, name: 'PiggyBank' })).toThrow('kebab-case');
  });

  test('wraps rules as far as it can, and the running env from there on', () => {
    const wrappers = ['piggy-bank', 'order-enforcing', 'clip-reward', 'autoreset'].map((name) => ({
      name,
      options: {},
    }));
    for (const id of ['Ticker-v0', 'HandTicker-v0']) {
      const env = make(id, { wrappers });
      expect(env.spec).toEqual(resolveSpec(id, { wrappers }));
      expect(make(JSON.parse(JSON.stringify(env.spec))).spec).toEqual(env.spec);
      env.reset({ seed: 1 });
      expect(env.step(2 as never)).toMatchObject({ reward: 1, info: { saved: 21 } });
    }
    expect(() => makeDynamics('Ticker-v0', { wrappers })).toThrow(
      'order-enforcing works on a running env alone: there are no rules of it. Use make',
    );
  });

  test('names the options that a wrapper knows', () => {
    const wrappers = [{ name: 'time-limit', options: { step: 3 } }];
    expect(() => make('CartPole-v1' as string, { wrappers })).toThrow(
      'time-limit: unknown option "step". Did you mean "steps"? Known options: steps.',
    );
    expect(() => timeLimit(cartPole(), { step: 3 } as never)).toThrow('time-limit: unknown option');
  });
});
