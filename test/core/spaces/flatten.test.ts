import { describe, expect, test } from 'vitest';
import { box, discrete, type ElementOf, type Space } from '../../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { flattenedSize, flattenSpace } from '../../../core/spaces/flat-space.ts';
import { flatten } from '../../../core/spaces/flatten.ts';
import { flattenRow } from '../../../core/spaces/flatten-row.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';
import { unflatten } from '../../../core/spaces/unflatten.ts';

const ROADS = graph(discrete(2), box([1], [5]), { maxNodes: 3, maxEdges: 2 });

describe('an element as a vector', () => {
  test.each<[Space, ElementOf<Space>, number[]]>([
    [discrete(4, { start: 10 }), 12, [0, 0, 1, 0]],
    [box([0, 0, 0, 0], [9, 9, 9, 9], { shape: [2, 2] }), Float32Array.of(1, 2, 3, 4), [1, 2, 3, 4]],
    [multiDiscrete([2, 3], { start: [0, 5] }), Int32Array.of(1, 5), [0, 1, 1, 0, 0]],
    [multiBinary([1, 3]), Uint8Array.of(0, 1, 1), [0, 1, 1]],
    [text(4, { charset: 'cab' }), 'ab', [1, 2, 3, 3]],
    [tuple([discrete(2), text(1, { charset: 'xy' })]), [1, 'x'], [0, 1, 0]],
    [dict({ b: discrete(2), a: multiBinary(1) }), { a: Uint8Array.of(1), b: 0 }, [1, 1, 0]],
    [oneOf([box([5], [9]), discrete(3)]), [0, Float32Array.of(7)], [0, 7, 7, 7]],
    [oneOf([box([5], [9]), discrete(3)]), [1, 2], [1, 0, 0, 1]],
    [sequence(discrete(2), { maxLength: 3 }), [1, 0], [2, 0, 1, 1, 0, 0, 0]],
    [
      ROADS,
      { nodes: [0, 1], edges: [Float32Array.of(3)], edgeLinks: Int32Array.of(1, 0) },
      [2, 1, 1, 0, 0, 1, 0, 0, 3, 0, 1, 0, 0, 0],
    ],
    [
      graph(discrete(1), null, { maxNodes: 2, maxEdges: 1 }),
      { nodes: [0], edges: [], edgeLinks: Int32Array.of(0, 0) },
      [1, 1, 1, 0, 0, 0],
    ],
  ])('case %#', (space, element, flat) => {
    expect([...flatten(space, element)]).toEqual(flat);
    expect(flattenedSize(space)).toBe(flat.length);
    expect(unflatten(space, flat)).toEqual(element);
  });

  test('is made of a row without a look behind the end of its text or list', () => {
    const word = new Float32Array(3);
    flattenRow(text(3, { charset: 'xy' }), [1, 0, 2], word);
    expect([...word]).toEqual([0, 2, 2]);
    const list = new Float32Array(3).fill(7);
    flattenRow(sequence(box([1], [9]), { maxLength: 2 }), [1, 5, 8], list);
    expect([...list]).toEqual([1, 5, 0]);
  });

  test('must belong to the space', () => {
    expect(() => flatten(discrete(3), 3)).toThrow(
      'flatten: element must be an integer from 0 to 2, got 3.',
    );
  });
});

describe('the box of such vectors', () => {
  test('has the bounds of the parts', () => {
    expect(flattenSpace(tuple([box([-1], [Infinity]), text(2, { charset: 'abc' })]))).toEqual(
      box([-1, 0, 0], [Infinity, 3, 3]),
    );
    expect(flattenSpace(oneOf([box([5], [9]), discrete(2), box([-3], [-2])]))).toEqual(
      box([0, -3, -3], [2, 9, 9]),
    );
  });

  test('lets items be absent', () => {
    expect(flattenSpace(sequence(box([2], [3]), { maxLength: 2 }))).toEqual(
      box([0, 0, 0], [2, 3, 3]),
    );
    expect(flattenSpace(sequence(box([-3], [-2]), { maxLength: 1 }))).toEqual(box([0, -3], [1, 0]));
    expect(flattenSpace(ROADS)).toEqual(
      box([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [3, 2, 1, 1, 1, 1, 1, 1, 5, 5, 2, 2, 2, 2]),
    );
  });

  test('is none where elements can be of any length', () => {
    const message =
      'flatten: Tuple(Sequence(Discrete(2))) has elements of any length. Give it a smaller greatest length.';
    const space = tuple([sequence(discrete(2))]);
    expect(() => flattenSpace(space)).toThrow(message);
    expect(() => flatten(space, [[0]])).toThrow(message);
    expect(() => unflatten(space, [0])).toThrow(message);
    expect(() => flattenSpace(graph(discrete(2), null, { maxNodes: 3 }))).toThrow(
      'elements of any length',
    );
    expect(() => flattenedSize(sequence(discrete(2 ** 20), { maxLength: 2 ** 20 }))).toThrow(
      'elements of up to 1099511627777 numbers',
    );
  });
});

describe('a vector that stands for no element is refused', () => {
  test.each<[Space, number[], string]>([
    [discrete(3), [0, 1], 'unflatten: the vector must have length 3, got 2.'],
    [
      discrete(3),
      [0, 0, 0],
      'unflatten: numbers 0 to 2 must be a one-hot vector, got zeros alone.',
    ],
    [multiDiscrete([2, 2]), [0, 1, 0, 0], 'unflatten: numbers 2 to 3 must be a one-hot vector'],
    [box([0], [1]), [2], 'unflatten: the element[0] must be a number from 0 to 1, got 2.'],
    [
      box(0, 9, { dtype: 'uint8' }),
      [1.5],
      'unflatten: the element[0] must be an integer from 0 to 9',
    ],
    [multiBinary(1), [2], 'unflatten: the element[0] must be an integer from 0 to 1, got 2.'],
    [
      text(2, { charset: 'ab' }),
      [3, 0],
      'unflatten: number 0 must be an integer from 0 to 2, got 3.',
    ],
    [
      text(2, { charset: 'ab' }),
      [2, 2],
      'unflatten: the element must be a string of 1 to 2 letters',
    ],
    [
      oneOf([discrete(1), discrete(1)]),
      [2, 1],
      'unflatten: number 0 must be an integer from 0 to 1, got 2.',
    ],
    [
      sequence(discrete(1), { maxLength: 2 }),
      [1e9, 1, 1],
      'unflatten: number 0 must be an integer from 0 to 2',
    ],
    [
      ROADS,
      [0, ...new Array(13).fill(0)],
      'unflatten: number 0 must be an integer from 1 to 3, got 0.',
    ],
    [
      ROADS,
      [1, 3, ...new Array(12).fill(0)],
      'unflatten: number 1 must be an integer from 0 to 2, got 3.',
    ],
  ])('case %#', (space, flat, message) => {
    expect(() => unflatten(space, flat)).toThrow(RangeError);
    expect(() => unflatten(space, flat)).toThrow(message);
  });

  test('of several numbers in a one-hot vector, the first counts', () => {
    expect(unflatten(discrete(4, { start: 1 }), [0, 0.2, 0.8, 0])).toBe(2);
  });
});
