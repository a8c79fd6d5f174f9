import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 11, in the order of the book. */
export const CHAPTER_11: readonly Experiment[] = [];
