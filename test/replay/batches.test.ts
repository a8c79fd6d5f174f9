import { describe, expect, test, vi } from 'vitest';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { PrioritizedReplayBuffer } from '../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import { SequenceReplayBuffer } from '../../replay/sequence-replay-buffer.ts';

describe.each([
  ['ReplayBuffer', ReplayBuffer],
  ['PrioritizedReplayBuffer', PrioritizedReplayBuffer],
  ['SequenceReplayBuffer', SequenceReplayBuffer],
] as const)('a batch of a %s', (name, Buffer) => {
  const buffer = new Buffer(cartPole(), 100);

  test.each([0, -1, 2.5, Number.NaN, '3'])('cannot be of %s', (n) => {
    const shown = typeof n === 'string' ? `"${n}"` : n;
    expect(() => buffer.createBatch(n as number)).toThrow(
      `${name}.createBatch: n must be an integer of at least 1, got ${shown}.`,
    );
  });
});

test('a batch of sequences takes no more memory than it keeps', () => {
  let taken = 0; // numbers
  class Counted extends Float32Array {
    constructor(length: number) {
      super(length);
      taken += length;
    }
  }
  const buffer = new SequenceReplayBuffer(cartPole(), 100, { length: 5, burnIn: 2, stateSize: 3 });
  vi.stubGlobal('Float32Array', Counted);
  const batch = buffer.createBatch(4);
  vi.unstubAllGlobals();
  expect(batch.observations.length).toBe(8 * 4 * 4); // 7 steps and the last s′, of 4 sequences
  expect(taken).toBe(batch.observations.length + batch.states.length);
});
