/** The work that bench/networks.ts measures: the part that has the networks. */

import { Alea } from '../core/alea.ts';
import { dense } from '../networks/layers/dense.ts';
import type { Layer } from '../networks/layers/registry.ts';
import { computeLoss } from '../networks/losses/compute-loss.ts';
import { huberLoss } from '../networks/losses/huber.ts';
import { adam } from '../networks/optimizers/adam.ts';
import { type SimdEngine, simdEngine } from '../networks/simd/engine.ts';
import { minatarConvnet, natureConvnet } from '../networks/specification/known-convnets.ts';
import { mlp } from '../networks/specification/mlp.ts';
import { network } from '../networks/specification/network-specification.ts';
import type { Shape } from '../networks/specification/shape.ts';
import { prepareSimd } from '../node/prepare-simd.ts';
import { measureAllocation } from './allocation.ts';

/** Which kernels. */
export type Build = 'portable' | 'fast';

interface Benched {
  readonly input: Shape;
  readonly layers: readonly Layer[];
  readonly numActions: number;
  readonly batch: number;
}

/** The networks of the literature that are measured. */
export const BENCHED: Readonly<Record<string, Benched>> = {
  '4-64-64-2': { input: [4], layers: mlp({ hidden: [64, 64] }), numActions: 2, batch: 32 },
  '4-120-84-2': { input: [4], layers: mlp({ hidden: [120, 84] }), numActions: 2, batch: 128 },
  '8-256-256-4': { input: [8], layers: mlp({ hidden: [256, 256] }), numActions: 4, batch: 128 },
  minatar: { input: [10, 10, 4], layers: minatarConvnet(), numActions: 6, batch: 32 },
  nature: { input: [84, 84, 4], layers: natureConvnet(), numActions: 18, batch: 32 },
};

const DISCOUNT = 0.99;

const engines = new Map<Build, SimdEngine>();

function engineOf(build: Build): SimdEngine {
  prepareSimd();
  const engine = engines.get(build) ?? simdEngine({ build });
  engines.set(build, engine);
  return engine;
}

/** The median of the seconds that calls take, for so long after a third of that to warm up. */
function medianSeconds(run: () => void, seconds: number): number {
  const warm = performance.now() + (seconds * 1000) / 3;
  while (performance.now() < warm) run();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end || times.length < 5) {
    const began = performance.now();
    run();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] / 1000;
}

/** What a network costs. */
export interface NetworkCost {
  /** Seconds of a DQN update. */
  readonly update: number;
  /** Seconds of a forward pass of one row. */
  readonly forward: number;
  /** Bytes that a DQN update leaves to the collector. */
  readonly bytes: number;
}

/** Measures one network with one build. */
export function measureNetwork(name: string, build: Build, seconds: number): NetworkCost {
  const { input, layers, numActions, batch } = BENCHED[name];
  const engine = engineOf(build);
  const specification = network({ input, layers, heads: { values: [dense(numActions)] } });
  const online = engine.create(specification, { seed: 1 });
  const target = engine.create(specification, { seed: 1 });
  const optimizer = engine.optimize(online, adam({ learningRate: 1e-4 }));
  const rng = new Alea(1, 'bench');
  const size = batch * online.inputSize;
  const draw = (length: number) => Float32Array.from({ length }, () => rng.normal());
  const [observations, nextObservations, rewards] = [draw(size), draw(size), draw(batch)];
  const actions = Int32Array.from({ length: batch }, () => rng.below(numActions));
  const targets = new Float32Array(batch);
  const gradients = new Float32Array(batch * numActions);
  const loss = huberLoss();
  const options = { choices: actions };
  const update = () => {
    const next = target.forward(nextObservations, batch);
    for (let i = 0; i < batch; i++) {
      let best = next[i * numActions];
      for (let a = 1; a < numActions; a++) best = Math.max(best, next[i * numActions + a]);
      targets[i] = rewards[i] + DISCOUNT * best;
    }
    const values = online.forward(observations, batch);
    computeLoss(loss, batch, values, targets, gradients, options);
    online.backward(gradients);
    optimizer.step();
  };
  const row = draw(online.inputSize);
  const single = engine.create(specification, { seed: 1 });
  const time = medianSeconds(update, seconds);
  const result = {
    update: time,
    forward: medianSeconds(() => single.forward(row, 1), seconds / 2),
    bytes: bytesOf(update, Math.ceil(seconds / time)),
  };
  for (const made of [optimizer, online, target, single]) made.dispose();
  return result;
}

/** Bytes that one of so many calls allocates, without what the measuring does. */
function bytesOf(run: () => void, times: number): number {
  const repeat = (count: number) =>
    measureAllocation(() => {
      for (let i = 0; i < count; i++) run();
    }).bytes;
  return (repeat(times) - repeat(0)) / times;
}

/** GFLOP/s of the matrix product at 128 × 128 × 128. */
export function measureProduct(build: Build, seconds: number): number {
  const { heap, kernels } = engineOf(build);
  const n = 128;
  const [a, b, c] = [0, 1, 2].map(() => heap.allocate(n * n));
  const rng = new Alea(1, 'bench');
  for (let i = 0; i < n * n; i++) {
    heap.numbers[a + i] = rng.normal();
    heap.numbers[b + i] = rng.normal();
  }
  const time = medianSeconds(() => kernels.multiply(n, n, n, a, n, b, n, c, n, 0), seconds);
  for (const block of [a, b, c]) heap.free(block);
  return (2 * n ** 3) / time / 1e9;
}
