import { describe, expect, test } from 'vitest';
import type { Env, Step } from '../../core/env.ts';
import type { SavedData } from '../../core/saved.ts';
import { box, type Discrete, discrete, type Space } from '../../core/space.ts';
import { sequence } from '../../core/spaces/composite.ts';
import { SyncVectorEnv } from '../../core/sync-vector-env.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { hideDynamics, Ladder } from '../helpers/hand-written.ts';
import { corridor, corridorFrom } from '../helpers/worlds.ts';

const ladders = (numEnvs: number, seed: number | readonly number[] = 0) =>
  new SyncVectorEnv(() => new Ladder(), { numEnvs, seed });

const UP = 1; // counted from 0; people call it 2

/** A ladder whose steps come out as `change` says. */
function faulty(change: (step: Step<Discrete>, t: number) => Step<Discrete>): Ladder {
  const ladder = new Ladder({ slip: 0 });
  const { step } = ladder;
  let t = 0;
  ladder.step = (action) => change(step.call(ladder, action), t++);
  return ladder;
}

describe('a vector of hand-written envs', () => {
  test('counts actions and observations from 0, whatever people see', () => {
    const envs = new SyncVectorEnv(() => new Ladder({ rungs: 2, slip: 0 }), { numEnvs: 2 });
    expect([...envs.observations]).toEqual([0, 0]); // the rung called 10
    const { rewards, nextObservations, actions } = envs.step(Int32Array.of(UP, UP));
    expect([...actions]).toEqual([1, 1]);
    expect([...nextObservations]).toEqual([1, 1]);
    expect([...rewards]).toEqual([1, 1]);
  });

  test('returns the true successor where an episode ends, and shows the next start', () => {
    const envs = new SyncVectorEnv(() => hideDynamics(corridorFrom(3)));
    const { observations, nextObservations, terminated, truncated } = envs.step(Int32Array.of(1));
    expect([observations[0], nextObservations[0], envs.observations[0]]).toEqual([3, 4, 3]);
    expect([terminated[0], truncated[0]]).toEqual([1, 0]);
  });

  test('gives the masks of the true successor, and those of the next start', () => {
    const world = { ...corridorFrom(1), timeLimit: 1 };
    const envs = new SyncVectorEnv(() => hideDynamics(world));
    expect(envs.actionMasks).toEqual(Uint8Array.of(1, 1));
    const { nextActionMasks, truncated } = envs.step(Int32Array.of(0)); // to the wall, and out of time
    expect(truncated[0]).toBe(1);
    expect(nextActionMasks).toEqual(Uint8Array.of(0, 1));
    expect(envs.actionMasks).toEqual(Uint8Array.of(1, 1));
  });

  test('has no masks where all actions are always legal', () => {
    const envs = new SyncVectorEnv(() => hideDynamics(cartPole()), { numEnvs: 2 });
    expect(envs.actionMasks).toBeUndefined();
    expect(envs.step(envs.createActions()).nextActionMasks).toBeUndefined();
  });

  test('counts an end that is called both terminated and truncated as terminated', () => {
    const envs = new SyncVectorEnv(() => faulty((step) => ({ ...step, truncated: true })));
    const ends = Array.from({ length: 12 }, () => {
      const { terminated, truncated, nextObservations } = envs.step(Int32Array.of(UP));
      expect(terminated[0]).toBe(nextObservations[0] === 4 ? 1 : 0);
      return terminated[0] + 2 * truncated[0];
    });
    expect(ends.filter((end) => end === 3)).toEqual([]);
    expect(ends).toContain(1);
    expect(ends).toContain(2);
  });

  test('seeds copy i with seed + i, or with number i of a list', () => {
    const starts = (seeds: readonly number[]) =>
      seeds.flatMap((seed) => {
        const env = hideDynamics(cartPole());
        return [...(env.reset({ seed }).observation as Float32Array)];
      });
    const vector = (seed: number | readonly number[]) =>
      new SyncVectorEnv(() => hideDynamics(cartPole()), { numEnvs: 3, seed });
    expect([...vector(7).observations]).toEqual(starts([7, 8, 9]));
    expect(vector(7).seeds).toEqual([7, 8, 9]);
    expect([...vector([5, 1, 5]).observations]).toEqual(starts([5, 1, 5]));
    expect([...vector(0).observations]).toEqual(starts([0, 1, 2]));
  });

  test('draws with Gymnasium’s generator what a vector of the rules draws', () => {
    const options = { numEnvs: 3, seed: 9 };
    const lifted = new SyncVectorEnv(() => hideDynamics(cartPole(), { rng: 'gymnasium' }), options);
    const rules = new VectorEnv(cartPole(), { ...options, rng: 'gymnasium' });
    for (let t = 0; t < 100; t++) {
      const actions = Int32Array.of(t % 2, 1, t % 3 === 0 ? 1 : 0);
      expect(structuredClone(lifted.step(actions))).toEqual(structuredClone(rules.step(actions)));
      expect(lifted.observations).toEqual(rules.observations);
    }
  });

  test('goes on from a snapshot with the same bits', () => {
    const envs = ladders(3, 4);
    const play = (which: SyncVectorEnv<Discrete, Discrete>) =>
      Array.from({ length: 40 }, () => structuredClone(which.step(Int32Array.of(UP, UP, UP))));
    play(envs);
    const saved = envs.snapshot();
    const other = ladders(3, 77);
    other.restore(saved);
    expect(other.observations).toEqual(envs.observations);
    expect(other.actionMasks).toEqual(envs.actionMasks);
    const expected = play(envs);
    expect(play(other)).toEqual(expected);
    other.restore(saved); // the snapshot has not moved along
    expect(play(other)).toEqual(expected);
  });
});

