import { describe, expect, test } from 'vitest';
import { box, discrete, type Space } from '../../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { elementFromJson, elementToJson } from '../../../core/spaces/element-json.ts';
import { spaceFromJson, spaceToJson } from '../../../core/spaces/json.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';

const throughJson = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe('spaces as JSON', () => {
  test.each<Space>([
    discrete(2, { start: 5, labels: ['a', 'b'] }),
    box([-Infinity, 0], [Infinity, 1], ['x', 'y']),
    box(0, 255, { shape: [2, 1], dtype: 'uint8' }),
    multiDiscrete([2, 3], { start: [1, -1], shape: [2, 1], labels: ['x', 'y'] }),
    multiBinary([1, 2], { labels: ['x', 'y'] }),
    text(4, { minLength: 0, charset: 'zé' }),
    dict({ b: discrete(2), '10': discrete(3) }),
    tuple([discrete(2), oneOf([text(1), text(2)])]),
    sequence(discrete(2)),
    sequence(discrete(2), { maxLength: 3 }),
    graph(discrete(2), box([0], [1]), { maxEdges: 4 }),
    graph(discrete(2)),
  ])('come back the same, case %#', (space) => {
    expect(spaceFromJson(throughJson(spaceToJson(space)))).toEqual(space);
  });

  test('of older versions are read: no start, no element type, no labels', () => {
    expect(spaceFromJson({ kind: 'discrete', n: 3 })).toEqual(discrete(3));
    expect(spaceFromJson({ kind: 'box', shape: [1], low: [0], high: ['Infinity'] })).toEqual(
      box([0], [Infinity]),
    );
  });

  const box1 = { kind: 'box', shape: [1], low: [0], high: [1] };
  const pair = { kind: 'multi-discrete', shape: [1], sizes: [2], start: [0] };
  test.each<[unknown, string]>([
    [null, 'a space must be an object, got null.'],
    [3, 'a space must be an object, got 3.'],
    [[], 'a space must be an object, got [].'],
    [{}, 'expected the kind of a space, such as "box", got undefined.'],
    [{ kind: 'constructor' }, 'expected the kind of a space, such as "box", got "constructor".'],
    [{ kind: ['box'] }, 'expected the kind of a space'],
    [{ kind: 'discrete', n: '3' }, 'n must be a number, got "3".'],
    [{ kind: 'discrete', n: 3, labels: [1, 2, 3] }, 'labels[0] must be a string, got 1.'],
    [{ kind: 'discrete', n: 3, labels: 'abc' }, 'labels must be a list, got "abc".'],
    [{ ...box1, low: 0 }, 'low must be a list, got 0.'],
    [{ ...box1, low: [null] }, 'low[0] must be a number, got null.'],
    [{ ...box1, low: ['NaN'] }, 'low[0] must be a number, got "NaN".'],
    [{ ...box1, shape: undefined }, 'shape must be a list, got undefined.'],
    [{ ...box1, shape: [1e9] }, 'low must have 1000000000 elements for shape [1000000000], got 1.'],
    [{ ...box1, shape: [2 ** 30, 2 ** 30] }, 'at most 2147483647 elements in all'],
    [{ ...box1, dtype: ['uint8'] }, 'dtype must be a string, got ["uint8"].'],
    [{ ...box1, dtype: 'toString' }, 'dtype must be one of float32, uint8, int32, got "toString".'],
    [{ ...pair, shape: [1e9] }, 'sizes must have 1000000000 elements'],
    [{ ...pair, start: undefined }, 'start must be a list, got undefined.'],
    [{ kind: 'multi-binary', shape: [1e9, 1e9] }, 'at most 2147483647 elements in all'],
    [{ kind: 'text', maxLength: 3, minLength: 1 }, 'charset must be a string, got undefined.'],
    [{ kind: 'text', maxLength: 1e15, minLength: 1, charset: 'a' }, 'maxLength must be an integer'],
    [{ kind: 'dict', spaces: [box1] }, 'spaces must be an object, got [an object].'],
    [{ kind: 'dict' }, 'spaces must be an object, got undefined.'],
    [{ kind: 'dict', spaces: {} }, 'dict: there must be at least one part'],
    [{ kind: 'tuple', spaces: {} }, 'spaces must be a list, got an object.'],
    [{ kind: 'one-of', spaces: [box1, 3] }, 'a space must be an object, got 3.'],
    [{ kind: 'sequence', space: box1 }, 'maxLength must be a number, got undefined.'],
    [
      { kind: 'graph', nodeSpace: box1, edgeSpace: 3, maxNodes: 1, maxEdges: 1 },
      'a space must be an object, got 3.',
    ],
  ])('are refused, case %#', (json, message) => {
    expect(() => spaceFromJson(json)).toThrow(RangeError);
    expect(() => spaceFromJson(json)).toThrow(message);
  });

  test('are refused where they are more than 32 deep', () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? { kind: 'discrete', n: 2 } : { kind: 'tuple', spaces: [nested(depth - 1)] };
    expect(spaceFromJson(nested(32))).toHaveProperty('kind', 'tuple');
    expect(() => spaceFromJson(nested(33))).toThrow('spaces must be at most 32 deep.');
  });

  test('cannot reach the prototype of objects', () => {
    const json = JSON.parse(
      '{ "kind": "dict", "spaces": { "__proto__": { "kind": "discrete", "n": 2 } } }',
    );
    expect(() => spaceFromJson(json)).toThrow('no part can be named "__proto__"');
    const named = JSON.parse(
      '{ "__proto__": { "kind": "discrete", "n": 2 }, "kind": "discrete", "n": 3 }',
    );
    expect(spaceFromJson(named)).toEqual(discrete(3));
    expect({}).not.toHaveProperty('kind');
  });
});

