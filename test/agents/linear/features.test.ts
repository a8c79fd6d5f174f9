import { describe, expect, test } from 'vitest';
import type { FeatureMap } from '../../../agents/linear/features/feature-map.ts';
import { createFeatures, type Features } from '../../../agents/linear/features/features.ts';
import { IndexTable } from '../../../agents/linear/features/index-table.ts';
import { SparseVectors } from '../../../agents/linear/features/sparse-vectors.ts';
import { box, discrete, type Space } from '../../../core/space.ts';
import { multiDiscrete } from '../../../core/spaces/multi.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';

const SQUARE = box([0, 0], [1, 1]);

function make(features: Features, space: Space = SQUARE): FeatureMap {
  return createFeatures('features', features, space);
}

/** x of an observation, in full. */
function vectorOf(map: FeatureMap, ...observation: number[]): number[] {
  const vectors = new SparseVectors(2, map);
  map.write(Float32Array.from([...observation, ...observation]), 1, vectors, 1, false);
  const full = new Array<number>(map.numFeatures).fill(0);
  for (let k = 0; k < vectors.counts[1]; k++) {
    full[vectors.indices[map.maxActive + k]] += vectors.values[map.maxActive + k];
  }
  return full;
}

/** The numbers of the features that are 1. */
function hits(map: FeatureMap, ...observation: number[]): number[] {
  return vectorOf(map, ...observation).flatMap((value, i) => (value === 1 ? [i] : []));
}

describe('state aggregation', () => {
  test('has one feature for each cell of a grid', () => {
    const map = make({ kind: 'state-aggregation', groups: [2, 3] });
    expect([map.numFeatures, map.maxActive, map.binary]).toEqual([6, 1, true]);
    expect(hits(map, 0, 0)).toEqual([0]);
    expect(hits(map, 0.49, 0.4)).toEqual([1]);
    expect(hits(map, 0.5, 0.99)).toEqual([5]);
    expect(hits(map, 1, 1)).toEqual([5]);
    expect(hits(map, -7, 9)).toEqual([2]); // beyond the bounds is at them
  });

  test('is a table where there are as many groups as states', () => {
    const map = make({ kind: 'state-aggregation', groups: 37 }, discrete(37));
    for (let state = 0; state < 37; state++) expect(hits(map, state)).toEqual([state]);
  });

  test('puts the 1000 states of example 9.1 into ten groups of 100', () => {
    const map = make(
      { kind: 'state-aggregation', groups: 10, low: [1], high: [1000] },
      discrete(1002),
    );
    for (let state = 1; state <= 1000; state++) {
      expect(hits(map, state)).toEqual([Math.floor((state - 1) / 100)]);
    }
  });
});

