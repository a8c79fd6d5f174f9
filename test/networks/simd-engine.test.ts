import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Engine } from '../../networks/engine.ts';
import type { Kernels } from '../../networks/kernels/kernels.ts';
import { dense } from '../../networks/layers/dense.ts';
import { sgd } from '../../networks/optimizers/sgd.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { referenceKernels } from '../../networks/reference/kernels.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import {
  type NetworkSpecification,
  network,
} from '../../networks/specification/network-specification.ts';
import { allowRelaxedSimd } from '../../node/relaxed-simd.ts';

allowRelaxedSimd();

const BUILDS = ['portable', 'fast'] as const;
const ROWS = 33;

/** Outputs, gradients and input gradients of one pass, and the parameters after an SGD step. */
function pass<N extends Float32Array | Float64Array>(
  engine: Engine<N>,
  specification: NetworkSpecification,
  numbersFrom: (values: number[]) => N,
): N[] {
  const net = engine.create(specification, { seed: 3, inputGradients: true });
  const optimizer = engine.optimize(net, sgd({ learningRate: 0.1 }));
  const rng = new Alea(5, 'simd-engine');
  const draw = (length: number) => numbersFrom(Array.from({ length }, () => rng.normal()));
  const outputs = net.forward(draw(ROWS * net.inputSize), ROWS).slice() as N;
  net.backward(draw(ROWS * net.outputSize));
  const gradients = net.gradients.slice() as N;
  const inputGradients = net.inputGradients.slice() as N;
  optimizer.step();
  expect(net.gradients.every((g) => g === 0)).toBe(true);
  return [outputs, gradients, inputGradients, net.parameters.slice() as N];
}

/** The largest difference, relative to the largest number. */
function worst(values: ArrayLike<number>, truths: Float64Array): number {
  const largest = truths.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return truths.reduce((most, x, i) => Math.max(most, Math.abs(x - values[i])), 0) / largest;
}

describe.each(BUILDS)('the simd engine, %s', (build) => {
  test.each(ACTIVATIONS)('agrees with the reference in float64 on an MLP with %s', (activation) => {
    const heads = { policy: [dense(3)], value: [dense(7, { activation }), dense(1)] };
    const layers = mlp({ hidden: [32, 19], activation });
    const specification = network({ input: [5], layers, heads });
    const exact = new ReferenceEngine((length) => new Float64Array(length));
    const ours = pass(simdEngine({ build }), specification, (values) => Float32Array.from(values));
    const truths = pass(exact, specification, (values) => Float64Array.from(values));
    ours.forEach((values, i) => {
      expect(worst(values, truths[i])).toBeLessThan(1e-6);
    });
  });

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

  test('goes to the last number of its memory', () => {
    const engine = simdEngine({ build });
    const length = 1 << 20;
    const x = engine.heap.allocate(length);
    engine.heap.allocate(engine.heap.numbers.length - x - length - 32);
    const net = engine.create(network({ input: [3], layers: [dense(1)] }));
    for (let rows = 1; rows < 2000; rows += 100) net.forward(new Float32Array(3 * rows), rows);
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
