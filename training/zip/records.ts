import { FLAG, MAX_16, MAX_32, RECORD_SIZE, SIGNATURE, ZIP64_EXTRA } from './layout.ts';

/** What the writer knows of an entry. */
export interface WrittenEntry {
  /** UTF-8. */
  readonly name: Uint8Array;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

/** What the writer knows of the directory. */
export interface WrittenDirectory {
  readonly entries: number;
  readonly start: number;
  readonly size: number;
}

const VERSION = 20; // 2.0: DEFLATE
const ZIP64_VERSION = 45; // 4.5
const DATE = 0x0021; // 1980-01-01, the first there is

/** A local header: what stands in front of an entry's data. */
export function localHeader(entry: WrittenEntry): Uint8Array {
  const { bytes, u16, u32 } = record(RECORD_SIZE.localHeader + entry.name.length);
  u32(SIGNATURE.localHeader);
  u16(VERSION);
  writeShared(entry, u16, u32);
  u16(0); // extra field
  bytes.set(entry.name, RECORD_SIZE.localHeader);
  return bytes;
}

/** An entry's record in the directory. */
export function centralHeader(entry: WrittenEntry, zip64: boolean): Uint8Array {
  const extraSize = zip64 ? 12 : 0;
  const { name } = entry;
  const { bytes, u16, u32, u64, seek } = record(
    RECORD_SIZE.centralHeader + name.length + extraSize,
  );
  u32(SIGNATURE.centralHeader);
  u16(zip64 ? ZIP64_VERSION : VERSION); // made by
  u16(zip64 ? ZIP64_VERSION : VERSION); // needed to read
  writeShared(entry, u16, u32);
  u16(extraSize);
  u16(0); // comment
  u16(0); // disk
  u16(0); // internal attributes
  u32(0); // external attributes
  u32(zip64 ? MAX_32 : entry.offset);
  bytes.set(name, RECORD_SIZE.centralHeader);
  if (zip64) {
    seek(RECORD_SIZE.centralHeader + name.length);
    u16(ZIP64_EXTRA);
    u16(8);
    u64(entry.offset);
  }
  return bytes;
}

/** The ZIP64 end record and its locator, which stand before the end record. */
export function zip64EndRecords({ entries, start, size }: WrittenDirectory): Uint8Array {
  const { bytes, u16, u32, u64 } = record(RECORD_SIZE.zip64End + RECORD_SIZE.zip64Locator);
  u32(SIGNATURE.zip64End);
  u64(RECORD_SIZE.zip64End - 12); // bytes that follow
  u16(ZIP64_VERSION);
  u16(ZIP64_VERSION);
  u32(0); // this disk
  u32(0); // disk of the directory
  u64(entries);
  u64(entries);
  u64(size);
  u64(start);
  u32(SIGNATURE.zip64Locator);
  u32(0);
  u64(start + size);
  u32(1); // disks
  return bytes;
}

/** The end record: the last 22 bytes of the file. */
export function endRecord(directory: WrittenDirectory, zip64: boolean): Uint8Array {
  const { entries, start, size } = directory;
  const { bytes, u16, u32 } = record(RECORD_SIZE.end);
  u32(SIGNATURE.end);
  u16(0); // this disk
  u16(0); // disk of the directory
  u16(zip64 ? MAX_16 : entries);
  u16(zip64 ? MAX_16 : entries);
  u32(zip64 ? MAX_32 : size);
  u32(zip64 ? MAX_32 : start);
  u16(0); // comment
  return bytes;
}

/** The fields that local and central headers have in common, from the flags to the name's length. */
function writeShared(
  entry: WrittenEntry,
  u16: (value: number) => void,
  u32: (value: number) => void,
): void {
  u16(FLAG.utf8);
  u16(entry.method);
  u16(0); // time
  u16(DATE);
  u32(entry.crc);
  u32(entry.compressedSize);
  u32(entry.size);
  u16(entry.name.length);
}

function record(size: number) {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const u16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const u32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const u64 = (value: number): void => {
    u32(value % 2 ** 32);
    u32(Math.floor(value / 2 ** 32));
  };
  const seek = (position: number): void => {
    at = position;
  };
  return { bytes, u16, u32, u64, seek };
}
