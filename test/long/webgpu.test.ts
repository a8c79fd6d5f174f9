import { afterAll, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { EngineLearner } from '../../networks/engine-learner.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import type { LearnerBatch } from '../../networks/learner.ts';
import { crossEntropyLoss } from '../../networks/losses/cross-entropy.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { TfjsLearner } from '../../networks/tfjs/learner.ts';
import { tryBackend } from '../../networks/tfjs/open-backend.ts';

// Where there is no GPU, a program can play one: docs/gpu.md says how.
const UPDATES = 40;
const ROWS = 32;
const { attempt, backend } = await tryBackend('webgpu');

afterAll(() => backend?.dispose());

test(`WebGPU here: ${attempt.message}`, (context) => {
  if (backend === null) context.skip(`no WebGPU, nothing is shown: ${attempt.message}`);
});

test.runIf(backend !== null)(
  'a convolutional network tells bars that lie from bars that stand',
  async () => {
    if (backend === null) return;
    const specification = network({
      input: [5, 5, 1],
      layers: [conv2d(4, 3, { activation: 'relu' }), flatten(), dense(2)],
    });
    const options = {
      losses: [{ loss: crossEntropyLoss() }],
      optimizer: adam({ learningRate: 0.03 }),
    };
    const onGpu = new TfjsLearner(backend, specification, options);
    const reference = new EngineLearner(
      new ReferenceEngine((length) => new Float32Array(length)),
      specification,
      options,
    );
    const losses: number[] = [];
    for (let update = 0; update < UPDATES; update++) {
      const batch = bars(update);
      losses.push(await onGpu.update(batch));
      expect(losses[update]).toBeCloseTo(await reference.update(batch), 4);
    }
    console.log(`${attempt.message}: loss ${losses[0].toFixed(3)} … ${losses.at(-1)?.toFixed(3)}`);
    expect(losses.at(-1)).toBeLessThan(0.2 * losses[0]);
    expect(correct(await onGpu.evaluate(bars(1000).inputs, ROWS), bars(1000))).toBeGreaterThan(
      0.95,
    );
    onGpu.dispose();
  },
);

/** Noisy pictures of a line in the first, third or fifth row (class 0) or column (class 1). */
function bars(seed: number): LearnerBatch {
  const rng = new Alea(seed, 'bars');
  const inputs = Float32Array.from({ length: ROWS * 25 }, () => 0.3 * rng.normal());
  const targets = Float32Array.from({ length: ROWS }, () => rng.below(2));
  for (let row = 0; row < ROWS; row++) {
    const line = 2 * rng.below(3);
    for (let i = 0; i < 5; i++)
      inputs[row * 25 + (targets[row] === 0 ? 5 * line + i : 5 * i + line)] += 1;
  }
  return { inputs, rows: ROWS, targets: [{ targets }] };
}

function correct(logits: Float32Array, { targets }: LearnerBatch): number {
  const right = targets[0].targets.filter((target, row) => {
    return logits[2 * row + 1 - target] < logits[2 * row + target];
  });
  return right.length / ROWS;
}
