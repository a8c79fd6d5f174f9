import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 5, in the order of the book. */
export const CHAPTER_5: readonly Experiment[] = [];
