const TABLE = makeTable();

/**
 * CRC-32C of some bytes.
 *
 * @returns an integer in 0 … 2³² − 1.
 *
 * Source: Castagnoli, Bräuer & Herrmann (1993), "Optimization of cyclic redundancy-check codes with 24
 * and 32 parity bits"; RFC 3720, appendix B.4. Polynomial 0x82f63b78, bits reflected.
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTable(): Int32Array {
  const table = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    table[byte] = crc;
  }
  return table;
}
