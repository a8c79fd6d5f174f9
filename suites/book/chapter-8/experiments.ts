import type { Experiment } from '../experiment.ts';
import { EXAMPLE_8_4 } from './example-8-4.ts';
import { FIGURE_8_2 } from './figure-8-2.ts';
import { FIGURE_8_3 } from './figure-8-3.ts';
import { FIGURE_8_4 } from './figure-8-4.ts';
import { FIGURE_8_5 } from './figure-8-5.ts';
import { FIGURE_8_7 } from './figure-8-7.ts';

/** The experiments of chapter 8, in the order of the book. */
export const CHAPTER_8: readonly Experiment[] = [
  FIGURE_8_2,
  FIGURE_8_3,
  FIGURE_8_4,
  FIGURE_8_5,
  EXAMPLE_8_4,
  FIGURE_8_7,
];
