import type { Experiment } from '../experiment.ts';
import { FIGURE_11_2 } from './figure-11-2.ts';
import { FIGURE_11_5 } from './figure-11-5.ts';

/** The experiments of chapter 11, in the order of the book. */
export const CHAPTER_11: readonly Experiment[] = [FIGURE_11_2, FIGURE_11_5];
