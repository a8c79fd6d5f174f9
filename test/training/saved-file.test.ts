import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SavedData } from '../../core/saved.ts';
import { decodeSaved, encodeSaved } from '../../training/saved-file.ts';
import { parseSync } from '../../training/zip/byte-source.ts';
import { readZip } from '../../training/zip/reader.ts';
import { ZipWriter } from '../../training/zip/writer.ts';
import { codec, join } from './recording/sample.ts';

const FORMAT = { format: 'palaestra-checkpoint', version: 1 };
const encode = (saved: SavedData) => encodeSaved(saved, codec, FORMAT);
const decode = (bytes: Uint8Array, maxBytes?: number) =>
  decodeSaved(bytes, codec, FORMAT, maxBytes);

const sample: SavedData = {
  kind: 'dqn',
  agent: {
    weights: Float32Array.of(0.1, Number.NaN, -Infinity, -0),
    rng: { c: 1, s0: 0.25, name: 'é🏛' },
    counts: [Int32Array.of(-1), Uint8Array.of(1, 2, 3).subarray(1), { none: null, yes: true }],
    empty: new Float64Array(0),
  },
  numbers: [1e300, -0, 5e-324, 2 ** 53],
};

describe('encodeSaved and decodeSaved', () => {
  test('give back the same data, typed arrays of every kind included', () => {
    expect(decode(encode(sample))).toEqual(sample);
    const types = [
      Float64Array,
      Float32Array,
      Int32Array,
      Uint32Array,
      Int16Array,
      Uint16Array,
      Int8Array,
      Uint8Array,
    ];
    const all = Object.fromEntries(types.map((type) => [type.name, type.of(1, 2, 100)]));
    expect(decode(encode(all))).toEqual(all);
  });

  test('give back any data', () => {
    const array = fc.oneof(
      fc.float64Array({ maxLength: 9 }),
      fc.int16Array({ maxLength: 9 }),
      fc.uint8Array({ maxLength: 300 }),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        array,
        fc.array(tie('value'), { maxLength: 4 }),
        tie('object'),
      ),
      object: fc.dictionary(fc.stringMatching(/^[a-zé.]{1,6}$/), tie('value'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(value, (data) => {
        expect(decode(encode({ data } as SavedData))).toEqual({ data });
      }),
      { numRuns: 100 },
    );
  });

  test('the bytes do not depend on the order of the keys', () => {
    const one = encode({ a: Float32Array.of(1), b: { x: 1, y: Int8Array.of(2) } });
    const two = encode({ b: { y: Int8Array.of(2), x: 1 }, a: Float32Array.of(1) });
    expect(Buffer.compare(one, two)).toBe(0);
  });

  test('what is decoded shares no memory with the file', () => {
    const bytes = encode({ a: Uint8Array.of(1, 2) });
    const { a } = decode(bytes);
    bytes.fill(0);
    expect(a).toEqual(Uint8Array.of(1, 2));
  });

  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  const bad: readonly (readonly [title: string, saved: object, message: string])[] = [
    [
      'NaN',
      { agent: { rng: { c: Number.NaN } } },
      'agent.rng.c: must be a finite number, got NaN.',
    ],
    [
      'an infinity in a list',
      { best: [0, -Infinity] },
      'best[1]: must be a finite number, got -Infinity.',
    ],
    ['a function', { a: { b: () => 1 } }, 'a.b: must be JSON, got a function.'],
    ['a bigint', { a: 1n }, 'a: must be JSON, got 1.'],
    ['undefined in a list', { a: [undefined] }, 'a[0]: must be JSON, got undefined.'],
    ['another kind of array', { a: new BigInt64Array(1) }, 'a: must be JSON, got [0].'],
    [
      'a reserved key',
      { a: { $array: 1 } },
      'a.$array: a key must not begin with "$", which stands for arrays.',
    ],
    [
      'a prototype',
      JSON.parse('{"a":{"__proto__":1}}'),
      'a.__proto__: a key must not be "__proto__".',
    ],
    ['data that contains itself', cyclic, 'data to save must have at most 56 levels, got more.'],
  ];
  for (const [title, saved, message] of bad) {
    test(`refuse ${title}, naming its path`, () => {
      expect(() => encode(saved as SavedData)).toThrow(message);
    });
  }

  test('the deepest data that is written can be read', () => {
    const nest = (levels: number): SavedData =>
      levels === 1 ? { x: Int8Array.of(1) } : { a: nest(levels - 1) };
    expect(decode(encode(nest(56)))).toEqual(nest(56));
    expect(() => encode(nest(57))).toThrow('at most 56 levels');
  });
});

/** A file with this JSON and these entries, as a hostile writer may make it. */
function forged(json: unknown, entries: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new ZipWriter({ codec, write: (chunk) => chunks.push(chunk) });
  zip.add('saved.json', new TextEncoder().encode(JSON.stringify(json)));
  for (const [name, bytes] of Object.entries(entries)) zip.add(name, bytes);
  zip.finish();
  return join(chunks);
}

describe('decodeSaved does not trust the file', () => {
  const of = (data: unknown) => ({ ...FORMAT, data });
  const reference = { $array: 'arrays/0000.bin', dtype: 'f64', length: 2 };
  const array = { 'arrays/0000.bin': new Uint8Array(16) };
  const cases: readonly (readonly [title: string, bytes: Uint8Array, message: string])[] = [
    [
      'no file',
      new Uint8Array(50),
      'decodeSaved: the file must be a whole zip with "saved.json" in it, got 50 bytes of something else.',
    ],
    ['a cut file', encode(sample).slice(0, -5), 'It is cut, damaged or another file.'],
    [
      'another format',
      forged({ ...of({}), format: 'x' }),
      'saved.json: format must be "palaestra-checkpoint", got "x".',
    ],
    [
      'a newer version',
      forged({ ...of({}), version: 2 }),
      'saved.json: version must be at most 1, got 2. A newer Palaestra has written this file: update to read it.',
    ],
    ['no data', forged(FORMAT), 'data must be an object, got undefined.'],
    ['a list for data', forged(of([])), 'data must be an object'],
    [
      'a missing array',
      forged(of({ a: reference })),
      'data.a: "arrays/0000.bin" must be 16 bytes, got undefined.',
    ],
    [
      'a wrong length',
      forged(of({ a: { ...reference, length: 3 } }), array),
      'data.a: "arrays/0000.bin" must be 24 bytes, got 16.',
    ],
    [
      'a fractional length',
      forged(of({ a: { ...reference, length: 2.5 } }), array),
      'data.a.length must be an integer',
    ],
    [
      'an unknown type',
      forged(of({ a: { ...reference, dtype: 'constructor' } }), array),
      'data.a.dtype must be one of f64, f32, i32, u32, i16, u16, i8, u8, got "constructor".',
    ],
    [
      'an array twice',
      forged(of({ a: reference, b: reference }), array),
      'data.b.$array must be an array of its own, got "arrays/0000.bin".',
    ],
  ];
  for (const [title, bytes, message] of cases) {
    test(`${title} is an error that says so`, () => {
      expect(() => decode(bytes)).toThrow(message);
    });
  }

  test('no more memory is taken than allowed, however small the file', () => {
    const zeros = new Uint8Array(16_000_000);
    const bytes = forged(of({ a: { ...reference, dtype: 'u8', length: zeros.length } }), {
      'arrays/0000.bin': zeros,
    });
    expect(bytes.length).toBeLessThan(20_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decode(bytes, 1_000_000)).toThrow(
      /^data\.a: memory must be at most the \d+ bytes that maxBytes leaves, got 16000000\./,
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
    expect((decode(bytes).a as Uint8Array).length).toBe(16_000_000);
  });

  test('`__proto__` is dropped', () => {
    const bytes = forged({ ...FORMAT, data: JSON.parse('{"a":{"__proto__":{"b":1},"c":2}}') });
    expect(decode(bytes)).toEqual({ a: { c: 2 } });
  });

  test('any change of any byte gives an error or the same data', () => {
    const bytes = encode(sample);
    const expected = decode(bytes);
    const { entries } = parseSync(bytes, readZip(bytes.length));
    expect(entries.size).toBe(5);
    let errors = 0;
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] ^= 1 << (at % 8);
      try {
        expect(decode(changed)).toEqual(expected);
      } catch (error) {
        if ((error as Error).name === 'AssertionError') throw error;
        expect((error as Error).message).toMatch(/^(Zip|decodeSaved|saved\.json|data)/);
        errors++;
      }
      const cut = bytes.slice(0, at);
      expect(() => decode(cut)).toThrow('It is cut, damaged or another file.');
    }
    expect(errors).toBeGreaterThan(bytes.length / 2);
  });
});
