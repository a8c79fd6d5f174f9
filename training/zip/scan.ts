import type { Parse } from './byte-source.ts';
import type { ZipEntry } from './entry.ts';
import { nameProblem } from './entry-name.ts';
import {
  MAX_ENTRIES,
  MAX_EXTRA_BYTES,
  MAX_NAME_BYTES,
  METHOD,
  RECORD_SIZE,
  readU16,
  readU32,
  SIGNATURE,
} from './layout.ts';
import { type LocalHeader, localHeaderSize, parseLocalHeader } from './local-header.ts';

const PIECE = 64 * 1024; // bytes read at a time

/**
 * Finds the entries of a ZIP file without its directory, from local header to local header.
 *
 * It goes on after damaged stretches. Entries that are encrypted, cut, unsafely named or not
 * stored or deflated are passed over; of entries with the same name the first counts. Checksums
 * are not looked at before an entry is read.
 *
 * @param size Bytes of the file.
 * @returns the entries by name, in the file's order; no two of them overlap.
 */
export function* scanEntries(size: number): Parse<ReadonlyMap<string, ZipEntry>> {
  const window = new Window(size);
  const entries = new Map<string, ZipEntry>();
  let last: LocalHeader | null = null;
  let offset = 0;
  while (offset < size && entries.size < MAX_ENTRIES) {
    const header: LocalHeader | null = yield* headerAt(window, offset);
    if (header === null) {
      offset = yield* nextSignature(window, offset + 1);
      continue;
    }
    if (last !== null && entryEnd(last) > offset) entries.delete(last.name); // its size was wrong
    last = entries.has(header.name) ? null : header;
    if (last !== null) entries.set(header.name, last);
    const trusted = yield* isRecordAt(window, entryEnd(header));
    offset = trusted ? entryEnd(header) : yield* nextSignature(window, header.dataOffset);
  }
  return entries;
}

function entryEnd(header: LocalHeader): number {
  return header.dataOffset + header.compressedSize;
}

function* headerAt(window: Window, offset: number): Parse<LocalHeader | null> {
  const start = yield* window.bytes(offset, RECORD_SIZE.localHeader);
  if (start.length < RECORD_SIZE.localHeader) return null;
  if (readU32(start, 0) !== SIGNATURE.localHeader) return null;
  if (readU16(start, 26) > MAX_NAME_BYTES || readU16(start, 28) > MAX_EXTRA_BYTES) return null;
  const length = localHeaderSize(start);
  const bytes = yield* window.bytes(offset, length);
  if (bytes.length < length) return null;
  const header = parseLocalHeader(bytes, offset);
  return header !== null && isWhole(header, window.size) ? header : null;
}

function isWhole(header: LocalHeader, fileSize: number): boolean {
  const { method, size, compressedSize, name, sizesFollow } = header;
  if (sizesFollow || nameProblem(name) !== null || entryEnd(header) > fileSize) return false;
  return method === METHOD.deflate || (method === METHOD.store && size === compressedSize);
}

/** Whether the file ends at `offset`, or another record begins there. */
function* isRecordAt(window: Window, offset: number): Parse<boolean> {
  if (offset + 4 > window.size) return true;
  const bytes = yield* window.glance(offset, 4);
  const signature = readU32(bytes, 0);
  return Object.values(SIGNATURE).some((known) => known === signature);
}

/** The next place from `offset` on where a local header may begin; the file's size for none. */
function* nextSignature(window: Window, offset: number): Parse<number> {
  for (let start = offset; start + 4 <= window.size; ) {
    const bytes = yield* window.from(start);
    for (let i = 0; i + 4 <= bytes.length; i++) {
      if (bytes[i] === 0x50 && bytes[i + 1] === 0x4b && readU16(bytes, i + 2) === 0x0403) {
        return start + i;
      }
    }
    start += bytes.length - 3;
  }
  return window.size;
}

/** A stretch of the file that is in memory, moved along as it is read. */
class Window {
  readonly size: number;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(size: number) {
    this.size = size;
  }

  /** The `length` bytes from `offset`, or what there is of them; valid until the next call. */
  *bytes(offset: number, length: number): Parse<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return this.#bytes.subarray(0, 0);
    if (offset < this.#start || end > this.#start + this.#bytes.length) {
      this.#start = offset;
      this.#bytes = yield {
        start: offset,
        end: Math.min(Math.max(end, offset + PIECE), this.size),
      };
    }
    return this.#bytes.subarray(offset - this.#start, end - this.#start);
  }

  /** The bytes from `offset` on that are in memory; at least 4, which there must be. */
  *from(offset: number): Parse<Uint8Array> {
    const inMemory = this.#start + this.#bytes.length - offset;
    if (offset < this.#start || inMemory < 4) {
      return yield* this.bytes(offset, Math.min(PIECE, this.size - offset));
    }
    return this.#bytes.subarray(offset - this.#start);
  }

  /** The `length` bytes from `offset`, which there must be; the window stays where it is. */
  *glance(offset: number, length: number): Parse<Uint8Array> {
    const end = offset + length;
    if (offset < this.#start || end > this.#start + this.#bytes.length) {
      return yield { start: offset, end };
    }
    return this.#bytes.subarray(offset - this.#start, end - this.#start);
  }
}
