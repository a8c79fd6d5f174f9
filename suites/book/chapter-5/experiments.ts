import type { Experiment } from '../experiment.ts';
import { FIGURE_5_1 } from './figure-5-1.ts';
import { FIGURE_5_2 } from './figure-5-2.ts';
import { FIGURE_5_3 } from './figure-5-3.ts';
import { FIGURE_5_4 } from './figure-5-4.ts';

/** The experiments of chapter 5, in the order of the book. */
export const CHAPTER_5: readonly Experiment[] = [FIGURE_5_1, FIGURE_5_2, FIGURE_5_3, FIGURE_5_4];
