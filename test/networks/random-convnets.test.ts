import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averagePool } from '../../networks/layers/average-pool.ts';
import { concatenate } from '../../networks/layers/concatenate.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { globalPool } from '../../networks/layers/global-pool.ts';
import { maxPool } from '../../networks/layers/max-pool.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { residual } from '../../networks/layers/residual.ts';
import type { Padding, Pair } from '../../networks/layers/window.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import {
  type NetworkSpecification,
  network,
} from '../../networks/specification/network-specification.ts';
import { gradientError } from '../helpers/gradient-check.ts';

// Those whose slope has no jump: a central difference across one is wrong.
const activation = fc.constantFrom('linear', 'tanh', 'sigmoid', 'silu', 'gelu', 'softplus', 'elu');
const padding = fc.constantFrom<Padding[]>('valid', 'same');
const upTo = (most: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }));

const convolution = fc
  .record({
    filters: fc.integer({ min: 1, max: 3 }),
    kernel: upTo(3),
    options: fc.record({
      stride: upTo(2),
      dilation: upTo(2),
      padding,
      activation,
      bias: fc.boolean(),
    }),
  })
  .map(({ filters, kernel, options }) => conv2d(filters, kernel, options));

const pool = fc
  .record({
    make: fc.constantFrom(maxPool, averagePool),
    size: upTo(3),
    options: fc.record({ stride: upTo(2), padding }),
  })
  .map(({ make, size, options }) => make(size, options));

const block = fc
  .record({ filters: fc.integer({ min: 1, max: 2 }), kernel: upTo(3), stride: upTo(2), activation })
  .map(({ filters, kernel, stride, activation }) =>
    residual(
      [
        conv2d(filters, kernel, { padding: 'same', stride, activation: 'tanh' }),
        conv2d(filters, kernel, { padding: 'same' }),
      ],
      { shortcut: [conv2d(filters, 1, { stride, padding: 'same' })], activation },
    ),
  );

const fork = fc
  .tuple(convolution, convolution)
  .map(([first, second]) =>
    concatenate([
      [{ ...first, stride: [1, 1], padding: 'same' }],
      [],
      [{ ...second, stride: [1, 1], padding: 'same' }, residual([])],
    ]),
  );

const layer: fc.Arbitrary<Layer> = fc.oneof(
  { arbitrary: convolution, weight: 3 },
  { arbitrary: pool, weight: 2 },
  block,
  fork,
);

const architecture = fc
  .record({
    size: upTo(5),
    channels: fc.integer({ min: 1, max: 3 }),
    body: fc.array(layer, { minLength: 1, maxLength: 3 }),
    end: fc.constantFrom([flatten()], [globalPool()], [globalPool({ method: 'max' })]),
  })
  .map(({ size, channels, body, end }) =>
    network({ input: [...size, channels], layers: [...body, ...end, dense(2)] }),
  )
  .filter(fits);

function fits(specification: NetworkSpecification): boolean {
  try {
    planNetwork(specification);
    return true;
  } catch {
    return false; // a valid window is larger than what comes to it
  }
}

test('any convolutional network has the gradients of its formula', () => {
  fc.assert(
    fc.property(architecture, fc.integer({ min: 1, max: 3 }), (specification, rows) => {
      expect(gradientError(specification, { rows })).toBeLessThan(1e-4);
    }),
    { seed: 4, numRuns: 60 },
  );
});

test('its parameters have the same gradients where nobody wants those of the inputs', () => {
  fc.assert(
    fc.property(architecture, (specification) => {
      const gradients = [true, false].map((inputGradients) => {
        const engine = new ReferenceEngine((length) => new Float64Array(length));
        const net = engine.create(specification, { inputGradients });
        net.forward(
          Float64Array.from({ length: 2 * net.inputSize }, (_, i) => Math.cbrt(i % 7)),
          2,
        );
        net.backward(Float64Array.from({ length: 2 * net.outputSize }, (_, i) => i - 1));
        return [...net.gradients];
      });
      expect(gradients[1]).toEqual(gradients[0]);
    }),
    { seed: 4, numRuns: 60 },
  );
});
