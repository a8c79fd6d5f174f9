import { describe, expect, test } from 'vitest';
import { box, discrete, type ElementOf, type Space } from '../../../core/space.ts';
import { batchSpace, concatenate, iterate } from '../../../core/spaces/batch.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';

describe('the space of several elements', () => {
  test.each<[Space, Space]>([
    [discrete(3, { start: 1 }), multiDiscrete([3, 3], { start: [1, 1] })],
    [box([0, 1], [5, 6]), box([0, 1, 0, 1], [5, 6, 5, 6], { shape: [2, 2] })],
    [box(0, 9, { shape: [1, 2], dtype: 'uint8' }), box(0, 9, { shape: [2, 1, 2], dtype: 'uint8' })],
    [
      multiDiscrete([2, 3], { start: [0, 5] }),
      multiDiscrete([2, 3, 2, 3], { start: [0, 5, 0, 5], shape: [2, 2] }),
    ],
    [multiBinary(3), multiBinary([2, 3])],
    [text(3), tuple([text(3), text(3)])],
    [sequence(discrete(2)), tuple([sequence(discrete(2)), sequence(discrete(2))])],
    [graph(discrete(2)), tuple([graph(discrete(2)), graph(discrete(2))])],
    [oneOf([discrete(2)]), tuple([oneOf([discrete(2)]), oneOf([discrete(2)])])],
    [
      dict({ a: discrete(2), b: tuple([multiBinary(1), text(1)]) }),
      dict({
        a: multiDiscrete([2, 2]),
        b: tuple([multiBinary([2, 1]), tuple([text(1), text(1)])]),
      }),
    ],
  ])('case %#', (space, batch) => {
    expect(batchSpace(space, 2)).toEqual(batch);
  });

  test('is of at least one', () => {
    expect(batchSpace(discrete(2), 1)).toEqual(multiDiscrete([2]));
    expect(() => batchSpace(discrete(2), 0)).toThrow(
      'batchSpace: n must be an integer of at least 1, got 0.',
    );
    expect(() => batchSpace(discrete(2, { start: 2 ** 40 }), 2)).toThrow(
      'start[0] must be an integer',
    );
  });
});

describe('several elements at once', () => {
  const space = dict({
    gear: discrete(3, { start: 1 }),
    point: box([0, 0], [9, 9]),
    word: text(2),
  });
  const elements: ElementOf<typeof space>[] = [
    { gear: 1, point: Float32Array.of(1, 2), word: 'a' },
    { gear: 3, point: Float32Array.of(3, 4), word: 'b' },
  ];

  test('are one element, in arrays of its own', () => {
    const batch = concatenate(space, elements);
    expect(batch).toEqual({
      gear: Int32Array.of(1, 3),
      point: Float32Array.of(1, 2, 3, 4),
      word: ['a', 'b'],
    });
    batch.point[0] = 7;
    expect(elements[0].point[0]).toBe(1);
  });

  test('come back as copies', () => {
    const batch = concatenate(space, elements);
    const back = iterate(space, batch);
    expect(back).toEqual(elements);
    back[0].point[0] = 7;
    expect(batch.point[0]).toBe(1);
  });

  test('are in arrays of their own, also from plain lists', () => {
    const point = box([0], [9]);
    expect(iterate(point, [1, 2] as unknown as Float32Array)).toEqual([
      Float32Array.of(1),
      Float32Array.of(2),
    ]);
  });

  test('must be some, and all belong to the space', () => {
    expect(() => concatenate(space, [])).toThrow(
      'concatenate: the number of elements must be an integer of at least 1, got 0.',
    );
    expect(() => concatenate(space, [elements[0], { ...elements[1], gear: 0 }])).toThrow(
      'concatenate: element 1.gear must be an integer from 1 to 3, got 0.',
    );
  });

  test.each<[Space, unknown, string]>([
    [discrete(2), [], 'iterate: the batch must hold elements of Discrete(2), got [].'],
    [discrete(2), 1, 'iterate: the batch must hold elements of Discrete(2), got 1.'],
    [discrete(2), [0, 2], 'iterate: the batch[1] must be an integer from 0 to 1, got 2.'],
    [
      multiBinary(2),
      [1, 1, 0],
      'iterate: the batch must hold elements of MultiBinary(2), got [1, 1, 0].',
    ],
    [
      tuple([discrete(2), discrete(2)]),
      [[1, 0], [1]],
      'iterate: the batch[1] must be a list of 2 integers, got 1.',
    ],
    [
      dict({ a: discrete(2) }),
      null,
      'iterate: the batch must hold elements of Dict(a: Discrete(2)), got null.',
    ],
    [dict({ a: discrete(2) }), { b: [1] }, 'iterate: the batch must hold elements'],
  ])('are refused where they are none, case %#', (of, batch, message) => {
    expect(() => iterate(of, batch as never)).toThrow(RangeError);
    expect(() => iterate(of, batch as never)).toThrow(message);
  });
});
