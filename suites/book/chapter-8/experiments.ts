import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 8, in the order of the book. */
export const CHAPTER_8: readonly Experiment[] = [];
