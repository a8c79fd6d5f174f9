import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Transitions } from '../../core/transitions.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import type { ReplayOptions } from '../../replay/replay-options.ts';
import { nStepTransition, rowOf, Stream, type StreamOptions } from '../helpers/replay-streams.ts';

const DISCOUNT = 0.9;

/** Adds `steps` steps of a stream to a buffer. */
function fill(stream: Stream, buffer: ReplayBuffer, steps: number): void {
  for (let t = 0; t < steps; t++) buffer.add(stream.next());
}

/**
 * Samples from the buffer, and sets every row beside what the stream's history says.
 *
 * @returns the numbers of the transitions that came.
 */
function compare(stream: Stream, buffer: ReplayBuffer, batchSize: number): Set<number> {
  const { numEnvs } = stream.options;
  const { numSteps } = buffer.options;
  const added = stream.history.length;
  const batch = buffer.createBatch(batchSize);
  buffer.sample(batch, new Alea(added));
  const seen = new Set<number>();
  for (let i = 0; i < batchSize; i++) {
    // The transition that is held and in that row of the ring.
    const number = added - 1 - ((added - 1 - batch.indices[i]) % buffer.capacity);
    expect(number).toBeGreaterThanOrEqual(added - buffer.length);
    seen.add(number);
    const steps = { numEnvs, numSteps, discount: DISCOUNT };
    const expected = nStepTransition(stream.history, number, steps);
    const { rewards, discounts, ...exact } = expected as NonNullable<typeof expected>;
    const row = rowOf(batch, i) as Transitions & { discounts: Float64Array };
    for (const [name, column] of Object.entries(exact)) {
      const given = row[name as keyof Transitions] as typeof column;
      if (given.every((value, k) => Object.is(value, column[k]))) continue; // far faster than expect
      expect(given, `${name} of transition ${number}`).toEqual(column);
    }
    const distance =
      Math.abs(row.rewards[0] - rewards[0]) + Math.abs(row.discounts[0] - discounts[0]);
    if (!(distance < 1e-12)) expect([row.rewards, row.discounts]).toEqual([rewards, discounts]);
  }
  return seen;
}

const streams = fc.record({
  numEnvs: fc.integer({ min: 1, max: 4 }),
  stack: fc.integer({ min: 1, max: 4 }),
  frameSize: fc.constantFrom(1, 3, 8, 17),
  numbers: fc.constantFrom<StreamOptions['numbers']>('bits', 'uint8', 'float32'),
  padding: fc.constantFrom<StreamOptions['padding']>('repeat', 'zeros', 'others'),
  endChance: fc.constantFrom(0, 0.05, 0.3, 0.9, 1),
  jumpChance: fc.constantFrom(0, 0, 0.2),
});

