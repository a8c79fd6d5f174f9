import type { Experiment } from '../experiment.ts';
import { EXAMPLE_6_2 } from './example-6-2.ts';
import { EXAMPLE_6_4 } from './example-6-4.ts';
import { FIGURE_6_2 } from './figure-6-2.ts';

/** The experiments of chapter 6, in the order of the book. */
export const CHAPTER_6: readonly Experiment[] = [EXAMPLE_6_2, FIGURE_6_2, EXAMPLE_6_4];
