import type { Experiment } from '../experiment.ts';
import { FIGURE_7_2 } from './figure-7-2.ts';

/** The experiments of chapter 7, in the order of the book. */
export const CHAPTER_7: readonly Experiment[] = [FIGURE_7_2];