describe('a replay buffer gives back what came', () => {
  test('whatever is stacked, packed, shared, or summed over n steps, and however often the ring has gone round', () => {
    fc.assert(
      fc.property(
        streams,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 16, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1, 5, 20),
        fc.boolean(),
        (options, seed, capacity, numSteps, meanEpisodeLength, shared) => {
          const stream = new Stream(seed, options);
          const { stack } = options;
          const buffer = new ReplayBuffer(stream.task, capacity, {
            ...{ stack, numSteps, discount: DISCOUNT, meanEpisodeLength },
            shared: shared || stack > 1,
          });
          expect(buffer.options.storage).toBe(options.numbers);
          for (let round = 0; round < 6; round++) {
            fill(stream, buffer, 1 + ((seed + 7 * round) % 13));
            if (buffer.ready > 0) compare(stream, buffer, 20);
          }
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  test('with every transition in it that is there, and no other', () => {
    const stream = new Stream(3, {
      numEnvs: 2,
      stack: 1,
      frameSize: 2,
      numbers: 'float32',
      padding: 'repeat',
      endChance: 0.2,
    });
    const buffer = new ReplayBuffer(stream.task, 20, { numSteps: 3, discount: DISCOUNT });
    fill(stream, buffer, 37);
    const ready = Array.from({ length: 20 }, (_, k) => 54 + k).filter(
      (number) =>
        nStepTransition(stream.history, number, { numEnvs: 2, numSteps: 3, discount: 1 }) !==
        undefined,
    );
    expect(buffer.ready).toBe(ready.length);
    expect(ready.length).toBeLessThan(20);
    expect([...compare(stream, buffer, 500)].sort((a, b) => a - b)).toEqual(ready);
  });
});

const steady = (more: Partial<StreamOptions> = {}): Stream =>
  new Stream(5, {
    numEnvs: 2,
    stack: 4,
    frameSize: 10,
    numbers: 'uint8',
    padding: 'repeat',
    endChance: 0.05,
    ...more,
  });

describe('shared frames', () => {
  test('leave room for all transitions where episodes are as long as they were said to be', () => {
    const stream = steady();
    const buffer = new ReplayBuffer(stream.task, 400, {
      stack: 4,
      discount: DISCOUNT,
      meanEpisodeLength: 15,
    });
    fill(stream, buffer, 1000);
    expect(buffer.length).toBe(400);
    compare(stream, buffer, 400);
  });

  test.each([
    [16, 48],
    [64, 400],
  ])('leave room for all transitions of %i copies too, that come in turns', (numEnvs, capacity) => {
    const stream = steady({ numEnvs, endChance: 0 });
    const task = { ...stream.task, numEnvs };
    const options = { stack: 4, numSteps: 3, discount: DISCOUNT, meanEpisodeLength: 1000 };
    const buffer = new ReplayBuffer(task, capacity, options);
    fill(stream, buffer, 40);
    expect(buffer.length).toBe(capacity);
    expect(buffer.ready).toBe(capacity - 2 * numEnvs);
    compare(stream, buffer, 400);
  });

  test('make the oldest give way early where episodes are shorter, and nothing else', () => {
    const stream = steady({ endChance: 1 }); // each transition needs five frames of its own
    const buffer = new ReplayBuffer(stream.task, 400, {
      stack: 4,
      discount: DISCOUNT,
      meanEpisodeLength: 20,
    });
    fill(stream, buffer, 1000);
    expect(buffer.length).toBeGreaterThan(90); // 400 + 80 + 8 frames
    expect(buffer.length).toBeLessThan(100);
    compare(stream, buffer, 400);
  });

  test('take a fifth of the memory, and packed bits a thirty-second of that of numbers', () => {
    const { task } = steady({ frameSize: 7056 });
    const bytes = (options: ReplayOptions) => {
      const plan = ReplayBuffer.plan(task, 1000, { storage: 'uint8', ...options });
      return plan.parts.reduce((sum, part) => sum + (/obs/i.test(part.name) ? part.bytes : 0), 0);
    };
    const whole = bytes({ shared: false });
    expect(whole).toBe(2 * 1000 * 4 * 7056);
    expect(bytes({ stack: 4 })).toBe((1000 + 200 + 8) * 7056);
    expect(bytes({ stack: 4, storage: 'bits' })).toBe((1000 + 200 + 8) * 882);
    expect(bytes({ shared: false, storage: 'float32' })).toBe(4 * whole);
  });
});

describe('a full round of storing', () => {
  test.each(['bits', 'uint8', 'float32'] as const)('goes on with the same bits: %s', (numbers) => {
    for (const stack of [1, 3]) {
      const stream = steady({ numbers, stack });
      const options = { stack, numSteps: 3, discount: DISCOUNT, shared: true };
      const buffer = new ReplayBuffer(stream.task, 50, options);
      for (const steps of [0, 1, 10, 40]) {
        fill(stream, buffer, steps);
        const other = new ReplayBuffer(stream.task, 50, options);
        const noise = steady({ numbers, stack, endChance: 0.5 });
        fill(noise, other, 33);
        other.restore(structuredClone(buffer.save()));
        expect(other.save()).toEqual(buffer.save());
        for (let t = 0; t < 30; t++) {
          const transitions = stream.next();
          buffer.add(transitions);
          other.add(transitions);
        }
        const [batch, otherBatch] = [buffer, other].map((one) => one.createBatch(64));
        buffer.sample(batch, new Alea(1));
        other.sample(otherBatch, new Alea(1));
        expect(otherBatch).toEqual(batch);
      }
    }
  });
});
