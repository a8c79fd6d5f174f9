import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 12, in the order of the book. */
export const CHAPTER_12: readonly Experiment[] = [];
