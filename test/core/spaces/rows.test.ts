import { describe, expect, test } from 'vitest';
import type { Dynamics } from '../../../core/dynamics.ts';
import { box, discrete, type ElementOf, type Space } from '../../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { flattenSpace } from '../../../core/spaces/flat-space.ts';
import { flatten } from '../../../core/spaces/flatten.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';
import { rowMismatch } from '../../../core/spaces/row-mismatch.ts';
import {
  countedFromZero,
  fitsRow,
  isIntegral,
  readRow,
  rowReader,
  rowSize,
  writeRow,
} from '../../../core/spaces/rows.ts';
import { unflatten } from '../../../core/spaces/unflatten.ts';
import { checkColumns, createActions } from '../../../core/transitions.ts';
import { corridor } from '../../helpers/worlds.ts';

const ROADS = graph(discrete(2, { start: 1 }), box([0], [9]), { maxNodes: 2, maxEdges: 2 });

describe('an element in a row', () => {
  test.each<[Space, ElementOf<Space>, number[]]>([
    [discrete(4, { start: 10 }), 12, [2]],
    [box([0, 0], [9, 9]), Float32Array.of(1, 2), [1, 2]],
    [multiDiscrete([2, 3], { start: [0, 5] }), Int32Array.of(1, 5), [1, 0]],
    [multiBinary(3), Uint8Array.of(0, 1, 1), [0, 1, 1]],
    [text(4, { charset: 'cab' }), 'ab', [2, 3, 0, 0]],
    [tuple([discrete(2), text(1, { charset: 'xy' })]), [1, 'y'], [1, 2]],
    [
      dict({ b: discrete(2), a: discrete(9), '10': discrete(9), '9': discrete(9) }),
      { a: 1, b: 0, '9': 3, '10': 4 },
      [4, 3, 1, 0],
    ],
    [sequence(discrete(2), { maxLength: 3 }), [1, 1], [2, 1, 1, 0]],
    [oneOf([discrete(2), multiBinary(3)]), [0, 1], [0, 1, 0, 0]],
    [
      ROADS,
      { nodes: [2], edges: [Float32Array.of(7)], edgeLinks: Int32Array.of(0, 0) },
      [1, 1, 1, 0, 7, 0, 0, 0, 0, 0],
    ],
  ])('case %#', (space, element, row) => {
    const numbers: number[] = [];
    writeRow(space, element, numbers);
    expect(numbers).toEqual(row);
    expect(readRow(space, row)).toEqual(element);
    expect(rowSize(space)).toBe(row.length);
  });

  test('needs a greatest length', () => {
    for (const space of [
      sequence(discrete(2)),
      tuple([discrete(2), sequence(discrete(2))]),
      dict({ a: graph(discrete(2), null, { maxNodes: 3 }) }),
      graph(discrete(2), null, { maxEdges: 3 }),
      oneOf([discrete(2), sequence(text(1))]),
    ]) {
      expect(fitsRow(space)).toBe(false);
      expect(() => rowSize(space)).toThrow('has elements of any length, which do not fit rows.');
    }
    expect(fitsRow(graph(discrete(2), null, { maxNodes: 3, maxEdges: 0 }))).toBe(true);
  });

  test('of a graph that has no edges has a length, whatever they would carry', () => {
    const space = tuple([
      graph(discrete(2), sequence(text(1)), { maxNodes: 2, maxEdges: 0 }),
      discrete(3),
    ]);
    const element = [{ nodes: [1], edges: [], edgeLinks: new Int32Array(0) }, 2] as const;
    const row = new Float32Array(rowSize(space));
    writeRow(space, element, row);
    expect([...row]).toEqual([1, 0, 1, 0, 2]);
    expect(readRow(space, row)).toEqual(element);
    expect(rowMismatch(space, row, 0, 'row')).toBeNull();
    expect([...flatten(space, element)]).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(unflatten(space, flatten(space, element))).toEqual(element);
    expect(flattenSpace(space).low).toHaveLength(9);
  });

  test('is no longer than an array can be', () => {
    const long = sequence(sequence(discrete(2), { maxLength: 2 ** 20 }), { maxLength: 2 ** 20 });
    expect(fitsRow(long)).toBe(false);
    expect(() => rowSize(long)).toThrow('has elements of up to 1099512676353 numbers');
  });

  test('stands in a column of integers where it has nothing else', () => {
    const some = box([0], [1]);
    const integral = [
      discrete(2),
      multiBinary(2),
      text(2),
      tuple([discrete(2)]),
      sequence(discrete(2), { maxLength: 2 }),
    ];
    for (const space of integral) expect(createActions(space, 3)).toBeInstanceOf(Int32Array);
    const real = [
      some,
      box(0, 9, { dtype: 'uint8' }),
      tuple([discrete(2), some]),
      dict({ a: some }),
      oneOf([some]),
      ROADS,
    ];
    for (const space of real) expect(createActions(space, 3)).toBeInstanceOf(Float32Array);
    expect(isIntegral(graph(discrete(2)))).toBe(true);
  });
});

