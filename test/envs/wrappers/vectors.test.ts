import { describe, expect, test } from 'vitest';
import { VectorEnv } from '../../../core/vector-env.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { EpisodeStatisticsVector } from '../../../envs/wrappers/episode-statistics-vector.ts';
import { NormalizeObservationVector } from '../../../envs/wrappers/normalize-observation-vector.ts';
import { NormalizeRewardVector } from '../../../envs/wrappers/normalize-reward-vector.ts';
import { ticker } from './ticker.ts';

const tickers = (options: object = {}) => new VectorEnv(ticker(options), { numEnvs: 2 });
const carts = () => new VectorEnv(cartPole(), { numEnvs: 3, seed: 4 });

describe('NormalizeObservationVector', () => {
  test('takes in what all copies show, and shows it with the statistics after it', () => {
    const envs = new NormalizeObservationVector(tickers({ end: 99 }), { epsilon: 1e-2 });
    expect(envs.observations).toEqual(new Float32Array(4));
    envs.step(Int32Array.of(1, 2));
    // Actions 0, 0, then 1, 2, with the weight of 10⁻⁴ vectors of mean 0 and variance 1.
    const count = 4 + 1e-4;
    const mean = 3 / count;
    const variance = (1e-4 + 1 + 4) / count - mean * mean;
    expect(envs.statistics.count).toBe(4);
    expect(envs.statistics.mean[1]).toBeCloseTo(mean, 12);
    expect(envs.statistics.variance[1]).toBeCloseTo(variance, 12);
    const shown = (x: number) => (x - mean) / Math.sqrt(variance + 1e-2);
    expect(envs.observations[1]).toBeCloseTo(shown(1), 5);
    expect(envs.observations[3]).toBeCloseTo(shown(2), 5);
  });

  test('gives as s what was acted on, and s′ by the same statistics', () => {
    const envs = new NormalizeObservationVector(carts());
    const twin = carts();
    for (let t = 0; t < 60; t++) {
      const acted = envs.observations.slice();
      const { mean, variance } = envs.statistics;
      const actions = Int32Array.of(t % 2, 1, 0);
      const { observations, nextObservations, rewards } = envs.step(actions);
      const inner = twin.step(actions);
      expect(observations).toEqual(acted);
      expect(rewards).toEqual(inner.rewards);
      inner.nextObservations.forEach((x, at) => {
        const i = at % 4;
        const expected = Math.fround((x - mean[i]) / Math.sqrt(variance[i] + 1e-8));
        expect(nextObservations[at]).toBe(expected);
      });
    }
  });

  test('holds the statistics of training fixed in evaluation', () => {
    const training = new NormalizeObservationVector(carts());
    for (let t = 0; t < 30; t++) training.step(Int32Array.of(1, 0, t % 2));
    const statistics = JSON.parse(JSON.stringify(training.statistics));
    const held = new NormalizeObservationVector(carts(), { update: false, statistics });
    for (let t = 0; t < 5; t++) held.step(Int32Array.of(1, 0, 1));
    expect(held.statistics).toEqual(training.statistics);
    held.update = true;
    held.step(Int32Array.of(1, 0, 1));
    expect(held.statistics.count).toBe(training.statistics.count + 3);
  });

  test('clips what it shows, within its space', () => {
    const envs = new NormalizeObservationVector(carts(), { clip: 0.5 });
    for (let t = 0; t < 9; t++) envs.step(Int32Array.of(1, 0, t % 2));
    expect(Math.max(...envs.observations)).toBe(0.5);
    expect([...envs.observationSpace.low]).toEqual([-0.5, -0.5, -0.5, -0.5]);
  });

  test('refuses what does not fit', () => {
    const lake = new VectorEnv(frozenLake());
    expect(() => new NormalizeObservationVector(lake)).toThrow(
      'NormalizeObservationVector: the copies must have observations that are arrays of numbers, got Discrete(16).',
    );
    const build = (options: object) => () => new NormalizeObservationVector(carts(), options);
    const statistics = { count: 1, mean: [0, 0, 0, 0], variance: [1, 1, 1, 1] };
    expect(build({ epsilon: 0 })).toThrow('epsilon must be a finite number above 0');
    expect(build({ clip: -1 })).toThrow('clip must be a finite number above 0');
    expect(build({ clipp: 1 })).toThrow('unknown option "clipp". Did you mean "clip"?');
    expect(build({ statistics: { ...statistics, mean: [0] } })).toThrow(
      'must have length 4, got 1',
    );
    expect(build({ statistics: { ...statistics, variance: [1, 1, 1, -1] } })).toThrow(
      'statistics.variance[3] must be at least 0, got -1.',
    );
    expect(build({ statistics: { ...statistics, count: -2 } })).toThrow('count must be at least 0');
  });
});

