import type { Experiment } from '../experiment.ts';
import { FIGURE_9_1 } from './figure-9-1.ts';
import { FIGURE_9_2 } from './figure-9-2.ts';
import { FIGURE_9_5 } from './figure-9-5.ts';
import { FIGURE_9_10 } from './figure-9-10.ts';

/** The experiments of chapter 9, in the order of the book. */
export const CHAPTER_9: readonly Experiment[] = [FIGURE_9_1, FIGURE_9_2, FIGURE_9_5, FIGURE_9_10];
