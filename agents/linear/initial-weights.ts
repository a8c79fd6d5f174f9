import { checkFinite, checkLength } from '../../core/check.ts';

/**
 * Weights to begin with: one number for all, or each.
 *
 * @throws RangeError if the list is not as long as there are weights, or a number is not finite.
 */
export function createWeights(
  name: string,
  given: number | readonly number[],
  numWeights: number,
): Float64Array {
  if (typeof given === 'number') {
    checkFinite(name, given);
    return new Float64Array(numWeights).fill(given);
  }
  checkLength(name, given, numWeights);
  for (const weight of given) checkFinite(name, weight);
  return Float64Array.from(given);
}
