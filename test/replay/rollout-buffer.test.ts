import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { SavedData } from '../../core/saved.ts';
import { normalizeAdvantages } from '../../replay/returns/normalize.ts';
import { RolloutBuffer } from '../../replay/rollout-buffer.ts';
import { rowOf, Stream } from '../helpers/replay-streams.ts';
import { forwardLambdaReturn } from '../helpers/rollouts.ts';

const NUM_STEPS = 9;
const NUM_ENVS = 4;

const streamOf = (seed: number) =>
  new Stream(seed, {
    ...{ numEnvs: NUM_ENVS, stack: 1, frameSize: 3, numbers: 'float32', padding: 'zeros' },
    endChance: 0.25,
  });
const rolloutFor = (stream: Stream) =>
  new RolloutBuffer(stream.task, { numSteps: NUM_STEPS, numEnvs: NUM_ENVS, policySize: 2 });

/** A value of each observation, `[n × 3]`, that tells it from others. */
const valuesOf = (observations: Float32Array) =>
  Float32Array.from({ length: observations.length / 3 }, (_, i) =>
    observations.slice(3 * i, 3 * i + 3).reduce((sum, x, k) => sum + (k + 1) * x, 0),
  );

/** Adds steps to a rollout as an agent would; stops when it is full. */
function act(rollout: RolloutBuffer, stream: Stream, steps: number): void {
  for (let t = 0; t < steps; t++) {
    const transitions = stream.next();
    const first = stream.history.length;
    const seeds = Array.from({ length: NUM_ENVS }, (_, i) => first + i);
    rollout.add(transitions, {
      values: valuesOf(transitions.observations),
      logProbabilities: Float32Array.from(seeds, (seed) => -seed),
      actionMasks: Uint8Array.from(seeds.flatMap((seed) => [1, seed % 2, 1])),
      policies: Float32Array.from(seeds.flatMap((seed) => [seed, seed + 0.5])),
    });
    if (rollout.needsNextValues) rollout.setNextValues(valuesOf(transitions.nextObservations));
  }
}

