import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import type { Engine } from '../../../networks/engine.ts';
import { LAYER_KINDS } from '../../../networks/layers/registry.ts';
import type { Network } from '../../../networks/network.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { ACTIVATIONS } from '../../../networks/specification/activation.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { TfjsEngine } from '../../../networks/tfjs/engine.ts';
import { TFJS_LAYER_KINDS } from '../../../networks/tfjs/layers/registry.ts';
import { LAYER_CASES, type LayerCase } from '../../helpers/layer-cases.ts';
import { relativeError } from '../../helpers/relative-error.ts';
import { testBackend } from '../../helpers/tfjs.ts';
import { compareWithTorch, TORCH_CASES } from '../../helpers/torch-layers.ts';

const MOST = 1e-5; // of the largest number of an array
const backend = await testBackend();
const tfjs = new TfjsEngine(backend);
const reference64 = new ReferenceEngine((length) => new Float64Array(length));
const reference32 = new ReferenceEngine((length) => new Float32Array(length));

function normals(length: number, stream: string): Float64Array {
  const rng = new Alea(1, stream);
  return Float64Array.from({ length }, () => rng.normal());
}

/** Every array that a pass forward and backward, twice over, leaves. */
function numbersOf<N extends Float32Array | Float64Array>(
  engine: Engine<N>,
  numbers: (from: Float64Array) => N,
  { specification, rows, steps, training, starts: hasStarts }: LayerCase,
): Record<string, N> {
  const net = engine.create(specification(), { seed: 3, inputGradients: true });
  net.parameters.set(normals(net.parameters.length, 'parameters').map((x) => 0.5 * x));
  const inputs = numbers(normals(rows * net.inputSize, 'inputs'));
  const slopes = numbers(normals(rows * net.outputSize, 'slopes'));
  const state = numbers(normals((rows / steps) * net.plan.stateSize, 'state'));
  const starts = Uint8Array.from({ length: rows }, (_, row) => (row % 5 === 4 ? 1 : 0));
  const options = { steps, training, state, ...(hasStarts ? { starts } : {}) };
  net.forward(inputs, rows, options);
  net.backward(slopes.slice() as N);
  const outputs = net.forward(inputs, rows, options).slice() as N;
  net.backward(slopes.slice() as N);
  const copies = {
    outputs,
    state,
    gradients: net.gradients.slice() as N,
    inputGradients: net.inputGradients.slice() as N,
    statistics: net.statistics.slice() as N,
  };
  net.dispose();
  return copies;
}

function expectSame(
  got: Record<string, ArrayLike<number>>,
  expected: Record<string, ArrayLike<number>>,
): void {
  for (const [name, array] of Object.entries(expected)) {
    expect(relativeError(got[name], array), name).toBeLessThan(MOST);
  }
}

describe.each(LAYER_CASES)('$title on TensorFlow.js', (layerCase) => {
  test('gives what the reference gives in float64 and in float32', () => {
    const before = backend.tf.memory().numTensors;
    const got = numbersOf(tfjs, (from) => Float32Array.from(from), layerCase);
    expect(backend.tf.memory().numTensors, 'tensors left behind').toBe(before);
    expectSame(
      got,
      numbersOf(reference64, (from) => from, layerCase),
    );
    const float32 = numbersOf(reference32, (from) => Float32Array.from(from), layerCase);
    for (const [name, array] of Object.entries(float32)) {
      expect(relativeError(got[name], array), name).toBeLessThan(MOST);
    }
  });
});

test.each(ACTIVATIONS)('%s is the same function', (activation) => {
  const specification = () =>
    network({ input: [60], layers: [{ kind: 'dense', units: 40, activation } as never] });
  const layerCase: LayerCase = {
    ...{ title: activation, kinds: ['dense'], specification },
    ...{ rows: 4, steps: 1, training: false, starts: false },
  };
  const got = numbersOf(tfjs, (from) => Float32Array.from(from), layerCase);
  expectSame(
    got,
    numbersOf(reference64, (from) => from, layerCase),
  );
});

test('every kind of layer is there, and in a case', () => {
  expect(LAYER_KINDS.filter((kind) => !TFJS_LAYER_KINDS.includes(kind))).toEqual([]);
  const tried = new Set(LAYER_CASES.flatMap(({ kinds }) => kinds));
  expect(LAYER_KINDS.filter((kind) => !tried.has(kind))).toEqual([]);
});

describe.each(TORCH_CASES)('$name of PyTorch', (recorded) => {
  test('comes out the same', () => {
    const errors = compareWithTorch(tfjs, (values) => Float32Array.from(values), recorded);
    expect(Math.max(...Object.values(errors))).toBeLessThan(MOST);
  });
});

describe('a network on TensorFlow.js', () => {
  const specification = network({
    input: [3],
    layers: [{ kind: 'dense', units: 4, activation: 'tanh' } as never],
    heads: { policy: [{ kind: 'dense', units: 3 } as never], value: [] },
  });
  const make = (): Network => tfjs.create(specification, { seed: 5 });

  test('begins with the same parameters as on any other engine', () => {
    expect(make().parameters).toEqual(reference32.create(specification, { seed: 5 }).parameters);
  });

  test('sets its heads side by side', () => {
    const inputs = Float32Array.of(1, -2, 3, 0, 1, 0);
    const expected = reference32.create(specification, { seed: 5 }).forward(inputs, 2);
    expect(relativeError(make().forward(inputs, 2), expected)).toBeLessThan(MOST);
  });

  test('keeps to what it was given, whatever becomes of the array', () => {
    const net = make();
    const other = make();
    const inputs = Float32Array.of(1, -2, 3);
    net.forward(inputs, 1);
    inputs.fill(9);
    net.backward(new Float32Array(7).fill(1));
    other.forward(Float32Array.of(1, -2, 3), 1);
    other.backward(new Float32Array(7).fill(1));
    expect(net.gradients).toEqual(other.gradients);
  });

  test('adds gradients up until they are zeroed', () => {
    const net = make();
    net.forward(Float32Array.of(1, 2, 3), 1);
    net.backward(new Float32Array(7).fill(1));
    const once = net.gradients.slice();
    net.backward(new Float32Array(7).fill(1));
    expect(
      relativeError(
        net.gradients,
        once.map((g) => 2 * g),
      ),
    ).toBeLessThan(1e-6);
    net.zeroGradients();
    expect(Math.max(...net.gradients)).toBe(0);
  });

  test('refuses what it cannot do', () => {
    const net = make();
    expect(() => net.backward(new Float32Array(7))).toThrow('go forward first');
    expect(() => net.forward(new Float32Array(5), 2)).toThrow('inputs must hold 2 × 3 numbers');
    net.forward(new Float32Array(6), 2);
    expect(() => net.backward(new Float32Array(13))).toThrow('must hold 14 numbers, got 13');
    expect(() => net.inputGradients).toThrow('inputGradients: true');
    net.dispose();
    expect(() => net.forward(new Float32Array(3), 1)).toThrow('disposed of');
    expect(() => net.parameters).toThrow('disposed of');
  });
});
