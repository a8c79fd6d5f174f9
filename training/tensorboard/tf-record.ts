import { crc32c } from './crc32c.ts';

const HEADER = 12; // bytes: the length, and its checksum
const FOOTER = 4;

/**
 * One record of a TFRecord file.
 *
 *     uint64 length · uint32 masked CRC-32C of it · bytes · uint32 masked CRC-32C of them
 *
 * All numbers are little-endian.
 *
 * Source: TensorFlow, "TFRecord and tf.train.Example".
 */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(HEADER + data.length + FOOTER);
  const view = new DataView(record.buffer);
  view.setUint32(0, data.length, true); // its upper half is 0
  view.setUint32(8, maskedCrc(record.subarray(0, 8)), true);
  record.set(data, HEADER);
  view.setUint32(HEADER + data.length, maskedCrc(data), true);
  return record;
}

/** A record where it stands in a file. */
export interface PlacedRecord {
  /** A view of the file. */
  readonly data: Uint8Array;
  /** The byte after it. */
  readonly end: number;
}

/** The records of a file one after the other, up to the first that is cut or damaged. */
export function* readRecords(file: Uint8Array): Generator<PlacedRecord> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  while (at + HEADER + FOOTER <= file.length) {
    const length = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
    const end = at + HEADER + length + FOOTER;
    const isLength = view.getUint32(at + 8, true) === maskedCrc(file.subarray(at, at + 8));
    if (!isLength || end > file.length) return;
    const data = file.subarray(at + HEADER, end - FOOTER);
    if (view.getUint32(end - FOOTER, true) !== maskedCrc(data)) return;
    yield { data, end };
    at = end;
  }
}

/** Masked, since checksums of data that hold checksums are not what they should be. */
function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
