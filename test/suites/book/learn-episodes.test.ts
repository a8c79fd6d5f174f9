import { expect, test } from 'vitest';
import { Sarsa } from '../../../agents/tabular/sarsa.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';
import { learnEpisodes } from '../../../suites/book/learn-episodes.ts';
import { runLength, runSeed } from '../../../suites/book/run-length.ts';

test('episodes are learned whole, and told with their numbers and lengths', () => {
  const walk = { ...randomWalk(), timeLimit: 4 };
  const agent = new Sarsa(walk);
  const steps: number[] = [];
  const episodes: number[] = [];
  const lengths: number[] = [];
  const ends: number[] = [];
  learnEpisodes(agent, walk, {
    episodes: 20,
    seed: 3,
    onStep: (step, { terminated, truncated }) => {
      steps.push(step);
      if (terminated[0] || truncated[0]) ends.push(step);
    },
    onEpisode: (episode, length) => {
      episodes.push(episode);
      lengths.push(length);
    },
  });
  expect(steps).toEqual(Array.from({ length: ends[19] }, (_, i) => i + 1));
  expect(episodes).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(lengths).toEqual(ends.map((end, i) => end - (i === 0 ? 0 : ends[i - 1])));
  expect(new Set(lengths)).toEqual(new Set([3, 4])); // the ends are three steps away, the limit is four
  expect(agent.actionValues.table.some((value) => value > 0)).toBe(true);
});

test('lengths are told to those who do not ask for steps, and nobody has to ask', () => {
  const walk = { ...randomWalk(), timeLimit: 4 };
  const lengths: number[] = [];
  learnEpisodes(new Sarsa(walk), walk, {
    episodes: 20,
    seed: 3,
    onEpisode: (_, length) => {
      lengths.push(length);
    },
  });
  expect(new Set(lengths)).toEqual(new Set([3, 4]));
  const agent = new Sarsa(walk);
  learnEpisodes(agent, walk, { episodes: 20, seed: 3 });
  expect(agent.actionValues.table.some((value) => value > 0)).toBe(true);
});

test('a few runs are a glance', () => {
  expect([3, 9, 10, 100].map((runs) => runLength(runs, 500, 20))).toEqual([20, 20, 500, 500]);
});

test('no two runs have the same seed', () => {
  const seeds = [0, 1, 2].flatMap((seed) => [0, 1, 99].map((run) => runSeed(seed, run)));
  expect(new Set(seeds).size).toBe(9);
});
