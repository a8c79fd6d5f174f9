import type { Experiment } from '../experiment.ts';
import { FIGURE_2_2 } from './figure-2-2.ts';
import { FIGURE_2_3 } from './figure-2-3.ts';
import { FIGURE_2_4 } from './figure-2-4.ts';
import { FIGURE_2_5 } from './figure-2-5.ts';
import { FIGURE_2_6 } from './figure-2-6.ts';

/** The experiments of chapter 2, in the order of the book. */
export const CHAPTER_2: readonly Experiment[] = [
  FIGURE_2_2,
  FIGURE_2_3,
  FIGURE_2_4,
  FIGURE_2_5,
  FIGURE_2_6,
];
