import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Engine } from '../../networks/engine.ts';
import { dense } from '../../networks/layers/dense.ts';
import { elman } from '../../networks/layers/elman.ts';
import { gru } from '../../networks/layers/gru.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import { bernoulliLoss } from '../../networks/losses/bernoulli.ts';
import { computeLoss } from '../../networks/losses/compute-loss.ts';
import type { Network } from '../../networks/network.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { sgd } from '../../networks/optimizers/sgd.ts';
import type { OptimizerSpecification } from '../../networks/optimizers/specification.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';

const INPUTS = 2; // a number, and whether it is the one to keep

/** Sequences of ±1 side by side, of which the first number is to be told at the end. */
class Recall {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly #batch: number;
  readonly #rng: Alea;

  constructor(steps: number, batch: number, seed: number) {
    this.inputs = new Float32Array(steps * batch * INPUTS);
    this.targets = new Float32Array(batch);
    this.#batch = batch;
    this.#rng = new Alea(seed, 'recall');
  }

  draw(): void {
    for (let row = 0; row * INPUTS < this.inputs.length; row++) {
      const bit = this.#rng.uniform() < 0.5 ? 0 : 1;
      const isFirst = row < this.#batch;
      if (isFirst) this.targets[row] = bit;
      this.inputs[row * INPUTS] = 2 * bit - 1;
      this.inputs[row * INPUTS + 1] = isFirst ? 1 : 0;
    }
  }
}

interface Lesson {
  readonly engine: Engine;
  readonly optimizer: OptimizerSpecification;
  readonly steps: number;
  readonly batch: number;
  readonly updates: number;
}

function createNetwork(engine: Engine, layer: Layer): Network {
  const specification = network({ input: [INPUTS], layers: [layer, dense(1)] });
  return engine.create(specification, { seed: 1, inputGradients: true });
}

/**
 * Learns until the gradients of the last update, too, go back to the first step.
 *
 * @returns the mean loss of the last 50 updates: ln 2 for a guess.
 */
function learnToRecall(net: Network, lesson: Lesson): number {
  const { engine, steps, batch, updates } = lesson;
  const optimizer = engine.optimize(net, lesson.optimizer);
  const sequences = new Recall(steps, batch, 1);
  const rows = steps * batch;
  const gradients = new Float32Array(rows); // 0 but for the last step
  const gradientsAtEnd = gradients.subarray(rows - batch);
  let sum = 0;
  for (let update = 0; update < updates; update++) {
    sequences.draw();
    const atEnd = net.forward(sequences.inputs, rows, { steps }).subarray(rows - batch);
    const loss = computeLoss(bernoulliLoss(), batch, atEnd, sequences.targets, gradientsAtEnd);
    if (update >= updates - 50) sum += loss / 50;
    net.backward(gradients);
    optimizer.step();
  }
  expect(net.inputGradients.subarray(0, batch * INPUTS).some((g) => g !== 0)).toBe(true);
  return sum;
}

test.each<readonly [string, Layer, number, number]>([
  ['an Elman layer', elman(8), 0.1, 250],
  ['an LSTM', lstm(8), 0.5, 300],
  ['a GRU', gru(8), 2, 350],
])('%s learns to tell the bit that it saw 9 steps before', (_, layer, learningRate, updates) => {
  const engine = new ReferenceEngine((length) => new Float32Array(length));
  const lesson = { engine, optimizer: sgd({ learningRate }), steps: 10, batch: 16, updates };
  expect(learnToRecall(createNetwork(engine, layer), lesson)).toBeLessThan(0.05);
});

describe('over 50 steps, on the simd engine,', () => {
  const STEPS = 50;
  const engine = simdEngine();
  const optimizer = adam({ learningRate: 0.01, clip: { globalNorm: 1 } });
  const lesson = { engine, optimizer, steps: STEPS, batch: 32, updates: 200 };
  // To forget a 50th each step. Source: Tallec & Ollivier (2018), "Can recurrent neural networks warp
  // time?".
  const bias = Math.log(STEPS);

  /** The part of fresh sequences that it tells right, seeing one step after the other. */
  function accuracy(net: Network): number {
    const batch = 500;
    const sequences = new Recall(STEPS, batch, 2);
    sequences.draw();
    const state = new Float32Array(batch * net.plan.stateSize);
    let outputs: Float32Array = new Float32Array(batch);
    for (let step = 0; step < STEPS; step++) {
      const first = step * batch * INPUTS;
      const seen = sequences.inputs.subarray(first, first + batch * INPUTS);
      outputs = net.forward(seen, batch, { state });
    }
    const isRight = (logit: number, i: number) => logit > 0 === (sequences.targets[i] === 1);
    return outputs.filter(isRight).length / batch;
  }

  test('an LSTM learns to tell the first bit of a sequence', () => {
    const net = createNetwork(engine, lstm(16, { forgetBias: bias }));
    expect(accuracy(net)).toBeLessThan(0.6);
    expect(learnToRecall(net, lesson)).toBeLessThan(0.05);
    expect(accuracy(net)).toBe(1);
  });

  test('a GRU does so too', () => {
    const units = 16;
    const net = createNetwork(engine, gru(units));
    const entry = net.plan.parameters.find(({ name }) => name === 'layers[0].inputBias');
    if (entry === undefined) throw new Error('There is no bias.');
    const updateGate = entry.offset + units; // z, which keeps what was
    net.parameters.fill(bias, updateGate, updateGate + units);
    expect(learnToRecall(net, lesson)).toBeLessThan(0.05);
    expect(accuracy(net)).toBe(1);
  });
});
