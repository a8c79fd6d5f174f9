import { type Extent, resolveZip64, type ZipEntry } from './entry.ts';
import { decodeName } from './entry-name.ts';
import { FLAG, RECORD_SIZE, readU16, readU32, SIGNATURE } from './layout.ts';

/** Bytes of the local header that begins with these 30 bytes, its name and extra field included. */
export function localHeaderSize(bytes: Uint8Array): number {
  return RECORD_SIZE.localHeader + readU16(bytes, 26) + readU16(bytes, 28);
}

/** What a local header says. */
export interface LocalHeader extends ZipEntry {
  /** Where the entry's data begins in the file. */
  readonly dataOffset: number;
  /** Whether the sizes and the checksum stand after the data instead. */
  readonly sizesFollow: boolean;
}

/**
 * Reads a local header.
 *
 * @param bytes The whole of it, `localHeaderSize` bytes.
 * @param offset Where it stands in the file.
 * @returns `null` where this is no local header, or one of an encrypted entry.
 */
export function parseLocalHeader(bytes: Uint8Array, offset: number): LocalHeader | null {
  if (readU32(bytes, 0) !== SIGNATURE.localHeader) return null;
  const flags = readU16(bytes, 6);
  const nameBytes = readU16(bytes, 26);
  const nameEnd = RECORD_SIZE.localHeader + nameBytes;
  const name = decodeName(bytes.subarray(RECORD_SIZE.localHeader, nameEnd));
  const fields: Extent = { compressedSize: readU32(bytes, 18), size: readU32(bytes, 22), offset };
  const extent = resolveZip64(fields, bytes.subarray(nameEnd));
  if (name === null || extent === null || (flags & FLAG.encrypted) !== 0) return null;
  return {
    name,
    nameBytes,
    method: readU16(bytes, 8),
    crc: readU32(bytes, 14),
    ...extent,
    offset,
    dataOffset: offset + bytes.length,
    sizesFollow: (flags & FLAG.sizesFollow) !== 0,
  };
}
