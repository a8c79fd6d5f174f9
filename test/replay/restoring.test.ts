import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Dqn } from '../../agents/deep/action-values/dqn.ts';
import { Alea } from '../../core/alea.ts';
import type { SavedData } from '../../core/saved.ts';
import { box, discrete } from '../../core/space.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { PrioritizedReplayBuffer } from '../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import { RolloutBuffer } from '../../replay/rollout-buffer.ts';
import { SequenceReplayBuffer } from '../../replay/sequence-replay-buffer.ts';
import { alterations } from '../helpers/alterations.ts';
import { Stream } from '../helpers/replay-streams.ts';

interface Restorable {
  save(): SavedData;
  restore(saved: SavedData): void;
}

const stream = new Stream(1, {
  ...{ numEnvs: 2, stack: 2, frameSize: 3, numbers: 'uint8', padding: 'repeat', endChance: 0.2 },
});
const { task } = stream;
const history = Array.from({ length: 30 }, () => stream.next());

const BUFFERS: Record<string, () => Restorable> = {
  'a replay buffer of shared frames'() {
    const buffer = new ReplayBuffer(task, 20, { stack: 2, numSteps: 3 });
    for (const transitions of history) buffer.add(transitions);
    return buffer;
  },
  'a replay buffer of whole rows'() {
    const buffer = new ReplayBuffer(task, 20, { shared: false });
    for (const transitions of history.slice(0, 7)) buffer.add(transitions);
    return buffer;
  },
  'a prioritized buffer'() {
    const buffer = new PrioritizedReplayBuffer(task, 20);
    for (const transitions of history) buffer.add(transitions);
    buffer.updatePriorities(Int32Array.of(3, 4), [7, -8]);
    return buffer;
  },
  'a buffer of sequences'() {
    const buffer = new SequenceReplayBuffer(task, 20, { length: 3, burnIn: 1, stateSize: 2 });
    for (const transitions of history) buffer.add(transitions, new Float32Array(4).fill(1));
    return buffer;
  },
  'a prioritized buffer of sequences'() {
    const buffer = new SequenceReplayBuffer(task, 20, { length: 3, burnIn: 1, prioritized: true });
    for (const transitions of history) buffer.add(transitions);
    buffer.updatePriorities(Int32Array.of(3, 4), [7, -8]);
    return buffer;
  },
  'a rollout buffer'() {
    const buffer = new RolloutBuffer(task, { numSteps: 5, numEnvs: 2 });
    const values = Float32Array.of(1, 2);
    const estimates = { values, logProbabilities: values, actionMasks: new Uint8Array(6) };
    for (const transitions of history.slice(0, 3)) {
      buffer.add(transitions, estimates);
      if (buffer.needsNextValues) buffer.setNextValues(values);
    }
    return buffer;
  },
};

describe.each(Object.entries(BUFFERS))('%s', (_, create) => {
  test('takes over what it has saved, and refuses or bears all else', () => {
    const buffer = create();
    const before = buffer.save();
    let refused = 0;
    const all = alterations(before);
    for (const { what, altered } of all) {
      try {
        buffer.restore(altered);
      } catch (error) {
        refused++;
        expect(error, what).not.toBeInstanceOf(TypeError);
        expect(String(error), what).toMatch(/Buffer\.restore: /);
        expect(isDeepStrictEqual(buffer.save(), before), what).toBe(true); // faster than toEqual
        continue;
      }
      buffer.restore(before);
    }
    expect(buffer.save()).toEqual(before);
    // Borne are flags, counts and numbers that are as good as others.
    expect(refused).toBeGreaterThan(0.9 * all.length);
  });
});

