import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { SavedData } from '../../core/saved.ts';
import { box, discrete } from '../../core/space.ts';
import { dict } from '../../core/spaces/composite.ts';
import { multiBinary } from '../../core/spaces/multi.ts';
import { createColumns, createTransitions } from '../../core/transitions.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { PrioritizedReplayBuffer } from '../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import type { ReplayOptions } from '../../replay/replay-options.ts';
import { scriptedRng } from '../helpers/rng.ts';
import { transition } from '../helpers/transitions.ts';
import { corridor } from '../helpers/worlds.ts';

/** The corridor's transition number i, every field telling i. */
const numbered = (i: number) =>
  transition({
    state: i,
    action: i % 2,
    reward: 10 * i,
    nextState: i + 1,
    terminated: i % 3 === 0,
    truncated: i % 3 === 1,
    nextMask: [i % 2, 1],
  });

function bufferOf(capacity: number, added: number): ReplayBuffer {
  const buffer = new ReplayBuffer(corridor(), capacity);
  for (let i = 0; i < added; i++) buffer.add(numbered(i));
  return buffer;
}

describe('a replay buffer', () => {
  test('keeps the last transitions, all fields together', () => {
    const buffer = bufferOf(4, 6); // holds 2, 3, 4, 5
    expect(buffer.length).toBe(4);
    const batch = createTransitions(corridor(), 4);
    buffer.sample(batch, scriptedRng(0, 0.25, 0.5, 0.75));
    [2, 3, 4, 5].forEach((i, row) => {
      const expected = numbered(i);
      expect(batch.observations[row]).toBe(expected.observations[0]);
      expect(batch.actions[row]).toBe(expected.actions[0]);
      expect(batch.rewards[row]).toBe(expected.rewards[0]);
      expect(batch.nextObservations[row]).toBe(expected.nextObservations[0]);
      expect(batch.terminated[row]).toBe(expected.terminated[0]);
      expect(batch.truncated[row]).toBe(expected.truncated[0]);
      expect(batch.nextActionMasks?.slice(2 * row, 2 * row + 2)).toEqual(expected.nextActionMasks);
    });
  });

  test('samples only what it holds, each with the same chance', () => {
    const buffer = bufferOf(100, 5);
    const batch = createTransitions(corridor(), 20_000);
    buffer.sample(batch, new Alea(1));
    const counts = new Float64Array(5);
    for (const state of batch.observations) counts[state]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 4000) ** 2 / 4000, 0);
    expect(chiSquare).toBeLessThan(18.5); // 99.9% of 4 degrees of freedom
  });

  test('takes whole batches of a vector env, and vectors as observations', () => {
    const envs = new VectorEnv(cartPole(), { numEnvs: 3, seed: 1 });
    const buffer = new ReplayBuffer(cartPole(), 2);
    const transitions = envs.step(Int32Array.of(0, 1, 0));
    buffer.add(transitions); // the first gives way to the third
    const batch = createTransitions(cartPole(), 2);
    buffer.sample(batch, scriptedRng(0, 0.5));
    expect(batch.observations).toEqual(transitions.observations.slice(4));
    expect(batch.nextObservations).toEqual(transitions.nextObservations.slice(4));
    expect([...batch.actions]).toEqual([1, 0]);
  });

  test('refuses to sample from nothing, and batches of another world', () => {
    const buffer = new ReplayBuffer(corridor(), 4);
    expect(() => buffer.sample(createTransitions(corridor(), 1), new Alea(0))).toThrow(
      'ReplayBuffer.sample: the buffer is empty. Add a transition first.',
    );
    expect(() => buffer.add(createTransitions(cartPole(), 1))).toThrow(
      'ReplayBuffer.add: observations must have length 1, got 4.',
    );
    expect(() => buffer.add(transition({ action: 0, reward: 0 }))).toThrow(
      'nextActionMasks must have length 2, got 0.',
    );
    expect(buffer.length).toBe(0);
    expect(() => new ReplayBuffer(corridor(), 0)).toThrow('capacity must be an integer');
  });

  test('refuses what another buffer has saved, and then is as it was', () => {
    const buffer = bufferOf(4, 6);
    const before = buffer.save();
    expect(() => buffer.restore(bufferOf(5, 1).save())).toThrow(
      'ReplayBuffer.restore: expected a buffer with capacity 4, got 5.',
    );
    const transitions = before.transitions as SavedData;
    expect(() => buffer.restore({ ...before, transitions: { ...transitions, added: 7 } })).toThrow(
      'first must be an integer from 3 to 7, got 2.',
    );
    expect(buffer.save()).toEqual(before);
  });
});

