import { describe, expect, test } from 'vitest';
import { seedSequence } from '../../core/seed-sequence.ts';
import { GOLDEN_RNG } from '../helpers/numpy.ts';

describe('seedSequence', () => {
  test.each(GOLDEN_RNG.seedSequence)("gives the words of NumPy's SeedSequence($seed)", (golden) => {
    const seed = BigInt(golden.seed);
    expect([...seedSequence(seed, 10)]).toEqual(golden.words);
    if (seed > Number.MAX_SAFE_INTEGER) return;
    expect([...seedSequence(Number(seed), 10)]).toEqual(golden.words);
  });

  test('begins with the same words, however many are asked for', () => {
    const words = [...seedSequence(7, 9)];
    for (let length = 0; length < 9; length++) {
      expect([...seedSequence(7, length)]).toEqual(words.slice(0, length));
    }
  });

  test('changes about half of the bits where one bit of the seed changes', () => {
    const words = seedSequence(0, 4);
    for (let bit = 0; bit < 200; bit++) {
      const others = seedSequence(1n << BigInt(bit), 4);
      const changed = words.reduce((sum, word, i) => sum + countBits(word ^ others[i]), 0);
      expect(Math.abs(changed - 64), `bit ${bit}`).toBeLessThan(30); // more than 5 standard deviations
    }
  });

  test.each([
    [-1, '-1'],
    [0.5, '0.5'],
    [Number.NaN, 'NaN'],
    [2 ** 53, '9007199254740992'],
    [-1n, '-1'],
    ['7' as unknown as number, '"7"'],
  ])('refuses the seed %s', (seed, shown) => {
    expect(() => seedSequence(seed, 4)).toThrow(
      new RangeError(
        `seedSequence: seed must be an integer of at least 0 (above 2⁵³ − 1 a bigint), got ${shown}.`,
      ),
    );
  });
});

function countBits(word: number): number {
  let bits = 0;
  for (let rest = word >>> 0; rest !== 0; rest >>>= 1) bits += rest & 1;
  return bits;
}
