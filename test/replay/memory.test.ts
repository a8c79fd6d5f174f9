import { expect, test } from 'vitest';
import { box, discrete } from '../../core/space.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { buildWithin, describeMemory, planMemory } from '../../replay/memory.ts';
import { PrioritizedReplayBuffer } from '../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import { RolloutBuffer } from '../../replay/rollout-buffer.ts';
import { SequenceReplayBuffer } from '../../replay/sequence-replay-buffer.ts';

const screens = {
  observationSpace: box(0, 255, { shape: [4, 84, 84], dtype: 'uint8' }),
  actionSpace: discrete(6),
};

test('the memory of a buffer is known before there is one', () => {
  const plan = ReplayBuffer.plan(cartPole(), 10_000);
  // s and s′ of four numbers, an action, a reward in double precision, how it ended; and what is ready.
  expect(plan.bytes).toBe(10_000 * (2 * 4 * 4 + 4 + 8 + 1) + 8);
  expect(ReplayBuffer.plan(cartPole(), 10_000, { numSteps: 500 }).bytes).toBe(plan.bytes + 8 * 499);
  expect(new ReplayBuffer(cartPole(), 10_000).memory).toEqual(plan);
  expect(describeMemory(plan)).toBe(
    'ReplayBuffer takes 439.5 KiB: observations 156.3 KiB, nextObservations 156.3 KiB, rewards 78.1 KiB, actions 39.1 KiB, ends 9.8 KiB.',
  );
  // A tree with 16,384 leaves on top.
  expect(PrioritizedReplayBuffer.plan(cartPole(), 10_000).bytes).toBe(plan.bytes + 8 * 2 * 16_384);
  const states = SequenceReplayBuffer.plan(cartPole(), 10_000, { stateSize: 64 });
  expect(states.bytes).toBe(plan.bytes + 10_000 * (4 * 64 + 1) + 8 * 19);
  // s, a, r, log π, V, V′, A, G, three flags, and the order; of each copy its place there and a flag.
  const rollout = RolloutBuffer.plan(cartPole(), { numSteps: 128, numEnvs: 8 });
  expect(rollout.bytes).toBe(1024 * (16 + 4 + 8 + 5 * 4 + 3 + 4) + 8 * (4 + 1));
  expect(describeMemory(rollout)).toContain('order 4.0 KiB');
});

test('a buffer that would not fit is refused before anything is allocated', () => {
  // 10¹² transitions are in no memory: were anything allocated, the error would be another one.
  expect(() => new ReplayBuffer(screens, 1e12)).toThrow(
    /^ReplayBuffer: must take at most 4\.0 GiB \(maxBytes: 4294967296\), got \d+ bytes\. ReplayBuffer takes 26\.5 PiB: observations .*Give a smaller capacity, or a larger maxBytes if there is as much memory\.$/,
  );
  const small = { stack: 4, maxBytes: 8_000_000 };
  expect(() => new ReplayBuffer(screens, 1000, { ...small, maxBytes: 1000 })).toThrow('1000 B');
  expect(new ReplayBuffer(screens, 800, small).memory.bytes).toBeLessThan(8_000_000);
  const { bytes } = ReplayBuffer.plan(screens, 10);
  expect(new ReplayBuffer(screens, 10, { maxBytes: bytes }).capacity).toBe(10);
  expect(() => new ReplayBuffer(screens, 10, { maxBytes: bytes - 1 })).toThrow('must take at most');
  expect(() => new PrioritizedReplayBuffer(screens, 1e12)).toThrow('PrioritizedReplayBuffer: must');
  expect(() => new SequenceReplayBuffer(screens, 1e12)).toThrow('SequenceReplayBuffer: must take');
  expect(() => new ReplayBuffer(screens, 10, { maxBytes: 0 })).toThrow(
    'ReplayBuffer: maxBytes must be a finite number above 0, got 0.',
  );
});

test('where there is no memory, the error says for what', () => {
  const plan = planMemory('X', (allocator) => allocator.array('rewards', Float64Array, 2 ** 50));
  expect(() =>
    buildWithin(plan, 2 ** 60, (allocator) => allocator.array('rewards', Float64Array, 2 ** 50)),
  ).toThrow('X: there is no memory for rewards. X takes 8.0 PiB: rewards 8.0 PiB.');
});
