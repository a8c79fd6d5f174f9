import type { Parse } from './byte-source.ts';
import { type Extent, resolveZip64, type ZipEntry } from './entry.ts';
import { checkEntryName, decodeName } from './entry-name.ts';
import {
  FLAG,
  MAX_16,
  MAX_32,
  MAX_ENTRIES,
  METHOD,
  RECORD_SIZE,
  readU16,
  readU32,
  readU64,
  SIGNATURE,
} from './layout.ts';

/** Where the directory of a file is, by its end record. */
interface DirectoryPlace {
  readonly entries: number;
  readonly start: number;
  readonly end: number;
}

const PIECE = 1024 * 1024; // bytes of the directory read at a time
const LONGEST_HEADER = RECORD_SIZE.centralHeader + 3 * MAX_16;

/**
 * Reads the directory at the end of a ZIP file.
 *
 * @param size Bytes of the file.
 * @returns the entries by name, in the directory's order; `null` where the directory is missing or
 *   damaged, as after a crash of the writer.
 * @throws Error if the file is whole, yet nothing that we read: encrypted, with unsafe or double
 *   names, an unknown compression, overlapping entries, or more than 2 million of them.
 */
export function* readDirectory(size: number): Parse<ReadonlyMap<string, ZipEntry> | null> {
  const place = yield* findDirectory(size);
  if (place === null) return null;
  if (place.entries > MAX_ENTRIES) {
    throw new Error(
      `Zip: the file must have at most ${MAX_ENTRIES} entries, got ${place.entries}.`,
    );
  }
  const entries = new Map<string, ZipEntry>();
  let piece = new Uint8Array(0);
  let pieceStart = place.start;
  let at = place.start;
  while (at < place.end) {
    if (pieceStart + piece.length < Math.min(at + LONGEST_HEADER, place.end)) {
      pieceStart = at;
      piece = (yield { start: at, end: Math.min(at + PIECE, place.end) }) as typeof piece;
    }
    const header = parseCentralHeader(piece.subarray(at - pieceStart), place.start);
    if (header === null) return null;
    if (entries.has(header.entry.name)) {
      throw new Error(`Zip: each name must occur once, got "${header.entry.name}" twice.`);
    }
    entries.set(header.entry.name, header.entry);
    at += header.length;
  }
  if (entries.size !== place.entries) return null;
  checkApart(entries, place.start);
  return entries;
}

function* findDirectory(size: number): Parse<DirectoryPlace | null> {
  const tailStart = Math.max(0, size - RECORD_SIZE.end - MAX_16 - RECORD_SIZE.zip64Locator);
  const tail = yield { start: tailStart, end: size };
  const at = findEndRecord(tail);
  if (at < 0) return null;
  const disks = readU32(tail, at + 4);
  const place = {
    entries: readU16(tail, at + 10),
    start: readU32(tail, at + 16),
    end: readU32(tail, at + 16) + readU32(tail, at + 12),
  };
  const single = disks === 0 && readU16(tail, at + 8) === place.entries;
  const zip64 =
    place.entries === MAX_16 || place.start === MAX_32 || readU32(tail, at + 12) === MAX_32;
  if (zip64) return yield* findZip64(tail.subarray(0, at), tailStart);
  return checkPlace(single ? place : null, tailStart + at);
}

/** The last end record whose comment reaches exactly to the end of the file; −1 for none. */
function findEndRecord(tail: Uint8Array): number {
  for (let at = tail.length - RECORD_SIZE.end; at >= 0; at--) {
    const reaches = at + RECORD_SIZE.end + readU16(tail, at + 20) === tail.length;
    if (reaches && readU32(tail, at) === SIGNATURE.end) return at;
  }
  return -1;
}

function* findZip64(before: Uint8Array, beforeStart: number): Parse<DirectoryPlace | null> {
  const locator = before.length - RECORD_SIZE.zip64Locator;
  if (locator < 0 || readU32(before, locator) !== SIGNATURE.zip64Locator) return null;
  const start = readU64(before, locator + 8);
  const end = start + RECORD_SIZE.zip64End;
  if (end > beforeStart + locator) return null;
  const record = yield { start, end };
  if (readU32(record, 0) !== SIGNATURE.zip64End) return null;
  const place = {
    entries: readU64(record, 32),
    start: readU64(record, 48),
    end: readU64(record, 48) + readU64(record, 40),
  };
  const single = readU64(record, 16) === 0 && readU64(record, 24) === place.entries;
  return checkPlace(single ? place : null, start);
}

/** The directory must end where the record that names it begins, and have room for its entries. */
function checkPlace(place: DirectoryPlace | null, recordStart: number): DirectoryPlace | null {
  if (place === null || place.end !== recordStart || place.start > place.end) return null;
  const room = (place.end - place.start) / RECORD_SIZE.centralHeader;
  return place.entries <= room ? place : null;
}

/** The central header at the start of `bytes`; `null` where there is none. */
function parseCentralHeader(
  bytes: Uint8Array,
  limit: number,
): { readonly entry: ZipEntry; readonly length: number } | null {
  if (bytes.length < RECORD_SIZE.centralHeader) return null;
  if (readU32(bytes, 0) !== SIGNATURE.centralHeader) return null;
  const nameBytes = readU16(bytes, 28);
  const nameEnd = RECORD_SIZE.centralHeader + nameBytes;
  const extraEnd = nameEnd + readU16(bytes, 30);
  const length = extraEnd + readU16(bytes, 32);
  if (length > bytes.length) return null;
  const name = decodeName(bytes.subarray(RECORD_SIZE.centralHeader, nameEnd));
  const fields = {
    compressedSize: readU32(bytes, 20),
    size: readU32(bytes, 24),
    offset: readU32(bytes, 42),
  };
  const extent = resolveZip64(fields, bytes.subarray(nameEnd, extraEnd));
  if (name === null || extent === null) return null;
  if (dataEnd({ nameBytes, ...extent }) > limit) return null;
  refuse(name, readU16(bytes, 8), readU16(bytes, 10));
  const crc = readU32(bytes, 16);
  return { entry: { name, nameBytes, method: readU16(bytes, 10), crc, ...extent }, length };
}

function refuse(name: string, flags: number, method: number): void {
  checkEntryName(name);
  if ((flags & FLAG.encrypted) !== 0) {
    throw new Error(`Zip: entries must not be encrypted, got "${name}".`);
  }
  if (method !== METHOD.store && method !== METHOD.deflate) {
    throw new Error(`Zip: entries must be stored or deflated, got method ${method} in "${name}".`);
  }
}

/** @throws Error if two entries share bytes of the file, as in a bomb. */
function checkApart(entries: ReadonlyMap<string, ZipEntry>, limit: number): void {
  const ordered = [...entries.values()].sort((a, b) => a.offset - b.offset);
  for (let i = 0; i < ordered.length; i++) {
    const end = i + 1 < ordered.length ? ordered[i + 1].offset : limit;
    if (dataEnd(ordered[i]) > end) {
      throw new Error(
        `Zip: entries must not overlap, got "${ordered[i].name}" running into the next.`,
      );
    }
  }
}

/** Where an entry's data ends at the earliest: its local header may have an extra field besides. */
function dataEnd(entry: Extent & { readonly nameBytes: number }): number {
  return entry.offset + RECORD_SIZE.localHeader + entry.nameBytes + entry.compressedSize;
}
