import { describe, expect, test } from 'vitest';
import { Mt19937 } from '../../core/mt19937.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import type { Rng } from '../../core/rng.ts';
import type { SavedData } from '../../core/saved.ts';
import { savedFromJson, savedToJson } from '../../training/recording/saved-json.ts';
import { call, digest, drawLike, GOLDEN_RNG, summarize } from '../helpers/numpy.ts';

describe.each(GOLDEN_RNG.mt19937)(
  "Mt19937($seed) draws what NumPy's RandomState does",
  (golden) => {
    const { seed } = golden;

    test.each(['uniform', 'uint32'] as const)('%s', (method) => {
      const rng = new Mt19937(seed);
      const draws = drawLike(golden[method], () => rng[method]());
      expect(summarize(draws, golden[method])).toEqual(golden[method]);
    });

    test.each(Object.entries(golden.below))('integers below %s', (n, expected) => {
      const rng = new Mt19937(seed);
      expect(digest(Float64Array.from({ length: 10_000 }, () => rng.below(Number(n))))).toBe(
        expected,
      );
    });

    test('normal', () => {
      const rng = new Mt19937(seed);
      const draws = drawLike(golden.normal, () => rng.normal());
      golden.normal.first.forEach((x, i) => {
        expect(Math.abs(draws[i] / x - 1)).toBeLessThan(4.5e-16); // two units in the last place
      });
      const { digests } = summarize(draws.map(Math.fround), golden.normal);
      expect(digests).toEqual(golden.normal.digests);
    });

    test('calls among each other, with normal draws left over', () => {
      const rng = new Mt19937(seed);
      const { cycle } = GOLDEN_RNG;
      const draws = drawLike(golden.interleaved, (i) => call(rng, cycle[i % cycle.length]));
      expect(summarize(draws, golden.interleaved)).toEqual(golden.interleaved);
    });
  },
);

describe('Mt19937', () => {
  test("draws the published numbers of MinAtar's protocol", () => {
    const rng = new Mt19937(42);
    const uniform = Array.from({ length: 4 }, () => rng.uniform());
    [0.37454012, 0.95071431, 0.73199394, 0.59865848].forEach((x, i) => {
      expect(uniform[i]).toBeCloseTo(x, 8);
    });
    const speeds = new Mt19937(42);
    const ones = Array.from({ length: 8 }, () => 1 + speeds.below(5));
    expect(ones).toEqual([4, 5, 3, 5, 5, 2, 3, 3]); // randint(1, 6, 8)
    const coins = new Mt19937(42);
    expect(Array.from({ length: 8 }, () => coins.below(2))).toEqual([0, 1, 0, 0, 0, 1, 0, 0]);
  });

  test('gives 4123659995 as its 10000th word from the seed 5489, as C++ promises', () => {
    const rng = new Mt19937(5489);
    for (let i = 1; i < 10_000; i++) rng.uint32();
    expect(rng.uint32()).toBe(4123659995);
  });

  test('draws nothing for an integer below 1', () => {
    const [rng, twin] = [new Mt19937(5), new Mt19937(5)];
    expect([rng.below(1), rng.below(1)]).toEqual([0, 0]);
    expect(rng.uniform()).toBe(twin.uniform());
  });

  test.each([0, 1, 2, 623, 624, 1000])('goes on from a snapshot after %i words', (words) => {
    const rng = new Mt19937(3);
    for (let i = 0; i < words; i++) rng.uint32();
    const saved = rng.snapshot();
    const read = savedFromJson('rng', JSON.parse(JSON.stringify(savedToJson(saved))));
    const expected = mixed(rng);
    expect(mixed(restoreRng(read as SavedData))).toEqual(expected);
    rng.restore(saved);
    expect(mixed(rng)).toEqual(expected);
  });

  test.each([1, 2])('keeps the second normal draw of a pair, after %i of them', (normals) => {
    const rng = new Mt19937(8);
    for (let i = 0; i < normals; i++) rng.normal();
    const saved = rng.snapshot();
    expect(saved.spareNormal === null).toBe(normals === 2);
    const expected = [rng.normal(), rng.normal(), rng.uniform()];
    rng.normal(); // must be forgotten
    rng.restore(saved);
    expect([rng.normal(), rng.normal(), rng.uniform()]).toEqual(expected);
  });

  test('refuses a seed that RandomState refuses', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 32]) {
      expect(() => new Mt19937(seed)).toThrow(
        `Mt19937: seed must be an integer from 0 to 4294967295, got ${seed}.`,
      );
    }
  });

  test('takes words of which only bit 31 of the first one is set', () => {
    const rng = new Mt19937(0);
    rng.restore({ ...rng.snapshot(), words: firstWord(2 ** 31) });
    const draws = Array.from({ length: 624 }, () => rng.uint32());
    expect(draws.filter((draw) => draw !== 0).length).toBeGreaterThan(0);
  });

  test.each([
    [{ kind: 'pcg64' }, 'Mt19937.restore: expected saved data of kind "mt19937", got "pcg64".'],
    [
      { words: new Uint32Array(623) },
      'Mt19937.restore: words must be a Uint32Array of length 624, got length 623.',
    ],
    [{ words: new Uint32Array(624) }, 'Mt19937.restore: words must not all be 0'],
    [{ words: firstWord(2 ** 31 - 1) }, 'Mt19937.restore: words must not all be 0'],
    [{ position: 625 }, 'Mt19937.restore: position must be at most 624, got 625.'],
    [{ position: -1 }, 'Mt19937.restore: position must be an integer of at least 0, got -1.'],
    [{ spareNormal: Number.NaN }, 'Mt19937.restore: spareNormal must be a finite number, got NaN.'],
  ])('refuses the saved %o, and is unchanged', (part, message) => {
    const [rng, twin] = [new Mt19937(1), new Mt19937(1)];
    expect(() => rng.restore({ ...new Mt19937(2).snapshot(), ...part })).toThrow(message);
    expect(mixed(rng)).toEqual(mixed(twin));
  });
});

function firstWord(word: number): Uint32Array {
  const words = new Uint32Array(624);
  words[0] = word;
  return words;
}

function mixed(rng: Rng): number[] {
  return GOLDEN_RNG.cycle.map((name) => call(rng, name));
}
