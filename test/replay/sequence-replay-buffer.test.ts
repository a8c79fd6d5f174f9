import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Transitions } from '../../core/transitions.ts';
import type { SequenceBatch } from '../../replay/sequence-batch.ts';
import type { SequenceReplayOptions } from '../../replay/sequence-options.ts';
import { SequenceReplayBuffer } from '../../replay/sequence-replay-buffer.ts';
import { Stream, type StreamOptions } from '../helpers/replay-streams.ts';

const STATE_SIZE = 3;

/** The state that a network is said to have carried before transition `number`. */
const stateOf = (number: number) => [number, number + 0.25, number + 0.5];

function add(stream: Stream, buffer: SequenceReplayBuffer, steps: number): void {
  const { numEnvs } = stream.options;
  for (let t = 0; t < steps; t++) {
    const transitions = stream.next();
    const first = stream.history.length - numEnvs;
    const states = Array.from({ length: numEnvs }, (_, i) => stateOf(first + i)).flat();
    buffer.add(transitions, Float32Array.from(states));
  }
}

const ended = (row: Transitions) => row.terminated[0] + row.truncated[0] > 0;

/** Step t of sequence i as a list of all its numbers, and the observation behind it. */
function stepOf(batch: SequenceBatch, n: number, i: number, t: number) {
  const place = t * n + i;
  const steps = batch.mask.length / n;
  const size = batch.observations.length / n / (steps + 1);
  const masks = batch.nextActionMasks as Uint8Array;
  return {
    observation: [...batch.observations.slice(place * size, (place + 1) * size)],
    next: [...batch.observations.slice((place + n) * size, (place + n + 1) * size)],
    action: batch.actions[place],
    reward: batch.rewards[place],
    terminated: batch.terminated[place],
    truncated: batch.truncated[place],
    nextMask: [...masks.slice(3 * place, 3 * place + 3)],
    start: batch.starts[place],
    mask: batch.mask[place],
  };
}

/** Sets a sampled sequence beside the history. Returns the number of the first step to learn from. */
function compare(
  stream: Stream,
  { burnIn, length }: { burnIn: number; length: number },
  batch: SequenceBatch,
  n: number,
  i: number,
): number {
  const { history } = stream;
  const { numEnvs, stack, frameSize } = stream.options;
  const number = history.findIndex(({ rewards }) => rewards[0] === batch.rewards[burnIn * n + i]);
  const isStart = (at: number) => at < numEnvs || ended(history[at - numEnvs]);

  const numbers = [number];
  while (numbers.length <= burnIn && !isStart(numbers[0])) numbers.unshift(numbers[0] - numEnvs);
  const before = numbers.length - 1;
  while (numbers.length - before < length && !ended(history[numbers[numbers.length - 1]])) {
    numbers.push(numbers[numbers.length - 1] + numEnvs);
  }

  const zeros = new Array<number>(stack * frameSize).fill(0);
  const first = burnIn - before;
  const end = first + numbers.length;
  const state = [...batch.states.slice(STATE_SIZE * i, STATE_SIZE * (i + 1))];
  const carried = first === 0 && !isStart(numbers[0]);
  expect(state).toEqual(carried ? stateOf(numbers[0]) : [0, 0, 0]);
  for (let t = 0; t < burnIn + length; t++) {
    const step = stepOf(batch, n, i, t);
    if (t < first || t >= end) {
      expect(step).toMatchObject({ action: 0, reward: 0, terminated: 0, truncated: 0 });
      expect(step).toMatchObject({ nextMask: [1, 1, 1], start: 0, mask: 0 });
      if (t < first) expect(step.observation).toEqual(zeros);
      if (t >= end) expect(step.next).toEqual(zeros);
      continue;
    }
    const at = numbers[t - first];
    const row = history[at];
    expect(step).toEqual({
      observation: [...row.observations],
      next: [...row.nextObservations],
      action: row.actions[0],
      reward: row.rewards[0],
      terminated: row.terminated[0],
      truncated: row.truncated[0],
      nextMask: [...(row.nextActionMasks as Uint8Array)],
      start: isStart(at) ? 1 : 0,
      mask: t >= burnIn ? 1 : 0,
    });
  }
  return number;
}

