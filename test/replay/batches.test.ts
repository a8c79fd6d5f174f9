import { describe, expect, test } from 'vitest';
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
