import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import type { ElementOf, Space } from '../../../core/space.ts';
import { batchSpace, concatenate, iterate } from '../../../core/spaces/batch.ts';
import { contains, mismatch } from '../../../core/spaces/contains.ts';
import { elementFromJson, elementToJson } from '../../../core/spaces/element-json.ts';
import { spaceEquals } from '../../../core/spaces/equals.ts';
import { flattenedSize, flattenSpace } from '../../../core/spaces/flat-space.ts';
import { flatten } from '../../../core/spaces/flatten.ts';
import { flattenRow } from '../../../core/spaces/flatten-row.ts';
import { spaceFromJson, spaceToJson } from '../../../core/spaces/json.ts';
import { rowMismatch } from '../../../core/spaces/row-mismatch.ts';
import {
  countedFromZero,
  isIntegral,
  readRow,
  rowReader,
  rowSize,
  writeRow,
} from '../../../core/spaces/rows.ts';
import { sample, sampleRow } from '../../../core/spaces/sample.ts';
import { SpaceSampler } from '../../../core/spaces/sampler.ts';
import { unflatten } from '../../../core/spaces/unflatten.ts';
import { anyElement, anySpace, broken } from '../../helpers/spaces.ts';

const throughJson = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

/** The element with its integers counted from 0, as rules see it. */
function counted(space: Space, element: ElementOf<Space>): ElementOf<Space> {
  const row = new Float32Array(rowSize(space));
  writeRow(space, element, row);
  return readRow(countedFromZero(space), row);
}

