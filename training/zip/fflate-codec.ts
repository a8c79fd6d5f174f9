import type { Codec } from './codec.ts';
import { MAX_RATIO } from './layout.ts';

/** The part of the fflate library that `fflateCodec` uses: pass the module, or these functions. */
export interface Fflate {
  deflateSync(data: Uint8Array, options: { level: 6; mem: 4 }): Uint8Array;
  /** Two to five times as fast as `Inflate`, for data that is too short to do harm. */
  inflateSync?(data: Uint8Array, options: { out: Uint8Array }): Uint8Array;
  readonly Inflate: new (
    onData: (chunk: Uint8Array) => void,
  ) => { push(chunk: Uint8Array, final: boolean): void };
}

/** Bytes beyond the size that may be counted before a bomb is noticed: a tenth of a second. */
const HARMLESS = 32 * 1024 * 1024;

// Bytes inflated at a time. A piece gives at most 1,032 times its length, 1 MB or 8 MB, which is how
// far a bomb gets; but each costs 200 KB of scratch memory, so data that shrank little takes long ones.
const SHORT_PIECE = 1024;
const LONG_PIECE = 8192;
const LONG_BELOW = 8; // times that the data grows

/**
 * A codec made of fflate (0.8): `fflateCodec(await import('fflate'))`.
 *
 * `inflateSync` into an array of the right size would be all, but beyond the end of that array it
 * goes on counting without a word: a bomb of 1 MB keeps it busy for three seconds. So it is used
 * only where that cannot take long; else the streaming class, which is fed in pieces and can be
 * stopped. Level and memory are fixed, so that the bytes depend on the data alone.
 */
export function fflateCodec(fflate: Fflate): Codec {
  return {
    deflate: (bytes) => fflate.deflateSync(bytes, { level: 6, mem: 4 }),
    inflate(bytes, size) {
      if (bytes.length === 0) return checkedLength(new Uint8Array(0), size);
      const harmless = MAX_RATIO * bytes.length <= size + HARMLESS;
      return fflate.inflateSync && harmless
        ? inflateAtOnce(fflate.inflateSync, bytes, size)
        : inflateInPieces(fflate.Inflate, bytes, size);
    },
  };
}

function inflateAtOnce(
  inflateSync: NonNullable<Fflate['inflateSync']>,
  bytes: Uint8Array,
  size: number,
): Uint8Array {
  const output = new Uint8Array(size + 1); // one more, to notice what is too long
  const length = tellingDamage(() => inflateSync(bytes, { out: output }).length);
  return checkedLength(output.subarray(0, length), size);
}

function inflateInPieces(Inflate: Fflate['Inflate'], bytes: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  let length = 0;
  let excess = false;
  const stream = new Inflate((chunk) => {
    excess ||= length + chunk.length > size;
    if (!excess) output.set(chunk, length);
    length += chunk.length;
  });
  const piece = size < LONG_BELOW * bytes.length ? LONG_PIECE : SHORT_PIECE;
  tellingDamage(() => {
    for (let start = 0; start < bytes.length && !excess; start += piece) {
      const end = Math.min(start + piece, bytes.length);
      stream.push(bytes.subarray(start, end), end === bytes.length);
    }
  });
  if (excess) throw tooLong(size);
  return checkedLength(output.subarray(0, length), size);
}

function checkedLength(output: Uint8Array, size: number): Uint8Array {
  if (output.length === size) return output;
  if (output.length > size) throw tooLong(size);
  throw new Error(
    `inflate: the compressed data must give ${size} bytes, got ${output.length}. The file is damaged.`,
  );
}

function tooLong(size: number): Error {
  return new Error(
    `inflate: the compressed data must give ${size} bytes, got more. The file is damaged or hostile.`,
  );
}

function tellingDamage<T>(inflate: () => T): T {
  try {
    return inflate();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`inflate: the compressed data is damaged (${reason}).`, { cause });
  }
}
