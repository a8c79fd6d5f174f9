import { describe, expect, test } from 'vitest';
import { box, discrete, type Space } from '../../../core/space.ts';
import { isBounded } from '../../../core/spaces/bounded.ts';
import { dict, graph, oneOf, partNames, sequence, tuple } from '../../../core/spaces/composite.ts';
import { describeSpace } from '../../../core/spaces/describe.ts';
import { ALPHANUMERIC, multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';

describe('a space', () => {
  test.each<[Space, string]>([
    [discrete(4), 'Discrete(4)'],
    [discrete(3, { start: -1 }), 'Discrete(3, start -1)'],
    [box([0, 0], [1, 1]), 'Box(2)'],
    [box(0, 255, { shape: [84, 84], dtype: 'uint8' }), 'Box(84×84, uint8)'],
    [multiDiscrete([2, 3]), 'MultiDiscrete(2, 3)'],
    [multiDiscrete(new Array(9).fill(2)), 'MultiDiscrete(2, 2, 2, 2, 2, 2, 2, 2, …)'],
    [multiBinary([2, 3]), 'MultiBinary(2×3)'],
    [text(8), 'Text(1 to 8)'],
    [dict({ b: discrete(2), a: multiBinary(1) }), 'Dict(a: MultiBinary(1), b: Discrete(2))'],
    [tuple([discrete(2), text(3)]), 'Tuple(Discrete(2), Text(1 to 3))'],
    [sequence(discrete(2)), 'Sequence(Discrete(2))'],
    [sequence(discrete(2), { maxLength: 5 }), 'Sequence(Discrete(2), at most 5)'],
    [graph(discrete(2)), 'Graph(Discrete(2), none)'],
    [
      graph(discrete(2), discrete(3), { maxNodes: 4, maxEdges: 0 }),
      'Graph(Discrete(2), Discrete(3), at most 4 nodes, at most 0 edges)',
    ],
    [oneOf([discrete(2), discrete(3)]), 'OneOf(Discrete(2), Discrete(3))'],
  ])('%# in words', (space, words) => {
    expect(describeSpace(space)).toBe(words);
  });

  test('keeps copies of what it was given', () => {
    const [shape, sizes, low, labels] = [[2], [2, 3], [0, 0], ['a', 'b']];
    const spaces = [discrete(3)];
    const made = [
      multiDiscrete(sizes, { shape, labels }),
      box(low, [1, 1], { shape, labels }),
      multiBinary(shape),
      tuple(spaces),
    ];
    const before = structuredClone(made);
    shape[0] = sizes[0] = low[0] = 9;
    labels[0] = 'c';
    spaces.push(discrete(4));
    expect(made).toEqual(before);
  });
});

describe('a discrete space', () => {
  test('has sizes and integers that arrays and numbers can hold', () => {
    expect(discrete(2 ** 31 - 1).n).toBe(2 ** 31 - 1);
    expect(() => discrete(2 ** 31)).toThrow(
      'discrete: n must be an integer from 1 to 2147483647, got 2147483648.',
    );
    expect(() => discrete(2, { start: 0.5 })).toThrow('discrete: start must be an integer');
    expect(() => discrete(2, { start: Number.MAX_SAFE_INTEGER })).toThrow('discrete: start');
  });
});

describe('a box', () => {
  test('takes one bound for all elements', () => {
    expect(box(-1, 1, { shape: [2, 2] })).toEqual(
      box([-1, -1, -1, -1], [1, 1, 1, 1], { shape: [2, 2] }),
    );
    expect(box(0, [1, 2]).low).toEqual(Float32Array.of(0, 0));
  });

  test.each([
    [() => box(0, 256, { dtype: 'uint8' }), 'integers from 0 to 255, got 256.'],
    [() => box(0.5, 3, { dtype: 'uint8' }), 'integers from 0 to 255, got 0.5.'],
    [() => box(-Infinity, 3, { dtype: 'int32' }), 'got -Infinity.'],
    [
      () => box(0, 1, { dtype: 'float64' as 'float32' }),
      'dtype must be one of float32, uint8, int32',
    ],
    [
      () => box(0, 1, { shape: [2, 0] }),
      'box: shape must be an integer from 1 to 2147483647, got 0.',
    ],
    [() => box([], []), 'box: shape must be an integer'],
    [() => box(0, 1, { shape: [2 ** 20, 2 ** 20] }), 'at most 2147483647 elements in all'],
    [() => box([0], [1], { shape: [1e9] }), 'box: low must have 1000000000 elements'],
  ])('refuses %#', (make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });

  test('is bounded below, above, or both, where all its elements are', () => {
    const bounds = ['below', 'above', 'both'] as const;
    const of = (low: number[], high: number[]) =>
      bounds.map((which) => isBounded(box(low, high), which));
    expect(of([0, 0], [1, 1])).toEqual([true, true, true]);
    expect(of([0, 0], [1, Infinity])).toEqual([true, false, false]);
    expect(of([0, -Infinity], [1, 1])).toEqual([false, true, false]);
    expect(of([-Infinity, 0], [1, Infinity])).toEqual([false, false, false]);
    expect(isBounded(box([0], [Infinity]))).toBe(false);
    expect(() => isBounded(box([0], [1]), 'left' as 'both')).toThrow(
      'isBounded: which must be one of both, below, above, got "left".',
    );
  });
});

describe('multi-discrete, multi-binary and text spaces', () => {
  test.each([
    [() => multiDiscrete([2, 0]), 'multiDiscrete: sizes[1] must be an integer from 1'],
    [
      () => multiDiscrete([2], { start: [0, 0] }),
      'multiDiscrete: start must have 1 elements for shape [1], got 2.',
    ],
    [
      () => multiDiscrete([2, 2, 2], { shape: [2, 2] }),
      'sizes must have 4 elements for shape [2, 2], got 3.',
    ],
    [
      () => multiDiscrete([3], { start: [2 ** 31 - 2] }),
      'multiDiscrete: start[0] must be an integer',
    ],
    [() => multiDiscrete([2, 2], { labels: ['a'] }), 'labels must be none or 2, got 1.'],
    [() => multiBinary(0), 'multiBinary: shape must be an integer'],
    [() => multiBinary([2, 2], { labels: ['a'] }), 'labels must be none or 4, got 1.'],
    [() => text(0), 'text: maxLength must be an integer from 1'],
    [() => text(2, { minLength: 3 }), 'text: minLength must be an integer from 0 to 2, got 3.'],
    [() => text(2, { charset: '' }), 'text: charset must be a string of letters'],
    [() => text(2, { charset: 'aba' }), 'each letter once'],
    [() => text(2, { charset: 'a\u{1f600}' }), 'of one UTF-16 unit each'],
  ])('refuse %#', (make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });

  test('have Gymnasium’s letters unless told', () => {
    expect(text(3).charset).toBe(ALPHANUMERIC);
    expect(ALPHANUMERIC).toHaveLength(62);
  });
});

describe('spaces made of others', () => {
  test.each([
    [() => dict({}), 'dict: there must be at least one part, got none.'],
    [() => tuple([]), 'tuple: there must be at least one part, got none.'],
    [() => oneOf([]), 'oneOf: there must be at least one part, got none.'],
    [() => dict({ a: 3 as never }), 'dict: a must be a space, such as discrete(3), got 3.'],
    [() => tuple([discrete(2), null as never]), 'tuple: part 1 must be a space'],
    [() => oneOf([{ kind: 'ball' } as never]), 'oneOf: part 0 must be a space'],
    [() => sequence(undefined as never), 'sequence: the space must be a space'],
    [
      () => sequence(discrete(2), { maxLength: 0 }),
      'sequence: maxLength must be an integer from 1',
    ],
    [() => sequence(discrete(2), { maxLength: 2 ** 31 }), 'sequence: maxLength must be an integer'],
    [() => graph(3 as never), 'graph: nodeSpace must be a space'],
    [() => graph(discrete(2), 3 as never), 'graph: edgeSpace must be a space'],
    [() => graph(discrete(2), null, { maxNodes: 0 }), 'graph: maxNodes must be an integer from 1'],
    [() => graph(discrete(2), null, { maxEdges: -1 }), 'graph: maxEdges must be an integer from 0'],
    [() => graph(discrete(2), null, { maxEdge: 1 } as never), 'Did you mean "maxEdges"?'],
  ])('refuse %#', (make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });

  test('name no part "__proto__", and change nothing where one is named so', () => {
    const parts = JSON.parse('{ "__proto__": { "kind": "discrete", "n": 2 } }');
    expect(() => dict(parts)).toThrow(
      'dict: no part can be named "__proto__". Give it another name.',
    );
    expect({}).not.toHaveProperty('kind');
  });

  test('order the parts of a dict by their names’ code points, as Python sorts them', () => {
    // U+FFFF comes before U+1F600, though its UTF-16 unit is above the first one of that.
    const names = ['b', '10', '\u{1f600}', '9', 'B', '\uffff', 'ba', 'a', ''];
    const space = dict(Object.fromEntries(names.map((name) => [name, discrete(2)])));
    expect(partNames(space)).toEqual(['', '10', '9', 'B', 'a', 'b', 'ba', '\uffff', '\u{1f600}']);
  });
});
