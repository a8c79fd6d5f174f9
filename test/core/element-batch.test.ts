import { expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { concatenateElements, splitBatch } from '../../core/element-batch.ts';
import { mergeInfos } from '../../core/merge-infos.ts';
import { box, discrete, type Space } from '../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../core/spaces/composite.ts';
import { multiBinary, multiDiscrete, text } from '../../core/spaces/multi.ts';
import { sample } from '../../core/spaces/sample.ts';

const camera = box(0, 255, { shape: [2, 2], dtype: 'uint8' });

const SPACES: [string, Space, unknown][] = [
  ['Discrete', discrete(5, { start: -2 }), Int32Array],
  ['Box', box([-1, -Infinity], [1, 0]), Float32Array],
  ['a box of bytes', camera, Uint8Array],
  ['a box of integers', box([-9], [9], { dtype: 'int32' }), Int32Array],
  ['MultiDiscrete', multiDiscrete([2, 5], { start: [-4, 3] }), Int32Array],
  ['MultiBinary', multiBinary([2, 3]), Uint8Array],
  ['Text', text(4), Array],
  ['Sequence', sequence(discrete(3)), Array],
  ['Graph', graph(box([0], [1]), discrete(2)), Array],
  ['OneOf', oneOf([discrete(2), camera]), Array],
  ['Dict', dict({ b: discrete(2), a: tuple([camera, text(2)]) }), Object],
  ['Tuple', tuple([discrete(2), dict({ x: multiBinary(2) })]), Array],
];

test.each(SPACES)('a batch of %s is split into what it was made of', (_, space, kind) => {
  const rng = new Alea(1);
  const elements = Array.from({ length: 4 }, () => sample(space, rng));
  const batch = concatenateElements(space, elements);
  expect(batch.constructor).toBe(kind);
  expect(splitBatch('actions', space, batch, 4)).toEqual(elements);
});

test('a batch has the elements of each part one after the other', () => {
  const space = dict({ pair: tuple([discrete(9), box([0, 0], [9, 9])]), name: text(3) });
  const element = (k: number) => ({
    pair: [k, Float32Array.of(k, k + 0.5)] as const,
    name: `n${k}`,
  });
  expect(concatenateElements(space, [element(1), element(2)])).toEqual({
    pair: [Int32Array.of(1, 2), Float32Array.of(1, 1.5, 2, 2.5)],
    name: ['n1', 'n2'],
  });
});

test('a batch shares no numbers with its elements, nor they with it', () => {
  const space = box([0], [9]);
  const element = Float32Array.of(1);
  const batch = concatenateElements(space, [element]);
  element[0] = 2;
  expect([...batch]).toEqual([1]);
  const [part] = splitBatch('actions', space, batch, 1);
  batch[0] = 3;
  expect([...part]).toEqual([1]);
});

test('plain lists of numbers are as good as typed ones', () => {
  const list = (numbers: readonly number[]) => numbers as never;
  expect(splitBatch('actions', discrete(3), list([2, 0]), 2)).toEqual([2, 0]);
  expect(splitBatch('actions', box([0], [1]), list([0.5, 1]), 2)).toEqual([
    Float32Array.of(0.5),
    Float32Array.of(1),
  ]);
});

class Place {
  readonly x = 1;
}

test.each([
  ['numbers beside texts', 1, 'a'],
  ['arrays of two lengths', Float32Array.of(1), Float32Array.of(1, 2)],
  ['arrays of two types', Float32Array.of(1), Float64Array.of(1)],
  ['objects beside numbers', { x: 1 }, 1],
  ['objects of a class', new Place(), new Place()],
  ['lists', [1], [2]],
  ['null', null, 1],
  ['views that are no numbers', new BigInt64Array(1), new BigInt64Array(1)],
])('infos that are no numbers of one kind become a list: %s', (_, one, other) => {
  expect(mergeInfos([{ what: one }, {}, { what: other }])).toEqual({
    what: [one, null, other],
    _what: Uint8Array.of(1, 0, 1),
  });
});

test('infos of several types are gathered each in an array of its own', () => {
  const merged = mergeInfos([
    { picture: Uint8Array.of(1, 2), lives: 3, won: true },
    null,
    { picture: Uint8Array.of(3, 4) },
  ]);
  expect(merged).toEqual({
    picture: Uint8Array.of(1, 2, 0, 0, 3, 4),
    _picture: Uint8Array.of(1, 0, 1),
    lives: Float64Array.of(3, 0, 0),
    _lives: Uint8Array.of(1, 0, 0),
    won: Uint8Array.of(1, 0, 0),
    _won: Uint8Array.of(1, 0, 0),
  });
});
