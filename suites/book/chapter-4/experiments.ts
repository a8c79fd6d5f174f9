import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 4, in the order of the book. */
export const CHAPTER_4: readonly Experiment[] = [];