describe('a step of hand-written envs', () => {
  test('moves no copy where the action of one is not legal', () => {
    const envs = ladders(8, 1);
    const before = envs.snapshot();
    const actions = new Int32Array(8).fill(UP);
    for (const [action, message] of [
      [2, 'Env: action must be an integer from 0 to 1, got 2 in copy 3.'],
      [-1, 'got -1 in copy 3.'],
    ] as const) {
      actions[3] = action;
      expect(() => envs.step(actions)).toThrow(message);
      expect(envs.snapshot()).toEqual(before);
    }
    expect(() => envs.step(new Int32Array(7))).toThrow('actions must have length 8, got 7.');
  });

  test('moves no copy where the action of one is masked', () => {
    const envs = new SyncVectorEnv((i) => hideDynamics(corridorFrom(i === 3 ? 0 : 2)), {
      numEnvs: 8,
    });
    const before = envs.snapshot();
    expect(() => envs.step(new Int32Array(8))).toThrow('action 0 is not legal here in copy 3.');
    expect(envs.snapshot()).toEqual(before);
  });

  test('says which copy threw, and refuses to go on until it is restored', () => {
    const cause = new Error('the motor is too hot.');
    let hot = false;
    const breaking = () =>
      faulty((step) => {
        if (hot) throw cause;
        return step;
      });
    const envs = new SyncVectorEnv((i) => (i === 1 ? breaking() : new Ladder()), { numEnvs: 3 });
    const up = Int32Array.of(UP, UP, UP);
    envs.step(up);
    const saved = envs.snapshot();
    hot = true;
    const failure = catchError(() => envs.step(up));
    expect(failure.message).toBe(
      'SyncVectorEnv(Env).step: copy 1 failed: the motor is too hot. The copies stand at different steps now. Restore a snapshot, or make a new vector.',
    );
    expect(failure.cause).toBe(cause);
    hot = false;
    expect(() => envs.step(up)).toThrow('SyncVectorEnv(Env).step: copy 1 failed');
    expect(() => envs.snapshot()).toThrow('SyncVectorEnv(Env).snapshot: copy 1 failed');
    envs.restore(saved);
    expect(envs.snapshot()).toEqual(saved);
    envs.step(up);
  });

  test.each<[string, Partial<Step<Discrete>>, string]>([
    ['a reward that is no number', { reward: Number.NaN }, 'the reward must be a finite number'],
    ['no reward', { reward: undefined as never }, 'the reward must be a finite number'],
    ['no observation', { observation: undefined as never }, 'observation must have 1 numbers'],
  ])('refuses %s, whenever it comes', (_, fault, message) => {
    const change = (step: Step<Discrete>, t: number) => (t < 3 ? step : { ...step, ...fault });
    const envs = new SyncVectorEnv(() => faulty(change));
    for (let t = 0; t < 3; t++) envs.step(Int32Array.of(UP));
    expect(() => envs.step(Int32Array.of(UP))).toThrow(message);
  });

  test('refuses an observation that is too short, and keeps it from the rows of others', () => {
    let short = false;
    const env = hideDynamics(cartPole());
    const { step } = env;
    env.step = (action) => {
      const taken = step(action);
      return short ? { ...taken, observation: taken.observation.slice(0, 3) } : taken;
    };
    const envs = new SyncVectorEnv((i) => (i === 0 ? env : hideDynamics(cartPole())), {
      numEnvs: 2,
    });
    for (let t = 0; t < 3; t++) envs.step(Int32Array.of(0, 1));
    short = true;
    expect(() => envs.step(Int32Array.of(0, 1))).toThrow('observation must have 4 numbers');
  });

  test('lets no long observation run into the row of the next copy', () => {
    const observation = Float32Array.of(1, 2, 3, 4, 99, 99);
    let t = 0;
    const long = hideDynamics(cartPole());
    const { step } = long;
    long.step = (action) => ({ ...step(action), ...(t++ > 2 ? { observation } : {}) });
    const make = (i: number) => (i === 1 ? long : hideDynamics(cartPole()));
    const envs = new SyncVectorEnv(make, { numEnvs: 3, seed: 1 });
    const plain = new SyncVectorEnv(() => hideDynamics(cartPole()), { numEnvs: 3, seed: 1 });
    for (let k = 0; k < 5; k++) {
      const got = envs.step(Int32Array.of(0, 1, 0)).nextObservations.slice(8);
      expect(got).toEqual(plain.step(Int32Array.of(0, 1, 0)).nextObservations.slice(8));
    }
  });

  test('checks the first observations against their space', () => {
    const off = faulty((step) => ({ ...step, observation: 15 }));
    const envs = new SyncVectorEnv(() => off);
    expect(() => envs.step(Int32Array.of(UP))).toThrow(
      'Env: observation must be an integer from 10 to 14, got 15 in copy 0.',
    );
    const late = new Ladder();
    late.reset = () => ({ observation: 9, info: {} });
    expect(() => new SyncVectorEnv(() => late)).toThrow(
      'Env: observation must be an integer from 10 to 14, got 9 in copy 0.',
    );
  });

  test('takes no mask for all legal, and a mask out of nowhere for a fault', () => {
    const masks: (Uint8Array | null)[] = [Uint8Array.of(0, 1), null];
    const forgetful = new Ladder({ slip: 0 });
    forgetful.actionMask = () => (masks.length > 1 ? (masks.shift() ?? null) : null);
    const envs = new SyncVectorEnv((i) => (i === 0 ? forgetful : new Ladder()), { numEnvs: 2 });
    expect([...(envs.actionMasks ?? [])].slice(0, 2)).toEqual([1, 1]);
    let given: Uint8Array | null = null;
    const moody = new Ladder({ slip: 0 });
    moody.actionMask = () => given as Uint8Array;
    const others = new SyncVectorEnv(() => moody);
    given = Uint8Array.of(1, 1);
    expect(() => others.step(Int32Array.of(UP))).toThrow('must be null always or give a mask');
    given = Uint8Array.of(1, 1, 1);
    expect(() => new SyncVectorEnv(() => moody)).toThrow(
      'the action mask must have length 2, got 3',
    );
  });
});

