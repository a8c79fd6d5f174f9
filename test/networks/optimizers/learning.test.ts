import { describe, expect, test } from 'vitest';
import { dense } from '../../../networks/layers/dense.ts';
import { adadelta } from '../../../networks/optimizers/adadelta.ts';
import { adagrad } from '../../../networks/optimizers/adagrad.ts';
import { adam, adamW, amsgrad } from '../../../networks/optimizers/adam.ts';
import { radam } from '../../../networks/optimizers/radam.ts';
import { rmsprop } from '../../../networks/optimizers/rmsprop.ts';
import { momentum, nesterov, sgd } from '../../../networks/optimizers/sgd.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { bareParameters } from '../../helpers/bare-parameters.ts';

/** Updates until Σ cᵢ θᵢ² / 2 with curvatures 1 and 100 is below 10⁻⁶ from θ = (1, 1). */
function updatesDownValley(specification: OptimizerSpecification, most: number): number {
  const { step } = bareParameters(specification, 1, 1);
  let [x, y] = [1, 1];
  for (let update = 0; update < most; update++) {
    if ((x * x + 100 * y * y) / 2 < 1e-6) return update;
    [x, y] = step(x, 100 * y);
  }
  return most;
}

describe('down a valley a hundred times as steep across as along', () => {
  test('gradient descent takes what its theory says, and momentum a fraction', () => {
    // The best constant rate 2 / (1 + 100) shrinks both by 99 / 101: 0.5 · 101 · (99/101)²ᵗ < 10⁻⁶.
    const plain = updatesDownValley(sgd({ learningRate: 2 / 101 }), 1000);
    expect(plain).toBe(Math.ceil(Math.log(1e-6 / 50.5) / (2 * Math.log(99 / 101))));
    // Polyak's best: α = 4 / (√100 + 1)², μ = ((√100 − 1) / (√100 + 1))².
    const options = { learningRate: 4 / 121, momentum: 81 / 121 };
    expect(updatesDownValley(momentum(options), 1000)).toBeLessThan(plain / 5);
    expect(
      updatesDownValley(nesterov({ learningRate: 0.01, momentum: 9 / 11 }), 1000),
    ).toBeLessThan(plain / 3);
  });

  test.each<[string, OptimizerSpecification]>([
    ['adagrad', adagrad({ learningRate: 0.5 })],
    ['rmsprop', rmsprop({ learningRate: { kind: 'inverse', from: 0.05, steps: 50 } })],
    ['rmsprop centered', rmsprop({ learningRate: 0.001, centered: true, epsilonInside: true })],
    ['adadelta', adadelta({ learningRate: 5 })],
    ['adam', adam({ learningRate: 0.1 })],
    ['amsgrad', amsgrad({ learningRate: 0.1 })],
    ['adamW', adamW({ learningRate: 0.1 })],
    ['radam', radam({ learningRate: 0.1 })],
  ])('%s arrives', (_, specification) => {
    expect(updatesDownValley(specification, 3000)).toBeLessThan(3000);
  });
});

const FALLING = { kind: 'exponential', from: 0.02, to: 0.001, steps: 2000 } as const;
const INPUTS = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
const TARGETS = Float32Array.of(0, 1, 1, 0);

/** The mean squared error on XOR after so many updates. */
function learnXor(specification: OptimizerSpecification, updates: number): number {
  const engine = new ReferenceEngine((length) => new Float32Array(length));
  const layers = [...mlp({ hidden: [8], activation: 'tanh' }), dense(1)];
  const net = engine.create(network({ input: [2], layers }), { seed: 1 });
  const optimizer = engine.optimize(net, specification);
  const gradients = new Float32Array(4);
  let loss = Number.POSITIVE_INFINITY;
  for (let update = 0; update < updates; update++) {
    const outputs = net.forward(INPUTS, 4);
    loss = 0;
    for (let i = 0; i < 4; i++) {
      const error = outputs[i] - TARGETS[i];
      gradients[i] = (2 * error) / 4;
      loss += (error * error) / 4;
    }
    net.backward(gradients);
    optimizer.step();
  }
  return loss;
}

describe('XOR is learned', () => {
  test.each<[OptimizerSpecification]>([
    [sgd({ learningRate: 0.2 })],
    [momentum({ learningRate: 0.1 })],
    [nesterov({ learningRate: 0.1 })],
    [adagrad({ learningRate: 0.2 })],
    [rmsprop({ learningRate: FALLING })],
    [rmsprop({ learningRate: 0.005, centered: true, momentum: 0.5, epsilonInside: true })],
    [adadelta({ learningRate: { kind: 'linear', from: 5, to: 0, steps: 2000 } })],
    [adam({ learningRate: 0.02 })],
    [amsgrad({ learningRate: 0.02 })],
    [adamW({ learningRate: 0.02 })],
    [radam({ learningRate: 0.02 })],
  ])('with %j', (specification) => {
    expect(learnXor(specification, 2000)).toBeLessThan(1e-3);
  });

  test('with a norm that is clipped and a rate that warms up and falls', () => {
    const next = { kind: 'cosine', from: 0.05, to: 0, steps: 1000 } as const;
    const learningRate = { kind: 'warmup', from: 0, steps: 50, next } as const;
    expect(learnXor(adam({ learningRate, clip: { globalNorm: 0.5 } }), 1050)).toBeLessThan(1e-3);
  });

  test('but not where a penalty holds the weights down', () => {
    const loss = learnXor(adam({ learningRate: 0.02, l2: 1 }), 2000);
    expect(loss).toBeGreaterThan(0.2);
  });
});
