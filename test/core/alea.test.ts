import seedrandom from 'seedrandom/lib/alea.js';
import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { log } from '../../core/math.ts';
import { writeNormals } from '../../core/polar-method.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import { belowFromUint32, type Rng } from '../../core/rng.ts';
import { scriptedRng } from '../helpers/rng.ts';

const draws = (rng: { uniform(): number }, n: number) =>
  Array.from({ length: n }, () => rng.uniform());

const normals = (rng: Rng, n: number) => {
  const numbers = new Float64Array(n);
  writeNormals(rng, numbers);
  return numbers;
};

describe('Alea', () => {
  test("draws what seedrandom's alea draws", () => {
    const reference = seedrandom('7/env/0', { state: true });
    const rng = new Alea(7, 'env/0');
    for (let i = 0; i < 1000; i++) expect(rng.uniform()).toBe(reference());
  });

  test('goes on from a snapshot with the same numbers, in another instance too', () => {
    const rng = new Alea(3, 'agent');
    draws(rng, 17);
    rng.normal();
    const saved = JSON.parse(JSON.stringify(rng.snapshot()));
    const expected = [...draws(rng, 100), rng.normal(), rng.below(10), rng.uint32()];
    const other = restoreRng(saved);
    expect([...draws(other, 100), other.normal(), other.below(10), other.uint32()]).toEqual(
      expected,
    );
    rng.restore(saved);
    expect(draws(rng, 100)).toEqual(expected.slice(0, 100));
  });

  test('gives every stream of a seed, and every seed, a sequence of its own', () => {
    const firsts = new Set<number>();
    for (let seed = 0; seed < 50; seed++) {
      for (const stream of ['', 'agent', 'env/0', 'env/1', 'env/10', 'evaluation/0']) {
        firsts.add(new Alea(seed, stream).uniform());
      }
    }
    expect(firsts.size).toBe(300);
  });

  test('streams do not move together', () => {
    const n = 20_000;
    for (const [a, b] of [
      ['env/0', 'env/1'],
      ['agent', 'env/0'],
      ['env/1', 'env/11'],
    ]) {
      const x = new Alea(0, a);
      const y = new Alea(0, b);
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (x.uniform() - 0.5) * (y.uniform() - 0.5);
      const correlation = (sum / n) * 12;
      expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(n)); // 4 standard errors
    }
  });

  test('refuses a seed that is no integer of at least 0', () => {
    for (const seed of [-1, 0.5, Number.NaN, '7' as unknown as number]) {
      expect(() => new Alea(seed)).toThrow(/Alea: seed must be an integer of at least 0/);
    }
  });

  test('refuses a state of another generator, and is unchanged', () => {
    const rng = new Alea(1);
    const twin = new Alea(1);
    expect(() => rng.restore({ kind: 'pcg64', version: 1 })).toThrow('expected saved data of kind');
    expect(() => rng.restore({ kind: 'alea', version: 1, c: 1, s0: 'x', s1: 0, s2: 0 })).toThrow(
      'Alea.restore: s0 must be a finite number, got "x".',
    );
    expect(draws(rng, 5)).toEqual(draws(twin, 5));
  });
});

describe('integers below n', () => {
  test('are equally likely (chi-square)', () => {
    const rng = new Alea(5);
    const counts = new Float64Array(7);
    const n = 70_000;
    for (let i = 0; i < n; i++) counts[rng.below(7)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 7) ** 2 / (n / 7), 0);
    expect(chiSquare).toBeLessThan(22.5); // 99.9% of 6 degrees of freedom
  });

  test('throw away the draws that would favor small ones', () => {
    // 2³² mod 3 = 1, so the draw 0 is thrown away.
    expect(belowFromUint32(scriptedRng(0, 5 / 2 ** 32), 3)).toBe(2);
    expect(belowFromUint32(scriptedRng(1 / 2 ** 32), 3)).toBe(1);
  });
});

describe('normal draws', () => {
  test('follow the polar method', () => {
    // x = 2 · 0.75 − 1 = 0.5, y = 0; s = 0.25; x √(−2 ln s / s) = 0.5 · √(8 ln 4) = 1.6651…
    expect(normals(scriptedRng(0.75, 0.5), 1)[0]).toBeCloseTo(0.5 * Math.sqrt(8 * Math.log(4)), 14);
    // (1, 1) lies outside the unit circle and is thrown away.
    expect(normals(scriptedRng(0.999, 0.999, 0.75, 0.5), 1)[0]).toBeCloseTo(1.665109, 5);
    // (0, 0) has no logarithm.
    expect(normals(scriptedRng(0.5, 0.5, 0.75, 0.5), 1)[0]).toBeCloseTo(1.665109, 5);
  });

  test('have the bits of x √(−2 ln s / s) with the logarithm that every engine shares', () => {
    const n = 100_000;
    const rng = new Alea(5);
    const expected = Float64Array.from({ length: n }, () => {
      for (;;) {
        const x = 2 * rng.uniform() - 1;
        const y = 2 * rng.uniform() - 1;
        const s = x * x + y * y;
        if (s > 0 && s < 1) return x * Math.sqrt((-2 * log(s)) / s);
      }
    });
    const drawn = normals(new Alea(5), n);
    expect(drawn.findIndex((draw, i) => draw !== expected[i])).toBe(-1);
    const other = new Alea(5);
    expect(expected.findIndex((draw) => draw !== other.normal())).toBe(-1);
    // s = 2⁻⁶², the smallest there is; and s just below 1.
    const tiny = 0.5 + 2 ** -32;
    expect(normals(scriptedRng(tiny, 0.5), 1)[0]).toBe(Math.sqrt(-2 * log(2 ** -62)));
    const nearOne = (1 - 2 ** -31) ** 2;
    expect(normals(scriptedRng(1 - 2 ** -32, 0.5), 1)[0]).toBe(
      (1 - 2 ** -31) * Math.sqrt((-2 * log(nearOne)) / nearOne),
    );
  });

  test('have mean 0, variance 1, and the tails of the normal distribution', () => {
    const rng = new Alea(11);
    const n = 200_000;
    let sum = 0;
    let squares = 0;
    let beyondTwo = 0;
    for (let i = 0; i < n; i++) {
      const draw = rng.normal();
      sum += draw;
      squares += draw * draw;
      if (Math.abs(draw) > 2) beyondTwo++;
    }
    expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(beyondTwo / n - 0.0455)).toBeLessThan(0.002);
  });
});