describe('a restore of hand-written envs', () => {
  test('changes nothing where one copy of the snapshot is not as it must be', () => {
    const envs = ladders(3, 1);
    const saved = envs.snapshot();
    envs.step(Int32Array.of(UP, UP, UP));
    const before = envs.snapshot();
    const shown = envs.observations.slice();
    const copies = (saved.copies as readonly SavedData[]).slice();
    copies[2] = { ...copies[2], kind: 'snake' };
    const bad: [SavedData, string][] = [
      [{ ...saved, copies }, 'expected saved data of kind "ladder", got "snake"'],
      [{ ...saved, copies: copies.slice(1) }, 'copies must have length 3, got 2'],
      [{ ...saved, observations: new Float32Array(2) }, 'Float32Array of length 3, got length 2'],
      [{ ...saved, name: 'Snake' }, 'expected data of Env, got "Snake"'],
      [{ ...saved, kind: 'vector-env' }, 'kind "sync-vector-env", got "vector-env"'],
      [{ ...saved, version: 2 }, 'version 1 to 1, got 2'],
    ];
    for (const [data, message] of bad) {
      expect(() => envs.restore(data)).toThrow(message);
      expect(envs.snapshot()).toEqual(before);
      expect(envs.observations).toEqual(shown);
    }
    envs.restore(saved);
    expect(envs.snapshot()).toEqual(saved);
  });
});