describe('tile coding', () => {
  test('hits one tile in each tiling, which lie further and further', () => {
    // Four tilings of 2 tiles: their bounds are at 0.5 − t/8, and one tile more before the first.
    const map = make({ kind: 'tile-coding', tilings: 4, tiles: 2 }, box([0], [1]));
    expect([map.numFeatures, map.maxActive, map.binary]).toEqual([4 * 3, 4, true]);
    expect(hits(map, 0)).toEqual([0, 3, 6, 9]);
    expect(hits(map, 0.2)).toEqual([0, 3, 6, 10]); // t = 3: 0.2 · 2 + 0.75 ≥ 1
    expect(hits(map, 0.3)).toEqual([0, 3, 7, 10]);
    expect(hits(map, 0.5)).toEqual([1, 4, 7, 10]);
    expect(hits(map, 1)).toEqual([2, 5, 8, 11]);
  });

  test('displaces tilings by 1, 3, … along the numbers, or evenly', () => {
    const spec = { kind: 'tile-coding', tilings: 4, tiles: 2 } as const;
    // Tiling 1 lies off by (1, 3) / 4 tiles: at (0.1, 0.2) only the second number, 0.4 + 0.75, is
    // past a bound; evenly displaced, neither is.
    expect(hits(make(spec), 0.1, 0.2)[1]).toBe(9 + 1);
    expect(hits(make({ ...spec, displacement: 'uniform' }), 0.1, 0.2)[1]).toBe(9);
  });

  // Sutton's tile coding software, version 3: with n tilings, coordinate i of tile t is
  // ⌊(⌊n fᵢ⌋ + t + 2 t i) / n⌋ of the number fᵢ in tiles.
  test('hits the tiles that the reference software hits in the mountain car', () => {
    const map = make({
      kind: 'tile-coding',
      tiles: [9, 8],
      low: [-1.275, -0.07],
      high: [0.6375, 0.07],
    }, box([-1.2, -0.07], [0.6, 0.07])); // biome-ignore format: as it is
    const names = Array.from({ length: 8 }, () => new Map<number, string>());
    for (let step = 0; step < 3000; step++) {
      const [position, velocity] = [
        -1.2 + ((step * 0.618) % 1.7),
        -0.069 + ((step * 0.0417) % 0.138),
      ];
      const observation = Float32Array.of(position, velocity);
      const scaled = [(8 * observation[0]) / 1.7, (8 * observation[1]) / 0.14];
      hits(map, ...observation).forEach((tile, tiling) => {
        const place = scaled.map((f, i) =>
          Math.floor((Math.floor(8 * f) + tiling + 2 * tiling * i) / 8),
        );
        const known = names[tiling].get(tile);
        expect(known ?? place.join()).toBe(place.join());
        names[tiling].set(tile, place.join());
      });
    }
    for (const tiling of names) expect(new Set(tiling.values()).size).toBe(tiling.size);
  });

  test('generalizes to neighbors, the more the nearer they are', () => {
    const map = make({ kind: 'tile-coding', tilings: 8, tiles: 4 });
    const shared = (distance: number) => {
      const here = new Set(hits(map, 0.41, 0.43));
      return hits(map, 0.41 + distance, 0.43).filter((tile) => here.has(tile)).length;
    };
    expect(shared(0)).toBe(8);
    expect(shared(0.1)).toBeLessThan(8);
    expect(shared(0.1)).toBeGreaterThan(shared(0.2));
    expect(shared(0.26)).toBe(0);
  });

  test('hashed, tells the same tiles apart as long as there is room', () => {
    const spec = { kind: 'tile-coding', tilings: 4, tiles: 5 } as const;
    const plain = make(spec);
    const hashed = make({ ...spec, hashSize: 4 * 36 });
    const vectors = new SparseVectors(1, hashed);
    const names = new Map<number, number>();
    for (let step = 0; step < 400; step++) {
      const observation = Float32Array.of((step * 0.37) % 1, (step * 0.73) % 1);
      hashed.write(observation, 0, vectors, 0, true);
      const tiles = hits(plain, ...observation);
      tiles.forEach((tile, tiling) => {
        const index = vectors.indices[tiling];
        expect(names.get(tile) ?? index).toBe(index);
        names.set(tile, index);
      });
    }
    expect(new Set(names.values()).size).toBe(names.size);
    expect(Math.max(...names.values())).toBe(names.size - 1); // numbered as they came
  });

  test('hashed, remembers nothing of what is only looked at', () => {
    const map = make({ kind: 'tile-coding', tilings: 2, tiles: 5, hashSize: 100 });
    const vectors = new SparseVectors(1, map);
    map.write(Float32Array.of(0, 0), 0, vectors, 0, true);
    const before = map.memory?.snapshot();
    map.write(Float32Array.of(0.9, 0.9), 0, vectors, 0, false);
    expect([...vectors.indices]).toEqual([2, 2]); // the next free one, whose weight is as it began
    expect(map.memory?.snapshot()).toEqual(before);
  });
});

describe('the index table', () => {
  test('numbers keys in the order in which they come', () => {
    const table = new IndexTable(3, 2);
    const find = (a: number, b: number) => table.find(Int32Array.of(a, b), true);
    expect([find(5, 6), find(6, 5), find(5, 6), find(0, 0)]).toEqual([0, 1, 0, 2]);
    expect(table.count).toBe(3);
    expect(find(6, 5)).toBe(1);
  });

  test('lets keys share numbers when all are taken', () => {
    const table = new IndexTable(4, 1);
    for (let key = 0; key < 4; key++) table.find(Int32Array.of(key), true);
    const late = Array.from({ length: 1000 }, (_, key) => table.find(Int32Array.of(key + 4), true));
    expect(late.every((number) => number >= 0 && number < 4)).toBe(true);
    for (let number = 0; number < 4; number++) {
      const share = late.filter((other) => other === number).length;
      expect(Math.abs(share - 250)).toBeLessThan(5 * Math.sqrt(1000 * 0.25 * 0.75));
    }
  });

  test('goes on from what it saved, and refuses what it did not', () => {
    const table = new IndexTable(100, 1);
    for (let key = 0; key < 60; key++) table.find(Int32Array.of(key * key), true);
    const twin = new IndexTable(100, 1);
    twin.find(Int32Array.of(77), true);
    twin.restore(table.snapshot());
    for (let key = 0; key < 60; key++) expect(twin.find(Int32Array.of(key * key), true)).toBe(key);
    expect(twin.snapshot()).toEqual(table.snapshot());
    expect(() => new IndexTable(10, 1).restore(table.snapshot())).toThrow('at most 10, got 60');
  });
});

