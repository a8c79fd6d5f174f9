import { type SavedArray, type SavedData, savedArray } from '../../core/saved.ts';

/**
 * Reads the first `length` elements of a column from `saved[key]`.
 *
 * @returns what copies them into `target`, and sets the rest to 0.
 * @throws Error unless there is such an array, of as many elements.
 */
export function restoringColumn(
  where: string,
  saved: SavedData,
  key: string,
  target: SavedArray,
  length: number,
): () => void {
  const type = target.constructor as new (length: number) => SavedArray;
  const column = savedArray(where, saved, key, type, length);
  return () => {
    target.set(column);
    target.fill(0, length);
  };
}

/**
 * The array of integers `saved[key]`, not copied.
 *
 * @throws Error unless it is an `Int32Array` of this length, and all lie in `least` … `most`.
 */
export function savedIndices(
  where: string,
  saved: SavedData,
  key: string,
  length: number,
  [least, most]: readonly [number, number],
): Int32Array {
  const indices = savedArray(where, saved, key, Int32Array, length);
  const wrong = indices.find((index) => index < least || index > most);
  if (wrong === undefined) return indices;
  throw new Error(`${where}: ${key} must lie in ${least} … ${most}, got ${wrong}.`);
}