describe('a reader of a row', () => {
  test('gives the same objects at each call', () => {
    const space = dict({
      a: tuple([discrete(3, { start: 5 }), multiDiscrete([2, 2], { start: [1, 1] })]),
      b: box(0, 9, { dtype: 'uint8', shape: [2] }),
      c: multiBinary(1),
      d: box([0], [1]),
    });
    const row = Float32Array.of(2, 1, 0, 7, 8, 1, 0.5);
    const read = rowReader(space, row);
    const first = read();
    const { a, b, c, d } = first;
    const list = a[1];
    expect(first).toEqual({
      a: [2, Int32Array.of(1, 0)],
      b: Uint8Array.of(7, 8),
      c: Uint8Array.of(1),
      d: Float32Array.of(0.5),
    });
    row.set([1, 0, 1, 3, 4, 0, 0.25]);
    const second = read();
    expect(second).toBe(first);
    expect([second.a, second.b, second.c, second.d, second.a[1]]).toEqual([a, b, c, d, list]);
    expect(second.a).toBe(a);
    expect(second.a[1]).toBe(list);
    expect(second.b).toBe(b);
    expect(second.c).toBe(c);
    expect(second.d).toBe(d);
    expect(second).toEqual({
      a: [1, Int32Array.of(0, 1)],
      b: Uint8Array.of(3, 4),
      c: Uint8Array.of(0),
      d: Float32Array.of(0.25),
    });
  });

  test('counts the integers of any kind from 0', () => {
    const space = oneOf([sequence(discrete(3, { start: 7 }), { maxLength: 2 }), text(1)]);
    expect(rowReader(space, Int32Array.of(0, 1, 2, 0))()).toEqual([0, [2]]);
  });
});

describe('spaces counted from 0', () => {
  test.each<[Space, Space]>([
    [discrete(3, { start: 4, labels: ['a', 'b', 'c'] }), discrete(3, ['a', 'b', 'c'])],
    [
      multiDiscrete([2, 3], { start: [1, 1], shape: [2, 1] }),
      multiDiscrete([2, 3], { shape: [2, 1] }),
    ],
    [tuple([discrete(2, { start: 1 })]), tuple([discrete(2)])],
    [oneOf([discrete(2, { start: 1 })]), oneOf([discrete(2)])],
    [dict({ a: discrete(2, { start: 1 }) }), dict({ a: discrete(2) })],
    [
      sequence(discrete(2, { start: 1 }), { maxLength: 3 }),
      sequence(discrete(2), { maxLength: 3 }),
    ],
    [
      graph(discrete(2, { start: 1 }), discrete(3, { start: 1 }), { maxEdges: 4 }),
      graph(discrete(2), discrete(3), { maxEdges: 4 }),
    ],
    [graph(discrete(2, { start: 1 })), graph(discrete(2))],
    [text(3), text(3)],
  ])('case %#', (space, counted) => {
    expect(countedFromZero(space)).toEqual(counted);
  });
});

