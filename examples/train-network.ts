// A network of one's own that learns a curve, and says how sure it is: npx tsx examples/train-network.ts
import { Alea } from '../core/alea.ts';
import { dense } from '../networks/layers/dense.ts';
import { computeLoss } from '../networks/losses/compute-loss.ts';
import { gaussianLoss } from '../networks/losses/gaussian.ts';
import { adam } from '../networks/optimizers/adam.ts';
import { loadNetwork, saveNetwork } from '../networks/saved/saved-network.ts';
import { simdEngine } from '../networks/simd/engine.ts';
import { mlp } from '../networks/specification/mlp.ts';
import { network } from '../networks/specification/network-specification.ts';
import { summarize } from '../networks/summary.ts';

// A network is data; the engine makes it work.
const specification = network({
  input: [1],
  layers: mlp({ hidden: [64, 64], activation: 'silu' }),
  heads: { mean: [dense(1)], logVariance: [dense(1)] },
});
const engine = simdEngine();
const net = engine.create(specification, { seed: 7 });
const learningRate = { kind: 'cosine', from: 0.01, to: 0, steps: 3000 } as const;
const optimizer = engine.optimize(net, adam({ learningRate, clip: { globalNorm: 1 } }));
console.log(summarize(net.plan));

// Noisy points of a curve: the noise grows to the right.
const ROWS = 64;
const rng = new Alea(7);
const inputs = new Float32Array(ROWS);
const targets = new Float32Array(ROWS);
const gradients = new Float32Array(ROWS * net.outputSize);
for (let update = 1; update <= 3000; update++) {
  for (let i = 0; i < ROWS; i++) {
    inputs[i] = rng.uniform();
    targets[i] = inputs[i] * inputs[i] + 0.2 * inputs[i] * rng.normal();
  }
  const outputs = net.forward(inputs, ROWS);
  const loss = computeLoss(gaussianLoss(), ROWS, outputs, targets, gradients);
  net.backward(gradients);
  optimizer.step();
  if (update % 1000 === 0) console.log(`after ${update} updates: loss ${loss.toFixed(2)}`);
}

// A saved network is loaded by any engine.
const loaded = loadNetwork(simdEngine(), saveNetwork(net));
for (const x of [0.25, 0.5, 0.75, 1]) {
  const [mean, logVariance] = loaded.forward(Float32Array.of(x), 1);
  const deviation = Math.exp(logVariance / 2);
  console.log(
    `x = ${x}: ${mean.toFixed(2)} ± ${deviation.toFixed(2)}, truth ${x * x} ± ${(0.2 * x).toFixed(2)}`,
  );
}
