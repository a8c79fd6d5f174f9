import { isSavedArray, type SavedArray, type SavedData } from '../../core/saved.ts';
import { SAVED_ARRAYS, savedArrayType } from '../../core/saved-arrays.ts';
import type { JsonValue } from './canonical-json.ts';
import { readList, wrong } from './guards.ts';

/** The longest array that is written into JSON: generators need no more. */
const MAX_LENGTH = 65_536;

/**
 * Saved data as JSON: a typed array becomes `{"$array": "u32", "values": […]}`.
 *
 * For small data inside of a recording, such as the state of a generator.
 */
export function savedToJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isSavedArray(value)) return { $array: savedArrayType(value), values: Array.from(value) };
  if (Array.isArray(value)) return value.map(savedToJson);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, savedToJson(part)]));
}

/**
 * Saved data from JSON that `savedToJson` made.
 *
 * @throws Error if an array in it is of an unknown type or holds anything but numbers.
 */
export function savedFromJson(path: string, json: JsonValue): SavedData[string] {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((part, i) => savedFromJson(`${path}[${i}]`, part));
  const fields = json as { readonly [key: string]: JsonValue };
  if (fields.$array !== undefined) return readArray(path, fields);
  const entries = Object.entries(fields);
  return Object.fromEntries(
    entries.map(([key, part]) => [key, savedFromJson(`${path}.${key}`, part)]),
  );
}

function readArray(path: string, fields: { readonly [key: string]: JsonValue }): SavedArray {
  const type = Object.hasOwn(SAVED_ARRAYS, String(fields.$array))
    ? SAVED_ARRAYS[String(fields.$array)]
    : undefined;
  if (type === undefined) {
    throw wrong(`${path}.$array`, `one of ${Object.keys(SAVED_ARRAYS).join(', ')}`, fields.$array);
  }
  const values = readList(`${path}.values`, fields.values, MAX_LENGTH);
  const array = new type(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') throw wrong(`${path}.values[${i}]`, 'a number', value);
    array[i] = value;
  }
  return array;
}
