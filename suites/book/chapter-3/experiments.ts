import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 3, in the order of the book. */
export const CHAPTER_3: readonly Experiment[] = [];
