import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import { box, discrete, type ElementOf, type Space } from '../../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../../core/spaces/composite.ts';
import { contains } from '../../../core/spaces/contains.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';
import { sample, sampleRow } from '../../../core/spaces/sample.ts';
import type { SampleOptions } from '../../../core/spaces/sample-options.ts';
import { SpaceSampler } from '../../../core/spaces/sampler.ts';
import { scriptedRng } from '../../helpers/rng.ts';

const DRAWS = 2000;

function drawn<S extends Space>(space: S, options: SampleOptions<S> = {}): ElementOf<S>[] {
  const rng = new Alea(3);
  return Array.from({ length: DRAWS }, () => sample(space, rng, options));
}

/** How often each value came, as a share of all. */
function shares(values: readonly (number | string)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).map(([value, n]) => [value, n / values.length]));
}

/** Within five standard deviations of a share of 2000 draws. */
function expectShares(
  values: readonly (number | string)[],
  expected: Record<string, number>,
): void {
  const found = shares(values);
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [value, p] of Object.entries(expected)) {
    expect(Math.abs(found[value] - p), value).toBeLessThan(
      5 * Math.sqrt((p * (1 - p)) / DRAWS) + 1e-9,
    );
  }
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

describe('what is drawn', () => {
  test('is every integer of a Discrete with the same chance, from its start on', () => {
    expectShares(drawn(discrete(4, { start: -1 })), {
      '-1': 0.25,
      '0': 0.25,
      '1': 0.25,
      '2': 0.25,
    });
  });

  test('is uniform between the bounds of a box, bounds of integers included', () => {
    expectShares(
      drawn(box([2], [4], { dtype: 'uint8' })).map(([x]) => x),
      { '2': 1 / 3, '3': 1 / 3, '4': 1 / 3 },
    );
    const reals = drawn(box([2], [4])).map(([x]) => x);
    expect(mean(reals)).toBeCloseTo(3, 1);
    expect(Math.max(...reals)).toBeGreaterThan(3.99);
  });

  test('is exponential beyond a single bound, and standard normal without any', () => {
    const draws = drawn(box([1, -Infinity, -Infinity], [Infinity, -1, Infinity]));
    expect(mean(draws.map(([x]) => x))).toBeCloseTo(2, 1);
    expect(Math.min(...draws.map(([x]) => x))).toBeGreaterThanOrEqual(1);
    expect(mean(draws.map(([, x]) => x))).toBeCloseTo(-2, 1);
    expect(Math.max(...draws.map(([, x]) => x))).toBeLessThanOrEqual(-1);
    expect(Math.abs(mean(draws.map(([, , x]) => x)))).toBeLessThan(5 * Math.sqrt(1 / DRAWS));
    const spread = mean(draws.map(([, , x]) => x * x)); // whose variance is 2 / n
    expect(Math.abs(spread - 1)).toBeLessThan(5 * Math.sqrt(2 / DRAWS));
  });

  test('does not pass a bound of a box, whatever is rounded', () => {
    const most = 1 - 2 ** -53;
    for (const [low, high] of [
      [0, 1],
      [-1, 1.5 * 2 ** -53],
      [-3e38, 3e38],
      [1, 1 + 2 ** -23],
    ]) {
      const row = [0];
      sampleRow(box([low], [high]), scriptedRng(most), row);
      expect(row[0]).toBeLessThanOrEqual(Math.fround(high));
      expect(contains(box([low], [high]), sample(box([low], [high]), scriptedRng(most)))).toBe(
        true,
      );
    }
    expect(sample(box([0], [255], { dtype: 'uint8' }), scriptedRng(most))).toEqual(
      Uint8Array.of(255),
    );
    expect(sample(box([-3], [2 ** 24], { dtype: 'int32' }), scriptedRng(most))[0]).toBe(2 ** 24);
  });

  test('is each integer of a MultiDiscrete, each bit of a MultiBinary evenly', () => {
    const pairs = drawn(multiDiscrete([2, 3], { start: [0, 5] }));
    expectShares(
      pairs.map(([a]) => a),
      { '0': 0.5, '1': 0.5 },
    );
    expectShares(
      pairs.map(([, b]) => b),
      { '5': 1 / 3, '6': 1 / 3, '7': 1 / 3 },
    );
    for (let i = 0; i < 6; i++) {
      expectShares(
        drawn(multiBinary(6)).map((bits) => bits[i]),
        { '0': 0.5, '1': 0.5 },
      );
    }
  });

  test('is each length of a text with the same chance, and each letter', () => {
    const words = drawn(text(2, { minLength: 0, charset: 'xy' }));
    const third = 1 / 3;
    expectShares(words, {
      '': third,
      x: third / 2,
      y: third / 2,
      xx: third / 4,
      xy: third / 4,
      yx: third / 4,
      yy: third / 4,
    });
  });

  test('is a sequence of geometric length, at most the greatest', () => {
    expectShares(
      drawn(sequence(discrete(2), { maxLength: 3 })).map((items) => items.length),
      { '1': 1 / 4, '2': 3 / 16, '3': 9 / 16 },
    );
    expect(mean(drawn(sequence(discrete(2))).map((items) => items.length))).toBeCloseTo(4, 0);
  });

  test('is a graph of 1 to 10 nodes, at most the greatest numbers', () => {
    const sizes = drawn(graph(discrete(2))).map(({ nodes }) => nodes.length);
    expectShares(sizes, Object.fromEntries(Array.from({ length: 10 }, (_, i) => [i + 1, 0.1])));
    const small = drawn(graph(discrete(2), discrete(2), { maxNodes: 2, maxEdges: 1 }));
    expectShares(
      small.map(({ nodes }) => nodes.length),
      { '1': 0.5, '2': 0.5 },
    );
    expectShares(
      small.map(({ edges }) => edges.length),
      { '0': 0.5, '1': 0.5 },
    );
  });

  test('is each part of a OneOf with the same chance', () => {
    expectShares(
      drawn(oneOf([discrete(1), discrete(1, { start: 7 })])).map(([i, x]) => `${i} ${x}`),
      {
        '0 0': 0.5,
        '1 7': 0.5,
      },
    );
  });
});

