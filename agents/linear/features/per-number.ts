import { checkInteger, checkLength } from '../../../core/check.ts';

/** An integer for each number of an observation, or one for all. */
export type PerNumber = number | readonly number[];

/** @throws RangeError unless it is an integer from `least` on for each of `size` numbers. */
export function resolvePerNumber(
  name: string,
  given: PerNumber,
  size: number,
  least: number,
): readonly number[] {
  const each = typeof given === 'number' ? new Array<number>(size).fill(given) : given;
  checkLength(name, each, size);
  for (const value of each) checkInteger(name, value, least, 1_000_000);
  return [...each];
}

const MOST_FEATURES = 2 ** 24; // more are a mistake, or a matter for a network

/** @throws RangeError if there are too many features to hold a weight for each. */
export function checkNumFeatures(where: string, numFeatures: number): number {
  if (numFeatures <= MOST_FEATURES) return numFeatures;
  throw new RangeError(
    `${where} must come to at most ${MOST_FEATURES} features, got ${numFeatures}.`,
  );
}
