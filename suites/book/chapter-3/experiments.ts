import type { Experiment } from '../experiment.ts';
import { EXAMPLE_3_5 } from './example-3-5.ts';

/** The experiments of chapter 3, in the order of the book. */
export const CHAPTER_3: readonly Experiment[] = [EXAMPLE_3_5];
