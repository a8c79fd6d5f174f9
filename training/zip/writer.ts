import { checkInteger } from '../../core/check.ts';
import { encodeUtf8 } from '../../core/utf8.ts';
import type { ByteRange } from './byte-source.ts';
import type { Codec } from './codec.ts';
import { compress } from './compress.ts';
import { crc32 } from './crc32.ts';
import { checkEntryName } from './entry-name.ts';
import { MAX_16, MAX_32, MAX_ENTRIES, METHOD } from './layout.ts';
import {
  centralHeader,
  endRecord,
  localHeader,
  type WrittenEntry,
  zip64EndRecords,
} from './records.ts';

/** Where a ZIP file goes, and how. */
export interface ZipWriterOptions {
  readonly codec: Codec;
  /** Receives the file piece by piece, in order. It must not keep on to a piece and change it. */
  readonly write: (chunk: Uint8Array) => void;
  /** From which offset and from how many entries ZIP64 records are written; for tests. */
  readonly zip64From?: { readonly offset: number; readonly entries: number };
}

/**
 * Writes a ZIP file from front to back, without going back.
 *
 * Sizes and checksum of an entry stand in front of its data, so what a killed writer leaves can be
 * read up to its last whole entry. Entries carry no time (1980-01-01), so the bytes of the file
 * depend on what is in it alone. An entry that DEFLATE does not make shorter is stored.
 *
 * Source: PKWARE APPNOTE 6.3.10, section 4.3.
 */
export class ZipWriter {
  readonly #codec: Codec;
  readonly #write: (chunk: Uint8Array) => void;
  readonly #zip64From: { readonly offset: number; readonly entries: number };
  readonly #entries: WrittenEntry[] = [];
  readonly #names = new Set<string>();
  #offset = 0;
  #finished = false;

  constructor({ codec, write, zip64From }: ZipWriterOptions) {
    this.#codec = codec;
    this.#write = write;
    this.#zip64From = zip64From ?? { offset: MAX_32, entries: MAX_16 };
  }

  /** Bytes written. */
  get size(): number {
    return this.#offset;
  }

  /**
   * Appends an entry.
   *
   * @param name A relative path with `/` between its parts, not used before.
   * @param bytes Its content, below 4 GiB.
   * @returns where the entry stands in the file, its local header included.
   * @throws Error if the name is taken or not a plain relative path, or the file is finished.
   */
  add(name: string, bytes: Uint8Array): ByteRange {
    this.#checkEntry(name, bytes);
    const data = compress(bytes, this.#codec);
    const shrinks = data.length < bytes.length;
    const entry: WrittenEntry = {
      name: encodeUtf8(name),
      method: shrinks ? METHOD.deflate : METHOD.store,
      crc: crc32(bytes),
      compressedSize: data.length,
      size: bytes.length,
      offset: this.#offset,
    };
    this.#names.add(name);
    this.#entries.push(entry);
    this.#emit(localHeader(entry));
    this.#emit(data);
    return { start: entry.offset, end: this.#offset };
  }

  /** Writes the directory. Nothing can be added after that. */
  finish(): void {
    if (this.#finished) throw new Error('ZipWriter.finish: the file is finished already.');
    this.#finished = true;
    const { offset, entries } = this.#zip64From;
    const start = this.#offset;
    for (const entry of this.#entries) this.#emit(centralHeader(entry, entry.offset >= offset));
    const directory = { entries: this.#entries.length, start, size: this.#offset - start };
    const zip64 = directory.entries >= entries || this.#offset >= offset;
    if (zip64) this.#emit(zip64EndRecords(directory));
    this.#emit(endRecord(directory, zip64));
  }

  #checkEntry(name: string, bytes: Uint8Array): void {
    if (this.#finished) throw new Error('ZipWriter.add: the file is finished.');
    checkEntryName(name);
    if (this.#names.has(name))
      throw new Error(`ZipWriter.add: there is an entry "${name}" already.`);
    checkInteger('ZipWriter.add: number of entries', this.#names.size + 1, 1, MAX_ENTRIES);
    checkInteger('ZipWriter.add: bytes.length', bytes.length, 0, MAX_32 - 1);
  }

  #emit(chunk: Uint8Array): void {
    this.#offset += chunk.length;
    if (chunk.length > 0) this.#write(chunk);
  }
}
