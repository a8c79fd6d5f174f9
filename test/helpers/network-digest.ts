/**
 * Networks after a thousand updates, whose bits must be the same in every JavaScript engine.
 *
 * This file runs as it is in Node and in a page.
 */
import { Alea } from '../../core/alea.ts';
import { hashRow } from '../../core/hash.ts';
import { batchNorm } from '../../networks/layers/batch-norm.ts';
import { dense } from '../../networks/layers/dense.ts';
import { dropout } from '../../networks/layers/dropout.ts';
import { gru } from '../../networks/layers/gru.ts';
import { layerNorm } from '../../networks/layers/layer-norm.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import { noisyDense } from '../../networks/layers/noisy-dense.ts';
import { reshape } from '../../networks/layers/reshape.ts';
import { selfAttention } from '../../networks/layers/self-attention.ts';
import { computeLoss } from '../../networks/losses/compute-loss.ts';
import { crossEntropyLoss } from '../../networks/losses/cross-entropy.ts';
import { gaussianLoss } from '../../networks/losses/gaussian.ts';
import { huberLoss } from '../../networks/losses/huber.ts';
import type { LossSpecification } from '../../networks/losses/registry.ts';
import { squaredLoss } from '../../networks/losses/squared.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { radam } from '../../networks/optimizers/radam.ts';
import { rmsprop } from '../../networks/optimizers/rmsprop.ts';
import type { OptimizerSpecification } from '../../networks/optimizers/specification.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import type { SimdBuild } from '../../networks/simd/instantiate.ts';
import { minatarConvnet } from '../../networks/specification/known-convnets.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';

const UPDATES = 1000;

interface Learner {
  readonly network: NetworkOptions;
  readonly optimizer: OptimizerSpecification;
  readonly loss: LossSpecification;
  /** Of a row: numbers, or a class among so many. */
  readonly targets: { readonly size: number } | { readonly classes: number };
  /** Whether only the value of one action of each row has a target. */
  readonly choosesActions?: boolean;
  readonly batch: number;
  readonly steps?: number;
}

const LEARNERS: Readonly<Record<string, Learner>> = {
  MLP: {
    network: { input: [4], layers: [...mlp({ hidden: [64, 64] }), dense(2)] },
    optimizer: adam({ learningRate: 1e-3 }),
    loss: huberLoss(),
    targets: { size: 1 },
    choosesActions: true,
    batch: 32,
  },
  convnet: {
    network: { input: [10, 10, 4], layers: [...minatarConvnet(), dense(6)] },
    optimizer: rmsprop({ learningRate: 1e-4, centered: true, momentum: 0.9 }),
    loss: squaredLoss(),
    targets: { size: 6 },
    batch: 5,
  },
  LSTM: {
    network: { input: [4], layers: [lstm(19), dense(3)] },
    optimizer: adam({ learningRate: 1e-3, clip: { globalNorm: 0.5 } }),
    loss: crossEntropyLoss(),
    targets: { classes: 3 },
    batch: 4,
    steps: 6,
  },
  'layers of other kinds': {
    network: {
      input: [12],
      layers: [
        ...[dense(15, { activation: 'gelu' }), batchNorm(), gru(20), dropout(0.2)],
        ...[reshape([5, 4]), selfAttention(2), layerNorm({ axes: 'all' }), reshape([20])],
        noisyDense(4, { activation: 'softplus' }),
      ],
    },
    optimizer: radam({
      learningRate: { kind: 'cosine', from: 1e-3, to: 1e-4, steps: UPDATES },
      l1: 1e-4,
    }),
    loss: gaussianLoss(),
    targets: { size: 2 },
    batch: 3,
    steps: 3,
  },
};

/** For each network hashes of its parameters and statistics after 1,000 updates on random data. */
export function networkDigests(build: SimdBuild = 'portable'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(LEARNERS).map(([name, learner]) => [name, digest(learner, build)]),
  );
}

function digest(learner: Learner, build: SimdBuild): string {
  const { loss, batch, steps = 1 } = learner;
  const engine = simdEngine({ build });
  const net = engine.create(network(learner.network), { seed: 7 });
  const optimizer = engine.optimize(net, learner.optimizer);
  const rng = new Alea(7, 'network-digest');
  const rows = batch * steps;
  const inputs = new Float32Array(rows * net.inputSize);
  const targets = new Float32Array('size' in learner.targets ? rows * learner.targets.size : rows);
  const actions = new Int32Array(rows);
  const gradients = new Float32Array(rows * net.outputSize);
  const state = new Float32Array(batch * net.plan.stateSize); // carried from update to update
  const starts = new Uint8Array(rows);
  const options = learner.choosesActions ? { choices: actions } : {};
  for (let update = 0; update < UPDATES; update++) {
    for (let i = 0; i < inputs.length; i++) inputs[i] = rng.normal();
    drawTargets(learner.targets, targets, rng);
    for (let i = 0; i < rows; i++) {
      actions[i] = rng.below(net.outputSize);
      starts[i] = rng.below(10) === 0 ? 1 : 0;
    }
    const outputs = net.forward(inputs, rows, { steps, state, starts, training: true });
    computeLoss(loss, rows, outputs, targets, gradients, options);
    net.backward(gradients);
    optimizer.step();
  }
  if (!net.parameters.every(Number.isFinite)) throw new Error('There are numbers without bits.');
  const learned = [net.parameters, net.statistics].filter(({ length }) => length > 0);
  return learned.map((numbers) => hashRow(numbers).toString(16)).join(' ');
}

function drawTargets(targets: Learner['targets'], into: Float32Array, rng: Alea): void {
  for (let i = 0; i < into.length; i++) {
    into[i] = 'size' in targets ? rng.normal() : rng.below(targets.classes);
  }
}
