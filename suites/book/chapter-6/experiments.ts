import type { Experiment } from '../experiment.ts';
import { EXAMPLE_6_2 } from './example-6-2.ts';
import { EXAMPLE_6_4 } from './example-6-4.ts';
import { EXAMPLE_6_6 } from './example-6-6.ts';
import { FIGURE_6_2 } from './figure-6-2.ts';
import { FIGURE_6_3 } from './figure-6-3.ts';
import { FIGURE_6_5 } from './figure-6-5.ts';
import { WINDY_GRIDWORLD } from './windy-gridworld.ts';

/** The experiments of chapter 6, in the order of the book. */
export const CHAPTER_6: readonly Experiment[] = [
  EXAMPLE_6_2,
  FIGURE_6_2,
  EXAMPLE_6_4,
  WINDY_GRIDWORLD,
  EXAMPLE_6_6,
  FIGURE_6_3,
  FIGURE_6_5,
];
