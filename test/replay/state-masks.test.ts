import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { discrete } from '../../core/space.ts';
import { PrioritizedReplayBuffer } from '../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import type { ReplayOptions } from '../../replay/replay-options.ts';
import { transition } from '../helpers/transitions.ts';

const N = 9; // actions: more than a byte has bits
const TASK = { observationSpace: discrete(100), actionSpace: discrete(N), masked: true };

/** What is legal in a state: nine bits of its number. */
const maskOf = (state: number) =>
  Array.from({ length: N }, (_, action) => ((state + 1) >> action) & 1);

describe.each([
  ['ReplayBuffer', ReplayBuffer],
  ['PrioritizedReplayBuffer', PrioritizedReplayBuffer],
] as const)('%s with masks of states', (name, Buffer) => {
  const create = (options: ReplayOptions = {}) =>
    new Buffer(TASK, 20, { stateMasks: true, ...options });

  /** States 0, 1, 2 …, in each of which only some actions are legal. */
  function fill(buffer: ReplayBuffer | PrioritizedReplayBuffer, count: number): void {
    for (let state = 0; state < count; state++) {
      const step = transition({
        state,
        action: 0,
        reward: 1,
        nextState: state + 1,
        nextMask: maskOf(state + 1),
      });
      buffer.add(step, Uint8Array.from(maskOf(state)));
    }
  }

  test.each([1, 3])('gives back what was legal in each, and behind %i steps', (numSteps) => {
    const buffer = create({ numSteps });
    fill(buffer, 45); // the oldest have given way
    const batch = buffer.createBatch(300);
    buffer.sample(batch, new Alea(1));
    const states = new Set(batch.observations);
    expect(states.size).toBe(20 - (numSteps - 1));
    for (let row = 0; row < 300; row++) {
      const state = batch.observations[row];
      const columns = [row * N, (row + 1) * N] as const;
      expect([...(batch.actionMasks?.slice(...columns) ?? [])]).toEqual(maskOf(state));
      expect([...(batch.nextActionMasks?.slice(...columns) ?? [])]).toEqual(
        maskOf(state + numSteps),
      );
    }
  });

  test('goes on from what it saved, and tells others apart', () => {
    const buffer = create();
    fill(buffer, 7);
    const restored = create();
    restored.restore(buffer.save());
    const [batch, again] = [buffer.createBatch(50), restored.createBatch(50)];
    buffer.sample(batch, new Alea(2));
    restored.sample(again, new Alea(2));
    expect(again.actionMasks).toEqual(batch.actionMasks);
    expect(new Set(again.actionMasks)).toEqual(new Set([0, 1]));
    expect(() => create({ stateMasks: false }).restore(buffer.save())).toThrow(
      'expected a buffer with stateMasks false, got true.',
    );
  });

  test('takes no masks where it keeps none, and needs all of them where it does', () => {
    const step = transition({ state: 1, action: 0, reward: 1, nextMask: maskOf(2) });
    expect(() => create().add(step)).toThrow(`${name}.add: actionMasks must have length 9, got 0.`);
    expect(() => create().add(step, new Uint8Array(8))).toThrow('must have length 9, got 8.');
    const without = create({ stateMasks: false });
    expect(() => without.add(step, new Uint8Array(9))).toThrow(
      `${name}.add: actionMasks must be absent, for the buffer does not keep them. Make it with stateMasks: true.`,
    );
    without.add(step);
    expect(without.createBatch(1).actionMasks).toBeUndefined();
    expect(() => without.sample(create().createBatch(1), new Alea(0))).toThrow(
      `${name}.sample: actionMasks must be absent`,
    );
  });

  test('fills a batch that has no room for them all the same', () => {
    const buffer = create();
    fill(buffer, 3);
    const { actionMasks, ...batch } = buffer.createBatch(4);
    buffer.sample(batch, new Alea(0));
    expect(actionMasks?.some((legal) => legal === 1)).toBe(false);
    expect(batch.rewards).toEqual(Float64Array.of(1, 1, 1, 1));
  });

  test('takes eight of them to a byte', () => {
    const bytes = (stateMasks: boolean) => create({ stateMasks }).memory.bytes;
    expect(bytes(true) - bytes(false)).toBe(20 * 2);
  });

  test('refuses them for a world without masks', () => {
    const open = { ...TASK, masked: false };
    expect(() => new Buffer(open, 20, { stateMasks: true })).toThrow(
      `${name}: stateMasks must be false for a world without masks, got true.`,
    );
  });
});