describe('NormalizeRewardVector', () => {
  test('divides rewards by the deviation of the returns of all copies', () => {
    const envs = new NormalizeRewardVector(tickers({ end: 99 }), { discount: 0.5, epsilon: 0.01 });
    const { rewards } = envs.step(Int32Array.of(1, 2));
    const count = 2 + 1e-4;
    const mean = (11 + 21) / count;
    const variance = (1e-4 + 11 * 11 + 21 * 21) / count - mean * mean;
    expect(rewards[0]).toBeCloseTo(11 / Math.sqrt(variance + 0.01), 9);
    expect(rewards[1]).toBeCloseTo(21 / Math.sqrt(variance + 0.01), 9);
    expect(envs.statistics.count).toBe(2);
  });

  test('holds them fixed on demand, and clips', () => {
    const statistics = { count: 10, mean: [0], variance: [4] };
    const envs = new NormalizeRewardVector(tickers(), { update: false, statistics, clip: 6 });
    expect([...envs.step(Int32Array.of(0, 2)).rewards]).toEqual(
      [0.5, 6].map((x) => expect.closeTo(x, 6)),
    );
    expect(envs.statistics).toEqual(statistics);
    envs.update = true;
    envs.step(Int32Array.of(0, 2));
    expect(envs.statistics.count).toBe(12);
  });

  test('refuses what is out of range', () => {
    const build = (options: object) => () => new NormalizeRewardVector(carts(), options);
    expect(build({ discount: 2 })).toThrow('discount must be between 0 and 1, got 2.');
    expect(build({ epsilon: -1 })).toThrow('epsilon must be a finite number above 0');
    expect(build({ clip: 0 })).toThrow('clip must be a finite number above 0');
  });
});

describe('EpisodeStatisticsVector', () => {
  test('follows return and length of every copy, and keeps those of the last episodes', () => {
    const envs = new EpisodeStatisticsVector(tickers({ end: 2 }), { capacity: 3 });
    envs.step(Int32Array.of(1, 2));
    expect([...envs.ended, ...envs.endedReturns]).toEqual([0, 0, 0, 0]);
    envs.step(Int32Array.of(0, 2));
    expect([...envs.ended]).toEqual([1, 1]);
    expect([...envs.endedReturns]).toEqual([11 + 2, 21 + 22]);
    expect([...envs.endedLengths]).toEqual([2, 2]);
    for (const action of [0, 0]) envs.step(Int32Array.of(action, 1));
    expect(envs.numEpisodes).toBe(4);
    expect([...envs.lastReturns]).toEqual([43, 3, 23]);
    expect([...envs.lastLengths]).toEqual([2, 2, 2]);
    envs.step(Int32Array.of(0, 0));
    expect([...envs.ended, ...envs.endedReturns, ...envs.endedLengths]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('counts episodes that a time limit cuts', () => {
    const envs = new EpisodeStatisticsVector(tickers({ end: 9, timeLimit: 1 }));
    envs.step(Int32Array.of(1, 2));
    expect([...envs.endedReturns]).toEqual([11, 21]);
    expect(() => new EpisodeStatisticsVector(tickers(), { capacity: 0 })).toThrow(
      'capacity must be',
    );
  });
});

test('wrappers of vectors pass on masks, spaces, and arrays of actions', () => {
  const inner = tickers({ masked: true });
  const envs = new NormalizeRewardVector(new EpisodeStatisticsVector(inner));
  expect(envs.actionMasks).toBe(inner.actionMasks);
  expect(envs.observations).toBe(inner.observations);
  expect([envs.numEnvs, envs.createActions().length]).toEqual([2, 2]);
  expect(envs.step(Int32Array.of(0, 2)).nextActionMasks).toEqual(Uint8Array.of(1, 1, 0, 1, 1, 0));
  expect(() => envs.step(Int32Array.of(2, 2))).toThrow('action 2 is not legal here in copy 0.');
  expect(envs.step(Int32Array.of(0, 1))).toBe(envs.step(Int32Array.of(0, 1)));
});

test('a stack of them goes on from a snapshot in another instance, and refuses others', () => {
  const build = () =>
    new NormalizeRewardVector(
      new NormalizeObservationVector(new EpisodeStatisticsVector(carts(), { capacity: 4 })),
    );
  const envs = build();
  const run = (which: typeof envs) =>
    Array.from({ length: 30 }, (_, t) => {
      const { rewards, observations, nextObservations } = which.step(Int32Array.of(1, t % 2, 0));
      return [rewards, observations, nextObservations, which.observations].map((x) => x.slice());
    });
  run(envs);
  const saved = envs.snapshot();
  const other = build();
  other.restore(saved);
  expect(other.observations).toEqual(envs.observations);
  expect(other.snapshot()).toEqual(saved);
  expect(run(other)).toEqual(run(envs));
  expect(other.snapshot()).toEqual(envs.snapshot());
  const now = other.snapshot();
  const inner = saved.inner as typeof saved;
  const bad: [object, string][] = [
    [{ kind: 'vector-env' }, 'expected saved data of kind "normalize-reward-vector"'],
    [{ returns: Float64Array.of(1) }, 'returns must be a Float64Array of length 3'],
    [{ statistics: 3 }, 'statistics must be a Float64Array of length 3, got 3.'],
    [{ inner: { ...inner, statistics: 3 } }, 'statistics must be a Float64Array of length 9'],
    [
      { inner: { ...inner, inner: { ...(inner.inner as object), numEpisodes: -1 } } },
      'numEpisodes must be an integer of at least 0',
    ],
    [
      { inner: { ...inner, inner: { ...(inner.inner as object), lastReturns: 1 } } },
      'lastReturns must be a Float64Array of length 4',
    ],
  ];
  for (const [change, message] of bad) {
    expect(() => other.restore({ ...saved, ...change })).toThrow(message);
    expect(other.snapshot()).toEqual(now);
  }
});
