const TABLE = makeTable();

/**
 * CRC-32 as ZIP, gzip and PNG use it.
 *
 * @returns an integer in 0 … 2³² − 1.
 *
 * Source: ISO 3309; PKWARE APPNOTE, section 4.4.7. Polynomial 0xedb88320, bits reflected.
 */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTable(): Int32Array {
  const table = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  return table;
}
