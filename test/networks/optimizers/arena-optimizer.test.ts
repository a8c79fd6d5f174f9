import { describe, expect, test } from 'vitest';
import { dense } from '../../../networks/layers/dense.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { rmsprop } from '../../../networks/optimizers/rmsprop.ts';
import { momentum, sgd } from '../../../networks/optimizers/sgd.ts';
import { OPTIMIZER_KINDS, resolveOptimizer } from '../../../networks/optimizers/specification.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { bareParameters } from '../../helpers/bare-parameters.ts';

const SPECIFICATION = network({ input: [3], layers: [dense(2)] });

function makeEngine(): ReferenceEngine<Float32Array> {
  return new ReferenceEngine((length) => new Float32Array(length));
}

describe('an optimizer', () => {
  test.each(OPTIMIZER_KINDS)('leaves gradients at 0 (%s)', (kind) => {
    const { step, network } = bareParameters(resolveOptimizer({ kind }), 1, 2);
    step(3, 4);
    expect([...network.gradients]).toEqual([0, 0]);
  });

  test('takes its learning rate at the updates before: the first has the first value', () => {
    const learningRate = { kind: 'piecewise', boundaries: [1, 3], values: [4, 2, 1] } as const;
    const { step, optimizer } = bareParameters(sgd({ learningRate }), 0);
    expect([step(1), step(1), step(1), step(1)].flat()).toEqual([-4, -6, -8, -9]);
    expect(optimizer.updates).toBe(4);
  });

  test('shows its state slot by slot', () => {
    const { step, optimizer } = bareParameters(adam({ meanDecay: 0.5, squareDecay: 0.75 }), 0, 0);
    step(2, 4);
    expect([...optimizer.state]).toEqual([1, 2, 1, 4]); // half of g, a quarter of g²
  });

  test('begins with the squares it is told', () => {
    const options = { initialSquare: 1, centered: true };
    const { optimizer } = bareParameters(rmsprop(options), 0, 0);
    expect([...optimizer.state]).toEqual([1, 1, 0, 0]);
  });

  test('completes what it is given', () => {
    const { optimizer } = bareParameters({ kind: 'adam', l2: 0.5 } as never, 0);
    expect(optimizer.specification).toEqual(adam({ l2: 0.5 }));
    expect(() => bareParameters({ kind: 'adam', l3: 0.5 } as never, 0)).toThrow('option "l3"');
  });

  test('goes on from an earlier state', () => {
    const straight = bareParameters(adam({ learningRate: 0.1 }), 1, 2);
    straight.step(3, 4);
    const state = straight.optimizer.state.slice();
    const parameters = [...straight.network.parameters];
    const resumed = bareParameters(adam({ learningRate: 0.1 }), ...parameters);
    resumed.optimizer.restore(state, 1);
    expect(resumed.step(-1, 7)).toEqual(straight.step(-1, 7));
    expect(() => resumed.optimizer.restore(state.slice(1), 1)).toThrow('state must have length 4');
    expect(() => resumed.optimizer.restore(state, -1)).toThrow('updates must be an integer');
  });

  test('refuses a network of another engine', () => {
    const net = makeEngine().create(SPECIFICATION);
    expect(() => makeEngine().optimize(net, sgd())).toThrow('must be one of this engine');
  });

  test('steps on while its heap grows and its network moves', () => {
    const engine = makeEngine();
    const neighbor = engine.create(SPECIFICATION);
    const before = neighbor.parameters.slice();
    const net = engine.create(SPECIFICATION);
    const optimizer = engine.optimize(net, momentum({ learningRate: 1, momentum: 0.5 }));
    net.parameters.fill(0);
    net.gradients.fill(1);
    optimizer.step();
    engine.create(network({ input: [300], layers: [dense(300)] }));
    net.gradients.fill(0);
    optimizer.step();
    expect([...net.parameters]).toEqual(new Array(8).fill(-1.5));
    expect(neighbor.parameters).toEqual(before);
    expect([...optimizer.state]).toEqual(new Array(8).fill(0.5));
  });

  test('gives all its memory back, and is an error to use then', () => {
    const engine = makeEngine();
    const net = engine.create(SPECIFICATION);
    const before = engine.heap.used;
    const optimizer = engine.optimize(net, adam());
    expect(engine.heap.used).toBeGreaterThan(before);
    optimizer.dispose();
    expect(engine.heap.used).toBe(before);
    const message = 'the optimizer has been disposed of';
    expect(() => optimizer.step()).toThrow(message);
    expect(() => optimizer.state).toThrow(message);
    expect(() => optimizer.restore(new Float32Array(16), 0)).toThrow(message);
    expect(() => optimizer.dispose()).toThrow(message);
  });

  test('is an error to use without its network, but can be disposed of', () => {
    const engine = makeEngine();
    const net = engine.create(SPECIFICATION);
    const optimizer = engine.optimize(net, adam());
    net.dispose();
    expect(() => optimizer.step()).toThrow('Optimizer.step: its network has been disposed of.');
    expect(() => engine.optimize(net, adam())).toThrow(
      'optimize: the network has been disposed of',
    );
    optimizer.dispose();
    expect(engine.heap.used).toBe(0);
  });
});
