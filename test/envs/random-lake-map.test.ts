import { describe, expect, test } from 'vitest';
import { make, makeDynamics, resolveSpec } from '../../envs/registry.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import {
  goalIsReachable,
  type RandomLakeMapOptions,
  randomFrozenLakeMap,
} from '../../envs/tabular/random-lake-map.ts';
import { readGolden } from '../helpers/golden.ts';

interface GoldenMap {
  readonly size: number;
  readonly frozenProbability: number;
  readonly seed: number;
  readonly rows: readonly string[];
}

// Recorded by bench/peers/make_golden.py.
const { maps } = readGolden<{ maps: readonly GoldenMap[] }>('../fixtures/gymnasium-runs.json.gz');

describe('a random map of the frozen lake', () => {
  test.each(maps)(
    'of $size cells a side, $frozenProbability frozen, seed $seed, is Gymnasium’s',
    ({ rows, ...options }) => {
      expect(randomFrozenLakeMap(options)).toEqual(rows);
    },
  );

  test('has 8 cells a side, four fifths frozen, unless it is said otherwise', () => {
    expect(randomFrozenLakeMap()).toEqual(
      randomFrozenLakeMap({ size: 8, frozenProbability: 0.8, seed: 0 }),
    );
  });

  test('always has a way, even with little ice', () => {
    for (let seed = 0; seed < 50; seed++) {
      const rows = randomFrozenLakeMap({ size: 6, frozenProbability: 0.35, seed });
      expect(goalIsReachable(rows)).toBe(true);
      expect([rows[0][0], rows[5][5], rows.join('').match(/[SG]/g)]).toEqual([
        'S',
        'G',
        ['S', 'G'],
      ]);
    }
  });

  test('is known by the world’s options, and built again from its spec', () => {
    const options = { map: 'random', size: 5, frozenProbability: 0.7, mapSeed: 3 };
    const rows = randomFrozenLakeMap({ size: 5, frozenProbability: 0.7, seed: 3 });
    const env = make('FrozenLake-v1', { options });
    expect(env.observationSpace.n).toBe(25);
    expect(makeDynamics('FrozenLake-v1', { options }).model?.()).toEqual(
      frozenLake({ map: rows }).model?.(),
    );
    const spec = JSON.parse(JSON.stringify(env.spec));
    expect(spec).toEqual(resolveSpec('FrozenLake-v1', { options }));
    env.reset();
    const tiles = (which: ReturnType<typeof make>) => {
      which.reset();
      const scene = which.scene();
      return scene.kind === 'grid' ? scene.tiles : null;
    };
    expect(tiles(make(spec))).toEqual(tiles(env));
  });

  test('differs from seed to seed', () => {
    const drawn = Array.from({ length: 20 }, (_, seed) => randomFrozenLakeMap({ seed }).join());
    expect(new Set(drawn).size).toBe(20);
  });

  test.each([
    [{ size: 1 }, 'size must be an integer from 2 to 100, got 1.'],
    [{ size: 101 }, 'size must be an integer from 2 to 100, got 101.'],
    [{ size: 2.5 }, 'size must be an integer from 2 to 100, got 2.5.'],
    [{ frozenProbability: 1.1 }, 'frozenProbability must be between 0 and 1, got 1.1.'],
    [{ frozenProbability: Number.NaN }, 'frozenProbability must be between 0 and 1, got NaN.'],
    [
      { frozenProbability: 0 },
      'frozenProbability must be so high that a way to the goal is found within 5000000 cells, got 0 for size 8.',
    ],
    [{ seed: -1 }, 'seed must be an integer of at least 0, got -1.'],
    [{ sise: 4 }, 'unknown option "sise". Did you mean "size"?'],
  ])('refuses %j', (options, message) => {
    const refused = new RegExp(`^randomFrozenLakeMap: ${message.replaceAll(/[?.]/g, '\\$&')}`);
    expect(() => randomFrozenLakeMap(options as RandomLakeMapOptions)).toThrow(refused);
  });

  test.each([
    [{ map: 'random', size: 1 }, 'frozenLake: size must be an integer from 2 to 100, got 1.'],
    [
      { map: 'random', frozenProbability: -0.1 },
      'frozenLake: frozenProbability must be between 0 and 1, got -0.1.',
    ],
    [{ mapSeed: 0.5 }, 'frozenLake: mapSeed must be an integer of at least 0, got 0.5.'],
    [{ map: 'Random' }, 'must be one of 4x4, 8x8, random, or a list of rows, got "Random".'],
    [{ map: 'toString' }, 'must be one of 4x4, 8x8, random, or a list of rows, got "toString".'],
    [{ map: null }, 'frozenLake: map must be a list of strings, got null.'],
    [{ map: 7 }, 'frozenLake: map must be a list of strings, got 7.'],
    [
      { map: ['SH', 'HG'] },
      'must have a way from each S to a G around the holes, got ["SH", "HG"].',
    ],
    [{ map: ['SFG', 'HHH', 'SFF'] }, 'must have a way from each S to a G around the holes'],
    [{ map: ['SFF', 'FF'] }, 'every row of the map must have 3 letters, got "FF" in row 1.'],
    [{ map: ['SFF', 7] }, 'every row of the map must have 3 letters, got 7 in row 1.'],
    [{ timeLimit: 0 }, 'frozenLake: timeLimit must be an integer of at least 1, got 0.'],
  ])('the world refuses %j', (options, message) => {
    expect(() => make('FrozenLake-v1', { options })).toThrow(RangeError);
    expect(() => make('FrozenLake-v1', { options })).toThrow(message);
  });
});

describe('a way to the goal', () => {
  test.each([
    [['SG'], true],
    [['SHG'], false],
    [['SF', 'HG'], true],
    [['SHFG', 'FHFH', 'FFFH'], true],
    [['SHFF', 'FHFH', 'HFFG'], false], // corners do not touch
    [['SFHG', 'FFHF'], false],
    [['GSH', 'HHH', 'HSG'], true],
  ])('%j: %s', (rows, expected) => {
    expect(goalIsReachable(rows)).toBe(expected);
  });
});

test('a time limit holds whatever the map, as in Gymnasium', () => {
  expect(makeDynamics('FrozenLake-v1', { options: { map: '8x8' } }).timeLimit).toBe(100);
  expect(makeDynamics('FrozenLake8x8-v1').timeLimit).toBe(200);
  expect(frozenLake({ map: 'random', size: 20, timeLimit: 500 }).timeLimit).toBe(500);
});
