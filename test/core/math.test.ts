import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as math from '../../core/math.ts';
import { ERROR_BOUNDS, worstError } from './math-accuracy.ts';
import { functionDigest, mathDigest } from './math-digest.ts';
import { type Evaluate, FUNCTIONS } from './math-functions.ts';
import { FUNCTION_NAMES, type FunctionName, Words } from './math-points.ts';
import { reference, unitsOff } from './reference-math.ts';

/** A value that mpmath computed to 2600 bits. */
interface Recorded {
  readonly x: number;
  readonly y: number;
  readonly rounded: number;
  /** True value − rounded one, in units in the last place of the true value. */
  readonly rest: number;
}

const { functions: LINES } = JSON.parse(
  readFileSync(new URL('../golden/math.json', import.meta.url), 'utf8'),
) as { functions: Record<FunctionName, string[]> };

function recorded(name: FunctionName): Recorded[] {
  return LINES[name].map((line) => {
    const words = line.split(' ');
    const rest = Number(words.pop());
    const [x, y, result] = words.map(fromHex);
    return words.length === 3 ? { x, y, rounded: result, rest } : { x, y: 0, rounded: y, rest };
  });
}

function fromHex(digits: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${digits}`));
  return view.getFloat64(0);
}

test('math.json has values of every function', () => {
  expect(Object.keys(LINES).sort()).toEqual([...FUNCTION_NAMES]);
  for (const name of FUNCTION_NAMES) expect(LINES[name].length).toBeGreaterThanOrEqual(300);
});

describe.each(FUNCTION_NAMES)('%s', (name) => {
  const evaluate = FUNCTIONS[name];

  test('is known to the reference to a billionth of a unit in the last place', () => {
    for (const { x, y, rounded, rest } of recorded(name)) {
      const disagreement = Math.abs(unitsOff(rounded, reference(name, x, y)) + rest);
      expect(disagreement, `${name}(${x}, ${y})`).toBeLessThan(1e-9);
    }
  });

  test('is within its bound of the values that mpmath gives', () => {
    for (const { x, y, rounded, rest } of recorded(name)) {
      const value = evaluate(x, y);
      if (Object.is(value, rounded)) continue; // off by |rest| ≤ 1/2
      const off = unitsOff(value, reference(name, x, y));
      expect(Math.abs(off), `${name}(${x}, ${y}), rest ${rest}`).toBeLessThan(ERROR_BOUNDS[name]);
    }
  });

  test('is within its bound of the reference at 20,000 points', () => {
    const worst = worstError(name, 20_000, 1);
    expect(worst.units, worst.at).toBeLessThan(ERROR_BOUNDS[name]);
  });
});

describe('special values are those of ECMAScript', () => {
  const SPECIAL = [Number.NaN, 0, -0, 1, -1, Infinity, -Infinity];
  const OUTSIDE = [2, -2, -1.5, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324];
  const ONE_ARGUMENT: [FunctionName, number[]][] = [
    ['sin', [Number.NaN, 0, -0, Infinity, -Infinity, 5e-324, -5e-324]],
    ['cos', [Number.NaN, 0, -0, Infinity, -Infinity, 5e-324]],
    ['tan', [Number.NaN, 0, -0, Infinity, -Infinity, 5e-324, -5e-324]],
    ['asin', [...SPECIAL, ...OUTSIDE]],
    ['acos', [...SPECIAL, ...OUTSIDE]],
    ['atan', [...SPECIAL, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324]],
    ['sinh', [Number.NaN, 0, -0, Infinity, -Infinity, 712, -712, ...OUTSIDE.slice(3)]],
    ['cosh', [Number.NaN, 0, -0, Infinity, -Infinity, 712, -712, ...OUTSIDE.slice(3)]],
    ['tanh', [Number.NaN, 0, -0, Infinity, -Infinity, ...OUTSIDE.slice(3)]],
    ['asinh', [Number.NaN, 0, -0, Infinity, -Infinity, 5e-324, -5e-324]],
    ['acosh', [...SPECIAL, 0.5, -2, 1 - 2 ** -53]],
    ['atanh', [...SPECIAL, ...OUTSIDE, 1 + 2 ** -52]],
    ['exp', [Number.NaN, 0, -0, Infinity, -Infinity, 710, -746, ...OUTSIDE.slice(3)]],
    ['expm1', [Number.NaN, 0, -0, Infinity, -Infinity, 710, -746, ...OUTSIDE.slice(3)]],
    ['log', [...SPECIAL, -2, -5e-324]],
    ['log1p', [...SPECIAL, -2, -1 - 2 ** -52, 5e-324, -5e-324, -Number.MAX_VALUE]],
    ['log2', [...SPECIAL, -2, -5e-324]],
    ['log10', [...SPECIAL, -2, -5e-324]],
    ['cbrt', SPECIAL],
  ];

  test.each(ONE_ARGUMENT)('in %s', (name, xs) => {
    const ours = FUNCTIONS[name];
    const theirs = Math[name] as Evaluate;
    for (const x of xs) expect(ours(x, 0), `${name}(${x})`).toBe(theirs(x, 0));
  });

  const EXTREME = [Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324];
  test.each(['atan2', 'hypot'] as const)('in %s', (name) => {
    for (const x of [...SPECIAL, ...EXTREME]) {
      for (const y of [...SPECIAL, ...EXTREME]) {
        if (name === 'hypot' && Math.abs(x) === 5e-324 && Math.abs(y) === 5e-324) continue;
        expect(FUNCTIONS[name](x, y), `${name}(${x}, ${y})`).toBe(Math[name](x, y));
      }
    }
  });

  test('in pow', () => {
    const exponents = [...SPECIAL, ...EXTREME, 2, -2, 3, -3, 2 ** 53 - 1, 2 ** 53, 1 - 2 ** 53];
    for (const x of [...SPECIAL, ...EXTREME, 2, -2, 0.5, -0.5]) {
      for (const y of [...exponents, 0.5, -0.5, 1.5, -2.5]) {
        if (x > 0 && x < Infinity && x !== 1 && !Number.isInteger(y) && Math.abs(y) > 0.1) continue;
        expect(math.pow(x, y), `pow(${x}, ${y})`).toBe(x ** y);
      }
    }
  });

  test('in sums of squares that leave the range', () => {
    expect(math.hypot(5e-324, 5e-324)).toBe(5e-324); // √2, in units of 5e-324
    expect(math.hypot(3 * 5e-324, 4 * 5e-324)).toBe(5 * 5e-324);
    expect(math.hypot(1.5e308, 1.5e308)).toBe(Infinity);
    expect(math.hypot(3 * 2 ** 1000, -4 * 2 ** 1000)).toBe(5 * 2 ** 1000);
  });

  test('in the constants', () => {
    expect([math.PI, math.E, math.LN2]).toEqual([Math.PI, Math.E, Math.LN2]);
  });
});

describe('results that are doubles are met exactly', () => {
  test('cube roots of cubes', () => {
    for (let n = 1; n < 3000; n++) expect(math.cbrt(-n * n * n)).toBe(-n);
  });

  test('log2 of powers of two', () => {
    for (let k = -1074; k <= 1023; k++) expect(math.log2(2 ** k)).toBe(k);
  });

  test('log10 of powers of ten', () => {
    for (let k = 0; k <= 22; k++) expect(math.log10(Number(`1e${k}`))).toBe(k);
  });

  test('powers of whole numbers', () => {
    for (let x = 2n; x < 100n; x++) {
      for (let y = 0n; x ** y < 2n ** 53n; y++) {
        expect(math.pow(Number(-x), Number(y))).toBe(Number((-x) ** y));
      }
    }
  });

  test('powers of two, down to the smallest', () => {
    for (let k = -1074; k <= 1023; k++) expect(math.pow(2, k)).toBe(2 ** k);
  });

  test('hypotenuses of right triangles with whole sides', () => {
    for (let m = 2; m < 60; m++) {
      for (let n = 1; n < m; n++) {
        expect(math.hypot(m * m - n * n, -2 * m * n)).toBe(m * m + n * n);
      }
    }
  });
});

describe('symmetry is exact', () => {
  const ODD = ['sin', 'tan', 'asin', 'atan', 'sinh', 'tanh', 'asinh', 'atanh', 'cbrt'] as const;
  test.each(ODD)('%s(−x) = −%s(x)', (name) => {
    const evaluate = FUNCTIONS[name];
    for (const x of points(2000)) expect(evaluate(-x, 0)).toBe(-evaluate(x, 0));
  });

  test.each(['cos', 'cosh'] as const)('%s(−x) = %s(x)', (name) => {
    const evaluate = FUNCTIONS[name];
    for (const x of points(2000)) expect(evaluate(-x, 0)).toBe(evaluate(x, 0));
  });

  test('hypot(x, y) = hypot(y, −x), atan2(−y, x) = −atan2(y, x)', () => {
    const ys = points(2000).reverse();
    for (const [i, x] of points(2000).entries()) {
      expect(math.hypot(x, ys[i])).toBe(math.hypot(ys[i], -x));
      expect(math.atan2(-ys[i], x)).toBe(-math.atan2(ys[i], x));
    }
  });
});

/** Numbers from 2⁻⁴⁰ to 2⁴⁰, half of them below 1. */
function points(count: number): number[] {
  const words = new Words(5);
  return Array.from({ length: count }, () => (1 + words.uniform()) * 2 ** words.between(-40, 40));
}

describe('never falls where the function rises', () => {
  const RISING: [FunctionName, number, number][] = [
    ['sin', -1.57, 1.57],
    ['tan', -1.57, 1.57],
    ['asin', -1, 1],
    ['atan', -50, 50],
    ['sinh', -710, 710],
    ['tanh', -30, 30],
    ['asinh', -50, 50],
    ['acosh', 1, 50],
    ['atanh', -1, 1],
    ['exp', -745, 709],
    ['expm1', -50, 50],
    ['log', 1e-9, 50],
    ['log1p', -1, 50],
    ['log2', 1e-9, 50],
    ['log10', 1e-9, 50],
    ['cbrt', -50, 50],
  ];
  test.each(RISING)('%s from %d to %d', (name, low, high) => {
    const evaluate = FUNCTIONS[name];
    const grid = Array.from({ length: 20_000 }, (_, i) => low + ((high - low) * i) / 20_000);
    const falls = grid.filter((x, i) => i > 0 && !(evaluate(grid[i - 1], 0) <= evaluate(x, 0)));
    expect(falls).toEqual([]);
  });
});

describe('the same bits everywhere', () => {
  // Node 20 and 24 and Chromium agree. A change here changes every recorded run: say so.
  const DIGESTS: Record<FunctionName, string> = {
    acos: '5420bea0',
    acosh: 'ee0005cf',
    asin: '21246639',
    asinh: 'ab9a5fd3',
    atan: '71b19be3',
    atan2: '45216152',
    atanh: '1831ae60',
    cbrt: 'a2470dba',
    cos: '697844b2',
    cosh: 'e6e99537',
    exp: '62bf398d',
    expm1: 'ad69fcb5',
    hypot: 'bf6a5cd8',
    log: 'a7b88149',
    log10: 'fea6cff9',
    log1p: '75b1a530',
    log2: '36f18b78',
    pow: '347ce48a',
    sin: '8a8ffa3f',
    sinh: '0faaad7b',
    tan: 'cf53caad',
    tanh: 'c5b4e365',
  };

  test.each(FUNCTION_NAMES)('%s', (name) => {
    expect(functionDigest(name)).toBe(DIGESTS[name]);
  });

  test('the digest names every function once', () => {
    const lines = FUNCTION_NAMES.map((name) => `${name} ${DIGESTS[name]}`);
    expect(mathDigest()).toBe(lines.join('\n'));
  });

  test('nothing is used that ECMAScript leaves to the engine', () => {
    const folder = new URL('../../core/math/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const source = readFileSync(new URL(file, folder), 'utf8');
      const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const used = [...code.matchAll(/\bMath\.(\w+)/g)].map(([, name]) => name);
      const exact = ['abs', 'floor', 'fround', 'max', 'min', 'sign', 'sqrt', 'trunc'];
      for (const name of used) expect(exact, file).toContain(name);
      expect(code, file).not.toMatch(/\*\*|toFixed|parseFloat/);
    }
  });
});

test('exponentials written in rows have the bits of exp, for every size of number', () => {
  const words = new Words(8);
  const numbers = Float64Array.from({ length: 20_000 }, (_, i) => {
    const unit = words.next() / 2 ** 31 - 1; // −1 … 1
    return unit * 10 ** ((i % 17) - 12); // 1e−12 … 1e4
  });
  numbers.set([0, -0, Infinity, -Infinity, Number.NaN, 708, -708, 709.7, 710, -745, -746, 707.9]);
  const exponentials = new Float64Array(numbers.length);
  math.writeExponentials(numbers, 0, numbers.length, exponentials);
  expect(exponentials).toEqual(numbers.map(math.exp));
  math.writeExponentials(numbers, 3, 5, numbers); // in place, and only those
  expect([...numbers.subarray(0, 6)]).toEqual([0, -0, Infinity, 0, Number.NaN, 708]);
});

test('sines and cosines written in rows have the bits of sin and cos, for every size of angle', () => {
  const words = new Words(7);
  const angles = Float64Array.from({ length: 20_000 }, (_, i) => {
    const unit = words.next() / 2 ** 31 - 1; // −1 … 1
    return unit * 10 ** ((i % 40) - 12); // 1e−12 … 1e27
  });
  angles.set([0, -0, Infinity, -Infinity, Number.NaN, 1e-320, Math.PI / 4, -Math.PI / 4, 3e5]);
  const sines = new Float64Array(angles.length);
  const cosines = new Float64Array(angles.length);
  math.writeSinesAndCosines(angles, sines, cosines);
  expect(sines).toEqual(angles.map(math.sin));
  expect(cosines).toEqual(angles.map(math.cos));
  expect(sines.findIndex((sine, i) => !Object.is(sine, math.sin(angles[i])))).toBe(-1);
  const alone = new Float64Array(angles.length);
  math.writeCosines(angles, alone);
  expect(alone).toEqual(cosines);
});