describe('of any space', () => {
  test('a drawn element belongs to it', () => {
    fc.assert(
      fc.property(anyElement(false), ([space, element]) => {
        expect(mismatch(space, element, 'element')).toBeNull();
      }),
    );
  });

  test('an element of which one thing is wrong does not belong to it', () => {
    fc.assert(
      fc.property(anyElement(false), fc.nat(), ([space, element], choice) => {
        expect(contains(space, broken(space, element, choice))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('an element comes back from JSON, to the bit', () => {
    fc.assert(
      fc.property(anyElement(false), ([space, element]) => {
        const json = throughJson(elementToJson(space, element));
        expect(elementFromJson(space, json)).toEqual(element);
      }),
    );
  });

  test('the space comes back from JSON, equal to itself and with its labels', () => {
    fc.assert(
      fc.property(anySpace(false), (space) => {
        const json = throughJson(spaceToJson(space));
        const back = spaceFromJson(json);
        expect(spaceEquals(back, space)).toBe(true);
        expect(throughJson(spaceToJson(back))).toEqual(json);
      }),
    );
  });

  test('it equals what has the same JSON, labels aside, and nothing else', () => {
    const withoutLabels = (space: Space) =>
      JSON.stringify(spaceToJson(space), (name, value) => (name === 'labels' ? [] : value));
    fc.assert(
      fc.property(anySpace(false), anySpace(false), (a, b) => {
        expect(spaceEquals(a, a)).toBe(true);
        expect(spaceEquals(a, b)).toBe(withoutLabels(a) === withoutLabels(b));
      }),
      { numRuns: 300 },
    );
  });

  test('elements come back from a batch, which belongs to the batch’s space', () => {
    fc.assert(
      fc.property(anySpace(false), fc.nat(), fc.integer({ min: 1, max: 4 }), (space, seed, n) => {
        const rng = new Alea(seed);
        const elements = Array.from({ length: n }, () => sample(space, rng));
        const batch = concatenate(space, elements);
        expect(mismatch(batchSpace(space, n), batch, 'batch')).toBeNull();
        expect(iterate(space, batch)).toEqual(elements);
      }),
    );
  });

  test('a sampler goes on from a snapshot with the same elements, and begins anew from a seed', () => {
    const rngs = fc.constantFrom('alea', 'gymnasium' as const);
    fc.assert(
      fc.property(anySpace(false), rngs, fc.nat(), (space, rng, seed) => {
        const sampler = new SpaceSampler(space, { rng, seed });
        const first = [sampler.sample(), sampler.sample()];
        const saved = sampler.snapshot();
        const next = [sampler.sample(), sampler.sample()];
        const other = new SpaceSampler(space, { rng });
        other.restore(saved);
        expect([other.sample(), other.sample()]).toEqual(next);
        expect(other.snapshot()).toEqual(sampler.snapshot());
        other.seed(seed);
        expect([other.sample(), other.sample()]).toEqual(first);
      }),
    );
  });
});

describe('of any space whose elements have a greatest length', () => {
  test('an element comes back from a row, wherever it stands', () => {
    fc.assert(
      fc.property(anyElement(true), fc.integer({ min: 0, max: 3 }), ([space, element], offset) => {
        const row = new Array(offset).fill(7);
        writeRow(space, element, row, offset);
        expect(row).toHaveLength(offset + rowSize(space));
        expect(row.slice(0, offset)).toEqual(new Array(offset).fill(7));
        expect(readRow(space, row, offset)).toEqual(element);
      }),
    );
  });

  test('a row is written in full, whatever stood there', () => {
    fc.assert(
      fc.property(anyElement(true), ([space, element]) => {
        const [zeros, sevens] = [0, 7].map((x) => new Float64Array(rowSize(space)).fill(x));
        writeRow(space, element, zeros);
        writeRow(space, element, sevens);
        expect(sevens).toEqual(zeros);
      }),
    );
  });

  test('a column gives what is in it at each call, counted from 0', () => {
    fc.assert(
      fc.property(anySpace(true), fc.nat(), (space, seed) => {
        const rng = new Alea(seed);
        const size = rowSize(space);
        const column = isIntegral(space) ? new Int32Array(size) : new Float32Array(size);
        const read = rowReader(space, column);
        for (let i = 0; i < 2; i++) {
          const element = sample(space, rng);
          writeRow(space, element, column);
          expect(read()).toEqual(counted(space, element));
        }
      }),
    );
  });

  test('a row of an element is one, and a row of anything else is told', () => {
    const numbers = fc.constantFrom(-1, 0, 1, 2, 0.5, 7, 1e9, Number.NaN, Infinity, -Infinity);
    fc.assert(
      fc.property(anyElement(true), fc.nat(), numbers, ([space, element], place, x) => {
        const row = new Float32Array(rowSize(space));
        writeRow(space, element, row);
        expect(rowMismatch(space, row, 0, 'row')).toBeNull();
        row[place % row.length] = x;
        const fromZero = countedFromZero(space);
        const isElement = rowMismatch(space, row, 0, 'row') === null;
        if (isElement) expect(contains(fromZero, readRow(fromZero, row))).toBe(true);
        else expect(rowMismatch(space, row, 0, 'row')).toMatch(/^row.* must be .*, got .*\.$/s);
      }),
      { numRuns: 300 },
    );
  });

  test('an element drawn into a row is the one that is drawn by itself', () => {
    fc.assert(
      fc.property(anySpace(true), fc.nat(), (space, seed) => {
        const expected = new Float64Array(rowSize(space));
        writeRow(space, sample(space, new Alea(seed)), expected);
        const row = new Float64Array(rowSize(space) + 1);
        const end = sampleRow(space, new Alea(seed), row, 1);
        expect(end).toBe(row.length);
        expect(Float32Array.from(row.subarray(1))).toEqual(Float32Array.from(expected));
      }),
    );
  });

  test('an element comes back from its flat form, which belongs to the flat space', () => {
    fc.assert(
      fc.property(anyElement(true), ([space, element]) => {
        const flat = flatten(space, element);
        expect(mismatch(flattenSpace(space), flat, 'flat')).toBeNull();
        expect(unflatten(space, flat)).toEqual(element);
      }),
    );
  });

  test('a row has the flat form of its element, whatever stood there before', () => {
    fc.assert(
      fc.property(anyElement(true), ([space, element]) => {
        const row = new Float64Array(rowSize(space)).fill(9);
        writeRow(space, element, row);
        const flat = new Float32Array(flattenedSize(space)).fill(Number.NaN);
        flattenRow(space, row, flat);
        expect(flat).toEqual(flatten(space, element));
      }),
    );
  });

  test('numbers that are no flat form of an element are refused, or lead to an element', () => {
    const numbers = fc.constantFrom(-1, 0, 0.5, 2, 1e9, Number.NaN, Infinity);
    fc.assert(
      fc.property(anyElement(true), fc.nat(), numbers, ([space, element], place, x) => {
        const flat = flatten(space, element);
        flat[place % flat.length] = x;
        let back: unknown;
        try {
          back = unflatten(space, flat);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(contains(space, back)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
