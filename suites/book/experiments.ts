import { hint, show } from '../../core/check.ts';
import { CHAPTER_2 } from './chapter-2/experiments.ts';
import { CHAPTER_3 } from './chapter-3/experiments.ts';
import { CHAPTER_4 } from './chapter-4/experiments.ts';
import { CHAPTER_5 } from './chapter-5/experiments.ts';
import { CHAPTER_6 } from './chapter-6/experiments.ts';
import { CHAPTER_7 } from './chapter-7/experiments.ts';
import { CHAPTER_8 } from './chapter-8/experiments.ts';
import { CHAPTER_9 } from './chapter-9/experiments.ts';
import { CHAPTER_10 } from './chapter-10/experiments.ts';
import { CHAPTER_11 } from './chapter-11/experiments.ts';
import { CHAPTER_12 } from './chapter-12/experiments.ts';
import type { Experiment } from './experiment.ts';

/**
 * The experiments of Sutton & Barto (2018), "Reinforcement Learning: An Introduction", second edition,
 * in the order of the book.
 */
export const EXPERIMENTS: readonly Experiment[] = [
  ...CHAPTER_2,
  ...CHAPTER_3,
  ...CHAPTER_4,
  ...CHAPTER_5,
  ...CHAPTER_6,
  ...CHAPTER_7,
  ...CHAPTER_8,
  ...CHAPTER_9,
  ...CHAPTER_10,
  ...CHAPTER_11,
  ...CHAPTER_12,
];

/** @throws RangeError if there is no such experiment; names the nearest one. */
export function experiment(name: string): Experiment {
  const found = EXPERIMENTS.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const known = EXPERIMENTS.map((candidate) => candidate.name);
  throw new RangeError(
    `There is no experiment ${show(name)}.${hint(name, known)} Known: ${known.join(', ')}.`,
  );
}
