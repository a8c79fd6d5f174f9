import { FUNCTIONS } from './math-functions.ts';
import { argumentsOf, type FunctionName, takesTwo } from './math-points.ts';
import { reference, unitsOff } from './reference-math.ts';

/**
 * What each function promises: an error below this, in units in the last place.
 *
 * The worst that a million points a function show is a little below; where a result is subnormal, a
 * second rounding alone can take it to 0.75.
 */
export const ERROR_BOUNDS: Readonly<Record<FunctionName, number>> = {
  acos: 0.7,
  acosh: 0.52,
  asin: 0.7,
  asinh: 0.51,
  atan: 0.51,
  atan2: 0.51,
  atanh: 0.51,
  cbrt: 0.505,
  cos: 0.85,
  cosh: 0.52,
  exp: 0.76,
  expm1: 0.68,
  hypot: 0.76,
  log: 0.51,
  log10: 0.51,
  log1p: 0.51,
  log2: 0.51,
  pow: 0.76,
  sin: 0.85,
  sinh: 0.53,
  tan: 0.95,
  tanh: 0.58,
};

/** The largest error that was found, in units in the last place, and where. */
export interface WorstError {
  readonly units: number;
  readonly at: string;
}

/** Measures a function of core/math.ts at `count` arguments against the 100-bit reference. */
export function worstError(name: FunctionName, count: number, seed: number): WorstError {
  const evaluate = FUNCTIONS[name];
  const draw = argumentsOf(name, seed);
  const pair = new Float64Array(2);
  let units = 0;
  let at = 'nowhere';
  for (let i = 0; i < count; i++) {
    draw(pair);
    const [x, y] = pair;
    const off = Math.abs(unitsOff(evaluate(x, y), reference(name, x, y)));
    if (off <= units) continue; // and not where it is NaN
    units = off;
    at = takesTwo(name) ? `${name}(${x}, ${y})` : `${name}(${x})`;
    if (Number.isNaN(off)) break;
  }
  return { units, at };
}
