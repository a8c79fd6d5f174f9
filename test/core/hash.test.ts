import { describe, expect, test } from 'vitest';
import { hashBytes, hashRow } from '../../core/hash.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('the hash', () => {
  // Values of MurmurHash3_x86_32 as published with other implementations (Python's mmh3).
  test.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['hello', 0, 0x248bfa47],
    ['hello, world', 0, 0x149bbb7f],
    ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
    ['aaaa', 0x9747b28c, 0x5a97808a],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['aa', 0x9747b28c, 0x5d211726],
    ['a', 0x9747b28c, 0x7fa09ea6],
  ])('of %j with seed %i is MurmurHash3', (text, seed, expected) => {
    expect(hashBytes(bytes(text), seed)).toBe(expected);
  });

  test('of a row is that of its bytes, little-endian', () => {
    // 1.5 is 0x3ff8000000000000
    expect(hashRow(Float64Array.of(1.5))).toBe(
      hashBytes(Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x3f)),
    );
  });

  test('looks only at the row itself, not at the buffer around it', () => {
    const buffer = Float64Array.of(7, 1.5, 9);
    expect(hashRow(buffer.subarray(1, 2))).toBe(hashRow(Float64Array.of(1.5)));
  });
});