describe('with a mask', () => {
  test('only what it allows is drawn, evenly', () => {
    expectShares(drawn(discrete(4, { start: 1 }), { mask: [0, 1, 0, 1] }), { '2': 0.5, '4': 0.5 });
    const pairs = drawn(multiDiscrete([3, 2]), { mask: [Int8Array.of(1, 0, 1), null] });
    expectShares(pairs.map(String), { '0,0': 0.25, '0,1': 0.25, '2,0': 0.25, '2,1': 0.25 });
    expectShares(drawn(multiBinary(3), { mask: [0, 1, 2] }).map(String), {
      '0,1,0': 0.5,
      '0,1,1': 0.5,
    });
    expectShares(drawn(text(2, { charset: 'xyz' }), { mask: [1, [1, 0, 1]] }), { x: 0.5, z: 0.5 });
    expectShares(drawn(text(1, { minLength: 0, charset: 'xy' }), { mask: [null, [0, 1]] }), {
      '': 0.5,
      y: 0.5,
    });
  });

  test('parts that it leaves out or gives null are free', () => {
    const space = dict({ a: discrete(2), b: tuple([discrete(2), discrete(2)]) });
    const masked = drawn(space, { mask: { b: [null, [1, 0]] } });
    expectShares(
      masked.map(({ a, b }) => `${a}${b[0]}${b[1]}`),
      {
        '000': 0.25,
        '010': 0.25,
        '100': 0.25,
        '110': 0.25,
      },
    );
  });

  test('names that objects have by themselves are free too', () => {
    const space = dict({ constructor: discrete(2), a: discrete(2) });
    const mask = { a: [0, 1] } as unknown as SampleOptions<typeof space>['mask'];
    const drawnParts = drawn(space, { mask: mask ?? null });
    expectShares(
      drawnParts.map((parts) => `${parts.constructor}${parts.a}`),
      { '01': 0.5, '11': 0.5 },
    );
  });

  test('every item and every node keeps to the same one', () => {
    const sequences = drawn(sequence(discrete(3)), {
      mask: [
        [2, 3],
        [0, 1, 0],
      ],
    });
    expectShares(sequences.map(String), { '1,1': 0.5, '1,1,1': 0.5 });
    expectShares(drawn(sequence(discrete(3)), { mask: [0, null] }).map(String), { '': 1 });
    const graphs = drawn(graph(discrete(3), discrete(2)), {
      mask: [
        [0, 0, 1],
        [1, 0],
      ],
    });
    expect(
      graphs.every(
        ({ nodes, edges }) => nodes.every((x) => x === 2) && edges.every((x) => x === 0),
      ),
    ).toBe(true);
  });

  test('each part of a OneOf is as likely as without, and keeps to its own', () => {
    const space = oneOf([discrete(3), discrete(3)]);
    expectShares(
      drawn(space, { mask: [[0, 0, 1], null] }).map(([i]) => i),
      { '0': 0.5, '1': 0.5 },
    );
    expect(
      drawn(space, {
        mask: [
          [0, 0, 1],
          [1, 0, 0],
        ],
      }).every(([i, x]) => x === (i === 0 ? 2 : 0)),
    ).toBe(true);
  });

  test('no letter leaves the empty text, where the space has it', () => {
    const space = text(3, { minLength: 0, charset: 'xy' });
    expect(sample(space, new Alea(1), { mask: [null, [0, 0]] })).toBe('');
    expect(sample(space, new Alea(1), { mask: [0, [0, 0]] })).toBe('');
    expect(() => sample(space, new Alea(1), { mask: [2, [0, 0]] })).toThrow(
      'sample: mask[1] must allow something, got zeros alone.',
    );
  });
});

