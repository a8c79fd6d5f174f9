import type { Numbers } from '../layers/run.ts';

/** Whoever has the array that kernels work on; it may become another one. */
export interface NumbersOf {
  readonly numbers: Numbers;
}
