import type { SavedArray } from './saved.ts';

/** Makes an array that saved data may hold. */
export interface SavedArrayConstructor {
  new (length: number): SavedArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** The array types of saved data by name, for those who write them down. */
export const SAVED_ARRAYS: Readonly<Record<string, SavedArrayConstructor | undefined>> = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
};

/** The name of an array's type in `SAVED_ARRAYS`. */
export function savedArrayType(array: SavedArray): string {
  const found = Object.entries(SAVED_ARRAYS).find(([, type]) => array.constructor === type);
  return found === undefined ? 'u8' : found[0];
}
