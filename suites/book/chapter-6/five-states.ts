import type { Dynamics } from '../../../core/dynamics.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';

/** Example 6.2: five states, A to E, between two ends; the right one earns 1. */
export const FIVE_STATES: Dynamics = randomWalk();

/** A to E as the world numbers them. */
export const NAMES: readonly string[] = ['A', 'B', 'C', 'D', 'E'];

/** V(s) of the states before anything is known of them. */
export const INITIAL_VALUE = 0.5;

/** v(A) to v(E), the chances of ending at the right. */
export const TRUE_VALUES: readonly number[] = [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6];

/**
 * Root of the mean square error over the five states.
 *
 * @param values V(s) of all states, the ends too.
 */
export function walkError(values: Float64Array): number {
  let squares = 0;
  TRUE_VALUES.forEach((value, i) => {
    squares += (values[i + 1] - value) * (values[i + 1] - value);
  });
  return Math.sqrt(squares / TRUE_VALUES.length);
}
