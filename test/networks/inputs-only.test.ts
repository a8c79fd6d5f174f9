import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Engine } from '../../networks/engine.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';

const ROWS = 3;

// An image, so that convolutions are asked too, and two heads, one of which has layers of its own.
const SPECIFICATION = network({
  input: [5, 5, 2],
  layers: [conv2d(3, 3, { activation: 'relu' }), flatten()],
  heads: { one: [dense(4, { activation: 'tanh' }), dense(1)], two: [dense(2)] },
});

const ENGINES: readonly [string, () => Engine][] = [
  ['simd', () => simdEngine()],
  ['reference', () => new ReferenceEngine((length) => new Float32Array(length))],
];

describe.each(ENGINES)('going back to the inputs only, %s', (_, create) => {
  const net = create().create(SPECIFICATION, { seed: 3, inputGradients: true });
  const rng = new Alea(1);
  const inputs = Float32Array.from({ length: ROWS * net.inputSize }, () => rng.normal());
  const slopes = Float32Array.from({ length: ROWS * net.outputSize }, () => rng.normal());

  test('gives their gradients, and leaves those of the parameters as they are', () => {
    net.forward(inputs, ROWS);
    net.backward(slopes);
    const expected = net.inputGradients.slice();
    const before = net.gradients.slice();
    expect(before.some((gradient) => gradient !== 0)).toBe(true);
    net.forward(inputs, ROWS);
    net.backward(slopes, { inputsOnly: true });
    expect(net.inputGradients).toEqual(expected);
    expect(net.gradients).toEqual(before);
  });

  test('is forgotten by the next time', () => {
    net.zeroGradients();
    net.forward(inputs, ROWS);
    net.backward(slopes);
    expect(net.gradients.some((gradient) => gradient !== 0)).toBe(true);
  });
});
