import { describe, expect, test, vi } from 'vitest';
import type { FirstFitHeap } from '../../networks/arena/heap.ts';
import type { Engine } from '../../networks/engine.ts';
import { dense } from '../../networks/layers/dense.ts';
import type { Network } from '../../networks/network.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { KernelMemory } from '../../networks/simd/kernel-memory.ts';
import { type WebAssemblyInterface, webAssembly } from '../../networks/simd/web-assembly.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { allowRelaxedSimd } from '../../node/relaxed-simd.ts';
import { NetworkChurn } from '../helpers/network-churn.ts';
import { processMemory } from '../helpers/process-memory.ts';

allowRelaxedSimd();

interface HeapEngine extends Engine {
  readonly heap: FirstFitHeap<Float32Array>;
}

const ENGINES: Readonly<Record<string, () => HeapEngine>> = {
  portable: () => simdEngine(),
  fast: () => simdEngine({ build: 'fast' }),
  reference: () => new ReferenceEngine((length) => new Float32Array(length)),
};

const SPECIFICATION = network({ input: [3], layers: mlp({ hidden: [8, 5] }) });
const WIDE = network({ input: [1], layers: [dense(50_000), dense(1)] });

/** Two rows of inputs, forward and backward, and an update. @returns all that it left. */
function learn(engine: Engine, net: Network, updates: number): number[] {
  const optimizer = engine.optimize(net, adam());
  const inputs = Float32Array.of(1, 2, 3, -1, -2, -3);
  const outputs: number[] = [];
  for (let i = 0; i < updates; i++) {
    const given = net.forward(inputs, 2);
    outputs.push(...given);
    net.backward(given);
    optimizer.step();
  }
  optimizer.dispose();
  return [...outputs, ...net.parameters];
}

describe.each(Object.keys(ENGINES))('the memory of an engine (%s)', (name) => {
  const make = ENGINES[name];

  test('stays as it is while networks and optimizers of random sizes come and go', () => {
    const engine = make();
    const churn = new NetworkChurn(engine, 1);
    const updates = name === 'reference' ? 100 : 1500;
    const bytes = () => engine.heap.numbers.buffer.byteLength;
    churn.run(updates);
    churn.clear();
    const [before, length] = [processMemory(), bytes()];
    churn.run(updates);
    churn.clear();
    expect(churn.created).toBeGreaterThan(updates / 20);
    expect(engine.heap.used).toBe(0);
    expect(bytes()).toBeLessThanOrEqual(2 * length); // the largest come seldom
    const grown = processMemory().held - before.held - (bytes() - length);
    expect(grown).toBeLessThan(2e6);
  });

  test('does not show in what is computed: blocks begin as zeros, wherever they are', () => {
    const fresh = make();
    const expected = learn(fresh, fresh.create(SPECIFICATION), 20);
    const worn = make();
    new NetworkChurn(worn, 2).run(50);
    worn.heap.numbers.fill(NaN, worn.heap.allocate(1)); // the gaps, and what is in use
    expect(learn(worn, worn.create(SPECIFICATION), 20)).toEqual(expected);
  });

  test('can move while a network works: it and the others keep their numbers', () => {
    const engine = make();
    const alone = make();
    const expected = learn(alone, alone.create(SPECIFICATION), 8);
    const net = engine.create(SPECIFICATION);
    const first = learn(engine, net, 0);
    const wide = engine.create(WIDE);
    const inputs = Float32Array.from({ length: 64 }, (_, i) => i / 64);
    const small = wide.forward(inputs, 2).slice();
    const { buffer } = engine.heap.numbers;
    const large = wide.forward(inputs, 64).slice();
    expect(engine.heap.numbers.buffer).not.toBe(buffer);
    expect(large.subarray(0, 2)).toEqual(small);
    expect([...net.parameters]).toEqual(first);
    expect(learn(engine, net, 8)).toEqual(expected);
    const after = large.slice();
    expect(wide.forward(inputs, 64)).toEqual(after);
  });

  test("can move when one network takes another's outputs", () => {
    const engine = make();
    const first = engine.create(network({ input: [1], layers: [dense(1)] }));
    const second = engine.create(WIDE);
    const inputs = Float32Array.from({ length: 64 }, (_, i) => i);
    const expected = second.forward(first.forward(inputs, 64).slice(), 64).slice();
    second.dispose();
    const other = engine.create(WIDE);
    engine.heap.allocate(engine.heap.numbers.length / 2); // so that there is no room
    const { buffer } = engine.heap.numbers;
    expect(other.forward(first.forward(inputs, 64), 64)).toEqual(expected);
    expect(engine.heap.numbers.buffer).not.toBe(buffer);
  });

  test('is not touched by a network that got none', () => {
    const engine = make();
    const net = engine.create(SPECIFICATION);
    const neighbor = engine.create(SPECIFICATION);
    net.forward(new Float32Array(6), 2);
    vi.spyOn(engine.heap, 'allocate').mockImplementationOnce(() => {
      throw new RangeError('there is no memory');
    });
    expect(() => net.forward(new Float32Array(300), 100)).toThrow('there is no memory');
    expect(() => net.backward(new Float32Array(500))).toThrow('go forward first');
    expect([...neighbor.parameters]).toEqual([...net.parameters]);
    expect(net.forward(Float32Array.of(1, 2, 3), 1)).toEqual(
      neighbor.forward(Float32Array.of(1, 2, 3), 1),
    );
    net.dispose();
    neighbor.dispose();
    expect(engine.heap.used).toBe(0);
  });
});

