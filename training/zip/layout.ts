/** Where things are in a ZIP file. Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5. */

/** The four bytes that each kind of record begins with, as a little-endian integer. */
export const SIGNATURE = {
  localHeader: 0x04034b50,
  centralHeader: 0x02014b50,
  end: 0x06054b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
} as const;

/** Bytes of each kind of record, without names, extra fields and comments. */
export const RECORD_SIZE = {
  localHeader: 30,
  centralHeader: 46,
  end: 22,
  zip64End: 56,
  zip64Locator: 20,
} as const;

/** Compression methods that are read and written; others are refused. */
export const METHOD = { store: 0, deflate: 8 } as const;

/** DEFLATE makes 258 bytes of 2 bits at most. Source: RFC 1951, sections 3.2.5 and 3.2.7. */
export const MAX_RATIO = 1032;

/** Bits of the general purpose flags. */
export const FLAG = { encrypted: 1, sizesFollow: 8, utf8: 0x800 } as const;

/** Stands in a 32-bit field whose value is in the ZIP64 extra field. */
export const MAX_32 = 0xffff_ffff;

/** Stands in a 16-bit field whose value is in the ZIP64 end record. */
export const MAX_16 = 0xffff;

/** Id of the ZIP64 extra field. */
export const ZIP64_EXTRA = 1;

/** The most entries of a file that is read or written. */
export const MAX_ENTRIES = 2_000_000;

/** The longest extra field of a local header that a search takes for one, in bytes. */
export const MAX_EXTRA_BYTES = 4096;

/** The longest entry name, in bytes. */
export const MAX_NAME_BYTES = 512;

/** The little-endian integer of 2 bytes at `at`. */
export function readU16(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8);
}

/** The little-endian integer of 4 bytes at `at`. */
export function readU32(bytes: Uint8Array, at: number): number {
  return (readU16(bytes, at) | (readU16(bytes, at + 2) << 16)) >>> 0;
}

/** The little-endian integer of 8 bytes at `at`; above 2⁵³ only nearly, which is still too much. */
export function readU64(bytes: Uint8Array, at: number): number {
  return readU32(bytes, at) + readU32(bytes, at + 4) * 2 ** 32;
}