describe('a row that holds no element', () => {
  test.each<[Space, number[], string]>([
    [discrete(3, { start: 5 }), [3], 'row must be an integer from 0 to 2, got 3.'],
    [discrete(3), [Number.NaN], 'row must be an integer from 0 to 2, got NaN.'],
    [box([0, 0], [1, 1]), [0, 2], 'row[1] must be a number from 0 to 1, got 2.'],
    [box(0, 9, { dtype: 'uint8' }), [0.5], 'row[0] must be an integer from 0 to 9, got 0.5.'],
    [multiDiscrete([2, 3]), [0, 3], 'row[1] must be an integer from 0 to 2, got 3.'],
    [multiBinary(2), [0, -1], 'row[1] must be an integer from 0 to 1, got -1.'],
    [text(2, { charset: 'ab' }), [0, 0], 'row[0] must be an integer from 1 to 2, got 0.'],
    [text(2, { charset: 'ab' }), [1, 3], 'row[1] must be an integer from 0 to 2, got 3.'],
    [
      dict({ a: discrete(2), b: tuple([text(1), discrete(2)]) }),
      [0, 1, 2],
      'row.b[1] must be an integer from 0 to 1, got 2.',
    ],
    [
      sequence(discrete(2), { maxLength: 2 }),
      [1e9, 0, 0],
      'row.length must be an integer from 0 to 2, got 1000000000.',
    ],
    [
      sequence(discrete(2), { maxLength: 2 }),
      [2, 0, 5],
      'row[1] must be an integer from 0 to 1, got 5.',
    ],
    [oneOf([discrete(2), text(1)]), [2, 0], 'row[0] must be an integer from 0 to 1, got 2.'],
    [oneOf([discrete(2), text(1)]), [0, 2], 'row[1] must be an integer from 0 to 1, got 2.'],
    [
      ROADS,
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      'row.nodes.length must be an integer from 1 to 2, got 0.',
    ],
    [
      ROADS,
      [1, 3, 0, 0, 0, 0, 0, 0, 0, 0],
      'row.edges.length must be an integer from 0 to 2, got 3.',
    ],
    [ROADS, [2, 0, 0, 2, 0, 0, 0, 0, 0, 0], 'row.nodes[1] must be an integer from 0 to 1, got 2.'],
    [
      ROADS,
      [1, 1, 0, 0, 10, 0, 0, 0, 0, 0],
      'row.edges[0][0] must be a number from 0 to 9, got 10.',
    ],
    [
      ROADS,
      [1, 1, 0, 0, 0, 0, 0, 1, 0, 0],
      'row.edgeLinks[1] must be an integer from 0 to 0, got 1.',
    ],
  ])('says what is wrong, case %#', (space, row, problem) => {
    expect(rowMismatch(space, row, 0, 'row')).toBe(problem);
    expect(rowMismatch(space, [7, ...row], 1, 'row')).toBe(problem);
  });

  test('is not told by what stands behind the end of a text, list or part', () => {
    expect(rowMismatch(text(3, { charset: 'ab' }), [1, 0, 99], 0, 'row')).toBeNull();
    expect(rowMismatch(sequence(discrete(2), { maxLength: 2 }), [1, 0, 99], 0, 'row')).toBeNull();
    expect(rowMismatch(oneOf([discrete(2), multiBinary(2)]), [0, 1, 99], 0, 'row')).toBeNull();
  });
});

describe('columns', () => {
  const world = (observationSpace: Space, actionSpace: Space): Dynamics => ({
    ...(corridor() as unknown as Dynamics),
    observationSpace,
    actionSpace,
  });

  test('hold integers up to what their numbers can tell apart', () => {
    const many = discrete(2 ** 24 + 2);
    const some = box([0], [1]);
    expect(() =>
      checkColumns('test', world(discrete(2 ** 24 + 1), discrete(2 ** 31 - 1))),
    ).not.toThrow();
    const message = 'test: Corridor must have observations with integers up to 16777216, got';
    for (const space of [
      many,
      tuple([some, many]),
      dict({ a: many }),
      multiDiscrete([2, 2 ** 25]),
      oneOf([many]),
    ]) {
      expect(() => checkColumns('test', world(space, discrete(2)))).toThrow(message);
    }
    expect(() => checkColumns('test', world(some, multiDiscrete([2, 2 ** 25])))).not.toThrow();
    expect(() => checkColumns('test', world(some, tuple([some, many])))).toThrow(
      'test: Corridor must have actions with integers up to 16777216',
    );
  });
});