describe('with a probability', () => {
  test('each integer, letter and bit comes with its own', () => {
    expectShares(drawn(discrete(3, { start: 1 }), { probability: [0.5, 0, 0.5] }), {
      '1': 0.5,
      '3': 0.5,
    });
    expectShares(
      drawn(multiDiscrete([2, 2]), { probability: [[0.1, 0.9], null] }).map(([a]) => a),
      { '0': 0.1, '1': 0.9 },
    );
    const bits = drawn(multiBinary(3), { probability: [0, 1, 0.2] });
    expectShares(bits.map(String), { '0,1,0': 0.8, '0,1,1': 0.2 });
    expectShares(drawn(text(1, { charset: 'xyz' }), { probability: [null, [0.25, 0.75, 0]] }), {
      x: 0.25,
      y: 0.75,
    });
    const lists = drawn(sequence(discrete(2)), { probability: [1, [0.3, 0.7]] });
    expectShares(lists.map(String), { '0': 0.3, '1': 0.7 });
  });

  test('what has none is not drawn, even from the least draw', () => {
    expect(sample(multiBinary(1), scriptedRng(0), { probability: [0] })).toEqual(Uint8Array.of(0));
    expect(sample(discrete(2), scriptedRng(0), { probability: [0, 1] })).toBe(1);
  });

  test('a sum that rounding has left near 1 will do', () => {
    expect(drawn(discrete(3), { probability: [0.333333, 0.333333, 0.333333] })).toHaveLength(DRAWS);
  });
});

