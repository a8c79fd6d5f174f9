import { checkInteger, show } from '../core/check.ts';
import type { SavedArray, SavedData, SavedValue } from '../core/saved.ts';
import { SAVED_ARRAYS, savedArrayType } from '../core/saved-arrays.ts';
import { encodeUtf8 } from '../core/utf8.ts';
import { Budget } from './recording/budget.ts';
import { canonicalJson, type JsonValue } from './recording/canonical-json.ts';
import { readFields, readInteger, readText, wrong } from './recording/guards.ts';
import { jsonCost, parseJson } from './recording/parse-json.ts';
import { parseSync } from './zip/byte-source.ts';
import type { Codec } from './zip/codec.ts';
import { readEntry, readZip, type ZipContents } from './zip/reader.ts';
import { ZipWriter } from './zip/writer.ts';

const JSON_ENTRY = 'saved.json';
const MAX_JSON_BYTES = 64 * 1024 * 1024;
const MAX_BYTES = 1024 * 1024 * 1024;

/** What a file of saved data is, such as `palaestra-checkpoint` of version 1. */
export interface SavedFileHeader {
  readonly format: string;
  /** An integer of at least 1; when reading, the newest that can be read. */
  readonly version: number;
}

/**
 * Saved data as a file: a zip of `saved.json`, and of each typed array raw and little-endian.
 *
 *     saved.json       {"data": {…, "values": {"$array": "arrays/0000.bin", "dtype": "f64",
 *                      "length": 48}}, "format": …, "version": …}
 *     arrays/0000.bin  and so on, in the order of the sorted keys
 *
 * The bytes depend on the data alone, not on the order of its keys.
 *
 * @returns a new array with the whole file.
 * @throws Error naming the path, such as `agent.rng.c`, of what cannot be saved: a number that is
 *   not finite, a function, a key that begins with `$`. Typed arrays may hold any numbers.
 */
export function encodeSaved(saved: SavedData, codec: Codec, header: SavedFileHeader): Uint8Array {
  checkInteger('encodeSaved: version', header.version, 1);
  const arrays: SavedArray[] = [];
  const data = canonicalJson('', saved, (array) => {
    arrays.push(array);
    const dtype = savedArrayType(array);
    return { $array: arrayEntry(arrays.length - 1), dtype, length: array.length };
  });
  const format = JSON.stringify(header.format);
  const json = encodeUtf8(`{"data":${data},"format":${format},"version":${header.version}}`);
  checkInteger(`encodeSaved: bytes of ${JSON_ENTRY}`, json.length, 0, MAX_JSON_BYTES);

  const chunks: Uint8Array[] = [];
  const zip = new ZipWriter({ codec, write: (chunk) => chunks.push(chunk) });
  zip.add(JSON_ENTRY, json);
  for (const [i, array] of arrays.entries()) zip.add(arrayEntry(i), bytesOf(array));
  zip.finish();
  return concatenate(chunks, zip.size);
}

/**
 * Saved data from a file that `encodeSaved` made. The file is not trusted.
 *
 * @param header The format that it must be of, and the newest version that can be read.
 * @param maxBytes The most memory that the data may take. Default 1 GiB.
 * @returns fresh data; its keys are sorted.
 * @throws Error if this is another file, a newer version, or damaged.
 * @throws RangeError if it takes more memory than `maxBytes`; nothing has been allocated then.
 */
export function decodeSaved(
  bytes: Uint8Array,
  codec: Codec,
  header: SavedFileHeader,
  maxBytes: number = MAX_BYTES,
): SavedData {
  const contents = parseSync(bytes, readZip(bytes.length));
  const reader = new SavedReader(bytes, contents, codec, new Budget('maxBytes', maxBytes));
  const fields = reader.json();
  if (fields.format !== header.format) {
    throw wrong(`${JSON_ENTRY}: format`, `"${header.format}"`, fields.format);
  }
  const version = readInteger(`${JSON_ENTRY}: version`, fields.version, 1);
  if (version > header.version) {
    throw new Error(
      `${JSON_ENTRY}: version must be at most ${header.version}, got ${version}. A newer Palaestra has written this file: update to read it.`,
    );
  }
  return reader.value('data', readFields('data', fields.data) as JsonValue) as SavedData;
}

/** One file of saved data while it is being read. */
class SavedReader {
  readonly #bytes: Uint8Array;
  readonly #contents: ZipContents;
  readonly #codec: Codec;
  readonly #budget: Budget;
  readonly #taken = new Set<string>(); // arrays

  constructor(bytes: Uint8Array, contents: ZipContents, codec: Codec, budget: Budget) {
    this.#bytes = bytes;
    this.#contents = contents;
    this.#codec = codec;
    this.#budget = budget;
  }

  json(): Readonly<Record<string, unknown>> {
    if (!this.#contents.complete || !this.#contents.entries.has(JSON_ENTRY)) {
      throw new Error(
        `decodeSaved: the file must be a whole zip with "${JSON_ENTRY}" in it, got ${this.#bytes.length} bytes of something else. It is cut, damaged or another file.`,
      );
    }
    const bytes = this.#entry(JSON_ENTRY, MAX_JSON_BYTES);
    this.#budget.spend(JSON_ENTRY, jsonCost(JSON_ENTRY, bytes));
    return readFields(JSON_ENTRY, parseJson(JSON_ENTRY, bytes, MAX_JSON_BYTES));
  }

  value(path: string, json: JsonValue): SavedValue {
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return json.map((part, i) => this.value(`${path}[${i}]`, part));
    if (Object.hasOwn(json, '$array')) return this.#array(path, readFields(path, json));
    const entries = Object.entries(json);
    return Object.fromEntries(
      entries.map(([key, part]) => [key, this.value(`${path}.${key}`, part)]),
    );
  }

  #array(path: string, reference: Readonly<Record<string, unknown>>): SavedArray {
    const name = readText(`${path}.$array`, reference.$array, 1, 100);
    const length = readInteger(`${path}.length`, reference.length, 0);
    const dtype = String(reference.dtype);
    const type = Object.hasOwn(SAVED_ARRAYS, dtype) ? SAVED_ARRAYS[dtype] : undefined;
    const known = Object.keys(SAVED_ARRAYS).join(', ');
    if (type === undefined) throw wrong(`${path}.dtype`, `one of ${known}`, reference.dtype);
    if (this.#taken.has(name)) throw wrong(`${path}.$array`, 'an array of its own', name);
    this.#taken.add(name);
    const size = length * type.BYTES_PER_ELEMENT;
    const found = this.#contents.entries.get(name)?.size;
    if (found !== size) throw wrong(`${path}: "${name}"`, `${size} bytes`, found);
    this.#budget.spend(path, size);
    const stored = this.#entry(name, size);
    const array = new type(length);
    bytesOf(array).set(stored);
    return array;
  }

  #entry(name: string, maxSize: number): Uint8Array {
    const entry = this.#contents.entries.get(name);
    if (entry === undefined) throw new Error(`decodeSaved: there is no entry ${show(name)}.`);
    return parseSync(this.#bytes, readEntry(this.#contents, entry, this.#codec, maxSize));
  }
}

function arrayEntry(index: number): string {
  return `arrays/${String(index).padStart(4, '0')}.bin`;
}

function bytesOf(array: SavedArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
