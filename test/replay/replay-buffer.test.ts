import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { SavedData } from '../../core/saved.ts';
import { createTransitions } from '../../core/transitions.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
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