describe('what fits no space is refused, and nothing drawn', () => {
  const parts = dict({ a: discrete(2), b: box([0], [1]) });
  test.each<[Space, unknown, unknown, string]>([
    [discrete(2), [1, 0], [1, 0], 'sample: give a mask or a probability, got both.'],
    [
      discrete(2),
      [1],
      null,
      'sample: mask must be a list of 2, one for each integer, got length 1.',
    ],
    [discrete(2), 3, null, 'sample: mask must be a list of 2, one for each integer, got 3.'],
    [discrete(2), [1, 2], null, 'sample: mask[1] must be an integer from 0 to 1, got 2.'],
    [discrete(2), [0, 0], null, 'sample: mask must allow something, got zeros alone.'],
    [discrete(2), null, [0.5, 0.4], 'sample: probability must sum to 1, got 0.9.'],
    [
      discrete(2),
      null,
      [1.5, -0.5],
      'sample: probability[0] must be a number from 0 to 1, got 1.5.',
    ],
    [
      discrete(2),
      null,
      [Number.NaN, 1],
      'sample: probability[0] must be a number from 0 to 1, got NaN.',
    ],
    [
      box([0], [1]),
      [1],
      null,
      'sample: mask must be null, got [1]. A Box cannot be masked; give it narrower bounds.',
    ],
    [
      multiDiscrete([2, 2]),
      [[1, 0]],
      null,
      'mask must be a list of 2, one for each element, got length 1.',
    ],
    [multiDiscrete([2, 2]), [null, [0, 0]], null, 'mask[1] must allow something, got zeros alone.'],
    [multiBinary(2), [3, 0], null, 'mask[0] must be an integer from 0 to 2, got 3.'],
    [multiBinary(2), null, [2, 0], 'probability[0] must be a number from 0 to 1, got 2.'],
    [text(2), [3, null], null, 'mask[0] must be an integer from 1 to 2, got 3.'],
    [
      text(2),
      1,
      null,
      'mask must be a pair of the length and that of each letter, null where free, got 1.',
    ],
    [
      text(2, { charset: 'a' }),
      [null, [0]],
      null,
      'mask[1] must allow something, got zeros alone.',
    ],
    [text(2, { charset: 'ab' }), null, [null, [0.5, 0]], 'probability[1] must sum to 1, got 0.5.'],
    [parts, [], null, 'mask must be an object with a, b, got [].'],
    [parts, { a: [1, 0], c: null }, null, 'mask must have only a, b, got also "c".'],
    [parts, { a: [1] }, null, 'mask.a must be a list of 2, one for each integer, got length 1.'],
    [parts, { b: [1] }, null, 'mask.b must be null, got [1].'],
    [tuple([parts, parts]), [null], null, 'mask must be a list of 2, one for each part of Tuple('],
    [oneOf([parts]), [{ a: [0, 0] }], null, 'mask[0].a must allow something'],
    [
      sequence(discrete(2), { maxLength: 3 }),
      [4, null],
      null,
      'mask[0] must be an integer from 0 to 3, got 4.',
    ],
    [
      sequence(discrete(2)),
      [[], null],
      null,
      'mask[0] must be a length, or a list of some, got [].',
    ],
    [sequence(discrete(2)), [[1, -1], null], null, 'mask[0][1] must be an integer from 0'],
    [sequence(discrete(2)), [null, [1]], null, 'mask[1] must be a list of 2'],
    [
      graph(discrete(2)),
      [null, [1]],
      null,
      'mask[1] must be null where edges carry nothing, got [1].',
    ],
    [graph(discrete(2), discrete(2)), [null, [0, 0]], null, 'mask[1] must allow something'],
  ])('case %#', (space, mask, probability, message) => {
    const rng = new Alea(5);
    const before = rng.snapshot();
    const options = { mask, probability } as SampleOptions<Space>;
    expect(() => sample(space, rng, options)).toThrow(RangeError);
    expect(() => sample(space, rng, options)).toThrow(message);
    expect(rng.snapshot()).toEqual(before);
  });
});

describe('a sampler', () => {
  const space = tuple([discrete(9), box([0], [1])]);

  test('draws from its stream of the seed what sample does', () => {
    const sampler = new SpaceSampler(space, { seed: 4, stream: 'goals' });
    const rng = new Alea(4, 'goals');
    for (let i = 0; i < 5; i++) expect(sampler.sample()).toEqual(sample(space, rng));
  });

  test('draws from its own stream unless told', () => {
    expect(new SpaceSampler(space, { seed: 4 }).sample()).toEqual(
      sample(space, new Alea(4, 'space')),
    );
  });

  test('takes masks', () => {
    expect(new SpaceSampler(discrete(3)).sample({ mask: [0, 0, 1] })).toBe(2);
    expect(() => new SpaceSampler(discrete(3)).sample({ mask: [0, 0] })).toThrow(
      'SpaceSampler.sample: mask must',
    );
  });

  test('refuses options that it does not know', () => {
    expect(() => new SpaceSampler(space, { seed: -1 })).toThrow(
      'seed must be an integer of at least 0, got -1.',
    );
    expect(() => new SpaceSampler(space, { rng: 'numpy' as 'alea' })).toThrow(
      'SpaceSampler: rng must be one of',
    );
    expect(() => new SpaceSampler(space, { sead: 1 } as never)).toThrow('Did you mean "seed"?');
  });

  test('goes back only to snapshots of its own space and kind, and stays where it was else', () => {
    const sampler = new SpaceSampler(space, { seed: 1 });
    const before = sampler.snapshot();
    const others = [
      new SpaceSampler(tuple([discrete(8), box([0], [1])])).snapshot(),
      new SpaceSampler(space, { rng: 'gymnasium' }).snapshot(),
      { ...before, rngs: [{ kind: 'alea', version: 1 }] },
      { ...before, kind: 'env' },
    ];
    for (const other of others) expect(() => sampler.restore(other)).toThrow(Error);
    expect(sampler.snapshot()).toEqual(before);
  });
});
