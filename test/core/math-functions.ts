import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  exp,
  expm1,
  hypot,
  log,
  log1p,
  log2,
  log10,
  pow,
  sin,
  sinh,
  tan,
  tanh,
} from '../../core/math.ts';
import type { FunctionName } from './math-points.ts';

/** A function of one or two numbers; those of one leave the second unused. */
export type Evaluate = (x: number, y: number) => number;

/** The functions of core/math.ts by name. */
export const FUNCTIONS: Readonly<Record<FunctionName, Evaluate>> = {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  exp,
  expm1,
  hypot,
  log,
  log10,
  log1p,
  log2,
  pow,
  sin,
  sinh,
  tan,
  tanh,
};
