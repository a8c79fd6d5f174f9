import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import { box, discrete } from '../../core/space.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { make, registerEnv } from '../../envs/registry.ts';
import {
  type AtariPreprocessingOptions,
  atariPreprocessing,
} from '../../envs/wrappers/atari-preprocessing.ts';
import { frameStackObservation } from '../../envs/wrappers/frame-stack-observation.ts';
import { dodge } from '../helpers/dodge.ts';
import { hideDynamics } from '../helpers/hand-written.ts';
import { digestOf, recordedImages } from '../helpers/images.ts';

registerEnv({
  id: 'Dodge-v0',
  family: 'arcade',
  description: 'Dodge falling stones.',
  defaults: {},
  rewardThreshold: null,
  create: dodge,
});

const digest = (observation: unknown) => digestOf(observation as Uint8Array | Float32Array);

describe('as Gymnasium prepares it', () => {
  test.each(recordedImages().games)('with $options, frames up to $limit', (game) => {
    const run = { seed: game.seed, rng: 'gymnasium' } as const;
    const world =
      game.limit === null
        ? new DynamicsEnv(dodge(), run)
        : hideDynamics({ ...dodge(), timeLimit: game.limit }, run);
    const env: Env = atariPreprocessing(world, game.options);
    expect(env.observationSpace).toMatchObject({ kind: 'box', shape: game.shape });
    const start = env.reset().observation as Uint8Array;
    expect(Array.from(start.slice(0, 8), (x) => x)).toEqual(game.start.first);
    expect(digest(start)).toBe(game.start.crc32);
    game.steps.forEach(({ action, next, ...expected }, t) => {
      const { observation, reward, terminated, truncated } = env.step(action);
      const got = { reward, terminated, truncated, crc32: digest(observation) };
      expect(got, `step ${t}`).toEqual(expected);
      if (next !== undefined) expect(digest(env.reset().observation), `step ${t}`).toBe(next);
    });
  });
});

describe('episodes', () => {
  /** A game of one pixel that shows how many frames have passed, and ends after some. */
  function counter(length: number, limit: number = Infinity): Dynamics {
    return {
      name: 'Counter',
      observationSpace: box(0, 255, { shape: [1, 1, 3], dtype: 'uint8' }),
      actionSpace: discrete(2, ['NOOP', 'FIRE']),
      stateSize: 1,
      timeLimit: limit,
      reset(state) {
        state[0] = 0;
      },
      step(state) {
        state[0]++;
        return state[0];
      },
      isTerminal: (state) => state[0] >= length,
      observe: (state, observation) => {
        observation.fill(state[0]);
      },
      scene: () => ({
        kind: 'shapes',
        view: { left: 0, bottom: 0, width: 1, height: 1 },
        shapes: [],
      }),
    };
  }
  const tiny = { screenSize: 1, noopMax: 0 };

  test('begin with 1 to noopMax no-ops, each number as likely', () => {
    const env = new DynamicsEnv(atariPreprocessing(counter(99), { screenSize: 1, noopMax: 5 }));
    const counts = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < 1000; k++) counts[(env.reset().observation as Uint8Array)[0]]++;
    expect(counts[0]).toBe(0);
    for (const count of counts.slice(1)) expect(count).toBeGreaterThan(150);
  });

  test('take up the no-ops that are left after a game that ended among them', () => {
    const env = new DynamicsEnv(atariPreprocessing(counter(3), { screenSize: 1, noopMax: 9 }));
    for (let k = 0; k < 50; k++) {
      // After 3, 6 or 9 no-ops the next game has just begun.
      expect((env.reset().observation as Uint8Array)[0]).toBeLessThan(3);
    }
  });

  test('sum the rewards of the frames, and stop where the game ends', () => {
    const env = new DynamicsEnv(atariPreprocessing(counter(6), tiny));
    env.reset();
    expect(env.step(1)).toMatchObject({ reward: 1 + 2 + 3 + 4, terminated: false });
    // Cut short before the last two frames: the picture of the step before stays.
    expect(env.step(1)).toMatchObject({
      reward: 5 + 6,
      terminated: true,
      observation: Uint8Array.of(4),
    });
  });

  test('show what they have seen of the last two frames where the last one ends the game', () => {
    const env = new DynamicsEnv(atariPreprocessing(counter(8), tiny));
    env.reset();
    env.step(1);
    expect(env.step(1)).toMatchObject({ terminated: true, observation: Uint8Array.of(7) });
  });

  test('have the time limit of the game in steps, rounded up', () => {
    expect(atariPreprocessing(counter(99, 10), tiny).timeLimit).toBe(3);
    expect(atariPreprocessing(counter(99), tiny).timeLimit).toBe(Infinity);
    const env = new DynamicsEnv(atariPreprocessing(counter(99, 10), tiny));
    env.reset();
    expect([0, 1, 2].map(() => env.step(1).truncated)).toEqual([false, false, true]);
  });

  test('stop a step where its action becomes illegal', () => {
    const world: Dynamics = {
      ...counter(99),
      actionMask: (state, mask) => {
        mask[0] = 1;
        mask[1] = state[0] < 2 ? 1 : 0;
      },
    };
    const env = new DynamicsEnv(atariPreprocessing(world, tiny));
    env.reset();
    expect(env.step(1).reward).toBe(1 + 2);
    expect(env.step(0).reward).toBe(3 + 4 + 5 + 6);
  });

  test('show gray games as they are', () => {
    const gray: Dynamics = {
      ...counter(99),
      observationSpace: box(0, 255, { shape: [1, 1], dtype: 'uint8' }),
    };
    const env = new DynamicsEnv(atariPreprocessing(gray, tiny));
    env.reset();
    expect(env.step(1).observation).toEqual(Uint8Array.of(4));
  });
});

