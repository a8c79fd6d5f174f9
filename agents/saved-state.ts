import type { Rng } from '../core/rng.ts';
import { copySavedArray, type SavedArray, type SavedData, savedObject } from '../core/saved.ts';

/** The arrays that make up the state of an agent, by their names in saved data. */
export type StateArrays = Readonly<Record<string, SavedArray>>;

/** Copies of the arrays, and the state of the generator. */
export function saveState(arrays: StateArrays, rng: Rng): SavedData {
  const saved: Record<string, SavedArray> = {};
  for (const [key, array] of Object.entries(arrays)) saved[key] = array.slice();
  return { ...saved, rng: rng.snapshot() };
}

/**
 * Fills the arrays and the generator with what `saveState` gave.
 *
 * @param check Looks through the arrays before anything changes, for numbers that lead astray.
 * @throws Error if an array is missing or of another type or length; nothing has changed then.
 */
export function restoreState(
  where: string,
  saved: SavedData,
  arrays: StateArrays,
  rng: Rng,
  check: (arrays: StateArrays) => void = () => {},
): void {
  const read: Record<string, SavedArray> = {};
  for (const [key, array] of Object.entries(arrays)) {
    read[key] = array.slice();
    copySavedArray(where, saved, key, read[key]);
  }
  check(read);
  rng.restore(savedObject(where, saved, 'rng'));
  for (const [key, array] of Object.entries(arrays)) array.set(read[key]);
}

/** @throws Error unless every number of the array lies in [low, high]. */
export function checkSavedRange(
  where: string,
  key: string,
  array: SavedArray,
  low: number,
  high: number,
): void {
  for (let i = 0; i < array.length; i++) {
    if (array[i] >= low && array[i] <= high) continue;
    throw new Error(`${where}: ${key}[${i}] must be from ${low} to ${high}, got ${array[i]}.`);
  }
}
