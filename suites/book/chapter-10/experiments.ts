import type { Experiment } from '../experiment.ts';
import { FIGURE_10_1 } from './figure-10-1.ts';
import { FIGURE_10_2 } from './figure-10-2.ts';
import { FIGURE_10_3 } from './figure-10-3.ts';
import { FIGURE_10_4 } from './figure-10-4.ts';
import { FIGURE_10_5 } from './figure-10-5.ts';

/** The experiments of chapter 10, in the order of the book. */
export const CHAPTER_10: readonly Experiment[] = [
  FIGURE_10_1,
  FIGURE_10_2,
  FIGURE_10_3,
  FIGURE_10_4,
  FIGURE_10_5,
];
