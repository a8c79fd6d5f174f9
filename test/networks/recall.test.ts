import { expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { dense } from '../../networks/layers/dense.ts';
import { elman } from '../../networks/layers/elman.ts';
import { gru } from '../../networks/layers/gru.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { bernoulliLoss } from '../../networks/losses/bernoulli.ts';
import { computeLoss } from '../../networks/losses/compute-loss.ts';
import { sgd } from '../../networks/optimizers/sgd.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';

const STEPS = 10;
const BATCH = 16;
const ROWS = STEPS * BATCH;
const INPUTS = 2; // a number, and whether it is the one to keep

/** Sequences of ±1 of which the first is to be told at the end. Writes inputs and targets. */
function drawSequences(inputs: Float32Array, targets: Float32Array, rng: Alea): void {
  for (let row = 0; row < ROWS; row++) {
    const bit = rng.uniform() < 0.5 ? 0 : 1;
    if (row < BATCH) targets[row] = bit;
    inputs[row * INPUTS] = 2 * bit - 1;
    inputs[row * INPUTS + 1] = row < BATCH ? 1 : 0;
  }
}

/** @returns the mean loss of the last 50 updates: ln 2 for a guess. */
function learnToRecall(layer: Layer, learningRate: number, updates: number): number {
  const engine = new ReferenceEngine((length) => new Float32Array(length));
  const specification = network({ input: [INPUTS], layers: [layer, dense(1)] });
  const net = engine.create(specification, { seed: 1 });
  const optimizer = engine.optimize(net, sgd({ learningRate }));
  const rng = new Alea(1, 'recall');
  const inputs = new Float32Array(ROWS * INPUTS);
  const targets = new Float32Array(BATCH);
  const gradients = new Float32Array(ROWS); // 0 but for the last step
  let sum = 0;
  for (let update = 0; update < updates; update++) {
    drawSequences(inputs, targets, rng);
    const atEnd = net.forward(inputs, ROWS, { steps: STEPS }).subarray(ROWS - BATCH);
    const gradientsAtEnd = gradients.subarray(ROWS - BATCH);
    const loss = computeLoss(bernoulliLoss(), BATCH, atEnd, targets, gradientsAtEnd);
    if (update >= updates - 50) sum += loss / 50;
    net.backward(gradients);
    optimizer.step();
  }
  return sum;
}

test.each<readonly [string, Layer, number, number]>([
  ['an Elman layer', elman(8), 0.1, 250],
  ['an LSTM', lstm(8), 0.5, 300],
  ['a GRU', gru(8), 2, 350],
])('%s learns to tell the bit that it saw 9 steps before', (_, layer, learningRate, updates) => {
  expect(learnToRecall(layer, learningRate, updates)).toBeLessThan(0.05);
});
