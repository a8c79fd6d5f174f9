import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { SavedData } from '../../core/saved.ts';
import { discrete } from '../../core/space.ts';
import {
  PrioritizedReplayBuffer,
  type PrioritizedReplayOptions,
} from '../../replay/prioritized-replay-buffer.ts';
import { nStepTransition, Stream } from '../helpers/replay-streams.ts';
import { transition } from '../helpers/transitions.ts';

const TASK = { observationSpace: discrete(1000), actionSpace: discrete(2) };

/** A buffer with transitions 0, 1, 2, … with the given errors. */
function bufferOf(
  errors: readonly number[],
  options: PrioritizedReplayOptions = {},
): PrioritizedReplayBuffer {
  const buffer = new PrioritizedReplayBuffer(TASK, 16, options);
  errors.forEach((_, i) => {
    buffer.add(transition({ state: i, action: 0, reward: i, nextState: i + 1 }));
  });
  buffer.updatePriorities(
    Int32Array.from(errors, (_, i) => i),
    errors,
  );
  return buffer;
}

/** Σ (n − e)² / e over how often each transition has been drawn. */
function chiSquare(buffer: PrioritizedReplayBuffer, batchSize: number, chances: number[]): number {
  const batch = buffer.createBatch(batchSize);
  const counts = chances.map(() => 0);
  const rng = new Alea(7);
  const draws = 40_000;
  for (let k = 0; k < draws / batchSize; k++) {
    buffer.sample(batch, rng);
    for (const state of batch.observations) counts[state]++;
  }
  return counts.reduce(
    (sum, n, i) => sum + (n - draws * chances[i]) ** 2 / (draws * chances[i]),
    0,
  );
}

describe('prioritized sampling', () => {
  const errors = [0.1, -2, 0.5, 8, 1, -0.01, 3];
  // pᵢ^α / Σ p^α
  const chancesAt = (exponent: number): number[] => {
    const powers = errors.map((error) => (Math.abs(error) + 0.05) ** exponent);
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  };

  test.each([
    [0.6, 1],
    [0.6, 8],
    [1, 1],
    [1, 5],
    [0, 4],
  ])('draws transitions as often as |δ|^%d says, in batches of %d', (exponent, batchSize) => {
    const options = { priorityExponent: exponent, minimumPriority: 0.05 };
    const buffer = bufferOf(errors, options);
    // 99.9% of 6 degrees of freedom; batches of several draw more evenly.
    expect(chiSquare(buffer, batchSize, chancesAt(exponent))).toBeLessThan(22.5);
  });

  test.each([0, 0.4, 1])('weighs by (N P)^−β over the greatest of the batch: β = %d', (beta) => {
    const options = { priorityExponent: 0.6, minimumPriority: 0.05, weightExponent: beta };
    const buffer = bufferOf(errors, options);
    const batch = buffer.createBatch(64);
    buffer.sample(batch, new Alea(3));
    const chances = chancesAt(0.6);
    const weights = [...batch.observations].map((state) => (7 * chances[state]) ** -beta);
    const greatest = Math.max(...weights);
    batch.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(weights[i] / greatest, 12);
    });
    expect(Math.max(...batch.weights)).toBe(1);
    expect(new Set(batch.weights).size).toBe(beta === 0 ? 1 : new Set(batch.observations).size);
  });

  test('anneals β with the transitions that have come', () => {
    const schedule = { kind: 'linear', from: 0.4, to: 1, steps: 20 } as const;
    const buffer = bufferOf([4, 1, 4, 4, 4], { weightExponent: schedule, priorityExponent: 1 });
    expect(buffer.weightExponent).toBeCloseTo(0.4 + (5 / 20) * 0.6, 12);
    const batch = buffer.createBatch(17); // Σ p = 17: each 1 of it gives one
    buffer.sample(batch, new Alea(3));
    const four = batch.observations.indexOf(0);
    expect(batch.weights[four]).toBeCloseTo((1 / 4) ** 0.55, 5);
    expect(batch.weights[batch.observations.indexOf(1)]).toBe(1);
    for (let i = 0; i < 30; i++) buffer.add(transition({ action: 0, reward: 0 }));
    expect(buffer.weightExponent).toBe(1);
  });

  test('takes one from each equal part of all priorities', () => {
    const buffer = bufferOf([1, 1, 1, 1], { priorityExponent: 1 });
    const batch = buffer.createBatch(4);
    for (let seed = 0; seed < 20; seed++) {
      buffer.sample(batch, new Alea(seed));
      expect([...batch.observations]).toEqual([0, 1, 2, 3]);
    }
  });
});

test('what gives way in the batch that makes it ready leaves no priority behind', () => {
  const stream = new Stream(1, {
    ...{ numEnvs: 6, stack: 1, frameSize: 1, numbers: 'float32', padding: 'zeros' },
    ...{ endChance: 0, jumpChance: 1 },
  });
  const shared = { shared: true, meanEpisodeLength: 100 };
  const buffer = new PrioritizedReplayBuffer(stream.task, 12, { numSteps: 2, ...shared });
  for (let t = 0; t < 2; t++) buffer.add(stream.next());
  // No s is what s′ was, so that the 15 frames are those of 5 to 11; only 5 has its second step.
  expect(buffer.length).toBe(7);
  const expected = Array.from({ length: 12 }, (_, row) => (row === 5 ? 1 : 0));
  expect(expected.map((_, row) => buffer.priority(row))).toEqual(expected);
});