describe('elements as JSON', () => {
  test('are lists and objects, with strings for what JSON cannot say', () => {
    const space = dict({ point: box(-Infinity, Infinity, { shape: [4] }), lamps: multiBinary(2) });
    const element = {
      point: Float32Array.of(0.1, Infinity, -Infinity, -0),
      lamps: Uint8Array.of(1, 0),
    };
    const json = elementToJson(space, element);
    expect(json).toEqual({
      point: [Math.fround(0.1), 'Infinity', '-Infinity', '-0'],
      lamps: [1, 0],
    });
    expect(elementFromJson(space, throughJson(json))).toEqual(element);
  });

  test('have the arrays of their space, whatever they were written from', () => {
    expect(elementFromJson(box(0, 255, { dtype: 'uint8' }), [7])).toEqual(Uint8Array.of(7));
    expect(elementFromJson(multiDiscrete([3]), [2])).toEqual(Int32Array.of(2));
    const roads = graph(multiBinary(1), discrete(2));
    expect(elementFromJson(roads, { nodes: [[1]], edges: [1], edgeLinks: [0, 0] })).toEqual({
      nodes: [Uint8Array.of(1)],
      edges: [1],
      edgeLinks: Int32Array.of(0, 0),
    });
  });

  const either = oneOf([discrete(2), box([0], [1])]);
  test.each<[Space, unknown, string]>([
    [discrete(3), 3, 'element must be an integer from 0 to 2, got 3.'],
    [box([0], [1]), ['Infinity'], 'element[0] must be a number from 0 to 1, got Infinity.'],
    [box([0], [1]), ['toString'], 'element[0] must be a number from 0 to 1, got "toString".'],
    [box([0], [1]), { length: 1, 0: 1 }, 'element must be a list of 1 numbers, got an object.'],
    [dict({ a: discrete(2) }), [], 'element must be an object with a'],
    [dict({ a: discrete(2) }), { a: 0, b: 1 }, 'element must have only a, got also "b".'],
    [dict({ a: discrete(2) }), JSON.parse('{ "a": 0, "__proto__": 1 }'), 'got also "__proto__".'],
    [tuple([discrete(2)]), [0, 1], 'element must be a list of 1 parts, got 2.'],
    [sequence(discrete(2)), 'ab', 'element must be a list, got "ab".'],
    [graph(discrete(2)), { nodes: 3 }, 'element.nodes must be a list, got 3.'],
    [
      graph(discrete(2)),
      { nodes: [0], edges: [1], edgeLinks: [0, 0] },
      'element.edges must be a list of 0 edges, got 1.',
    ],
    [either, [2, [0]], 'element[0] must be an integer from 0 to 1, got 2.'],
    [either, ['__proto__', [0]], 'element[0] must be an integer from 0 to 1, got "__proto__".'],
    [either, [1, ['-Infinity']], 'element[1][0] must be a number from 0 to 1, got -Infinity.'],
  ])('are refused where they are none, case %#', (space, json, message) => {
    expect(() => elementFromJson(space, json)).toThrow(RangeError);
    expect(() => elementFromJson(space, json)).toThrow(message);
  });

  test('are checked before they are written', () => {
    expect(() => elementToJson(discrete(3), 3)).toThrow(
      'elementToJson: element must be an integer from 0 to 2, got 3.',
    );
  });
});
