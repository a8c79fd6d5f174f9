import { expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import { box, discrete, type Space } from '../../../core/space.ts';
import { joinElements, splitBatch } from '../../../core/spaces/batch-elements.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';
import { sample } from '../../../core/spaces/sample.ts';

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
  const batch = joinElements(space, elements);
  expect(batch.constructor).toBe(kind);
  expect(splitBatch('actions', space, batch, 4)).toEqual(elements);
});

test('a batch has the elements of each part one after the other', () => {
  const space = dict({ pair: tuple([discrete(9), box([0, 0], [9, 9])]), name: text(3) });
  const element = (k: number) => ({
    pair: [k, Float32Array.of(k, k + 0.5)] as const,
    name: `n${k}`,
  });
  expect(joinElements(space, [element(1), element(2)])).toEqual({
    pair: [Int32Array.of(1, 2), Float32Array.of(1, 1.5, 2, 2.5)],
    name: ['n1', 'n2'],
  });
});

test('a batch shares no numbers with its elements, nor they with it', () => {
  const space = box([0], [9]);
  const element = Float32Array.of(1);
  const batch = joinElements(space, [element]);
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