const streamOf = (options: Partial<StreamOptions> = {}) =>
  new Stream(11, {
    ...{ numEnvs: 2, stack: 1, frameSize: 4, numbers: 'float32', padding: 'zeros' },
    endChance: 0.1,
    ...options,
  });

describe('sequences', () => {
  test.each<[Partial<StreamOptions>, SequenceReplayOptions]>([
    [{}, { length: 4 }],
    [{}, { length: 4, burnIn: 3 }],
    [{}, { length: 4, burnIn: 3, prioritized: true }],
    [
      { endChance: 0.5, numEnvs: 3 },
      { length: 3, burnIn: 2 },
    ],
    [{ endChance: 1 }, { length: 2, burnIn: 4 }],
    [
      { endChance: 0, numEnvs: 1 },
      { length: 5, burnIn: 5 },
    ],
    [
      { stack: 3, numbers: 'bits', padding: 'repeat' },
      { length: 4, burnIn: 2, stack: 3, meanEpisodeLength: 5 },
    ],
    [{ numbers: 'uint8' }, { length: 4, burnIn: 2, shared: true }],
  ])('of a stream with %o are stretches of its episodes: %o', (streamOptions, options) => {
    const stream = streamOf(streamOptions);
    const buffer = new SequenceReplayBuffer(stream.task, 60, { ...options, stateSize: STATE_SIZE });
    const batch = buffer.createBatch(7);
    const rng = new Alea(1);
    for (let round = 0; round < 15; round++) {
      add(stream, buffer, 1 + 3 * round);
      if (buffer.ready === 0) continue;
      buffer.sample(batch, rng);
      for (let i = 0; i < 7; i++) {
        const number = compare(stream, buffer.options, batch, 7, i);
        expect(number).toBeGreaterThanOrEqual(stream.history.length - buffer.length);
      }
    }
    expect(buffer.length).toBeGreaterThan(30);
  });

  test('begin at every step that has all its steps behind it and its burn-in before it', () => {
    const stream = streamOf({ endChance: 0.15 });
    const buffer = new SequenceReplayBuffer(stream.task, 30, {
      ...{ length: 3, burnIn: 2, stateSize: STATE_SIZE },
    });
    add(stream, buffer, 40);
    const { history } = stream;
    const possible = Array.from({ length: 30 }, (_, k) => 50 + k).filter((number) => {
      const behind = [0, 2, 4].map((k) => history[number + k]);
      const end = behind.findIndex((row) => row !== undefined && ended(row));
      if (end === -1 && behind.includes(undefined as unknown as Transitions)) return false;
      for (const back of [2, 4]) {
        if (ended(history[number - back])) return true;
        if (number - back < 50) return false;
      }
      return true;
    });
    const batch = buffer.createBatch(400);
    buffer.sample(batch, new Alea(2));
    const seen = new Set<number>();
    for (let i = 0; i < 400; i++) seen.add(compare(stream, buffer.options, batch, 400, i));
    expect([...seen].sort((a, b) => a - b)).toEqual(possible);
  });

  test.each([false, true])(
    'are the same after a buffer has been saved and restored (prioritized: %s)',
    (prioritized) => {
      const stream = streamOf();
      const options = { length: 3, burnIn: 2, stateSize: STATE_SIZE, prioritized };
      const buffer = new SequenceReplayBuffer(stream.task, 40, options);
      for (const steps of [0, 7, 30]) {
        add(stream, buffer, steps);
        const other = new SequenceReplayBuffer(stream.task, 40, options);
        add(streamOf({ numEnvs: 4 }), other, 3);
        other.restore(structuredClone(buffer.save()));
        const transitions = stream.next();
        for (let k = 0; k < 5; k++) {
          for (const one of [buffer, other]) one.add(transitions, new Float32Array(2 * STATE_SIZE));
        }
        expect(other.save()).toEqual(buffer.save());
        const [batch, otherBatch] = [buffer, other].map((one) => one.createBatch(20));
        buffer.sample(batch, new Alea(4));
        other.sample(otherBatch, new Alea(4));
        expect(otherBatch).toEqual(batch);
        if (prioritized) buffer.updatePriorities(batch.indices, batch.rewards.slice(0, 20));
      }
      const before = buffer.save();
      expect(() => buffer.restore({ ...before, ended: new Uint8Array(3) })).toThrow(
        'ended must be a Uint8Array of length 2, got length 3.',
      );
      const longer = new SequenceReplayBuffer(stream.task, 40, { ...options, length: 4 });
      expect(() => buffer.restore(longer.save())).toThrow(
        'expected a buffer with length 3, got 4.',
      );
      expect(buffer.save()).toEqual(before);
    },
  );

  test.each([false, true])(
    'can be sampled exactly where one has all its steps and its burn-in (prioritized: %s)',
    (prioritized) => {
      const stream = streamOf({ endChance: 0.1 });
      const options = { length: 3, burnIn: 4, stateSize: STATE_SIZE, prioritized };
      const buffer = new SequenceReplayBuffer(stream.task, 12, options); // one step of each too few
      const batch = buffer.createBatch(3);
      const waits = new Set<boolean>(); // whether there were steps without their burn-in alone
      for (let t = 0; t < 200; t++) {
        add(stream, buffer, 1);
        if (buffer.canSample) {
          expect(() => buffer.sample(batch, new Alea(t))).not.toThrow();
        } else {
          waits.add(buffer.ready > 0);
          expect(() => buffer.sample(batch, new Alea(t))).toThrow('no transition has');
        }
      }
      expect(waits).toEqual(new Set([false, true]));
    },
  );

  test('are found where but one among thousands has its burn-in', () => {
    const stream = streamOf({ numEnvs: 1, endChance: 0 });
    const buffer = new SequenceReplayBuffer(stream.task, 8002, { length: 2, burnIn: 8000 });
    const transitions = stream.next();
    for (let t = 0; t < 16_000; t++) buffer.add(transitions);
    const batch = buffer.createBatch(1);
    buffer.sample(batch, new Alea(1)); // of which no one of 10,000 draws is it
    expect(batch.indices[0]).toBe(15_998 % 8002);
  });

  test('are refused where there are none, and what does not fit is not taken', () => {
    const stream = streamOf({ endChance: 0 });
    const options = { length: 3, burnIn: 4, stateSize: STATE_SIZE };
    const buffer = new SequenceReplayBuffer(stream.task, 12, options);
    const batch = buffer.createBatch(1);
    expect(() => buffer.sample(batch, new Alea(0))).toThrow('the buffer is empty.');
    expect(() => buffer.add(stream.next())).toThrow(
      'SequenceReplayBuffer.add: states must have length 6, got 0.',
    );
    expect(buffer.length).toBe(0);
    add(stream, buffer, 2);
    expect(() => buffer.sample(batch, new Alea(0))).toThrow(
      'SequenceReplayBuffer.sample: no transition has all its 3 steps yet. Add more first.',
    );
    add(stream, buffer, 20); // 6 steps of each copy are held: one less than is needed
    expect(() => buffer.sample(batch, new Alea(0))).toThrow(
      'no transition has its 4 steps of burn-in any more. Give a larger capacity.',
    );
    expect(() => buffer.sample({ ...batch, mask: new Uint8Array(1) }, new Alea(0))).toThrow(
      'SequenceReplayBuffer.sample: batch must be one of createBatch(), of 7 steps',
    );
    const copies = { numEnvs: 3 };
    expect(() => buffer.add(streamOf(copies).next(), new Float32Array(9))).toThrow(
      'must have one row for each of the 2 copies of the first batch, got 3.',
    );
    expect(() => new SequenceReplayBuffer(stream.task, 12, { length: 1 })).toThrow(
      'SequenceReplayBuffer: length must be an integer of at least 2, got 1.',
    );
    expect(() => new SequenceReplayBuffer(stream.task, 12, { length: 13 })).toThrow(
      'SequenceReplayBuffer: length must be at most the capacity of 12, got 13. Give a larger capacity.',
    );
    const long = new SequenceReplayBuffer(stream.task, 12, { length: 7 });
    expect(() => long.add(stream.next())).toThrow(
      'SequenceReplayBuffer.add: rows of a batch, of which 7 steps each must fit into the capacity of 12, must be an integer from 1 to 1, got 2.',
    );
    expect(() => new SequenceReplayBuffer(stream.task, 12, { numSteps: 3 } as object)).toThrow(
      'SequenceReplayBuffer: unknown option "numSteps".',
    );
  });
});

