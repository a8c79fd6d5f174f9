import type { Experiment } from '../experiment.ts';
import { FIGURE_2_2 } from './figure-2-2.ts';

/** The experiments of chapter 2, in the order of the book. */
export const CHAPTER_2: readonly Experiment[] = [FIGURE_2_2];
