import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import type { Engine } from '../../../networks/engine.ts';
import { adadelta } from '../../../networks/optimizers/adadelta.ts';
import { adagrad } from '../../../networks/optimizers/adagrad.ts';
import { adam, adamW, amsgrad } from '../../../networks/optimizers/adam.ts';
import { radam } from '../../../networks/optimizers/radam.ts';
import { rmsprop } from '../../../networks/optimizers/rmsprop.ts';
import { momentum, nesterov, sgd } from '../../../networks/optimizers/sgd.ts';
import {
  OPTIMIZER_KINDS,
  type OptimizerSpecification,
} from '../../../networks/optimizers/specification.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { TfjsEngine } from '../../../networks/tfjs/engine.ts';
import { relativeError } from '../../helpers/relative-error.ts';
import { testBackend } from '../../helpers/tfjs.ts';

const STEPS = 10;
const MOST = 1e-5;
const backend = await testBackend();
const tfjs = new TfjsEngine(backend);
const reference = new ReferenceEngine((length) => new Float64Array(length));

const CASES: readonly (readonly [string, OptimizerSpecification])[] = [
  ['gradient descent', sgd({ learningRate: 0.1 })],
  ['a falling learning rate', sgd({ learningRate: { kind: 'inverse', from: 0.5, steps: 3 } })],
  ['momentum', momentum({ learningRate: 0.1 })],
  ["Nesterov's momentum", nesterov({ learningRate: 0.1, momentum: 0.8 })],
  ['AdaGrad', adagrad({ learningRate: 0.1, initialSquare: 0.1 })],
  ['RMSProp', rmsprop()],
  ["DQN's RMSProp", rmsprop({ decay: 0.95, epsilon: 0.01, epsilonInside: true, centered: true })],
  ['RMSProp with momentum', rmsprop({ momentum: 0.9, centered: true, initialSquare: 1 })],
  ['Adadelta', adadelta()],
  ['Adam', adam({ learningRate: 0.01 })],
  ['AMSGrad', amsgrad({ learningRate: 0.01, squareDecay: 0.9 })],
  ['AdamW', adamW({ learningRate: 0.01, weightDecay: 0.1 })],
  ['RAdam', radam({ learningRate: 0.01, squareDecay: 0.99 })],
  ['RAdam from the first step on', radam({ learningRate: 0.01, squareDecay: 0.5 })],
  ['penalties', sgd({ learningRate: 0.1, l1: 0.05, l2: 0.2 })],
  ['clipped values', sgd({ learningRate: 0.1, clip: { value: 0.3 } })],
  ['clipped norms', momentum({ learningRate: 0.1, clip: { norm: 0.5 } })],
  ['a clipped global norm', adam({ learningRate: 0.1, clip: { globalNorm: 0.5 } })],
  ['a norm that is never reached', sgd({ clip: { globalNorm: 1e6 }, l2: 0.1 })],
];

/** Parameters and memory after ten steps on a network with random gradients. */
function learn<N extends Float32Array | Float64Array>(
  engine: Engine<N>,
  specification: OptimizerSpecification,
  stopAt = Number.POSITIVE_INFINITY,
) {
  const rng = new Alea(2, 'gradients');
  const json = [{ kind: 'dense', units: 4, activation: 'tanh' }];
  let net = engine.create(network({ input: [3], layers: json as never }), { seed: 1 });
  let optimizer = engine.optimize(net, specification);
  for (let step = 0; step < STEPS; step++) {
    if (step === stopAt) {
      const { parameters } = net;
      net = engine.create(net.specification);
      net.parameters.set(parameters);
      const { state, updates } = optimizer;
      optimizer = engine.optimize(net, specification);
      optimizer.restore(state.slice() as N, updates);
    }
    const { gradients } = net;
    for (let i = 0; i < gradients.length; i++) gradients[i] = rng.normal();
    optimizer.step();
    expect(net.gradients.every((g) => g === 0)).toBe(true);
  }
  return {
    parameters: net.parameters.slice(),
    state: optimizer.state.slice(),
    updates: optimizer.updates,
  };
}

describe.each(CASES)('%s on TensorFlow.js', (_, specification) => {
  test('takes ten steps as the reference does', () => {
    const before = backend.tf.memory().numTensors;
    const got = learn(tfjs, specification);
    expect(backend.tf.memory().numTensors).toBe(before);
    const expected = learn(reference, specification);
    expect(relativeError(got.parameters, expected.parameters)).toBeLessThan(MOST);
    expect(relativeError(got.state, expected.state)).toBeLessThan(MOST);
    expect(got.updates).toBe(STEPS);
  });

  test('goes on from where it stopped', () => {
    expect(learn(tfjs, specification, 4)).toEqual(learn(tfjs, specification));
  });
});

test('every kind of optimizer is in a case', () => {
  const tried = new Set(CASES.map(([, { kind }]) => kind as string));
  expect(OPTIMIZER_KINDS.filter((kind) => !tried.has(kind))).toEqual([]);
});

test('an optimizer is for networks of its own engine, and not after its end', () => {
  const specification = network({ input: [2], layers: [] });
  const other = new ReferenceEngine((length) => new Float32Array(length)).create(specification);
  expect(() => tfjs.optimize(other, adam())).toThrow('must be one of this engine');
  const optimizer = tfjs.optimize(tfjs.create(specification), adam());
  expect(() => optimizer.restore(new Float32Array(1), 0)).toThrow('state must have length 0');
  optimizer.dispose();
  expect(() => optimizer.step()).toThrow('disposed of');
});
