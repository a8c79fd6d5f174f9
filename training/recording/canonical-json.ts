import { show } from '../../core/check.ts';
import { isSavedArray, type SavedArray } from '../../core/saved.ts';

/** The most lists and objects within each other that are read. */
export const MAX_JSON_DEPTH = 64;

/** The most that are written: what holds them, such as an index, adds some levels. */
const MAX_WRITTEN_DEPTH = MAX_JSON_DEPTH - 8;

/** A value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** What is written in the place of a typed array. */
export type ReplaceArray = (array: SavedArray) => JsonValue;

/**
 * JSON text that depends on the data alone: keys sorted, no spaces, −0 kept.
 *
 * Keys whose value is `undefined` are left out.
 *
 * @param name What the value is, for messages, such as `meta`; `''` for nothing.
 * @param replaceArray What to write for a typed array, in the order of the sorted keys; keys that
 *   begin with `$` are then refused. Without it typed arrays are.
 * @throws Error naming the path, such as `meta.rng.c`, of what JSON cannot hold: a number that is
 *   not finite, a typed array, a function, a key `__proto__`, or more than 56 levels.
 */
export function canonicalJson(name: string, value: unknown, replaceArray?: ReplaceArray): string {
  const writer = new Writer(replaceArray);
  writer.write(name, value, 0);
  return writer.pieces.join('');
}

class Writer {
  readonly pieces: string[] = [];
  readonly #replaceArray: ReplaceArray | undefined;

  constructor(replaceArray: ReplaceArray | undefined) {
    this.#replaceArray = replaceArray;
  }

  write(path: string, value: unknown, depth: number): void {
    if (typeof value === 'number') this.pieces.push(numberText(path, value));
    else if (typeof value === 'string') this.pieces.push(JSON.stringify(value));
    else if (value === null || typeof value === 'boolean') this.pieces.push(String(value));
    else if (Array.isArray(value)) this.#writeList(path, value, depth);
    else if (isSavedArray(value) && this.#replaceArray) {
      this.pieces.push(canonicalJson(path, this.#replaceArray(value)));
    } else if (isPlainObject(value)) this.#writeObject(path, value, depth);
    else throw new Error(`${path}: must be JSON, got ${show(value)}.`);
  }

  #writeList(path: string, list: readonly unknown[], depth: number): void {
    checkDepth(path, depth);
    this.pieces.push('[');
    for (let i = 0; i < list.length; i++) {
      if (i > 0) this.pieces.push(',');
      this.write(`${path}[${i}]`, list[i], depth + 1);
    }
    this.pieces.push(']');
  }

  #writeObject(path: string, object: Readonly<Record<string, unknown>>, depth: number): void {
    checkDepth(path, depth);
    const keys = Object.keys(object).filter((key) => object[key] !== undefined);
    keys.sort();
    this.pieces.push('{');
    for (const key of keys) {
      const keyPath = path === '' ? key : `${path}.${key}`;
      this.#checkKey(keyPath, key);
      if (key !== keys[0]) this.pieces.push(',');
      this.pieces.push(JSON.stringify(key), ':');
      this.write(keyPath, object[key], depth + 1);
    }
    this.pieces.push('}');
  }

  #checkKey(path: string, key: string): void {
    if (key === '__proto__') throw new Error(`${path}: a key must not be "__proto__".`);
    if (this.#replaceArray && key.startsWith('$')) {
      throw new Error(`${path}: a key must not begin with "$", which stands for arrays.`);
    }
  }
}

function numberText(path: string, value: number): string {
  if (!Number.isFinite(value)) {
    throw new Error(`${path}: must be a finite number, got ${value}.`);
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

/** So deep goes nothing but data that contains itself. */
function checkDepth(path: string, depth: number): void {
  if (depth < MAX_WRITTEN_DEPTH) return;
  const start = path.slice(0, 100);
  throw new Error(
    `${start}…: data to save must have at most ${MAX_WRITTEN_DEPTH} levels, got more.`,
  );
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
