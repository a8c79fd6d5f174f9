import { checkOneOf } from '../check.ts';
import type { AnyBox } from '../space.ts';

/** Which bounds a question is about. */
export type BoundedSide = 'both' | 'below' | 'above';

/**
 * Whether every element of a box has a finite bound: below, above, or both.
 *
 * @throws RangeError if `which` is none of these.
 */
export function isBounded({ low, high }: AnyBox, which: BoundedSide = 'both'): boolean {
  checkOneOf('isBounded: which', which, ['both', 'below', 'above']);
  const below = which === 'above' || low.every((bound) => bound > -Infinity);
  const above = which === 'below' || high.every((bound) => bound < Infinity);
  return below && above;
}
