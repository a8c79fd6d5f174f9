import type { Experiment } from '../experiment.ts';
import { FIGURE_4_1 } from './figure-4-1.ts';
import { FIGURE_4_2 } from './figure-4-2.ts';
import { FIGURE_4_3 } from './figure-4-3.ts';

/** The experiments of chapter 4, in the order of the book. */
export const CHAPTER_4: readonly Experiment[] = [FIGURE_4_1, FIGURE_4_2, FIGURE_4_3];