describe('a rollout buffer', () => {
  test('knows V of the true successor of every step, and where episodes begin', () => {
    const stream = streamOf(1);
    const rollout = rolloutFor(stream);
    let ended = new Uint8Array(NUM_ENVS).fill(1);
    for (let round = 0; round < 3; round++) {
      act(rollout, stream, NUM_STEPS);
      expect(rollout.isFull).toBe(true);
      const history = stream.history.slice(-rollout.rows);
      const { columns } = rollout;
      history.forEach((row, t) => {
        expect(columns.rewards[t]).toBe(row.rewards[0]);
        expect(columns.values[t]).toBe(valuesOf(row.observations)[0]);
        if (row.terminated[0] === 0) {
          expect(columns.nextValues[t]).toBe(valuesOf(row.nextObservations)[0]);
        }
        const before = t < NUM_ENVS ? ended[t] : 0;
        const last = history[t - NUM_ENVS];
        expect(columns.starts[t]).toBe(last ? last.terminated[0] + last.truncated[0] : before);
      });
      ended = Uint8Array.from(
        history.slice(-NUM_ENVS),
        (row) => row.terminated[0] + row.truncated[0],
      );
      expect(columns.truncated.some((flag) => flag === 1)).toBe(true);
      rollout.clear();
      expect(rollout.steps).toBe(0);
    }
  });

  test('estimates advantages and returns of all copies', () => {
    const stream = streamOf(2);
    const rollout = rolloutFor(stream);
    act(rollout, stream, NUM_STEPS);
    rollout.finish(0.9, 0.7);
    const { columns } = rollout;
    const exact = {
      ...columns,
      values: Float64Array.from(columns.values),
      nextValues: Float64Array.from(columns.nextValues),
      ratios: new Float64Array(rollout.rows),
    };
    for (let t = 0; t < rollout.rows; t++) {
      const expected = forwardLambdaReturn(exact, t, 0.9, 0.7);
      expect(columns.returns[t]).toBeCloseTo(expected, 4);
      expect(columns.advantages[t]).toBeCloseTo(expected - columns.values[t], 4);
    }
  });

  test('asks for V of the last successors once, and does without none of them', () => {
    const stream = streamOf(4);
    const rollout = rolloutFor(stream);
    act(rollout, stream, NUM_STEPS - 1);
    expect(rollout.needsNextValues).toBe(false);
    const values = new Float32Array(NUM_ENVS);
    const policies = new Float32Array(2 * NUM_ENVS);
    const actionMasks = new Uint8Array(3 * NUM_ENVS).fill(1);
    const last = stream.next();
    last.truncated.fill(0);
    rollout.add(last, { values, logProbabilities: values, actionMasks, policies });
    expect(rollout.needsNextValues).toBe(true);
    expect(() => rollout.finish(0.9, 0.9)).toThrow(
      'RolloutBuffer.finish: V(s′) of the last step is not known. Call setNextValues() first.',
    );
    const twin = rolloutFor(stream);
    twin.restore(structuredClone(rollout.save()));
    expect(twin.needsNextValues).toBe(true);
    rollout.setNextValues(values);
    expect(rollout.needsNextValues).toBe(false);
    rollout.finish(0.9, 0.9);
    rollout.clear();
    expect(rollout.needsNextValues).toBe(false);
  });

  test('gives every row once, whole, in a random order', () => {
    const stream = streamOf(3);
    const rollout = rolloutFor(stream);
    act(rollout, stream, NUM_STEPS);
    rollout.finish(0.9, 0.9);
    const batch = rollout.createBatch(6);
    const rng = new Alea(1);
    const orders = new Set<string>();
    for (let epoch = 0; epoch < 3; epoch++) {
      rollout.shuffle(rng);
      const seen: number[] = [];
      for (let first = 0; first < rollout.rows; first += 6) {
        rollout.gather(batch, first);
        batch.logProbabilities.forEach((logProbability, i) => {
          const row = -logProbability - NUM_ENVS; // as `act` numbers them
          seen.push(row);
          const history = stream.history[row];
          expect(batch.observations.slice(3 * i, 3 * i + 3)).toEqual(history.observations);
          expect(batch.actions[i]).toBe(history.actions[0]);
          expect(batch.actionMasks?.slice(3 * i, 3 * i + 3)).toEqual(
            Uint8Array.of(1, (row + NUM_ENVS) % 2, 1),
          );
          expect([...batch.policies.slice(2 * i, 2 * i + 2)]).toEqual([row + 4, row + 4.5]);
          expect(batch.values[i]).toBe(rollout.columns.values[row]);
          expect(batch.advantages[i]).toBe(rollout.columns.advantages[row]);
          expect(batch.returns[i]).toBe(rollout.columns.returns[row]);
          expect(batch.starts[i]).toBe(rollout.columns.starts[row]);
        });
      }
      orders.add(seen.join());
      const sorted = seen.sort((a, b) => a - b);
      expect(sorted).toEqual(Array.from({ length: rollout.rows }, (_, i) => i));
    }
    expect(orders.size).toBe(3);
    rollout.clear();
    expect(rollout.order.every((row, i) => row === i)).toBe(true);
  });

  test('shuffles so that each row comes first as often as any other', () => {
    const stream = streamOf(3);
    const rollout = new RolloutBuffer(stream.task, { numSteps: 5 });
    const rng = new Alea(2);
    const counts = new Float64Array(5);
    for (let k = 0; k < 10_000; k++) {
      rollout.clear(); // from 0, 1, 2 … on
      rollout.shuffle(rng);
      counts[rollout.order[0]]++;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(18.5); // 99.9% of 4 degrees of freedom
  });

  test('gives whole sequences of copies, step by step', () => {
    const stream = streamOf(4);
    const rollout = rolloutFor(stream);
    act(rollout, stream, NUM_STEPS);
    const batch = rollout.createBatch(2 * NUM_STEPS);
    const seen: number[] = [];
    for (let seed = 0; seed < 5; seed++) {
      const copies = rollout.shuffleCopies(new Alea(seed), 2);
      seen.push(copies[0]);
      expect([...copies].sort()).toEqual([0, 1, 2, 3]);
      for (const first of [0, 1]) {
        rollout.gather(batch, first * 2 * NUM_STEPS);
        for (let t = 0; t < NUM_STEPS; t++) {
          for (let i = 0; i < 2; i++) {
            const row = t * NUM_ENVS + copies[2 * first + i];
            expect(batch.logProbabilities[2 * t + i]).toBe(-row - NUM_ENVS);
          }
        }
      }
    }
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  test('goes on from what was saved, at whatever step', () => {
    for (const steps of [0, 1, 4, NUM_STEPS]) {
      const stream = streamOf(5);
      const rollout = rolloutFor(stream);
      act(rollout, stream, NUM_STEPS);
      rollout.clear();
      act(rollout, stream, steps);
      const other = rolloutFor(stream);
      act(other, streamOf(6), 3);
      other.restore(structuredClone(rollout.save()));
      for (let t = steps; t < NUM_STEPS; t++) {
        const transitions = stream.next();
        for (const one of [rollout, other]) {
          const values = valuesOf(transitions.observations);
          const policies = new Float32Array(2 * NUM_ENVS);
          const actionMasks = new Uint8Array(3 * NUM_ENVS);
          one.add(transitions, { values, logProbabilities: values, policies, actionMasks });
          if (one.needsNextValues) one.setNextValues(valuesOf(transitions.nextObservations));
        }
      }
      for (const one of [rollout, other]) one.finish(0.9, 0.9);
      expect(other.save()).toEqual(rollout.save());
      expect(other.columns).toEqual(rollout.columns);
    }
  });

  test('refuses steps out of turn, and what does not fit', () => {
    const stream = streamOf(7);
    const rollout = rolloutFor(stream);
    act(rollout, stream, 2);
    const before = rollout.save();
    const values = new Float32Array(NUM_ENVS);
    const estimates = { values, logProbabilities: values, policies: new Float32Array(8) };
    const actionMasks = new Uint8Array(12);
    const next = stream.next();
    expect(() => rollout.add(next, estimates)).toThrow(
      'RolloutBuffer.add: actionMasks must have length 12, got 0.',
    );
    expect(() => rollout.add(rowOf(next, 0), { ...estimates, actionMasks })).toThrow(
      'rewards must have length 4, got 1.',
    );
    expect(() => rollout.finish(1, 1)).toThrow('must be full, got 2 of 9 steps');
    expect(() => rollout.setNextValues(new Float32Array(1))).toThrow('must have length 4, got 1');
    expect(() => rollout.shuffleCopies(new Alea(0), 3)).toThrow('must divide the 4 copies, got 3');
    expect(() => rollout.gather(rollout.createBatch(10), 27)).toThrow('from 0 to 26, got 27');
    expect(() => rollout.restore({ ...before, steps: 10 })).toThrow('from 0 to 9, got 10');
    const columns = { ...(before.columns as SavedData), rewards: new Float64Array(1) };
    expect(() => rollout.restore({ ...before, columns })).toThrow('rewards must be a Float64Array');
    expect(rollout.save()).toEqual(before);
    expect(() => new RolloutBuffer(stream.task, { maxBytes: 1000 })).toThrow('at most 1000 B');

    next.truncated[1] = 1;
    next.terminated[1] = 0;
    rollout.add(next, { ...estimates, actionMasks });
    expect(rollout.needsNextValues).toBe(true);
    expect(() => rollout.add(next, { ...estimates, actionMasks })).toThrow(
      'Call setNextValues() first.',
    );
    rollout.setNextValues(values);
    act(rollout, stream, 6);
    expect(() => rollout.add(next, { ...estimates, actionMasks })).toThrow(
      'RolloutBuffer.add: the rollout is full. Learn from it, then call clear().',
    );
  });
});

test('advantages are normalized to mean 0 and the deviation of a sample 1', () => {
  const advantages = Float64Array.of(1, 2, 3, 4, 10);
  normalizeAdvantages(advantages);
  // Mean 4, sum of squares 9 + 4 + 1 + 0 + 36 = 50, deviation √(50 / 4).
  [-3, -2, -1, 0, 6].forEach((distance, i) => {
    expect(advantages[i]).toBeCloseTo(distance / Math.sqrt(12.5), 7);
  });
  const one = Float32Array.of(5);
  normalizeAdvantages(one);
  expect(one[0]).toBe(5); // where nothing is to compare it with
});