describe('what was saved for another world is refused', () => {
  const task = { observationSpace: box(0, 1, { shape: [4] }), actionSpace: discrete(2) };
  const into = (
    other: object,
    options: { numSteps?: number; shared?: boolean } = {},
  ): (() => void) => {
    const saved = new ReplayBuffer(task, 8, options).save();
    return () => new ReplayBuffer({ ...task, ...other }, 8, options).restore(saved);
  };

  test.each<[string, object, string]>([
    [
      'of other actions',
      { actionSpace: discrete(6) },
      'actionSpace "Discrete(6)", got "Discrete(2)"',
    ],
    ['of other observations', { observationSpace: box([0], [1]) }, 'observationSize 1, got 4'],
  ])('%s', (_, other, message) => {
    expect(into(other)).toThrow(`ReplayBuffer.restore: expected a buffer with ${message}.`);
  });

  test('of other copies, where it counts which copy a transition is of', () => {
    const message = 'ReplayBuffer.restore: expected a buffer with numEnvs 3, got 1.';
    expect(into({ numEnvs: 3 }, { numSteps: 2 })).toThrow(message);
    expect(into({ numEnvs: 3 }, { shared: true })).toThrow(message);
    expect(into({ numEnvs: 3 })).not.toThrow();
  });

  test('of priorities with another exponent', () => {
    const saved = new PrioritizedReplayBuffer(task, 8, { priorityExponent: 0.5 }).save();
    expect(() => new PrioritizedReplayBuffer(task, 8).restore(saved)).toThrow(
      'PrioritizedReplayBuffer.restore: expected a buffer with priorityExponent 0.6, got 0.5.',
    );
    const sequences = { length: 2, burnIn: 0, prioritized: true };
    const other = new SequenceReplayBuffer(task, 8, { ...sequences, priorityExponent: 0.5 });
    expect(() => new SequenceReplayBuffer(task, 8, sequences).restore(other.save())).toThrow(
      /priorityExponent 0\.\d+, got 0\.5/,
    );
  });
});

test('what older versions have saved, which said less, is taken over', () => {
  const buffer = BUFFERS['a prioritized buffer']();
  const { layout, ...saved } = buffer.save();
  const { capacity, storage, stack, shared, numSteps, stateMasks } = layout as SavedData;
  const older = { ...saved, layout: { capacity, storage, stack, shared, numSteps, stateMasks } };
  buffer.restore(older as SavedData);
  expect(buffer.save()).toEqual({ ...saved, layout });
  const rollout = BUFFERS['a rollout buffer']();
  const { isOpen, ...rest } = rollout.save();
  rollout.restore({ ...rest, isCut: 1 });
  expect(rollout.save()).toEqual({ ...rest, isOpen: 1 });
  expect(isOpen).toBe(0);
});

test('an agent does not take over the memory of one with other copies', () => {
  const world = cartPole();
  const options = { numSteps: 3, batchSize: 4, capacity: 100 };
  const agent = new Dqn({ ...world, numEnvs: 2 }, options);
  const before = agent.save();
  const other = new Dqn({ ...world, numEnvs: 4 }, { ...options, seed: 1 });
  expect(() => agent.restore(other.save())).toThrow('a buffer with numEnvs 2, got 4.');
  expect(agent.save()).toEqual(before);
});

test('links that lead out of the frames are refused', () => {
  const buffer = BUFFERS['a replay buffer of shared frames']();
  const before = buffer.save();
  const transitions = before.transitions as SavedData;
  const observations = transitions.observations as SavedData;
  for (const name of ['newest', 'nextNewest', 'below', 'last']) {
    const links = (observations[name] as Int32Array).slice();
    links[1] = 1000;
    const altered = { ...observations, [name]: links };
    expect(() =>
      buffer.restore({ ...before, transitions: { ...transitions, observations: altered } }),
    ).toThrow(/must lie in -?\d+ … \d+, got 1000\.$/);
    expect(buffer.save()).toEqual(before);
  }
});

test('transitions cannot wait that are long gone', () => {
  const buffer = BUFFERS['a replay buffer of shared frames']();
  const before = buffer.save();
  const transitions = before.transitions as SavedData;
  const windows = { ...(transitions.windows as SavedData), open: Float64Array.of(-1e15, 58) };
  expect(() => buffer.restore({ ...before, transitions: { ...transitions, windows } })).toThrow(
    'open must hold transitions among the last 6 of 60, got -1000000000000000.',
  );
});

test('an empty buffer that has been restored goes on as one that is new', () => {
  const empty = new ReplayBuffer(task, 20, { numSteps: 2 });
  const used = new ReplayBuffer(task, 20, { numSteps: 2 });
  for (const transitions of history) used.add(transitions);
  used.restore(empty.save());
  expect(used.length).toBe(0);
  for (const transitions of history.slice(0, 4))
    for (const one of [empty, used]) one.add(transitions);
  const [batch, other] = [empty.createBatch(9), used.createBatch(9)];
  empty.sample(batch, new Alea(1));
  used.sample(other, new Alea(1));
  expect(other).toEqual(batch);
});
