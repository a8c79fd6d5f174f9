import { MAX_32, readU16, readU64, ZIP64_EXTRA } from './layout.ts';

/** What a ZIP file says of one of its entries. Nothing of it is to be trusted before it is read. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes of the name in the file. */
  readonly nameBytes: number;
  readonly method: number;
  readonly crc: number;
  /** Bytes in the file. */
  readonly compressedSize: number;
  /** Bytes when inflated. */
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** The sizes and the place of an entry as its 32-bit fields give them. */
export interface Extent {
  readonly size: number;
  readonly compressedSize: number;
  readonly offset: number;
}

/**
 * Replaces fields that say "see the ZIP64 extra field" by what stands there, in its fixed order.
 *
 * @returns `null` where a value that is needed is missing.
 */
export function resolveZip64(extent: Extent, extra: Uint8Array): Extent | null {
  const { size, compressedSize, offset } = extent;
  if (size !== MAX_32 && compressedSize !== MAX_32 && offset !== MAX_32) return extent;
  const field = findExtra(extra, ZIP64_EXTRA);
  if (field === null) return null;
  let at = 0;
  const take = (value: number): number => {
    if (value !== MAX_32) return value;
    at += 8;
    return at <= field.length ? readU64(field, at - 8) : -1;
  };
  const resolved = { size: take(size), compressedSize: take(compressedSize), offset: take(offset) };
  return at <= field.length ? resolved : null;
}

/** The most parts of an extra field that are looked through. */
const MAX_FIELDS = 32;

function findExtra(extra: Uint8Array, id: number): Uint8Array | null {
  let at = 0;
  for (let field = 0; field < MAX_FIELDS && at + 4 <= extra.length; field++) {
    const end = at + 4 + readU16(extra, at + 2);
    if (end > extra.length) return null;
    if (readU16(extra, at) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return null;
}
