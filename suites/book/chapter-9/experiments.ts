import type { Experiment } from '../experiment.ts';

/** The experiments of chapter 9, in the order of the book. */
export const CHAPTER_9: readonly Experiment[] = [];