describe('priorities of sequences', () => {
  const options = {
    ...{ length: 2, burnIn: 2, prioritized: true },
    ...{ priorityExponent: 0.5, weightExponent: 0.7, minimumPriority: 0.01 },
  };
  /** Transitions 0 to 19 of one endless episode, of which there is room for 12; 10 … 18 can be drawn. */
  const bufferOf = () => {
    const stream = streamOf({ numEnvs: 1, endChance: 0 });
    const buffer = new SequenceReplayBuffer(stream.task, 12, options);
    for (let t = 0; t < 20; t++) buffer.add(stream.next());
    return { stream, buffer };
  };
  const errorOf = (number: number) => (number % 3) + 0.5;
  const priorityOf = (number: number) => (errorOf(number) + 0.01) ** 0.5;
  const drawable = Array.from({ length: 9 }, (_, i) => 10 + i);

  test('are by the step from which on is learned: how often it is drawn, and what it counts', () => {
    const { stream, buffer } = bufferOf();
    const numbers = Array.from({ length: 12 }, (_, i) => 8 + i);
    buffer.updatePriorities(
      Int32Array.from(numbers, (number) => number % 12),
      numbers.map(errorOf),
    );
    const n = 5;
    const batch = buffer.createBatch(n);
    const rng = new Alea(5);
    const counts = new Map(drawable.map((number) => [number, 0]));
    for (let k = 0; k < 4000; k++) {
      buffer.sample(batch, rng);
      const drawn = Array.from({ length: n }, (_, i) =>
        stream.history.findIndex(({ rewards }) => rewards[0] === batch.rewards[2 * n + i]),
      );
      expect([...batch.indices]).toEqual(drawn.map((number) => number % 12));
      for (const number of drawn) counts.set(number, (counts.get(number) ?? Number.NaN) + 1);
      const least = Math.min(...drawn.map(priorityOf));
      drawn.forEach((number, i) => {
        expect(batch.weights[i]).toBeCloseTo((least / priorityOf(number)) ** 0.7, 10);
      });
    }
    const total = drawable.reduce((sum, number) => sum + priorityOf(number), 0);
    const chi = drawable.reduce((sum, number) => {
      const expected = (20_000 * priorityOf(number)) / total;
      return sum + ((counts.get(number) ?? 0) - expected) ** 2 / expected;
    }, 0);
    expect(chi).toBeLessThan(26.1); // 99.9% of 8 degrees of freedom
  });

  test('are the greatest there ever was where nothing has been learned, and 0 where nothing can be', () => {
    const { stream, buffer } = bufferOf();
    expect(buffer.priority(18 % 12)).toBe(1);
    expect(buffer.priority(19 % 12)).toBe(0); // it lacks a second step
    buffer.updatePriorities(Int32Array.of(3), [24.99]);
    expect(buffer.priority(3)).toBeCloseTo(5, 12);
    buffer.add(stream.next());
    expect(buffer.priority(19 % 12)).toBeCloseTo(5, 12);
    expect(buffer.priority(20 % 12)).toBe(0);
  });

  test('are lost with the burn-in, and then nothing is left to be drawn', () => {
    const { buffer } = bufferOf();
    const none = drawable.map((number) => number % 12);
    const batch = buffer.createBatch(64);
    buffer.sample(batch, new Alea(1));
    expect(buffer.priority(8)).toBe(0);
    expect(none.every((row) => buffer.priority(row) === 1)).toBe(true);
    const stream = streamOf({ numEnvs: 1, endChance: 0 });
    const small = new SequenceReplayBuffer(stream.task, 5, { ...options, burnIn: 4 });
    for (let t = 0; t < 11; t++) small.add(stream.next()); // the last one lacks a second step
    for (let tries = 0; tries < 2; tries++) {
      expect(() => small.sample(small.createBatch(2), new Alea(1))).toThrow(
        'no transition has its 4 steps of burn-in any more. Give a larger capacity.',
      );
    }
  });

  test('go on as they are where another is drawn in the place of one that is lost', () => {
    const { task } = streamOf({ numEnvs: 1 });
    const stream = streamOf({ numEnvs: 1, endChance: 0 });
    const own = { ...options, burnIn: 1, priorityExponent: 1, minimumPriority: 1e-9 };
    const buffer = new SequenceReplayBuffer(task, 4, own);
    for (let t = 0; t < 6; t++) buffer.add(stream.next());
    buffer.updatePriorities(Int32Array.of(2, 3, 0), [1e6, 1, 3]); // 2 has lost its burn-in
    const saved = buffer.save();
    const batch = buffer.createBatch(1);
    const counts = [0, 0, 0, 0];
    for (let seed = 0; seed < 2000; seed++) {
      buffer.restore(saved);
      buffer.sample(batch, new Alea(seed));
      counts[batch.indices[0]]++;
    }
    expect(counts[1] + counts[2]).toBe(0);
    expect(counts[0] / 2000).toBeCloseTo(0.75, 1);
  });

  test('are refused where there are none, or an error is no number', () => {
    const { buffer, stream } = bufferOf();
    expect(() => buffer.updatePriorities(Int32Array.of(1), [Number.NaN])).toThrow(
      'SequenceReplayBuffer.updatePriorities: errors[0] must be a finite number, got NaN.',
    );
    const even = new SequenceReplayBuffer(stream.task, 12, { length: 2 });
    expect(() => even.updatePriorities(Int32Array.of(1), [1])).toThrow(
      'SequenceReplayBuffer.updatePriorities: the buffer has no priorities. Make it with prioritized: true.',
    );
    const alike = new SequenceReplayBuffer(stream.task, 12, { ...options, prioritized: false });
    expect(() => alike.restore(buffer.save())).toThrow(
      'expected a buffer with prioritized false, got true.',
    );
    const batch = buffer.createBatch(3);
    for (const key of ['weights', 'indices'] as const) {
      const other = { ...batch, [key]: batch[key].slice(1) };
      expect(() => buffer.sample(other, new Alea(1))).toThrow('batch must be one of createBatch()');
    }
    expect(
      () => new SequenceReplayBuffer(stream.task, 12, { ...options, priorityExponent: 2 }),
    ).toThrow('SequenceReplayBuffer: priorityExponent must be between 0 and 1, got 2.');
  });

  test('all weigh 1 where sequences are drawn evenly', () => {
    const stream = streamOf({ numEnvs: 1 });
    const buffer = new SequenceReplayBuffer(stream.task, 30, { length: 2 });
    for (let t = 0; t < 30; t++) buffer.add(stream.next());
    const batch = buffer.createBatch(8);
    buffer.sample(batch, new Alea(1));
    expect([...batch.weights]).toEqual(new Array(8).fill(1));
  });
});