describe('lives', () => {
  test('that are lost do not end the episode after', () => {
    const world = atariPreprocessing(dodge(), { noopMax: 0, terminalOnLifeLoss: true });
    const state = createState(world);
    const rng = new Alea(1);
    world.reset(state, rng);
    while (!world.isTerminal(state)) world.step(state, 0, rng);
    world.reset(state, rng);
    expect(world.isTerminal(state)).toBe(false);
  });

  test('are lost against those of the frame before: one that was won may be lost', () => {
    const counts = [1, 2, 2, 1, 1];
    const world: Dynamics = {
      ...(dodge() as Dynamics),
      isTerminal: () => false,
      lives: (state) => counts[state[3]], // by the frame
    };
    const options = { noopMax: 0, frameSkip: 1, terminalOnLifeLoss: true };
    const env = new DynamicsEnv(atariPreprocessing(world, options));
    env.reset();
    expect([0, 0, 0].map((action) => env.step(action).terminated)).toEqual([false, false, true]);
  });

  test('are told in info, and passed on by wrappers', () => {
    const env = atariPreprocessing(new DynamicsEnv(dodge()), { noopMax: 0 });
    expect(env.reset({ seed: 1 }).info).toEqual({ lives: 2 });
    let step = env.step(0);
    while (!step.terminated) step = env.step(0);
    expect(step.info).toEqual({ lives: 0 });
  });

  test('that are lost end the episode of a hand-written env too, also after a restore', () => {
    const options = { noopMax: 0, terminalOnLifeLoss: true, screenSize: 8 };
    const start = () => hideDynamics(dodge());
    const env = atariPreprocessing(start(), options);
    env.reset({ seed: 3 });
    const twin = atariPreprocessing(start(), options);
    twin.restore(env.snapshot());
    const steps = (played: Env) => {
      for (let t = 1; ; t++) {
        const { terminated, info } = played.step(0);
        if (terminated) return [t, info.lives];
      }
    };
    const [taken, lives] = steps(env);
    expect(lives).toBe(1);
    expect(steps(twin)).toEqual([taken, lives]);
  });

  test('must be counted where they matter', () => {
    const { lives, ...lifeless } = dodge();
    expect(lives).toBeDefined();
    expect(() => atariPreprocessing(lifeless, { terminalOnLifeLoss: true })).toThrow(
      'atari-preprocessing: Dodge must count lives where a lost one ends the episode. Give it lives(state), or terminalOnLifeLoss: false.',
    );
    const env = atariPreprocessing(hideDynamics(lifeless), {
      terminalOnLifeLoss: true,
    });
    expect(() => env.reset()).toThrow(
      'the env: info.lives must be an integer of at least 0, got undefined.',
    );
  });
});