/** The names of all methods and getters, but of those that say whether it is disposed of. */
function membersOf(object: object): { readonly name: string; readonly use: () => unknown }[] {
  const prototype = Object.getPrototypeOf(object) as object;
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name]) => name !== 'constructor' && name !== 'isDisposed')
    .map(([name, { get, value }]) => ({
      name,
      use: () => (get ?? (value as () => unknown)).call(object),
    }));
}

describe('what has been disposed of', () => {
  const engine = simdEngine();
  const create = () => engine.create(SPECIFICATION, { inputGradients: true });

  test('is an error to use in any way: a network', () => {
    const net = create();
    const inputs = Float32Array.of(1, 2, 3);
    net.backward(net.forward(inputs, 1));
    net.dispose();
    const members = membersOf(net);
    expect(members.map(({ name }) => name).sort()).toEqual(
      [
        ...['backward', 'dispose', 'forward', 'gradients', 'inputGradients', 'parameters', 'rng'],
        ...['approach', 'layerOutputs', 'statistics', 'zeroGradients'],
      ].sort(),
    );
    for (const { name, use } of members) {
      expect(use, name).toThrow(`Network.${name}: the network has been disposed of.`);
    }
    expect(() => net.forward(inputs, 1)).toThrow('disposed');
    expect(() => net.backward(inputs)).toThrow('disposed');
    expect(() => engine.optimize(net, adam())).toThrow('disposed');
    expect(net.plan.parameterCount).toBeGreaterThan(0); // what it was can still be read
  });

  test('is an error to use in any way: an optimizer', () => {
    const net = create();
    const optimizer = engine.optimize(net, adam());
    optimizer.dispose();
    const members = membersOf(optimizer);
    expect(members.map(({ name }) => name).sort()).toEqual(
      ['dispose', 'gradientNorm', 'restore', 'state', 'step', 'updates'].sort(),
    );
    for (const { name, use } of members) {
      expect(use, name).toThrow(`Optimizer.${name}: the optimizer has been disposed of.`);
    }
    expect(net.parameters.every(Number.isFinite)).toBe(true); // its network lives on
  });

  test('is an error to use in any way: the network of an optimizer', () => {
    const net = create();
    const optimizer = engine.optimize(net, adam());
    net.dispose();
    for (const { name, use } of membersOf(optimizer)) {
      if (name === 'dispose') continue;
      expect(use, name).toThrow(`Optimizer.${name}: its network has been disposed of.`);
    }
    optimizer.dispose();
    expect(() => optimizer.step()).toThrow('the optimizer has been disposed of');
  });
});

test('more memory than 4 GiB is refused', () => {
  const memory = new KernelMemory(webAssembly as WebAssemblyInterface);
  const { length } = memory.numbers;
  expect(() => memory.grow(2 ** 30 + 1)).toThrow('there is no memory for 1073741825 numbers.');
  expect(memory.numbers.length).toBe(length);
});
