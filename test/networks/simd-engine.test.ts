import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../networks/kernels/kernels.ts';
import { dense } from '../../networks/layers/dense.ts';
import { sgd } from '../../networks/optimizers/sgd.ts';
import { referenceKernels } from '../../networks/reference/kernels.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { allowRelaxedSimd } from '../../node/relaxed-simd.ts';

allowRelaxedSimd();

describe.each(['portable', 'fast'] as const)('the simd engine, %s', (build) => {
  test('has every kernel', () => {
    const names = Object.keys(
      referenceKernels({ numbers: new Float32Array(0) }),
    ) as (keyof Kernels)[];
    const { kernels } = simdEngine({ build });
    expect(names.filter((name) => typeof kernels[name] !== 'function')).toEqual([]);
  });

  test('keeps its numbers when its memory grows', () => {
    const engine = simdEngine({ build });
    const small = engine.create(network({ input: [4], layers: mlp({ hidden: [8] }) }));
    const inputs = Float32Array.of(1, 2, 3, 4);
    const before = small.forward(inputs, 1).slice();
    const stale = small.parameters;
    const large = engine.create(network({ input: [1000], layers: [dense(1000)] }));
    expect(stale.length).toBe(0); // the memory has moved on
    expect(small.parameters.length).toBe(4 * 8 + 8);
    expect(small.forward(inputs, 1)).toEqual(before);
    expect(large.parameters.length).toBe(1_001_000);
  });

  test('reads no further than its memory goes', () => {
    const { heap, kernels } = simdEngine({ build });
    const before = heap.numbers.length;
    const begin = heap.allocate(4);
    const block = heap.allocate(before - begin - 4 - 32); // it needs not grow for that
    expect(heap.numbers.length).toBe(before);
    const end = before - 32;
    for (const [m, n, k] of [
      [5, 9, 70],
      [4, 2, 70],
      [9, 23, 5],
      [1, 17, 70],
      [2, 3, 5],
    ]) {
      const last = [m, n, k].map((_, i) => end - [m * k, n * k, m * n][i]);
      const [a, b, c] = last; // each at the very end in turn: the results do not matter
      kernels.multiply(m, n, k, a, k, block, n, block, n, 0);
      kernels.multiply(m, n, k, block, k, b, n, block, n, 0);
      kernels.multiply(m, n, k, block, k, block, n, c, n, 1);
      kernels.multiplyByTransposed(m, n, k, a, k, block, k, block, n, 0);
      kernels.multiplyByTransposed(m, n, k, block, k, b, k, block, n, 0);
      kernels.multiplyTransposed(m, n, k, a, m, block, n, block, n, 0);
      kernels.multiplyTransposed(m, n, k, block, m, b, n, block, n, 0);
    }
    heap.allocate(1); // the 32 numbers behind all blocks are for such reads
    expect(heap.numbers.length).toBeGreaterThan(before);
  });
});

test('engines have names', () => {
  expect(simdEngine().name).toBe('simd');
  expect(simdEngine({ build: 'portable' }).name).toBe('simd');
  expect(simdEngine({ build: 'fast' }).name).toBe('simd-fast');
});

test('a build that there is not is refused', () => {
  expect(() => simdEngine({ build: 'quick' as never })).toThrow(
    'simdEngine: build must be one of portable, fast, got "quick".',
  );
  expect(() => simdEngine({ bild: 'fast' } as never)).toThrow('Did you mean "build"?');
});

test('an optimizer wants a network of its own engine', () => {
  const net = simdEngine().create(network({ input: [2], layers: [dense(1)] }));
  expect(() => simdEngine().optimize(net, sgd())).toThrow('must be one of this engine');
});
