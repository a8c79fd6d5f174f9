import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedHeader,
} from '../../../core/saved.ts';
import type { SavedPart } from '../../saved-parts.ts';

/**
 * Numbers of the last update, such as its loss, as a part of what is saved: so an agent that goes on
 * reports what one that never stopped does.
 */
export function numbersPart<K extends string>(numbers: Record<K, number>): SavedPart {
  const keys = Object.keys(numbers) as K[];
  return {
    snapshot: () => ({
      ...savedHeader('numbers', 1),
      values: Float64Array.from(keys, (key) => numbers[key]),
    }),
    restore(saved: SavedData) {
      const where = 'numbersPart.restore';
      checkSavedHeader(where, saved, 'numbers', 1);
      const values = new Float64Array(keys.length);
      copySavedArray(where, saved, 'values', values);
      keys.forEach((key, i) => {
        numbers[key] = values[i];
      });
    },
  };
}
