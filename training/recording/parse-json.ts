import { decodeUtf8 } from '../../core/utf8.ts';
import { type JsonValue, MAX_JSON_DEPTH } from './canonical-json.ts';

/** The longest JSON text that is read, in bytes. */
export const MAX_JSON_BYTES: number = 4 * 1024 * 1024;

// What each part takes in memory at most, in bytes. Measured in V8 with the texts that are worst:
// `{}` 64 an object, `[]` 40, `{"x7":0}` with ever new keys 184, `{"1":0}` 203, `"x7"` 32.
const CONTAINER_COST = 64;
const KEY_COST = 120;
const VALUE_COST = 24;
const TEXT_COST = 2;

/**
 * About how much memory the value of a JSON text takes, in bytes; rather too much than too little.
 *
 * Three bytes, `{},`, become an object of 60, so the length of the text says little.
 *
 * @throws Error if the text is nested more than 64 levels deep.
 */
export function jsonCost(name: string, bytes: Uint8Array): number {
  let cost = TEXT_COST * bytes.length;
  let depth = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      i = stringEnd(bytes, i + 1);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      cost += CONTAINER_COST;
      depth++;
      if (depth > MAX_JSON_DEPTH)
        throw new Error(`${name}: JSON must have at most ${MAX_JSON_DEPTH} levels.`);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth--;
    } else if (byte === COLON) {
      cost += KEY_COST;
    } else if (byte === COMMA) {
      cost += VALUE_COST;
    }
  }
  return cost;
}

/**
 * The value of a JSON text from outside, in fresh objects; `__proto__` keys are dropped.
 *
 * @param name What the text is, for messages.
 * @param maxBytes The longest text that is read. Default 4 MiB.
 * @throws Error if it is too long or too deep, not UTF-8, or not JSON.
 */
export function parseJson(
  name: string,
  bytes: Uint8Array,
  maxBytes: number = MAX_JSON_BYTES,
): JsonValue {
  if (bytes.length > maxBytes) {
    throw new Error(`${name}: JSON must have at most ${maxBytes} bytes, got ${bytes.length}.`);
  }
  jsonCost(name, bytes);
  try {
    return dropPrototypes(JSON.parse(decodeUtf8(bytes)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${name}: the text must be JSON: ${reason.slice(0, 200)}.`, { cause });
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where the string ends whose text begins at `start`. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let i = start;
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i;
}

/** Removes `__proto__` keys, which `JSON.parse` makes own properties, in place. */
function dropPrototypes(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.hasOwn(value, '__proto__')) {
    Reflect.deleteProperty(value, '__proto__');
  }
  for (const key of Object.keys(value)) {
    dropPrototypes((value as { readonly [key: string]: JsonValue })[key]);
  }
  return value;
}
