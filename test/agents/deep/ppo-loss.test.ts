import { describe, expect, test } from 'vitest';
import { categoricalPolicy } from '../../../agents/deep/policies/categorical-policy.ts';
import {
  type PpoBatch,
  type PpoLossOptions,
  type PpoNumbers,
  ppoLoss,
} from '../../../agents/deep/policy-gradient/ppo-loss.ts';

const NUMBERS: PpoNumbers = {
  loss: 0,
  policyLoss: 0,
  valueLoss: 0,
  entropy: 0,
  divergence: 0,
  clipShare: 0,
};
const OPTIONS = { clip: 0.2, valueClip: 0.2, valueWeight: 0.5, entropyWeight: 0.01 };
const form = categoricalPolicy(2, 0.01);

// A row within all bounds, two beyond r's (one on the side where the gradient stops), and values on
// either side of their bounds.
const outputs = () =>
  Float32Array.of(0.1, 0.2, 1, 1.5, -0.5, 0.4, -1, 1, 2, 2, -1, -0.3, 0.3, 0.1, 0.75);
const batch: PpoBatch = {
  actions: Int32Array.of(0, 0, 1, 1, 0),
  logProbabilities: Float32Array.of(-0.7, -0.9, -0.9, -0.05, -0.6),
  advantages: Float32Array.of(1.5, 2, -1, 0.5, -0.8),
  values: Float32Array.of(0.9, 0.1, 1.9, 0.5, 0.7),
  returns: Float32Array.of(2, 0.2, 1.5, -1, 1),
  policies: Float32Array.from(
    [0.5, 0.4, 0.6, 0.9, 0.55].flatMap((p) => [p, 1 - p]),
    Math.log,
  ),
};

function lossOf(rows: Float32Array, options: PpoLossOptions = OPTIONS): number {
  ppoLoss(form, rows, batch, options, new Float32Array(15), NUMBERS);
  return NUMBERS.loss;
}

describe('the loss of PPO', () => {
  test('is that of a row written out by hand', () => {
    const one: PpoBatch = {
      actions: Int32Array.of(1),
      logProbabilities: Float32Array.of(Math.log(0.4)),
      advantages: Float32Array.of(3),
      values: Float32Array.of(1),
      returns: Float32Array.of(2),
    };
    const rows = Float32Array.of(0, 0, 1.5); // π = ½ each: r = 1.25, cut to 1.2
    const gradients = new Float32Array(3);
    ppoLoss(form, rows, one, OPTIONS, gradients, NUMBERS);
    expect(NUMBERS.policyLoss).toBeCloseTo(-3 * 1.2, 6);
    expect(NUMBERS.valueLoss).toBeCloseTo(0.5 * 0.8 ** 2, 6); // V cut to 1.2: farther from 2
    expect(NUMBERS.entropy).toBeCloseTo(Math.log(2), 6);
    expect(NUMBERS.clipShare).toBe(1);
    expect(NUMBERS.divergence).toBeCloseTo(0.25 - Math.log(1.25), 6);
    expect([...gradients]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6), 0]); // both cut off
  });

  test('adds the penalty of a row written out by hand, and nothing is clipped without a clip', () => {
    const one: PpoBatch = {
      actions: Int32Array.of(1),
      logProbabilities: Float32Array.of(Math.log(0.4)),
      advantages: Float32Array.of(3),
      values: Float32Array.of(1),
      returns: Float32Array.of(1),
      policies: Float32Array.of(Math.log(0.6), Math.log(0.4)),
    };
    const rows = Float32Array.of(0, 0, 1); // π = ½ each
    const options = { ...OPTIONS, clip: null, entropyWeight: 0, klWeight: 2 };
    ppoLoss(form, rows, one, options, new Float32Array(3), NUMBERS);
    const divergence = 0.6 * Math.log(0.6 / 0.5) + 0.4 * Math.log(0.4 / 0.5);
    expect(NUMBERS.policyLoss).toBeCloseTo(-3 * 1.25, 6);
    expect(NUMBERS.loss).toBeCloseTo(-3 * 1.25 + 2 * divergence, 6);
    expect(NUMBERS.clipShare).toBe(0);
  });

  test.each<PpoLossOptions>([
    OPTIONS,
    { ...OPTIONS, valueClip: null },
    { ...OPTIONS, clip: null, klWeight: 3 },
    { ...OPTIONS, klWeight: 0.5 },
  ])('has the gradient of finite differences (%o)', (options) => {
    const rows = outputs();
    const gradients = new Float32Array(15);
    ppoLoss(form, rows, batch, options, gradients, NUMBERS);
    const step = 1e-3;
    for (let i = 0; i < 15; i++) {
      const [above, below] = [outputs(), outputs()];
      above[i] += step;
      below[i] -= step;
      const expected = (lossOf(above, options) - lossOf(below, options)) / (2 * step);
      expect(gradients[i], `output ${i}`).toBeCloseTo(expected, 3);
    }
  });

  test('goes on pulling where the bound would let a bad action grow', () => {
    const worse: PpoBatch = { ...batch, advantages: Float32Array.of(-1, -1, -1, -1, -1) };
    const gradients = new Float32Array(15);
    ppoLoss(form, outputs(), worse, OPTIONS, gradients, NUMBERS);
    expect(gradients[3]).toBeGreaterThan(0.04); // row 1: r = 2.2, far above 1.2
  });
});