describe('bases', () => {
  test('Fourier: cosines of all frequencies, divided by the root of their length', () => {
    const plain = make({ kind: 'fourier', order: 1, scaled: false });
    const [x, y] = [0.25, 0.5];
    const cosines = [1, Math.cos(Math.PI * y), Math.cos(Math.PI * x), Math.cos(Math.PI * (x + y))];
    vectorOf(plain, x, y).forEach((value, i) => {
      expect(value).toBeCloseTo(cosines[i], 12);
    });
    const scaled = make({ kind: 'fourier', order: 1 });
    expect(vectorOf(scaled, x, y)[3]).toBeCloseTo(cosines[3] / Math.sqrt(Math.SQRT2), 12);
    expect(vectorOf(scaled, x, y)[0]).toBe(1);
    expect(make({ kind: 'fourier', order: 5 }, cartLike()).numFeatures).toBe(6 ** 4);
  });

  test('polynomial: products of powers', () => {
    const map = make({ kind: 'polynomial', order: 2 }, box([-1, 0], [1, 4]));
    // (0, 2) is (0.5, 0.5) between the bounds; exponents 00 01 02 10 11 12 20 21 22.
    expect(vectorOf(map, 0, 2)).toEqual([
      1, 0.5, 0.25, 0.5, 0.25, 0.125, 0.25, 0.125, 0.0625,
    ]); // biome-ignore format: as the exponents
  });

  test('radial: bells around the points of a grid, of a sum of 1 if told so', () => {
    const map = make({ kind: 'radial', centers: [2, 3], width: 0.5 });
    // (0.5, 0.5) lies half a distance from the centers 0 and 1, and on 0.5 of 0, 0.5, 1.
    const bell = (first: number, second: number) =>
      Math.exp(-(first * first + second * second) / (2 * 0.25));
    const seen = vectorOf(map, 0.5, 0.5);
    const wanted = [bell(0.5, 1), bell(0.5, 0), bell(0.5, 1)];
    [...wanted, ...wanted].forEach((value, i) => {
      expect(seen[i]).toBeCloseTo(value, 12);
    });
    const normalized = make({ kind: 'radial', centers: [2, 3], width: 0.5, normalized: true });
    const sum = vectorOf(normalized, 0.3, 0.8).reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  test('given: a vector for each state', () => {
    const map = make({ kind: 'given', vectors: [[2, 0, 1], [0, 0, -3]] }, discrete(2)); // biome-ignore format: one line
    expect(vectorOf(map, 0)).toEqual([2, 0, 1]);
    expect(vectorOf(map, 1)).toEqual([0, 0, -3]);
    expect(map.binary).toBe(false);
    expect(make({ kind: 'given', vectors: [[1, 0]] }, discrete(1)).binary).toBe(true);
  });
});

describe('vectors', () => {
  const map = make({ kind: 'given', vectors: [[2, 0, 1], [0, 4, 0]] }, discrete(2)); // biome-ignore format: one line

  test('multiply and add from an offset on', () => {
    const vectors = new SparseVectors(2, map);
    map.write(Float32Array.of(0, 1), 0, vectors, 1, true);
    const weights = Float64Array.of(9, 9, 9, 1, 10, 100);
    expect(vectors.dot(1, weights, 3)).toBe(2 + 100);
    vectors.addTo(1, weights, 3, 0.5);
    expect([...weights]).toEqual([9, 9, 9, 2, 10, 100.5]);
    vectors.copy(1, 0);
    expect(vectors.dot(0, weights, 0)).toBe(27);
  });

  test('refuse saved numbers that lead outside the weights', () => {
    const vectors = new SparseVectors(2, map);
    const saved = vectors.snapshot();
    expect(() => vectors.restore({ ...saved, indices: Int32Array.of(0, 0, 0, 3, 0, 0) })).toThrow(
      'indices[3] must be from 0 to 2, got 3',
    );
    expect(() => vectors.restore({ ...saved, counts: Int32Array.of(4, 0) })).toThrow('counts[0]');
  });
});

describe('specifications', () => {
  test('are refused where they do not fit, with a way out', () => {
    const { observationSpace } = cartPole();
    expect(() => make({ kind: 'tile-coding' }, observationSpace)).toThrow(
      'features: number 1 of observations must have bounds, got -Infinity. Give low and high.',
    );
    expect(() => make({ kind: 'tile-coding', low: [0] })).toThrow('low must have length 2, got 1');
    expect(() => make({ kind: 'radial', low: [1, 0], high: [0, 1] })).toThrow(
      'low[0] = 1 is above',
    );
    expect(() => make({ kind: 'tiles' } as never)).toThrow('features.kind must be one of');
    expect(() => make({ kind: 'fourier', tiles: 3 } as never)).toThrow('unknown option "tiles"');
    expect(() => make('fourier' as never)).toThrow('must be an object with a kind');
    expect(() => make({ kind: 'fourier', order: -1 })).toThrow('features.order');
    expect(() => make({ kind: 'fourier', order: 5000 })).toThrow('at most 16777216 features');
    expect(() => make({ kind: 'radial', width: 0 })).toThrow('features.width');
    expect(() => make({ kind: 'radial', centers: 1 })).toThrow('features.centers');
    expect(() => make({ kind: 'state-aggregation', groups: [2] })).toThrow(
      'groups must have length 2',
    );
    expect(() => make({ kind: 'tile-coding', tilings: 0 })).toThrow('features.tilings');
    expect(() => make({ kind: 'tile-coding', displacement: 'odd' as never })).toThrow(
      'displacement',
    );
    expect(() => make({ kind: 'given', vectors: [[1]] }, discrete(2))).toThrow(
      'must have length 2',
    );
    expect(() => make({ kind: 'given', vectors: [[1]] })).toThrow('must be Discrete');
    expect(() => make({ kind: 'fourier' }, multiDiscrete([2, 2]))).toThrow('flattenObservation');
  });
});

function cartLike(): Space {
  return box([-1, -1, -1, -1], [1, 1, 1, 1]);
}
