import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { box, discrete } from '../../core/space.ts';
import { contains } from '../../core/spaces/contains.ts';
import { describeSpace } from '../../core/spaces/describe.ts';
import { spaceFromJson, spaceToJson } from '../../core/spaces/json.ts';
import { rowSize } from '../../core/spaces/rows.ts';

describe('a discrete space', () => {
  test('holds the integers 0 … n − 1 and nothing else', () => {
    const space = discrete(3);
    expect([0, 1, 2].every((x) => contains(space, x))).toBe(true);
    for (const other of [-1, 3, 0.5, Number.NaN, [1]]) expect(contains(space, other)).toBe(false);
  });

  test('must have at least one element, and a label for each or none', () => {
    expect(() => discrete(0)).toThrow(
      'discrete: n must be an integer from 1 to 2147483647, got 0.',
    );
    expect(() => discrete(2, ['left'])).toThrow('discrete: labels must be none or 2, got 1.');
  });
});

describe('a box', () => {
  test('holds the vectors within its bounds, the bounds included', () => {
    const space = box([-1, 0], [1, Infinity]);
    expect(contains(space, [-1, 1e30])).toBe(true);
    for (const other of [[-1.1, 0], [0, -0.1], [0], [0, Number.NaN], 0]) {
      expect(contains(space, other)).toBe(false);
    }
  });

  test('must not have a lower bound above the upper, nor NaN', () => {
    expect(() => box([0, 2], [1, 1])).toThrow('box: low[1] = 2 is above high[1] = 1.');
    expect(() => box([Number.NaN], [1])).toThrow('box: low[0] = NaN is above high[0] = 1.');
  });

  test('must have as many bounds as its shape has elements', () => {
    expect(() => box([0, 0, 0], [1, 1, 1], { shape: [2, 2] })).toThrow(
      'box: low must have 4 elements for shape [2, 2], got 3.',
    );
  });

  test('counts its elements', () => {
    expect(rowSize(box(new Float32Array(6), new Float32Array(6), { shape: [2, 3] }))).toBe(6);
    expect(describeSpace(box(new Float32Array(6), new Float32Array(6), { shape: [2, 3] }))).toBe(
      'Box(2×3)',
    );
    expect(rowSize(discrete(9))).toBe(1);
  });
});

describe('spaces as JSON', () => {
  const spaces = fc.oneof(
    fc.integer({ min: 1, max: 1000 }).map((n) => discrete(n)),
    fc
      .array(fc.tuple(fc.float({ noNaN: true }), fc.float({ noNaN: true })), { minLength: 1 })
      .map((pairs) =>
        box(
          pairs.map(([a, b]) => Math.min(a, b)),
          pairs.map(([a, b]) => Math.max(a, b)),
        ),
      ),
  );

  test('come back the same, infinite bounds too', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const json = JSON.parse(JSON.stringify(spaceToJson(space)));
        const back = spaceFromJson(json);
        if (back.kind === 'box' && space.kind === 'box') {
          // −0 becomes 0 in JSON; as bounds they are the same.
          expect([...back.low].map((x) => x + 0)).toEqual([...space.low].map((x) => x + 0));
          expect([...back.high].map((x) => x + 0)).toEqual([...space.high].map((x) => x + 0));
        } else expect(back).toEqual(space);
      }),
    );
  });

  test('refuse what is no space', () => {
    for (const json of [null, 3, {}, { kind: 'box', low: 1, high: 2 }, { kind: 'tuple' }]) {
      expect(() => spaceFromJson(json)).toThrow(RangeError);
    }
  });
});