describe('a new transition', () => {
  const options = { priorityExponent: 0.5, minimumPriority: 0.01 };
  const add = (buffer: PrioritizedReplayBuffer) =>
    buffer.add(transition({ state: 99, action: 0, reward: 0 }));

  test('has priority 1 before anything has been learned', () => {
    const buffer = new PrioritizedReplayBuffer(TASK, 4, options);
    add(buffer);
    expect(buffer.priority(0)).toBe(1);
    expect(buffer.priority(1)).toBe(0);
  });

  test('has the greatest priority there ever was', () => {
    const buffer = bufferOf([2, -8.99, 0.5], options);
    add(buffer);
    expect(buffer.priority(3)).toBeCloseTo(9 ** 0.5, 12);
    buffer.updatePriorities(Int32Array.of(0, 1, 2, 3), Float32Array.of(0, 0, 0, 0));
    expect(buffer.priority(1)).toBeCloseTo(0.01 ** 0.5, 12);
    add(buffer);
    expect(buffer.priority(4)).toBeCloseTo(3, 12);
  });
});

test('priorities go with their transitions, also while n steps are missing and when they give way', () => {
  for (const [numSteps, endChance] of [
    [1, 0.1],
    [3, 0.2],
    [4, 1],
  ]) {
    const stream = new Stream(4, {
      ...{ numEnvs: 3, stack: 2, frameSize: 2, numbers: 'uint8', padding: 'zeros', endChance },
    });
    const buffer = new PrioritizedReplayBuffer(stream.task, 40, { numSteps, stack: 2 });
    const batch = buffer.createBatch(16);
    const rng = new Alea(5);
    const given = new Map<number, number>(); // transition → priority
    for (let t = 0; t < 60; t++) {
      buffer.add(stream.next());
      const added = stream.history.length;
      const numberAt = (row: number) => added - 1 - ((added - 1 - row) % 40);
      for (let row = 0; row < 40; row++) {
        const number = numberAt(row);
        const held = number >= added - buffer.length && number < added;
        const ready =
          held &&
          nStepTransition(stream.history, number, { numEnvs: 3, numSteps, discount: 1 }) !==
            undefined;
        const priority = buffer.priority(row);
        if (!ready) expect(priority, `transition ${number} of ${added}`).toBe(0);
        else if (given.has(number)) expect(priority).toBe(given.get(number));
        else expect(priority).toBeGreaterThanOrEqual(1);
      }
      if (buffer.ready === 0) continue;
      buffer.sample(batch, rng);
      buffer.updatePriorities(
        batch.indices,
        Float32Array.from(batch.indices, () => rng.normal()),
      );
      for (const row of batch.indices) given.set(numberAt(row), buffer.priority(row));
    }
  }
});

describe('a saved buffer', () => {
  test('goes on with the same samples', () => {
    const buffer = bufferOf([1, 2, 3, 0.5, 7]);
    const other = bufferOf([100, 1]);
    other.restore(structuredClone(buffer.save()));
    const [rng, otherRng] = [new Alea(1), new Alea(1)];
    const [batch, otherBatch] = [buffer.createBatch(6), other.createBatch(6)];
    for (let i = 0; i < 40; i++) {
      const next = transition({ state: 10 + i, action: 1, reward: i });
      for (const one of [buffer, other]) one.add(next);
      buffer.sample(batch, rng);
      other.sample(otherBatch, otherRng);
      expect(otherBatch).toEqual(batch);
      const errors = Float32Array.from(batch.indices, (index) => index / 3);
      for (const one of [buffer, other]) one.updatePriorities(batch.indices, errors);
    }
    expect(other.save()).toEqual(buffer.save());
  });

  test('is not taken over where it does not fit', () => {
    const buffer = bufferOf([1, 2]);
    const before = buffer.save();
    const wrong: [string, SavedData][] = [
      ['greatest must be a finite number above 0', { ...before, greatest: -1 }],
      [
        'priorities must be a Float64Array of length 2',
        { ...before, priorities: new Float64Array(3) },
      ],
      ['priorities must be between 0 and', { ...before, priorities: Float64Array.of(-1, 0) }],
      ['expected saved data of kind "prioritized-replay"', { ...before, kind: 'replay' }],
      ['expected a buffer with numSteps 1, got 2', bufferOf([], { numSteps: 2 }).save()],
    ];
    for (const [message, saved] of wrong) {
      expect(() => buffer.restore(saved)).toThrow(message);
      expect(buffer.save()).toEqual(before);
    }
  });
});

test('what cannot be is refused, and then nothing has changed', () => {
  const buffer = bufferOf([1, 2, 3]);
  const before = buffer.save();
  const update = (indices: number[], errors: number[]) => () =>
    buffer.updatePriorities(Int32Array.from(indices), errors);
  expect(update([0, 1], [1, NaN])).toThrow(
    'PrioritizedReplayBuffer.updatePriorities: errors[1] must be a finite number, got NaN.',
  );
  expect(update([0, 16], [5, 5])).toThrow('indices[1] must be an integer from 0 to 15, got 16.');
  expect(update([0], [5, 5])).toThrow('errors must have length 1, got 2.');
  expect(update([9], [5])).not.toThrow();
  expect(buffer.priority(9)).toBe(0); // no transition is there
  expect(buffer.save()).toEqual(before);
  expect(() => new PrioritizedReplayBuffer(TASK, 4, { priorityExponent: 2 })).toThrow(
    'PrioritizedReplayBuffer: priorityExponent must be between 0 and 1, got 2.',
  );
  expect(() => new PrioritizedReplayBuffer(TASK, 4, { minimumPriority: 0 })).toThrow(
    'minimumPriority must be a finite number above 0',
  );
  const empty = new PrioritizedReplayBuffer(TASK, 4);
  expect(() => empty.sample(empty.createBatch(1), new Alea(0))).toThrow(
    'PrioritizedReplayBuffer.sample: the buffer is empty. Add a transition first.',
  );
});
