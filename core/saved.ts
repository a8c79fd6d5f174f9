import { show } from './check.ts';

/** A typed array that saved data may hold. */
export type SavedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** One value of saved data: JSON (finite numbers only), or a typed array for bulk numbers. */
export type SavedValue =
  | null
  | boolean
  | number
  | string
  | SavedArray
  | readonly SavedValue[]
  | SavedData;

/**
 * What something writes when it is saved: plain data without code or class names.
 *
 * Each saved thing opens with a header (`savedHeader`), so that a later version can still read it
 * and a wrong thing is told from a broken one.
 */
export interface SavedData {
  readonly [key: string]: SavedValue;
}

/** The header of saved data: what it is, and which version of that layout. */
export function savedHeader(kind: string, version: number): { kind: string; version: number } {
  return { kind, version };
}

/**
 * Checks the header of saved data.
 *
 * @throws Error unless it is of this `kind` and of a version from 1 to `newest`.
 */
export function checkSavedHeader(
  name: string,
  saved: SavedData,
  kind: string,
  newest: number,
): void {
  if (typeof saved !== 'object' || saved === null || saved.kind !== kind) {
    throw new Error(`${name}: expected saved data of kind "${kind}", got ${show(saved?.kind)}.`);
  }
  const { version } = saved;
  if (
    typeof version !== 'number' ||
    !Number.isInteger(version) ||
    version < 1 ||
    version > newest
  ) {
    throw new Error(
      `${name}: expected "${kind}" of version 1 to ${newest}, got ${show(version)}. A newer Palaestra may have written it.`,
    );
  }
}

/** @throws Error unless `saved.name` is `expected`: data of another world or agent. */
export function checkSavedName(name: string, saved: SavedData, expected: string): void {
  if (saved.name !== expected) {
    throw new Error(`${name}: expected data of ${expected}, got ${show(saved.name)}.`);
  }
}

/** @throws Error unless `saved[key]` is a finite number. */
export function savedNumber(name: string, saved: SavedData, key: string): number {
  const value = saved[key];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Error(`${name}: ${key} must be a finite number, got ${show(value)}.`);
  }
  return value;
}

/** @throws Error unless `saved[key]` is an integer of at least 0. */
export function savedCount(name: string, saved: SavedData, key: string): number {
  const value = saved[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Error(`${name}: ${key} must be an integer of at least 0, got ${show(value)}.`);
  }
  return value;
}

/** @throws Error unless `saved[key]` is a string. */
export function savedString(name: string, saved: SavedData, key: string): string {
  const value = saved[key];
  if (typeof value !== 'string') {
    throw new Error(`${name}: ${key} must be a string, got ${show(value)}.`);
  }
  return value;
}

/** @throws Error unless `saved[key]` is an object of saved data. */
export function savedObject(name: string, saved: SavedData, key: string): SavedData {
  const value = saved[key];
  if (!isSavedObject(value)) {
    throw new Error(`${name}: ${key} must be an object, got ${show(value)}.`);
  }
  return value;
}

/** @throws Error unless `saved[key]` is a list of objects, of `length` where that is given. */
export function savedObjects(
  name: string,
  saved: SavedData,
  key: string,
  length?: number,
): readonly SavedData[] {
  const value = saved[key];
  if (!Array.isArray(value) || !value.every(isSavedObject)) {
    throw new Error(`${name}: ${key} must be a list of objects, got ${show(value)}.`);
  }
  if (length !== undefined && value.length !== length) {
    throw new Error(`${name}: ${key} must have length ${length}, got ${value.length}.`);
  }
  return value;
}

/**
 * The typed array `saved[key]`, not copied.
 *
 * @throws Error unless it is an array of this `type` and `length`.
 */
export function savedArray<T extends SavedArray>(
  name: string,
  saved: SavedData,
  key: string,
  type: new (length: number) => T,
  length: number,
): T {
  const value = saved[key];
  const expected = `${type.name} of length ${length}`;
  if (!isSavedArray(value) || value.constructor !== type) {
    throw new Error(`${name}: ${key} must be a ${expected}, got ${show(value)}.`);
  }
  if (value.length !== length) {
    throw new Error(`${name}: ${key} must be a ${expected}, got length ${value.length}.`);
  }
  return value as T;
}

/**
 * Copies the typed array `saved[key]` into `target`.
 *
 * @throws Error unless it is an array of the same element type and length.
 */
export function copySavedArray(
  name: string,
  saved: SavedData,
  key: string,
  target: SavedArray,
): void {
  const type = target.constructor as new (length: number) => SavedArray;
  target.set(savedArray(name, saved, key, type, target.length));
}

/** Whether `value` is a typed array that saved data may hold. */
export function isSavedArray(value: unknown): value is SavedArray {
  return (
    value instanceof Float64Array ||
    value instanceof Float32Array ||
    value instanceof Int32Array ||
    value instanceof Uint32Array ||
    value instanceof Int16Array ||
    value instanceof Uint16Array ||
    value instanceof Int8Array ||
    value instanceof Uint8Array
  );
}

function isSavedObject(value: unknown): value is SavedData {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isSavedArray(value)
  );
}
