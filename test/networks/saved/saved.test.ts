import { describe, expect, test } from 'vitest';
import type { SavedData } from '../../../core/saved.ts';
import { batchNorm } from '../../../networks/layers/batch-norm.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { dropout } from '../../../networks/layers/dropout.ts';
import { noisyDense } from '../../../networks/layers/noisy-dense.ts';
import type { Numbers } from '../../../networks/layers/run.ts';
import type { Network } from '../../../networks/network.ts';
import { adam, amsgrad } from '../../../networks/optimizers/adam.ts';
import type { Optimizer } from '../../../networks/optimizers/optimizer.ts';
import { momentum } from '../../../networks/optimizers/sgd.ts';
import { OPTIMIZER_KINDS, resolveOptimizer } from '../../../networks/optimizers/specification.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { difference } from '../../../networks/saved/difference.ts';
import { loadNetwork, restoreNetwork, saveNetwork } from '../../../networks/saved/saved-network.ts';
import {
  loadOptimizer,
  restoreOptimizer,
  saveOptimizer,
} from '../../../networks/saved/saved-optimizer.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { network } from '../../../networks/specification/network-specification.ts';

const SPECIFICATION = network({
  input: [2],
  layers: mlp({ hidden: [4], activation: 'tanh' }),
  heads: { policy: [dense(2)], value: [dense(1)] },
});

function float32(): ReferenceEngine<Float32Array> {
  return new ReferenceEngine((length) => new Float32Array(length));
}

function float64(): ReferenceEngine<Float64Array> {
  return new ReferenceEngine((length) => new Float64Array(length));
}

/** Updates towards outputs of 0.5, for inputs that depend on the update. */
function learn<N extends Numbers>(net: Network<N>, optimizer: Optimizer<N>, updates: number): void {
  for (let i = 0; i < updates; i++) {
    const t = optimizer.updates;
    const inputs = net.parameters.slice(0, 4) as N;
    for (let k = 0; k < 4; k++) inputs[k] = ((3 * t + k) % 7) / 7;
    const gradients = net.forward(inputs, 2).slice() as N;
    for (let k = 0; k < 6; k++) gradients[k] -= 0.5;
    net.backward(gradients);
    optimizer.step();
  }
}

/** As a file would give it back: other objects and arrays, the specification through JSON. */
function throughFile(saved: SavedData): SavedData {
  const specification = JSON.parse(JSON.stringify(saved.specification)) as SavedData;
  return { ...structuredClone(saved), specification };
}

