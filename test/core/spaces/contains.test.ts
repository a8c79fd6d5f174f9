import { describe, expect, test } from 'vitest';
import { box, discrete, type Space } from '../../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { contains, mismatch } from '../../../core/spaces/contains.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';

const PARTS = dict({ gear: discrete(3, { start: 1 }), push: box([-1, 0], [1, 1]) });
const EITHER = oneOf([discrete(2), multiBinary(2)]);
const ROADS = graph(discrete(3), box([0], [9]), { maxNodes: 2, maxEdges: 2 });

describe('what belongs to a space, and why other things do not', () => {
  test.each<[Space, unknown, string | null]>([
    [discrete(3, { start: -1 }), -1, null],
    [discrete(3, { start: -1 }), 1, null],
    [discrete(3, { start: -1 }), 2, 'x must be an integer from -1 to 1, got 2.'],
    [discrete(3), '1', 'x must be an integer from 0 to 2, got "1".'],
    [box([0, 0], [1, Infinity]), [0.5, Infinity], null],
    [box([0, 0], [1, 1]), [0.5], 'x must be a list of 2 numbers, got 1.'],
    [box([0, 0], [1, 1]), [0.5, 2], 'x[1] must be a number from 0 to 1, got 2.'],
    [box([0], [1]), [Number.NaN], 'x[0] must be a number from 0 to 1, got NaN.'],
    [box(0, 9, { dtype: 'uint8' }), Uint8Array.of(9), null],
    [box(0, 9, { dtype: 'uint8' }), [1.5], 'x[0] must be an integer from 0 to 9, got 1.5.'],
    [multiDiscrete([2, 3], { start: [0, 5] }), [1, 7], null],
    [
      multiDiscrete([2, 3], { start: [0, 5] }),
      [1, 4],
      'x[1] must be an integer from 5 to 7, got 4.',
    ],
    [multiBinary([2, 2]), Int32Array.of(1, 0, 0, 1), null],
    [multiBinary([2, 2]), [1, 0, 0], 'x must be a list of 4 zeros and ones, got 3.'],
    [multiBinary(2), [1, 2], 'x[1] must be an integer from 0 to 1, got 2.'],
    [text(3, { minLength: 0 }), '', null],
    [text(3), '', 'x must be a string of 1 to 3 letters, got "".'],
    [text(3), 'abcd', 'x must be a string of 1 to 3 letters, got "abcd".'],
    [text(3, { charset: 'ab' }), 'ac', 'x must have only letters of "ab", got "c" in "ac".'],
    [PARTS, { push: [0, 0], gear: 3 }, null],
    [PARTS, { push: [0, 0], gear: 0 }, 'x.gear must be an integer from 1 to 3, got 0.'],
    [PARTS, { gear: 1 }, 'x.push must be a list of 2 numbers, got undefined.'],
    [PARTS, { gear: 1, push: [0, 0], a: 1 }, 'x must have only gear, push, got also "a".'],
    [PARTS, [1, 2], 'x must be an object with gear, push, got [1, 2].'],
    [PARTS, null, 'x must be an object with gear, push, got null.'],
    [tuple([discrete(2), text(1)]), [1, 'a'], null],
    [tuple([discrete(2), text(1)]), [1], 'x must be a list of 2 parts, got 1.'],
    [
      tuple([discrete(2), PARTS]),
      [1, { gear: 9 }],
      'x[1].gear must be an integer from 1 to 3, got 9.',
    ],
    [sequence(discrete(2), { maxLength: 2 }), [], null],
    [
      sequence(discrete(2), { maxLength: 2 }),
      [0, 1, 1],
      'x must be a list of at most 2 items, got 3.',
    ],
    [sequence(discrete(2)), [0, 2], 'x[1] must be an integer from 0 to 1, got 2.'],
    [sequence(discrete(2)), 3, 'x must be a list, got 3.'],
    [EITHER, [1, [0, 1]], null],
    [EITHER, [0, [0, 1]], 'x[1] must be an integer from 0 to 1, got [0, 1].'],
    [EITHER, [2, 0], 'x[0] must be an integer from 0 to 1, got 2.'],
    [EITHER, 1, 'x must be a pair of a part’s index and an element of it, got 1.'],
  ])('case %#', (space, element, problem) => {
    expect(mismatch(space, element, 'x')).toBe(problem);
    expect(contains(space, element)).toBe(problem === null);
  });

  test.each<[unknown, string | null]>([
    [{ nodes: [2], edges: [], edgeLinks: [] }, null],
    [{ nodes: [0, 1], edges: [[9]], edgeLinks: [1, 0] }, null],
    [3, 'x must be an object with nodes, edges and edgeLinks, got 3.'],
    [{ nodes: [], edges: [], edgeLinks: [] }, 'x.nodes must have at least one node, got none.'],
    [
      { nodes: [0, 1, 2], edges: [], edgeLinks: [] },
      'x.nodes must be a list of at most 2 items, got 3.',
    ],
    [{ nodes: [3], edges: [], edgeLinks: [] }, 'x.nodes[0] must be an integer from 0 to 2, got 3.'],
    [
      { nodes: [0], edges: [[1]], edgeLinks: [0, 1] },
      'x.edgeLinks[1] must be an integer from 0 to 0, got 1.',
    ],
    [
      { nodes: [0], edges: [], edgeLinks: [0] },
      'x.edgeLinks must be a list of pairs of nodes, at most 2 of them, got 1.',
    ],
    [
      { nodes: [0], edges: [[1], [1], [1]], edgeLinks: [0, 0, 0, 0, 0, 0] },
      'x.edgeLinks must be a list of pairs of nodes, at most 2 of them, got 6.',
    ],
    [{ nodes: [0], edges: [], edgeLinks: [0, 0] }, 'x.edges must be a list of 1 edges, got 0.'],
    [
      { nodes: [0], edges: [[10]], edgeLinks: [0, 0] },
      'x.edges[0][0] must be a number from 0 to 9, got 10.',
    ],
  ])('graph %#', (element, problem) => {
    expect(mismatch(ROADS, element, 'x')).toBe(problem);
  });

  test('numbers of a box are compared as the float32 that they become', () => {
    expect(contains(box([0.1], [0.2]), [0.1])).toBe(true);
    expect(contains(box([0.1], [0.2]), [0.2])).toBe(true);
    expect(contains(box([0.1], [0.2]), [0.2000001])).toBe(false);
  });

  test('what an object inherits is no part of it', () => {
    const space = dict({ constructor: dict({ name: text(9) }), toString: text(3) });
    expect(mismatch(space, {}, 'x')).toBe(
      'x.constructor must be an object with name, got undefined.',
    );
    const inherited = Object.create({ gear: 1, push: [0, 0] });
    expect(contains(PARTS, inherited)).toBe(false);
  });
});