describe('returns of three steps', () => {
  const options = { numSteps: 3, discount: 0.5 };
  const TASK = { observationSpace: discrete(100), actionSpace: discrete(2) };
  const step = (state: number, reward: number, end: object = {}) =>
    transition({ state, action: state % 2, reward, nextState: state + 1, ...end });

  /** What is sampled of each state: r, γᵏ, s′ and the flags. */
  function sampled(buffer: ReplayBuffer): Record<number, number[]> {
    const batch = buffer.createBatch(200);
    buffer.sample(batch, new Alea(1));
    const rows: Record<number, number[]> = {};
    batch.observations.forEach((state, i) => {
      const { rewards, discounts, nextObservations, terminated, truncated } = batch;
      const numbers = [rewards, discounts, nextObservations, terminated, truncated];
      rows[state] = numbers.map((column) => column[i]);
    });
    return rows;
  }

  test.each([
    ['terminates', { terminated: true }, [1, 0]],
    ['is cut', { truncated: true }, [0, 1]],
  ])('are shorter towards the end of an episode that %s', (_, end, flags) => {
    const buffer = new ReplayBuffer(TASK, 10, options);
    [1, 2, 4].forEach((reward, state) => {
      buffer.add(step(state, reward));
    });
    expect(sampled(buffer)).toEqual({ 0: [1 + 0.5 * 2 + 0.25 * 4, 0.125, 3, 0, 0] });
    buffer.add(step(3, 8, end));
    buffer.add(step(50, 1000)); // of the next episode
    expect(sampled(buffer)).toEqual({
      0: [1 + 0.5 * 2 + 0.25 * 4, 0.125, 3, 0, 0],
      1: [2 + 0.5 * 4 + 0.25 * 8, 0.125, 4, ...flags],
      2: [4 + 0.5 * 8, 0.25, 4, ...flags],
      3: [8, 0.5, 4, ...flags],
    });
    expect(buffer.ready).toBe(4);
    expect(buffer.length).toBe(5);
  });

  test('need room for three steps of each copy', () => {
    for (const Buffer of [ReplayBuffer, PrioritizedReplayBuffer]) {
      const message = `${Buffer.name}: numSteps must be at most the capacity of 2, got 3. Give a larger capacity.`;
      expect(() => new Buffer(TASK, 2, options)).toThrow(message);
      expect(() => Buffer.plan(TASK, 2, options)).toThrow(message);
      expect(() => Buffer.plan(TASK, 0)).toThrow(
        `${Buffer.name}: capacity must be an integer of at least 1, got 0.`,
      );
      const buffer = new Buffer(TASK, 11, options);
      expect(() => buffer.add(createColumns({ ...TASK, masked: false }, 4))).toThrow(
        `${Buffer.name}.add: rows of a batch, of which 3 steps each must fit into the capacity of 11, must be an integer from 1 to 3, got 4.`,
      );
      expect(buffer.length).toBe(0);
    }
    const exact = new ReplayBuffer(TASK, 3, options);
    for (let state = 0; state < 6; state++) exact.add(step(state, 1));
    expect([exact.length, exact.ready]).toEqual([3, 1]);
  });

  test('need discounts in the batch, and batches of as many copies as the first', () => {
    const buffer = new ReplayBuffer(TASK, 10, options);
    expect(() => buffer.sample(createColumns({ ...TASK, masked: false }, 1), new Alea(0))).toThrow(
      'ReplayBuffer.sample: a batch of 3-step returns must have discounts. Make it with createBatch().',
    );
    buffer.add(step(0, 1));
    expect(() => buffer.sample(buffer.createBatch(1), new Alea(0))).toThrow(
      'ReplayBuffer.sample: no transition has all its 3 steps yet. Add more first.',
    );
    expect(() => buffer.add(createColumns({ ...TASK, masked: false }, 2))).toThrow(
      'ReplayBuffer.add: transitions must have one row for each of the 1 copies of the first batch, got 2.',
    );
  });
});

