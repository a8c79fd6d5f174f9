import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pcg64 } from '../../core/pcg64.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import type { Rng } from '../../core/rng.ts';
import type { SavedData } from '../../core/saved.ts';
import { savedFromJson, savedToJson } from '../../training/recording/saved-json.ts';
import { call, digest, drawLike, GOLDEN_RNG, summarize } from '../helpers/numpy.ts';

const TAIL_START = 3.6541528853610088;

describe.each(GOLDEN_RNG.pcg64)("Pcg64($seed) draws what NumPy's default_rng does", (golden) => {
  const { seed } = golden;

  test.each(['uniform', 'uint32'] as const)('%s', (method) => {
    const rng = new Pcg64(seed);
    const draws = drawLike(golden[method], () => rng[method]());
    expect(summarize(draws, golden[method])).toEqual(golden[method]);
  });

  test.each(Object.entries(golden.below))('integers below %s', (n, expected) => {
    const rng = new Pcg64(seed);
    expect(digest(Float64Array.from({ length: 10_000 }, () => rng.below(Number(n))))).toBe(
      expected,
    );
  });

  test('normal', () => {
    const { tail = [], ...rest } = golden.normal;
    const rng = new Pcg64(seed);
    const draws = drawLike(rest, () => rng.normal());
    const found = [...draws.entries()].filter(([, x]) => Math.abs(x) > TAIL_START);
    expect(found.map(([i]) => i)).toEqual(tail.map(([i]) => i));
    found.forEach(([i, x], k) => {
      expect(Math.abs(x / tail[k][1] - 1)).toBeLessThan(2.3e-16); // one unit in the last place
      draws[i] = 0;
    });
    expect(summarize(draws, rest)).toEqual(rest);
  });

  test('calls among each other, with halves left over', () => {
    const rng = new Pcg64(seed);
    const { cycle } = GOLDEN_RNG;
    const draws = drawLike(golden.interleaved, (i) => call(rng, cycle[i % cycle.length]));
    expect(summarize(draws, golden.interleaved)).toEqual(golden.interleaved);
  });
});

describe('Pcg64', () => {
  test("starts Gymnasium's CartPole where env.reset(seed=42) does", () => {
    const rng = new Pcg64(42);
    const observation = Array.from({ length: 4 }, () => Math.fround(-0.05 + 0.1 * rng.uniform()));
    // gymnasium 1.4.0: gym.make('CartPole-v1').reset(seed=42)
    expect(observation).toEqual([
      0.02739560417830944, -0.006112155970185995, 0.03585979342460632, 0.019736802205443382,
    ]);
  });

  test('steps and turns its 128 bits as big integers do', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const edge = fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1);
    const words = fc.array(fc.oneof(word, edge), { minLength: 4, maxLength: 4 });
    const state = fc.record({ state: words, increment: words });
    fc.assert(
      fc.property(state, ({ state, increment }) => {
        const odd = [increment[0] | 1, ...increment.slice(1)];
        const rng = restoreRng(savedState(state, odd));
        let [s, c] = [wide(state), wide(Uint32Array.from(odd))];
        for (let i = 0; i < 3; i++) {
          s = BigInt.asUintN(128, s * 0x2360ed051fc65da44385df649fccf645n + c);
          const bits = BigInt.asUintN(64, s ^ (s >> 64n));
          const turned = ((bits << 64n) | bits) >> (s >> 122n);
          expect(rng.uint32()).toBe(Number(BigInt.asUintN(32, turned)));
          expect(rng.uint32()).toBe(Number(BigInt.asUintN(32, turned >> 32n)));
        }
        expect(wide(rng.snapshot().state as Uint32Array)).toBe(s);
      }),
      { numRuns: 300 },
    );
  });

  test('draws nothing for an integer below 1', () => {
    const [rng, twin] = [new Pcg64(5), new Pcg64(5)];
    expect([rng.below(1), rng.below(1)]).toEqual([0, 0]);
    expect(rng.uniform()).toBe(twin.uniform());
  });

  test.each([0, 1, 2, 3])('goes on from a snapshot after %i halves, through JSON too', (halves) => {
    const rng = new Pcg64(3);
    for (let i = 0; i < 17; i++) rng.normal();
    for (let i = 0; i < halves; i++) rng.uint32();
    const saved = rng.snapshot();
    expect(saved.spare === null).toBe(halves % 2 === 0);
    const read = savedFromJson('rng', JSON.parse(JSON.stringify(savedToJson(saved))));
    const expected = mixed(rng);
    expect(mixed(restoreRng(read as SavedData))).toEqual(expected);
    rng.uint32(); // must be forgotten
    rng.restore(saved);
    expect(mixed(rng)).toEqual(expected);
  });

  test('gives snapshots that do not change when it goes on', () => {
    const rng = new Pcg64(9);
    const saved = rng.snapshot();
    const before = JSON.stringify(savedToJson(saved));
    mixed(rng);
    expect(JSON.stringify(savedToJson(saved))).toBe(before);
    const other = restoreRng(saved);
    mixed(other);
    expect(JSON.stringify(savedToJson(saved))).toBe(before);
  });

  test('takes a seed of any size', () => {
    expect(new Pcg64(10n ** 100n).uniform()).not.toBe(new Pcg64(10n ** 100n + 1n).uniform());
    expect(new Pcg64(42n).uniform()).toBe(new Pcg64(42).uniform());
  });

  test('refuses a seed that is no integer of at least 0', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53, -7n]) {
      expect(() => new Pcg64(seed)).toThrow(/^Pcg64: seed must be an integer of at least 0/);
    }
  });

  test.each([
    [{ kind: 'alea' }, 'Pcg64.restore: expected saved data of kind "pcg64", got "alea".'],
    [{ version: 2 }, 'Pcg64.restore: expected "pcg64" of version 1 to 1, got 2.'],
    [
      { state: Uint32Array.of(1, 2, 3) },
      'Pcg64.restore: state must be a Uint32Array of length 4, got length 3.',
    ],
    [
      { increment: Uint32Array.of(2, 2, 3, 4) },
      'Pcg64.restore: increment must be odd, got [2, 2, 3, 4].',
    ],
    [{ spare: -1 }, 'Pcg64.restore: spare must be null or an integer below 2³², got -1.'],
    [
      { spare: 2 ** 32 },
      'Pcg64.restore: spare must be null or an integer below 2³², got 4294967296.',
    ],
  ])('refuses the saved %o, and is unchanged', (part, message) => {
    const [rng, twin] = [new Pcg64(1), new Pcg64(1)];
    expect(() => rng.restore({ ...savedState([1, 2, 3, 4], [1, 2, 3, 4]), ...part })).toThrow(
      message,
    );
    expect(mixed(rng)).toEqual(mixed(twin));
  });
});

describe('restoreRng', () => {
  test.each([undefined, 'mersenne', 'toString', 7])('refuses the kind %s', (kind) => {
    expect(() => restoreRng({ kind, version: 1 } as unknown as SavedData)).toThrow(
      'restoreRng: expected saved data of kind alea, mt19937, pcg64, got ',
    );
    expect(() => restoreRng(null as unknown as SavedData)).toThrow('got undefined.');
  });
});

function mixed(rng: Rng): number[] {
  return GOLDEN_RNG.cycle.map((name) => call(rng, name));
}

function savedState(state: readonly number[], increment: readonly number[]): SavedData {
  return {
    kind: 'pcg64',
    version: 1,
    state: Uint32Array.from(state),
    increment: Uint32Array.from(increment),
    spare: null,
  };
}

function wide(words: ArrayLike<number>): bigint {
  return Array.from(words).reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
}
