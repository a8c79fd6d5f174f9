import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { deflateSync, Inflate, inflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type Codec, fflateCodec } from '../../../training/recording/codec.ts';

const compressible = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.nat(9000)), { maxLength: 12 })
  .map((parts) => Uint8Array.from(parts.flatMap(([part, n]) => [...part, ...Array(n).fill(n)])));

/** 40 MB of zeros: too much for `inflateSync`, which would count them all. */
const bomb: Uint8Array = deflateSync(new Uint8Array(40_000_000));

const codecs: Readonly<Record<string, Codec>> = {
  'with inflateSync': fflateCodec({ deflateSync, inflateSync, Inflate }),
  'without it': fflateCodec({ deflateSync, Inflate }),
};

describe.each(Object.entries(codecs))('fflateCodec, %s,', (_, codec) => {
  test('gives back what it was given, and zlib agrees in both directions', () => {
    fc.assert(
      fc.property(compressible, (bytes) => {
        const deflated = codec.deflate(bytes);
        expect(Buffer.compare(codec.inflate(deflated, bytes.length), bytes)).toBe(0);
        expect(Buffer.compare(inflateRawSync(deflated), bytes)).toBe(0);
        const foreign = new Uint8Array(deflateRawSync(bytes));
        expect(Buffer.compare(codec.inflate(foreign, bytes.length), bytes)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('reads stored blocks longer than the pieces it is fed in', () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 3);
    const stored = new Uint8Array(deflateRawSync(bytes, { level: 0 }));
    expect(Buffer.compare(codec.inflate(stored, bytes.length), bytes)).toBe(0);
  });

  test('the data must give exactly the size', () => {
    const deflated = codec.deflate(new Uint8Array(1000));
    expect(() => codec.inflate(new Uint8Array(0), 0)).not.toThrow();
    expect(() => codec.inflate(deflated, 999)).toThrow(/must give 999 bytes, got more/);
    expect(() => codec.inflate(deflated, 1001)).toThrow(/must give 1001 bytes, got 1000/);
    expect(() => codec.inflate(new Uint8Array(0), 5)).toThrow(/must give 5 bytes, got 0/);
    expect(codec.inflate(deflated, 1000)).toEqual(new Uint8Array(1000));
  });

  test('cut or damaged data is an error that says so', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) % 97);
    const deflated = codec.deflate(bytes);
    for (let length = 0; length < deflated.length; length++) {
      expect(() => codec.inflate(deflated.subarray(0, length), bytes.length)).toThrow(/^inflate: /);
    }
    fc.assert(
      fc.property(fc.nat(deflated.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = deflated.slice();
        damaged[at] ^= flip;
        try {
          expect(codec.inflate(damaged, bytes.length).length).toBe(bytes.length);
        } catch (error) {
          expect((error as Error).constructor).toBe(Error);
          expect((error as Error).message).toMatch(
            /^inflate: the compressed data (is damaged|must give)/,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a bomb is stopped where it goes beyond the size', () => {
    expect(() => codec.inflate(bomb, 1000)).toThrow(/got more. The file is damaged or hostile/);
  });
});

test('of a bomb only the first piece is inflated', () => {
  let pieces = 0;
  class Counting extends Inflate {
    override push(chunk: Uint8Array, final?: boolean): void {
      pieces++;
      super.push(chunk, final);
    }
  }
  const codec = fflateCodec({ deflateSync, inflateSync, Inflate: Counting });
  expect(() => codec.inflate(bomb, 1000)).toThrow(/got more/);
  expect(pieces).toBe(1);
});
