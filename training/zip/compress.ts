import type { Codec } from './codec.ts';

const LARGE = 1024 * 1024; // bytes from which a sample is tried first
const SAMPLE = 64 * 1024;
const WORTH = 0.95; // of a sample's length

/**
 * The shorter of `bytes` and what DEFLATE makes of them.
 *
 * Of long data three samples are tried first: the weights of a network do not get shorter, and to
 * find that out in full takes seconds for every 100 MB.
 */
export function compress(bytes: Uint8Array, codec: Codec): Uint8Array {
  if (bytes.length >= LARGE && !samplesShrink(bytes, codec)) return bytes;
  const deflated = codec.deflate(bytes);
  return deflated.length < bytes.length ? deflated : bytes;
}

function samplesShrink(bytes: Uint8Array, codec: Codec): boolean {
  const last = bytes.length - SAMPLE;
  return [0, Math.floor(last / 2), last].some((start) => {
    const sample = bytes.subarray(start, start + SAMPLE);
    return codec.deflate(sample).length < WORTH * SAMPLE;
  });
}
