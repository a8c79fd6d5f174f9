/**
 * A 32-bit hash of bytes, the same on every machine.
 *
 * Source: Appleby (2011), MurmurHash3, variant x86_32.
 *
 * @param seed Any 32-bit integer. Default 0.
 * @returns an integer in 0 … 2³² − 1.
 */
export function hashBytes(bytes: Uint8Array, seed: number = 0): number {
  const length = bytes.length;
  const whole = length - (length % 4);
  let hash = seed;
  for (let i = 0; i < whole; i += 4) {
    const word = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    hash = mix(hash, word);
  }
  let tail = 0;
  for (let i = length - 1; i >= whole; i--) tail = (tail << 8) | bytes[i];
  if (length > whole) hash ^= scramble(tail);
  return finish(hash ^ length);
}

function mix(hash: number, word: number): number {
  const mixed = hash ^ scramble(word);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function finish(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A 32-bit hash of a row of numbers: `hashBytes` of its elements, little-endian.
 *
 * @returns an integer in 0 … 2³² − 1.
 */
export function hashRow(row: {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
}): number {
  return hashBytes(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
}
