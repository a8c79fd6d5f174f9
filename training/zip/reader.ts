import type { Parse } from './byte-source.ts';
import type { Codec } from './codec.ts';
import { crc32 } from './crc32.ts';
import { readDirectory } from './directory.ts';
import type { ZipEntry } from './entry.ts';
import { MAX_RATIO, METHOD, RECORD_SIZE } from './layout.ts';
import { localHeaderSize, parseLocalHeader } from './local-header.ts';
import { scanEntries } from './scan.ts';

/** What is in a ZIP file. */
export interface ZipContents {
  /** Bytes of the file. */
  readonly fileSize: number;
  /** The entries by name. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Whether they come from the file's directory; else the file was searched for them. */
  readonly complete: boolean;
}

const LOCAL_EXTRA = 256; // bytes read in one go for the extra field of a local header

/**
 * Reads what is in a ZIP file: its directory, or, where that is missing or damaged, what a search
 * through the file finds.
 *
 *     const contents = await parseAsync(source, readZip(source.size));
 *
 * @param size Bytes of the file.
 * @throws Error if the file has a whole directory with something in it that is refused.
 */
export function* readZip(size: number): Parse<ZipContents> {
  const entries = yield* readDirectory(size);
  return entries === null ? yield* scanZip(size) : { fileSize: size, entries, complete: true };
}

/** Searches through a ZIP file for whole entries, whatever its directory says. */
export function* scanZip(size: number): Parse<ZipContents> {
  return { fileSize: size, entries: yield* scanEntries(size), complete: false };
}

/**
 * Reads one entry.
 *
 * @param maxSize The most bytes that it may have; checked before anything is allocated.
 * @returns its content, perhaps a view of the source's own bytes.
 * @throws Error if it is longer than that, or damaged: its headers contradict each other, it does
 *   not inflate to the size they give, or its checksum is wrong.
 */
export function* readEntry(
  contents: ZipContents,
  entry: ZipEntry,
  codec: Codec,
  maxSize: number,
): Parse<Uint8Array> {
  checkSize(entry, maxSize);
  const data = yield* readData(contents, entry);
  const bytes = entry.method === METHOD.store ? data : inflate(entry, data, codec);
  const crc = crc32(bytes);
  if (crc !== entry.crc) {
    throw damaged(entry, `its checksum must be ${hex(entry.crc)}, got ${hex(crc)}`);
  }
  return bytes;
}

function checkSize(entry: ZipEntry, maxSize: number): void {
  const { name, size, compressedSize, method } = entry;
  if (size > maxSize) {
    throw new Error(`Zip: "${name}" must have at most ${maxSize} bytes, got ${size}.`);
  }
  const possible =
    method === METHOD.store ? size === compressedSize : size <= MAX_RATIO * compressedSize;
  if (!possible) {
    throw damaged(entry, `${compressedSize} bytes cannot hold the ${size} that it claims`);
  }
}

function* readData({ fileSize }: ZipContents, entry: ZipEntry): Parse<Uint8Array> {
  const { offset, nameBytes, compressedSize } = entry;
  const likelyEnd = offset + RECORD_SIZE.localHeader + nameBytes + LOCAL_EXTRA + compressedSize;
  const bytes = yield { start: offset, end: Math.min(likelyEnd, fileSize) };
  const length = bytes.length < RECORD_SIZE.localHeader ? Infinity : localHeaderSize(bytes);
  const header =
    length <= bytes.length ? parseLocalHeader(bytes.subarray(0, length), offset) : null;
  if (header === null) throw damaged(entry, 'there is no such header in the file');
  const { sizesFollow, dataOffset } = header;
  const sameSizes = header.size === entry.size && header.compressedSize === compressedSize;
  const same = header.name === entry.name && header.method === entry.method;
  if (!same || !(sizesFollow || (sameSizes && header.crc === entry.crc))) {
    throw damaged(entry, 'its header contradicts the directory');
  }
  const end = dataOffset + compressedSize;
  if (end > fileSize) throw damaged(entry, 'it runs beyond the end of the file');
  if (end - offset <= bytes.length) return bytes.subarray(length, length + compressedSize);
  return yield { start: dataOffset, end };
}

function inflate(entry: ZipEntry, data: Uint8Array, codec: Codec): Uint8Array {
  try {
    return codec.inflate(data, entry.size);
  } catch (cause) {
    throw damaged(
      entry,
      cause instanceof Error ? cause.message.replace(/\.$/, '') : 'no DEFLATE',
      cause,
    );
  }
}

function damaged(entry: ZipEntry, reason: string, cause?: unknown): Error {
  return new Error(`Zip: "${entry.name}" is damaged: ${reason}.`, { cause });
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