test('a difference is told by its place', () => {
  expect(difference('x', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBeNull();
  expect(difference('x', { a: 1, b: 2 }, { b: 2, a: 1 })).toBeNull();
  expect(difference('x', { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toBe('x.a[1].b: 2, not 3');
  expect(difference('x', { a: 1 }, { a: 1, b: 2 })).toBe('x.b: undefined, not 2');
  expect(difference('x', { a: 1, b: 2 }, { a: 1 })).toBe('x.b: 2, not undefined');
  expect(difference('x', [], {})).toBe('x: [], not an object');
  expect(difference('x', [1], [1, 2])).toBe('x: a list of 1, not of 2');
});

describe('a saved network', () => {
  test('becomes the same network, bit for bit', () => {
    const net = float32().create(SPECIFICATION, { seed: 7 });
    net.rng.uniform();
    const saved = throughFile(saveNetwork(net));
    const loaded = loadNetwork(float32(), saved);
    expect(loaded.specification).toEqual(SPECIFICATION);
    expect(loaded.parameters).toEqual(net.parameters);
    expect(loaded.rng.uniform()).toBe(net.rng.uniform());
    expect(loaded.forward(Float32Array.of(1, 2), 1)).toEqual(net.forward(Float32Array.of(1, 2), 1));
    const restored = float32().create(SPECIFICATION, { seed: 8 });
    restoreNetwork(restored, saved);
    expect(restored.parameters).toEqual(loaded.parameters);
  });

  test('is a copy: what is learned afterwards does not reach it', () => {
    const net = float32().create(SPECIFICATION);
    const saved = saveNetwork(net);
    const before = net.parameters.slice();
    net.parameters.fill(9);
    expect(saved.parameters).toEqual(before);
    restoreNetwork(net, saved);
    net.parameters.fill(9);
    expect(saved.parameters).toEqual(before);
  });

  test('loads in another engine', () => {
    const net = float32().create(SPECIFICATION, { seed: 3 });
    const wide = loadNetwork(float64(), saveNetwork(net));
    expect([...wide.parameters]).toEqual([...net.parameters]);
    restoreNetwork(net, saveNetwork(wide));
    expect([...wide.parameters]).toEqual([...net.parameters]);
  });

  test('goes on with the noise and the running statistics it had', () => {
    const layers = [dense(6), batchNorm(), dropout(0.5), noisyDense(3)];
    const inputs = Float32Array.from({ length: 8 }, (_, i) => i / 8);
    const pass = (net: Network, training: boolean) =>
      Array.from(net.forward(inputs, 4, { training }));
    const net = float32().create(network({ input: [2], layers }), { seed: 7 });
    pass(net, true);
    const loaded = loadNetwork(float32(), throughFile(saveNetwork(net)));
    expect([...loaded.statistics]).toEqual([...net.statistics]);
    for (const training of [false, true, true, false]) {
      expect(pass(loaded, training)).toEqual(pass(net, training));
    }
  });

  test('can be made with gradients of its inputs', () => {
    const saved = saveNetwork(float32().create(SPECIFICATION));
    const net = loadNetwork(float32(), saved, { inputGradients: true });
    net.forward(Float32Array.of(1, 2), 1);
    net.backward(new Float32Array(3));
    expect(net.inputGradients).toHaveLength(2);
  });
});

describe('a saved network is refused', () => {
  const engine = float32();
  const saved = saveNetwork(engine.create(SPECIFICATION, { seed: 1 }));
  const parameters = saved.parameters as Float32Array;

  test.each<[string, unknown, string]>([
    ['if it is nothing', null, 'expected saved data of kind "network", got undefined.'],
    ['if it is something else', { ...saved, kind: 'optimizer' }, 'got "optimizer".'],
    ['if a newer version wrote it', { ...saved, version: 2 }, 'of version 1 to 1, got 2.'],
    [
      'without a specification',
      { ...saved, specification: 'mlp' },
      'specification must be an object, got "mlp".',
    ],
    [
      'with a specification that is none',
      { ...saved, specification: { ...SPECIFICATION, layers: [{ kind: 'dens' }] } },
      'there is no layer of kind "dens". Did you mean "dense"?',
    ],
    [
      'if parameters are cut short',
      { ...saved, parameters: parameters.slice(1) },
      'parameters must be a Float32Array of length 27, got length 26.',
    ],
    [
      'if parameters are of another type',
      { ...saved, parameters: Float64Array.from(parameters) },
      'parameters must be a Float32Array of length 27, got [',
    ],
    [
      'if statistics are more than there should be',
      { ...saved, statistics: new Float32Array(1) },
      'statistics must be a Float32Array of length 0, got length 1.',
    ],
    ['without its generator', { ...saved, rng: undefined }, 'rng must be an object'],
    [
      'with a generator of another kind',
      { ...saved, rng: { kind: 'pcg64', version: 1 } },
      'expected saved data of kind "alea", got "pcg64".',
    ],
  ])('%s, and nothing is changed', (_, altered, message) => {
    const net = engine.create(SPECIFICATION, { seed: 2 });
    const before = net.parameters.slice();
    const { used } = engine.heap;
    expect(() => restoreNetwork(net, altered as SavedData)).toThrow(message);
    expect(net.parameters).toEqual(before);
    expect(() => loadNetwork(engine, altered as SavedData)).toThrow(message);
    expect(engine.heap.used).toBe(used);
  });

  test('by a network of another specification, which says where', () => {
    const hidden = (units: number) =>
      network({ ...SPECIFICATION, layers: mlp({ hidden: [units], activation: 'tanh' }) });
    const message = 'the saved network is another one, specification.layers[0].units: 4, not 5.';
    expect(() => restoreNetwork(engine.create(hidden(5)), saved)).toThrow(message);
    const deeper = network({ ...SPECIFICATION, layers: mlp({ hidden: [4, 4] }) });
    expect(() => restoreNetwork(engine.create(deeper), saved)).toThrow(
      'specification.layers: a list of 1, not of 2.',
    );
  });

  test('before memory is reserved, if its specification promises more than it holds', () => {
    const large = network({ input: [1e6], layers: [dense(1e9)] });
    const specification = large as unknown as SavedData;
    expect(() => loadNetwork(engine, { ...saved, specification })).toThrow(
      'loadNetwork: parameters must be a Float32Array of length 1000001000000000, got length 27.',
    );
  });
});

describe('a saved optimizer', () => {
  test.each(OPTIMIZER_KINDS)('goes on with the same bits as without a stop (%s)', (kind) => {
    const learningRate = { kind: 'cosine', from: 0.1, to: 0.01, steps: 30 } as const;
    const specification = resolveOptimizer({ kind, learningRate, l2: 0.01 } as never);
    const engine = float32();
    const net = engine.create(SPECIFICATION, { seed: 5 });
    const optimizer = engine.optimize(net, specification);
    learn(net, optimizer, 10);
    const savedNet = throughFile(saveNetwork(net));
    const savedOptimizer = throughFile(saveOptimizer(optimizer));
    learn(net, optimizer, 10);

    const other = float32();
    const loaded = loadNetwork(other, savedNet);
    const resumed = loadOptimizer(other, loaded, savedOptimizer);
    expect(resumed.updates).toBe(10);
    expect(resumed.specification).toEqual(specification);
    learn(loaded, resumed, 10);
    expect(loaded.parameters).toEqual(net.parameters);
    expect(resumed.state).toEqual(optimizer.state);

    restoreNetwork(net, savedNet);
    restoreOptimizer(optimizer, savedOptimizer);
    learn(net, optimizer, 10);
    expect(net.parameters).toEqual(loaded.parameters);
  });

  test('loads in another engine', () => {
    const engine = float32();
    const net = engine.create(SPECIFICATION);
    const optimizer = engine.optimize(net, adam());
    learn(net, optimizer, 3);
    const wideEngine = float64();
    const wide = loadNetwork(wideEngine, saveNetwork(net));
    const wideOptimizer = loadOptimizer(wideEngine, wide, saveOptimizer(optimizer));
    expect([...wideOptimizer.state]).toEqual([...optimizer.state]);
    learn(wide, wideOptimizer, 3);
    learn(net, optimizer, 3);
    net.parameters.forEach((p, i) => {
      expect(p).toBeCloseTo(wide.parameters[i], 5);
    });
  });
});

describe('a saved optimizer is refused', () => {
  const engine = float32();
  const net = engine.create(SPECIFICATION);
  const optimizer = engine.optimize(net, amsgrad());
  learn(net, optimizer, 2);
  const saved = saveOptimizer(optimizer);
  const state = saved.state as Float32Array;

  test.each<[string, unknown, string]>([
    ['if it is something else', saveNetwork(net), 'expected saved data of kind "optimizer", got'],
    ['if a newer version wrote it', { ...saved, version: 9 }, 'of version 1 to 1, got 9.'],
    [
      'with an optimizer that is none',
      { ...saved, specification: { kind: 'adam', beta: 1 } },
      'adam: unknown option "beta".',
    ],
    [
      'if updates are no count',
      { ...saved, updates: -1 },
      'updates must be an integer of at least 0',
    ],
    [
      'if its state is cut short',
      { ...saved, state: state.slice(3) },
      'state must be a Float32Array of length 81, got length 78.',
    ],
  ])('%s, and nothing is changed', (_, altered, message) => {
    const before = optimizer.state.slice();
    const { used } = engine.heap;
    expect(() => restoreOptimizer(optimizer, altered as SavedData)).toThrow(message);
    expect(optimizer.state).toEqual(before);
    expect(optimizer.updates).toBe(2);
    expect(() => loadOptimizer(engine, net, altered as SavedData)).toThrow(message);
    expect(engine.heap.used).toBe(used);
  });

  test('by another one, which says in what', () => {
    const other = engine.optimize(net, momentum());
    expect(() => restoreOptimizer(other, saved)).toThrow(
      'the saved optimizer is another one, specification.kind: "amsgrad", not "momentum".',
    );
    const slower = engine.optimize(net, amsgrad({ squareDecay: 0.9 }));
    expect(() => restoreOptimizer(slower, saved)).toThrow(
      'specification.squareDecay: 0.999, not 0.9.',
    );
  });

  test('not by one with another learning rate or clip, which keeps them', () => {
    const options = { learningRate: 1e-5, clip: { norm: 1 } };
    const careful = engine.optimize(net, amsgrad(options));
    restoreOptimizer(careful, saved);
    expect(careful.specification).toMatchObject(options);
    expect([careful.updates, careful.state]).toEqual([2, state]);
  });

  test('beside a network of another size', () => {
    const small = engine.create(network({ input: [2], layers: [dense(1)] }));
    expect(() => loadOptimizer(engine, small, saved)).toThrow(
      'loadOptimizer: state must be a Float32Array of length 9, got length 81.',
    );
  });
});
