import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 7, in the order of the book. */
export const CHAPTER_7: readonly Experiment[] = [];
