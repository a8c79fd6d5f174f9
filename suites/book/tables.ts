import type { Arrow } from '../charts/chart.ts';
import { exactly, type Finding } from './experiment.ts';

/** Arrows of the actions of a gridworld: 0 up, 1 right, 2 down, 3 left. */
export const MOVES: readonly Arrow[] = ['up', 'right', 'down', 'left'];

/**
 * How many entries of two tables are the same: all of them must be.
 *
 * @param ours As many as there are of `theirs`.
 */
export function sameEntries<T extends string | number>(
  what: string,
  ours: ArrayLike<T>,
  theirs: ArrayLike<T>,
  about: Pick<Finding, 'from' | 'book'>,
): Finding {
  let same = 0;
  for (let i = 0; i < theirs.length; i++) if (ours[i] === theirs[i]) same++;
  const count = ours.length === theirs.length ? same : -1;
  return { what, ours: exactly(count), reference: exactly(theirs.length), ...about };
}

/** A number without doubt beside another one. */
export function sameNumber(
  what: string,
  ours: number,
  theirs: number,
  about: Pick<Finding, 'from' | 'book' | 'tolerance'>,
): Finding {
  return { what, ours: exactly(ours), reference: exactly(theirs), ...about };
}

/**
 * The actions of each state that are best, in rising order.
 *
 * @param actionValues `[numStates × numActions]`, −∞ where an action is illegal.
 * @param slack How far below the best an action may be, for rounding, at least 0. Default 1e-9.
 */
export function bestActions(
  actionValues: Float64Array,
  numActions: number,
  slack: number = 1e-9,
): number[][] {
  return Array.from({ length: actionValues.length / numActions }, (_, state) => {
    const row = [...actionValues.subarray(state * numActions, (state + 1) * numActions)];
    const best = Math.max(...row);
    return row.flatMap((value, action) => (value >= best - slack ? [action] : []));
  });
}

/** A value with one decimal, as tables of the book have it: halves are rounded up, zero has no sign. */
export function tenths(value: number): string {
  return (Math.round(10 * value) / 10 + 0).toFixed(1);
}
