import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 10, in the order of the book. */
export const CHAPTER_10: readonly Experiment[] = [];
