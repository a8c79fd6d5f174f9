import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8, utf8Length } from '../../../core/utf8.ts';

describe('UTF-8', () => {
  test('gives the same bytes as the platform, and the text back', () => {
    const point = fc.oneof(
      fc.nat(0x2ff),
      fc.nat(0xd7ff),
      fc.integer({ min: 0xe000, max: 0x10ffff }),
    );
    const anyText = fc.array(point, { maxLength: 40 }).map((list) => String.fromCodePoint(...list));
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = encodeUtf8(text);
        expect(Buffer.compare(bytes, new TextEncoder().encode(text))).toBe(0);
        expect(utf8Length(text)).toBe(bytes.length);
        expect(decodeUtf8(bytes)).toBe(text);
      }),
    );
  });

  test('accepts exactly the bytes that a fatal TextDecoder accepts', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const lead = fc.constantFrom(0x41, 0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x80);
    const rest = fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0);
    const sequence = fc.tuple(lead, fc.array(rest, { maxLength: 4 }));
    fc.assert(
      fc.property(sequence, ([first, others]) => {
        const bytes = Uint8Array.of(first, ...others);
        let expected: string | Error;
        try {
          expected = decoder.decode(bytes);
        } catch (error) {
          expected = error as Error;
        }
        if (typeof expected === 'string') expect(decodeUtf8(bytes)).toBe(expected);
        else
          expect(() => decodeUtf8(bytes)).toThrow(/^decodeUtf8: the bytes are not UTF-8 at \d+\.$/);
      }),
      { numRuns: 1000 },
    );
  });

  test('text longer than a chunk keeps its characters together', () => {
    const text = `a${'🏛'.repeat(20_000)}`;
    expect(decodeUtf8(encodeUtf8(text))).toBe(text);
  });

  test('a character in more bytes than it needs is an error where it begins', () => {
    const bytes = Uint8Array.of(0x41, 0xe0, 0x80, 0x80);
    expect(() => decodeUtf8(bytes)).toThrow('decodeUtf8: the bytes are not UTF-8 at 1.');
  });

  test('half a character is an error that names its place', () => {
    expect(() => encodeUtf8('ab\ud800')).toThrow(
      'encodeUtf8: the text has half a character (a lone surrogate) at 2.',
    );
  });
});
