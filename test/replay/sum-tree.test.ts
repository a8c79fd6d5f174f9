import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { SumTree } from '../../replay/sum-tree.ts';
import { ordinaryMemory } from '../helpers/allocator.ts';

/** The first i for which values 0 … i add up to more than `sum`. */
function scan(values: readonly number[], sum: number): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    total += values[i];
    if (sum < total) return i;
  }
  return -1;
}

const changes = (value: fc.Arbitrary<number>) =>
  fc.integer({ min: 1, max: 40 }).chain((capacity) =>
    fc.record({
      capacity: fc.constant(capacity),
      changes: fc.array(fc.tuple(fc.integer({ min: 0, max: capacity - 1 }), value), {
        minLength: 1,
        maxLength: 60,
      }),
    }),
  );

describe('a sum tree', () => {
  test('finds what a scan of the numbers finds', () => {
    fc.assert(
      fc.property(changes(fc.integer({ min: 0, max: 9 })), ({ capacity, changes: all }) => {
        const tree = new SumTree(capacity, ordinaryMemory);
        const values = new Array<number>(capacity).fill(0);
        for (const [i, value] of all) {
          tree.set(i, value);
          values[i] = value;
          const total = values.reduce((sum, x) => sum + x, 0);
          expect(tree.total).toBe(total);
          // Between the integers and at them: sums of integers are exact.
          for (let sum = 0; sum < total; sum += 0.5) {
            if (tree.find(sum) !== scan(values, sum)) {
              expect(tree.find(sum), `${sum} of ${values}`).toBe(scan(values, sum));
            }
          }
        }
        expect(values.map((_, i) => tree.get(i))).toEqual(values);
      }),
      { seed: 1 },
    );
  });

  test('never finds a number that is 0, however sums are rounded', () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true }));
    fc.assert(
      fc.property(
        changes(value),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ capacity, changes: all }, part) => {
          const tree = new SumTree(capacity, ordinaryMemory);
          for (const [i, x] of all) tree.set(i, x);
          if (tree.total === 0) return;
          expect(tree.get(tree.find(part * tree.total))).toBeGreaterThan(0);
        },
      ),
      { seed: 2, numRuns: 500 },
    );
  });

  test('is the same whether it is changed step by step or filled at once', () => {
    const rng = new Alea(1);
    const [tree, other] = [13, 13].map((capacity) => new SumTree(capacity, ordinaryMemory));
    for (let k = 0; k < 200; k++) tree.set(rng.below(13), rng.uniform());
    other.set(12, 5);
    other.fill(tree.slice(13));
    expect(other.total).toBe(tree.total);
    for (let k = 0; k < 100; k++) {
      const sum = (tree.total * k) / 100;
      expect(other.find(sum)).toBe(tree.find(sum));
    }
    other.fill(Float64Array.of(1, 2));
    expect(other.total).toBe(3);
    expect([...other.slice(4)]).toEqual([1, 2, 0, 0]);
  });
});
