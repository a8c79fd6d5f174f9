import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { box, discrete, type Space } from '../../core/space.ts';
import { dict, tuple } from '../../core/spaces/composite.ts';
import { multiBinary, multiDiscrete } from '../../core/spaces/multi.ts';
import { createColumn } from '../../replay/columns/row-column.ts';
import { type Storage, storageOf } from '../../replay/columns/storage.ts';
import { ordinaryMemory } from '../helpers/allocator.ts';

const NUMBERS: Record<Storage, fc.Arbitrary<number>> = {
  bits: fc.integer({ min: 0, max: 1 }),
  uint8: fc.integer({ min: 0, max: 255 }),
  float32: fc.float(),
};

/** Numbers of a row; the last two are long enough to be copied as a whole. */
const SIZES = [1, 7, 8, 9, 31, 256, 1030];

describe.each(['bits', 'uint8', 'float32'] as const)('a column of %s', (storage) => {
  test.each(SIZES)('gives back rows of %i numbers as they were', (size) => {
    const row = fc.array(NUMBERS[storage], { minLength: size, maxLength: size });
    const rows = fc.array(row, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(rows, (given) => {
        const column = createColumn(storage, 'x', 3, size, ordinaryMemory);
        const exact = given.map((numbers) => Float32Array.from(numbers));
        const all = Float32Array.from(given.flat());
        column.write(0, exact[0], 0); // from an array of its own, and out of a larger one
        column.write(1, all, size);
        column.write(2, all, 2 * size);

        const target = new Float32Array(3 * (size + 2) + 1).fill(-5);
        column.gather(Int32Array.of(2, 0, 1), 2, target, 1, size + 2);
        expect(target.slice(1, 1 + size)).toEqual(exact[2]);
        expect(target.slice(size + 3, 2 * size + 3)).toEqual(exact[0]);
        const untouched = [0, size + 1, size + 2, 2 * size + 3, target.length - 1];
        expect(untouched.map((i) => target[i])).toEqual([-5, -5, -5, -5, -5]);
        column.read(1, target, 2);
        expect(target.slice(2, size + 2)).toEqual(exact[1]);

        exact.forEach((numbers, i) => {
          expect(column.equals(i, numbers, 0)).toBe(true);
          expect(column.equals(i, all, i * size)).toBe(true);
          const last = size - 1;
          numbers[last] = numbers[last] === 1 ? 0 : 1;
          expect(column.equals(i, numbers, 0)).toBe(false);
        });
      }),
      { numRuns: 20, seed: 1 },
    );
  });
});

test('bits take a thirty-second of what numbers take, and each row begins a byte', () => {
  const bytes = (storage: Storage, size: number) =>
    createColumn(storage, 'x', 10, size, ordinaryMemory).data.byteLength;
  expect(bytes('float32', 400)).toBe(16_000);
  expect(bytes('uint8', 400)).toBe(4000);
  expect(bytes('bits', 400)).toBe(500);
  expect(bytes('bits', 9)).toBe(20);
});

test('a column says which numbers it cannot hold', () => {
  const misfit = (storage: Storage, ...numbers: number[]) =>
    createColumn(storage, 'x', 1, numbers.length, ordinaryMemory).misfit(
      Float32Array.from(numbers),
    );
  expect(misfit('bits', 0, 1, 1)).toBeUndefined();
  expect(misfit('bits', 0, 2)).toBe(2);
  expect(misfit('bits', 1, 0.5)).toBe(0.5);
  expect(misfit('bits', -1)).toBe(-1);
  expect(misfit('uint8', 0, 255)).toBeUndefined();
  expect(misfit('uint8', 0, 256)).toBe(256);
  expect(misfit('uint8', -1)).toBe(-1);
  expect(misfit('uint8', 0.5)).toBe(0.5);
  expect(misfit('uint8', NaN)).toBeNaN();
  expect(misfit('float32', 0.5, -1e9)).toBeUndefined();
});

test('0 and −0 are not the same to a column of numbers, and NaN is NaN', () => {
  const column = createColumn('float32', 'x', 1, 2, ordinaryMemory);
  column.write(0, Float32Array.of(0, NaN), 0);
  expect(column.equals(0, Float32Array.of(0, NaN), 0)).toBe(true);
  expect(column.equals(0, Float32Array.of(-0, NaN), 0)).toBe(false);
});

const screen = box(0, 255, { shape: [4, 4], dtype: 'uint8' });

test.each<[string, Space, Storage]>([
  ['zeros and ones', multiBinary([10, 10, 4]), 'bits'],
  ['a box of bytes up to 1', box(0, 1, { shape: [3], dtype: 'uint8' }), 'bits'],
  ['one of two', discrete(2), 'bits'],
  ['a screen', screen, 'uint8'],
  ['one of 256', discrete(256), 'uint8'],
  ['small integers', multiDiscrete([3, 200]), 'uint8'],
  ['integers from 0 on', box(0, 100, { shape: [2], dtype: 'int32' }), 'uint8'],
  ['parts, as the largest of them needs', dict({ a: multiBinary(2), b: screen }), 'uint8'],
  ['one of 257', discrete(257), 'float32'],
  ['integers below 0', box(-1, 5, { shape: [2], dtype: 'int32' }), 'float32'],
  ['real numbers', box(0, 1, { shape: [2] }), 'float32'],
  ['a part of real numbers', tuple([screen, box(0, 1, { shape: [2] })]), 'float32'],
])('%s are stored as small as they can be', (_, space, storage) => {
  expect(storageOf(space)).toBe(storage);
});
