import type { Experiment } from '../experiment.ts';
import { FIGURE_12_3 } from './figure-12-3.ts';
import { FIGURE_12_6 } from './figure-12-6.ts';
import { FIGURE_12_8 } from './figure-12-8.ts';
import { FIGURE_12_10 } from './figure-12-10.ts';
import { FIGURE_12_11 } from './figure-12-11.ts';

/** The experiments of chapter 12, in the order of the book. */
export const CHAPTER_12: readonly Experiment[] = [
  FIGURE_12_3,
  FIGURE_12_6,
  FIGURE_12_8,
  FIGURE_12_10,
  FIGURE_12_11,
];
