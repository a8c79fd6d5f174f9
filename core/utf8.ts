/**
 * UTF-8, strictly: text to bytes and back.
 *
 * Written here rather than taken from `TextEncoder` and `TextDecoder`: those belong to the
 * platform, not to the language, so the core's compiler settings do not have them; and they
 * replace what is malformed where we want an error. A few hundred MB/s is enough for our JSON.
 *
 * Source: The Unicode Standard, section 3.9, table 3-7.
 */

const CHUNK = 8192; // code units made into a string at a time

/**
 * The UTF-8 bytes of `text`.
 *
 * @throws Error if a surrogate stands alone.
 */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number;
    if (point < 0x80) {
      bytes[at++] = point;
      continue;
    }
    if (point > 0xffff) i++;
    at = writePoint(bytes, at, point, i);
  }
  return bytes;
}

/** Bytes that `text` takes in UTF-8; 3 for a surrogate that stands alone. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number;
    if (point > 0xffff) i++;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point <= 0xffff ? 3 : 4;
  }
  return length;
}

/**
 * The text of UTF-8 `bytes`. A byte order mark is kept.
 *
 * @throws Error at the first byte that is not well-formed; names its position.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const units = new Uint16Array(Math.min(bytes.length, CHUNK) + 1);
  let text = '';
  let count = 0;
  let at = 0;
  while (at < bytes.length) {
    const point = bytes[at] < 0x80 ? bytes[at] : readPoint(bytes, at);
    at += point < 0x80 ? 1 : point < 0x800 ? 2 : point <= 0xffff ? 3 : 4;
    if (point > 0xffff) {
      units[count++] = 0xd7c0 + (point >> 10);
      units[count++] = 0xdc00 + (point & 0x3ff);
    } else {
      units[count++] = point;
    }
    if (count >= CHUNK) {
      text += toText(units, count);
      count = 0;
    }
  }
  return text + toText(units, count);
}

function toText(units: Uint16Array, count: number): string {
  return String.fromCharCode.apply(null, units.subarray(0, count) as unknown as number[]);
}

function writePoint(bytes: Uint8Array, start: number, point: number, index: number): number {
  if (point >= 0xd800 && point <= 0xdfff) {
    throw new Error(`encodeUtf8: the text has half a character (a lone surrogate) at ${index}.`);
  }
  let at = start;
  if (point < 0x800) {
    bytes[at++] = 0xc0 | (point >> 6);
  } else {
    if (point <= 0xffff) {
      bytes[at++] = 0xe0 | (point >> 12);
    } else {
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (point & 0x3f);
  return at;
}

/** The code point whose first byte, not ASCII, is at `at`. */
function readPoint(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  let point = lead & (0xff >> (length + 1));
  let wellFormed = lead >= 0xc2 && lead <= 0xf4 && at + length <= bytes.length;
  for (let i = 1; i < length && wellFormed; i++) {
    wellFormed = (bytes[at + i] & 0xc0) === 0x80;
    point = (point << 6) | (bytes[at + i] & 0x3f);
  }
  const least = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  if (wellFormed && point >= least && point <= 0x10ffff && !surrogate) return point;
  throw new Error(`decodeUtf8: the bytes are not UTF-8 at ${at}.`);
}
