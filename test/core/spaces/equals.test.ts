import { describe, expect, test } from 'vitest';
import { box, discrete, type Space } from '../../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { spaceEquals } from '../../../core/spaces/equals.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';

// In each group no two are equal: they differ in one field from the first.
const GROUPS: Space[][] = [
  [discrete(3), discrete(4), discrete(3, { start: 1 })],
  [
    box([0, 0], [1, 1]),
    box([0, -1], [1, 1]),
    box([0, 0], [1, 2]),
    box([0, 0], [1, 1], { shape: [2, 1] }),
    box([0, 0], [1, 1], { dtype: 'uint8' }),
    box([0, 0, 0], [1, 1, 1]),
  ],
  [
    multiDiscrete([2, 3]),
    multiDiscrete([3, 2]),
    multiDiscrete([2, 3], { start: [0, 1] }),
    multiDiscrete([2, 3], { shape: [1, 2] }),
  ],
  [multiBinary(4), multiBinary(5), multiBinary([2, 2])],
  [
    text(3),
    text(4),
    text(3, { minLength: 0 }),
    text(3, { charset: 'ab' }),
    text(3, { charset: 'ba' }),
  ],
  [
    dict({ a: discrete(2) }),
    dict({ b: discrete(2) }),
    dict({ a: discrete(3) }),
    dict({ a: discrete(2), b: discrete(2) }),
  ],
  [
    tuple([discrete(2)]),
    tuple([discrete(3)]),
    tuple([discrete(2), discrete(2)]),
    oneOf([discrete(2)]),
  ],
  [oneOf([discrete(2), text(1)]), oneOf([text(1), discrete(2)])],
  [sequence(discrete(2)), sequence(discrete(3)), sequence(discrete(2), { maxLength: 4 })],
  [
    graph(discrete(2)),
    graph(discrete(3)),
    graph(discrete(2), discrete(2)),
    graph(discrete(2), discrete(3)),
    graph(discrete(2), null, { maxNodes: 3 }),
    graph(discrete(2), null, { maxEdges: 3 }),
  ],
];

describe('two spaces', () => {
  test('are equal where all fields are, and not where one differs', () => {
    const all = GROUPS.flat();
    for (const a of all) {
      for (const b of all) {
        expect(spaceEquals(a, structuredClone(b)), JSON.stringify([a, b])).toBe(a === b);
      }
    }
  });

  test('are equal whatever their labels', () => {
    expect(spaceEquals(discrete(2, ['a', 'b']), discrete(2))).toBe(true);
    expect(spaceEquals(box([0], [1], ['x']), box([0], [1], ['y']))).toBe(true);
  });

  test('are equal in whichever order the parts of a dict are given', () => {
    const [a, b] = [discrete(2), text(1)];
    expect(spaceEquals(dict({ a, b }), dict({ b, a }))).toBe(true);
    expect(spaceEquals(dict({ a, b }), dict({ a: b, b: a }))).toBe(false);
  });
});
