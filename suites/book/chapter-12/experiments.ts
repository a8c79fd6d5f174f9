import type { Experiment } from '../experiment.ts';
import { FIGURE_12_10 } from './figure-12-10.ts';
import { FIGURE_12_11 } from './figure-12-11.ts';

/** The experiments of chapter 12, in the order of the book. */
export const CHAPTER_12: readonly Experiment[] = [FIGURE_12_10, FIGURE_12_11];