describe('options and columns that do not fit', () => {
  const TASK = { observationSpace: multiBinary(6), actionSpace: discrete(2) };

  test.each<[string, ReplayOptions]>([
    ['numSteps must be an integer of at least 1, got 0', { numSteps: 0 }],
    ['discount must be between 0 and 1, got 2', { discount: 2 }],
    ['stack must divide the 6 numbers of an observation, got 4', { stack: 4 }],
    ['shared must be true where stack is above 1, got false', { stack: 2, shared: false }],
    [
      'storage must be one of auto, bits, uint8, float32, got "bytes"',
      { storage: 'bytes' as 'bits' },
    ],
    ['shared must be true, false or "auto", got "yes"', { shared: 'yes' as 'auto' }],
    ['shared must be true, false or "auto", got "false"', { shared: 'false' as 'auto' }],
    ['meanEpisodeLength must be between 1 and', { meanEpisodeLength: 0.5 }],
    ['unknown option "numStep". Did you mean "numSteps"?', { numStep: 3 } as ReplayOptions],
  ])('ReplayBuffer: %s', (message, options) => {
    expect(() => new ReplayBuffer(TASK, 8, options)).toThrow(`ReplayBuffer: ${message}`);
  });

  test('stacks are refused where observations are no stacks of frames as a whole', () => {
    const observationSpace = dict({ a: multiBinary(4), b: multiBinary(2) });
    expect(() => new ReplayBuffer({ ...TASK, observationSpace }, 8, { stack: 2 })).toThrow(
      'ReplayBuffer: stack must be 1 for Dict(a: MultiBinary(4), b: MultiBinary(2)), whose parts are stacked each by itself, got 2.',
    );
    expect(() => new ReplayBuffer({ ...TASK, repeats: false }, 8, { stack: 2 })).toThrow(
      'ReplayBuffer: stack must be 1 where an observation shows otherwise in the step after, as normalized ones do, got 2.',
    );
  });

  test.each([0, 2.25, Number.NaN])('%s copies are refused', (numEnvs) => {
    expect(() => new ReplayBuffer({ ...TASK, numEnvs }, 8)).toThrow(
      'ReplayBuffer: numEnvs must be an integer of at least 1, got',
    );
  });

  test('observations of 32 bytes and more are shared, unless they do not repeat', () => {
    const shared = (size: number, task: object = {}) =>
      new ReplayBuffer({ ...TASK, observationSpace: box(0, 1, { shape: [size] }), ...task }, 8)
        .options.shared;
    expect([shared(7), shared(8)]).toEqual([false, true]);
    expect([shared(8, { repeats: true }), shared(800, { repeats: false })]).toEqual([true, false]);
  });

  test('numbers that the storage does not hold are not stored', () => {
    for (const shared of [true, false]) {
      const buffer = new ReplayBuffer(TASK, 8, { shared });
      const batch = createColumns({ ...TASK, masked: false }, 1);
      batch.nextObservations[5] = 2;
      expect(() => buffer.add(batch)).toThrow(
        "ReplayBuffer.add: observations must be numbers that the buffer's storage holds, got 2. Give the space its true bounds, or the buffer the option storage: 'float32'.",
      );
      expect(buffer.length).toBe(0);
      const numbers = new ReplayBuffer(TASK, 8, { shared, storage: 'float32' });
      numbers.add(batch);
      const sampled = numbers.createBatch(1);
      numbers.sample(sampled, new Alea(0));
      expect([...sampled.nextObservations]).toEqual([0, 0, 0, 0, 0, 2]);
      expect([...sampled.discounts, ...sampled.weights]).toEqual([0.99, 1]);
    }
  });

  test('masks are neither lost nor made up', () => {
    const buffer = new ReplayBuffer(TASK, 8);
    const masked = createColumns({ ...TASK, masked: true }, 1);
    expect(() => buffer.add(masked)).toThrow(
      'ReplayBuffer.add: nextActionMasks must be absent, for the buffer was made for a world without masks. Make it with masked: true.',
    );
    const other = new ReplayBuffer({ ...TASK, masked: true }, 8);
    other.add(masked);
    expect(other.length).toBe(1);
  });

  test('columns of a batch have one length', () => {
    const buffer = new ReplayBuffer(TASK, 8);
    buffer.add(createColumns({ ...TASK, masked: false }, 3));
    const batch = buffer.createBatch(4);
    const short = { weights: new Float64Array(3) };
    expect(() => buffer.sample({ ...batch, ...short }, new Alea(0))).toThrow(
      'ReplayBuffer.sample: weights must have length 4, got 3.',
    );
    expect(() => buffer.sample({ ...batch, terminated: new Uint8Array(5) }, new Alea(0))).toThrow(
      'terminated must have length 4, got 5.',
    );
  });
});
