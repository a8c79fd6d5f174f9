import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 6, in the order of the book. */
export const CHAPTER_6: readonly Experiment[] = [];
