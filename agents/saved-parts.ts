import {
  checkSavedHeader,
  copySavedArray,
  isSavedArray,
  type SavedArray,
  type SavedData,
  type SavedValue,
  savedHeader,
  savedObject,
  savedObjects,
} from '../core/saved.ts';

/** Something that can be saved by itself, such as a generator. */
export interface SavedPart {
  snapshot(): SavedData;
  /** @throws Error if `saved` is no snapshot of this. */
  restore(saved: SavedData): void;
}

/** Arrays of a fixed length, by their names in saved data. */
export type SavedArrays = Readonly<Record<string, SavedArray>>;

/** What an agent consists of, by name: arrays of a fixed length, and what saves itself. */
export type SavedParts = Readonly<Record<string, SavedArray | SavedPart>>;

/** Everything that the parts hold, under the header of an agent: version 1. */
export function saveParts(kind: string, parts: SavedParts): SavedData {
  const saved: Record<string, SavedValue> = savedHeader(kind, 1);
  for (const [key, part] of Object.entries(parts)) {
    saved[key] = isSavedArray(part) ? part.slice() : part.snapshot();
  }
  return saved;
}

/**
 * Puts back into the parts what `saveParts` gave.
 *
 * @param after Called when they are filled, to set what follows from them; it may throw.
 * @throws Error if the data is of another kind, version or shape; the parts are then unchanged.
 */
export function restoreParts(
  where: string,
  saved: SavedData,
  kind: string,
  parts: SavedParts,
  after: () => void = () => {},
): void {
  checkSavedHeader(where, saved, kind, 1);
  const before = saveParts(kind, parts);
  try {
    putBack(where, saved, parts);
    after();
  } catch (error) {
    putBack(where, before, parts);
    after();
    throw error;
  }
}

function putBack(where: string, saved: SavedData, parts: SavedParts): void {
  for (const [key, part] of Object.entries(parts)) {
    if (isSavedArray(part)) copySavedArray(where, saved, key, part);
    else part.restore(savedObject(where, saved, key));
  }
}

/** Several parts of one kind, such as one for each copy of the world, as one part. */
export function listPart(parts: readonly SavedPart[]): SavedPart {
  return {
    snapshot: () => ({ list: parts.map((part) => part.snapshot()) }),
    restore(saved) {
      const list = savedObjects('restore', saved, 'list', parts.length);
      parts.forEach((part, i) => {
        part.restore(list[i]);
      });
    },
  };
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