describe('with four frames stacked', () => {
  const stacked = () => frameStackObservation(atariPreprocessing(dodge()), { frames: 4 });

  test('shows bytes of shape [4, 84, 84], the newest frame last', () => {
    const prepared = atariPreprocessing(dodge(), { noopMax: 0 });
    const env = new DynamicsEnv(frameStackObservation(prepared, { frames: 4 }), { seed: 2 });
    const single = new DynamicsEnv(prepared, { seed: 2 });
    expect(env.observationSpace).toMatchObject({ dtype: 'uint8', shape: [4, 84, 84] });
    env.reset();
    single.reset();
    for (let t = 0; t < 2; t++) {
      const observation = env.step(t % 3).observation as Uint8Array;
      expect(observation).toBeInstanceOf(Uint8Array);
      expect(digest(observation.slice(3 * 84 * 84))).toBe(digest(single.step(t % 3).observation));
    }
  });

  test('runs in a VectorEnv whose copy i is the single env of stream i', () => {
    const envs = new VectorEnv(stacked(), { numEnvs: 3, seed: 5 });
    const singles = [0, 1, 2].map(
      (i) => new DynamicsEnv(stacked(), { seed: 5, stream: `env/${i}` }),
    );
    const size = 4 * 84 * 84;
    const seen = singles.map((env) => env.reset().observation as Uint8Array);
    const actions = envs.createActions();
    for (let t = 0; t < 12; t++) {
      singles.forEach((env, i) => {
        const row = envs.observations.subarray(i * size, (i + 1) * size);
        expect(digestOf(Uint8Array.from(row))).toBe(digestOf(seen[i]));
        actions[i] = (t + i) % 3;
        const step = env.step(actions[i]);
        const ended = step.terminated || step.truncated;
        seen[i] = (ended ? env.reset() : step).observation as Uint8Array;
      });
      envs.step(actions);
    }
  });

  test('goes on from a snapshot in the middle of an episode', () => {
    const env = new DynamicsEnv(stacked(), { seed: 9 });
    env.reset();
    env.step(1);
    const twin = new DynamicsEnv(stacked());
    twin.restore(env.snapshot());
    for (let t = 0; t < 4; t++) {
      const { observation, ...step } = env.step(t % 3);
      const { observation: same, ...others } = twin.step(t % 3);
      expect(others).toEqual(step);
      expect(digest(same)).toBe(digest(observation));
      if (!step.terminated) continue;
      expect(digest(twin.reset().observation)).toBe(digest(env.reset().observation));
    }
  });

  test('is built again from its spec', () => {
    const wrappers = [
      { name: 'atari-preprocessing', options: { noopMax: 3 } },
      { name: 'frame-stack-observation', options: { frames: 2 } },
    ];
    const env = make('Dodge-v0', { seed: 4, wrappers });
    const again = make(JSON.parse(JSON.stringify(env.spec)), { seed: 4 });
    expect(again.spec).toEqual(env.spec);
    expect(again.observationSpace).toMatchObject({ shape: [2, 84, 84] });
    expect(digest(again.reset().observation)).toBe(digest(env.reset().observation));
    expect(digest(again.step(2).observation)).toBe(digest(env.step(2).observation));
  });
});

describe('what is wrong is said', () => {
  const refused = (options: AtariPreprocessingOptions, world: Dynamics = dodge()) =>
    expect(() => atariPreprocessing(world, options));

  test('of options', () => {
    refused({ frameSkip: 0 }).toThrow('frameSkip must be an integer of at least 1, got 0.');
    refused({ noopMax: -1 }).toThrow('noopMax must be an integer from 0 to 4294967296, got -1.');
    refused({ screenSize: [84] }).toThrow('screenSize must be a list of two integers, got [84].');
    refused({ screenSize: 0 }).toThrow('screenSize[0] must be an integer of at least 1, got 0.');
  });

  test('of worlds', () => {
    const real = { ...dodge(), observationSpace: box([0], [1]) } as Dynamics;
    refused({}, real).toThrow('atari-preprocessing: Dodge must have observations that are uint8');
    const gray = box(0, 255, { shape: [42, 32], dtype: 'uint8' });
    refused({ grayscale: false }, { ...dodge(), observationSpace: gray } as Dynamics).toThrow(
      'uint8 images of shape [height, width, 3]',
    );
    const stacked = box(0, 255, { shape: [42, 32, 4], dtype: 'uint8' });
    refused({}, { ...dodge(), observationSpace: stacked } as Dynamics).toThrow('uint8 images');
    refused({}, { ...dodge(), actionSpace: discrete(2, ['left', 'noop']) } as Dynamics).toThrow(
      'atari-preprocessing: action 0 of Dodge must be called noop, got "left". Give noopMax: 0 to begin without no-ops.',
    );
  });
});