describe('copies of hand-written envs', () => {
  test.each<[string, () => unknown, string]>([
    ['none', () => ladders(0), 'SyncVectorEnv: numEnvs must be an integer of at least 1, got 0.'],
    ['half a one', () => ladders(2.5), 'numEnvs must be an integer of at least 1, got 2.5.'],
    ['a bad seed', () => ladders(1, -1), 'SyncVectorEnv: seed must be an integer'],
    ['too few seeds', () => ladders(2, [1]), 'SyncVectorEnv: seed must have length 2, got 1.'],
    ['a bad seed of a list', () => ladders(2, [1, 0.5]), 'seed[1] must be an integer'],
    [
      'an unknown option',
      () => new SyncVectorEnv(() => new Ladder(), { numEnv: 1 } as never),
      'Did you mean "numEnvs"?',
    ],
    [
      'other spaces',
      () => new SyncVectorEnv((i) => new Ladder({ rungs: i < 2 ? 5 : 6 }), { numEnvs: 3 }),
      'SyncVectorEnv: all copies must have the same observationSpace, got Discrete(6, start 10) in copy 2 and Discrete(5, start 10) in copy 0.',
    ],
    [
      'other actions',
      () => new SyncVectorEnv((i) => withActions(discrete(2, { start: i })), { numEnvs: 2 }),
      'the same actionSpace, got Discrete(2, start 1) in copy 1 and Discrete(2) in copy 0.',
    ],
    [
      'other bounds',
      () => new SyncVectorEnv((i) => withSpace(box([-1], [i + 1])), { numEnvs: 2 }),
      'got Box(1) in copy 1 and Box(1) in copy 0 with other bounds or labels.',
    ],
    [
      'one env twice',
      () => {
        const env = new Ladder();
        return new SyncVectorEnv(() => env, { numEnvs: 2 });
      },
      'the maker must give a new env at every call, got one twice.',
    ],
    [
      'spaces that do not fit rows',
      () => new SyncVectorEnv(() => withSpace(sequence(discrete(2)))),
      'SyncVectorEnv: Env must have observations of one length, got Sequence(Discrete(2)).',
    ],
  ])('are refused: %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

function withSpace(observationSpace: Space): Env {
  return { ...hideDynamics<Space, Space>(corridor()), observationSpace };
}

function withActions(actionSpace: Space): Env {
  return { ...hideDynamics<Space, Space>(corridor()), actionSpace };
}

function catchError(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown.');
}
