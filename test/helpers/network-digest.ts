/**
 * Networks after a thousand updates, whose bits must be the same in every JavaScript engine.
 *
 * This file runs as it is in Node and in a page.
 */
import { Alea } from '../../core/alea.ts';
import { hashBytes } from '../../core/hash.ts';
import { dense } from '../../networks/layers/dense.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { rmsprop } from '../../networks/optimizers/rmsprop.ts';
import { momentum } from '../../networks/optimizers/sgd.ts';
import type { OptimizerSpecification } from '../../networks/optimizers/specification.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { convnet } from '../../networks/specification/convnet.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';

const UPDATES = 1000;

interface Learner {
  readonly network: NetworkOptions;
  readonly optimizer: OptimizerSpecification;
  readonly rows: number;
  readonly steps: number;
}

const LEARNERS: Readonly<Record<string, Learner>> = {
  MLP: {
    network: {
      input: [5],
      layers: [...mlp({ hidden: [33, 17], activation: 'tanh' }), dense(3, { activation: 'gelu' })],
    },
    optimizer: adam({ learningRate: 1e-3 }),
    rows: 20,
    steps: 1,
  },
  convnet: {
    network: {
      input: [9, 9, 3],
      layers: [...convnet({ convolutions: [{ filters: 6, kernel: 3 }], hidden: [19] }), dense(3)],
    },
    optimizer: momentum({ learningRate: 1e-3 }),
    rows: 6,
    steps: 1,
  },
  LSTM: {
    network: { input: [4], layers: [lstm(11), dense(2, { activation: 'softplus' })] },
    optimizer: rmsprop({ learningRate: 1e-3 }),
    rows: 24,
    steps: 6,
  },
};

/** For each network two hashes of its parameters after 1,000 updates towards random targets. */
export function networkDigests(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(LEARNERS).map(([name, learner]) => [name, digest(learner)]),
  );
}

function digest({ network: options, optimizer: specification, rows, steps }: Learner): string {
  const engine = simdEngine({ build: 'portable' });
  const net = engine.create(network(options), { seed: 7 });
  const optimizer = engine.optimize(net, specification);
  const rng = new Alea(7, 'network-digest');
  const inputs = new Float32Array(rows * net.inputSize);
  const gradients = new Float32Array(rows * net.outputSize);
  for (let update = 0; update < UPDATES; update++) {
    for (let i = 0; i < inputs.length; i++) inputs[i] = rng.uniform() - 0.5;
    const outputs = net.forward(inputs, rows, { steps, training: true });
    for (let i = 0; i < gradients.length; i++) gradients[i] = outputs[i] - rng.uniform();
    net.backward(gradients);
    optimizer.step();
  }
  const { parameters } = net;
  const bytes = new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength);
  return [1, 2].map((seed) => hashBytes(bytes, seed).toString(16)).join(' ');
}
