import { expect, test } from 'vitest';
import { Td0 } from '../../../agents/tabular/td-0.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';
import { learnEpisodes } from '../../../suites/book/learn-episodes.ts';

const walk = randomWalk();

test('learns so many episodes, whoever listens', () => {
  const heard = new Td0(walk, { discount: 1 });
  const lengths: number[] = [];
  const ends: number[] = [];
  let steps = 0;
  learnEpisodes(heard, walk, {
    episodes: 7,
    seed: 3,
    onStep(step, { terminated }) {
      expect(step).toBe(++steps);
      if (terminated[0] === 1) ends.push(step);
    },
    onEpisode(episode, length) {
      expect(episode).toBe(ends.length);
      lengths.push(length);
    },
  });
  expect(lengths).toHaveLength(7);
  expect(lengths).toEqual(ends.map((end, i) => end - (ends[i - 1] ?? 0)));
  const unheard = new Td0(walk, { discount: 1 });
  learnEpisodes(unheard, walk, { episodes: 7, seed: 3 });
  expect(unheard.values).toEqual(heard.values);
  expect(Math.max(...unheard.values)).toBeGreaterThan(0);
});

test('tells the lengths of episodes where nobody counts steps', () => {
  const lengths: number[] = [];
  const agent = new Td0(walk, { discount: 1 });
  learnEpisodes(agent, walk, { episodes: 5, seed: 3, onEpisode: (_, n) => lengths.push(n) });
  expect(lengths.every((length) => length >= 3 && length % 2 === 1)).toBe(true); // from the middle
});
