import { describe, expect, test } from 'vitest';
import type { TrainableNetwork } from '../../../agents/deep/parts/trainable-network.ts';
import { categoricalPolicy } from '../../../agents/deep/policies/categorical-policy.ts';
import { gaussianPolicy } from '../../../agents/deep/policies/gaussian-policy.ts';
import { SquashedGaussian } from '../../../agents/deep/policies/squashed-gaussian.ts';
import { Alea } from '../../../core/alea.ts';
import type { Rng } from '../../../core/rng.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { simdEngine } from '../../../networks/simd/engine.ts';

const RESULT = new Float64Array(2);

/** ∂f/∂xᵢ by central differences, of a function that reads `x`. */
function slope(x: Float32Array, i: number, f: () => number): number {
  const before = x[i];
  const step = 1e-3;
  x[i] = before + step;
  const above = f();
  x[i] = before - step;
  const below = f();
  x[i] = before;
  return (above - below) / (2 * step);
}

describe('categorical policy', () => {
  const form = categoricalPolicy(3, 0.01);
  const outputs = Float32Array.of(9, 0.5, -1, 2); // the row begins at 1

  test('has log-probability and entropy of the softmax', () => {
    const chances = [0.5, -1, 2].map(Math.exp).map((x, _, all) => x / all.reduce((a, b) => a + b));
    form.evaluate(outputs, 1, Int32Array.of(1), 0, RESULT);
    expect(RESULT[0]).toBeCloseTo(Math.log(chances[1]), 12);
    expect(RESULT[1]).toBeCloseTo(-chances.reduce((sum, p) => sum + p * Math.log(p), 0), 12);
  });

  test.each([undefined, Uint8Array.of(1, 1, 0)])(
    'has the gradient of finite differences (mask %s)',
    (masks) => {
      const actions = Int32Array.of(1);
      const gradients = new Float32Array(4);
      form.writeGradient(outputs, 1, actions, 0, 0.7, 0.3, gradients, masks);
      for (let i = 1; i <= 3; i++) {
        const expected = slope(outputs, i, () => {
          form.evaluate(outputs, 1, actions, 0, RESULT, masks);
          return 0.7 * RESULT[0] + 0.3 * RESULT[1];
        });
        expect(gradients[i]).toBeCloseTo(expected, 4);
      }
      expect(gradients[0]).toBe(0); // of another head
    },
  );

  test('draws each legal action as often as it says, and none that is illegal', () => {
    const rng = new Alea(3);
    const masks = Uint8Array.of(1, 0, 1);
    const action = new Int32Array(1);
    const counts = [0, 0, 0];
    for (let i = 0; i < 20_000; i++) {
      form.draw(outputs, 1, rng, action, 0, masks);
      counts[action[0]]++;
    }
    const [first, second, third] = form.chances?.(outputs, 1, masks) ?? [];
    expect(second).toBe(0);
    expect(counts[1]).toBe(0);
    expect(counts[0] / 20_000).toBeCloseTo(first, 1.8);
    expect(counts[2] / 20_000).toBeCloseTo(third, 1.8);
    expect(first).toBeCloseTo(Math.exp(0.5) / (Math.exp(0.5) + Math.exp(2)), 6);
  });

  test('never overflows, and has no NaN where one action is all', () => {
    const extreme = Float32Array.of(3e38, -3e38, 0);
    form.evaluate(extreme, 0, Int32Array.of(0), 0, RESULT);
    expect([...RESULT]).toEqual([0, 0]);
    const gradients = new Float32Array(3);
    form.writeGradient(extreme, 0, Int32Array.of(0), 0, 1, 1, gradients);
    expect([...gradients].every((gradient) => gradient === 0)).toBe(true);
  });

  test.each([undefined, Uint8Array.of(1, 1, 0)])(
    'tells how far it is from another one, and in which direction (mask %s)',
    (masks) => {
      const legal = masks === undefined ? [0, 1, 2] : [0, 1];
      const softmax = (logits: readonly number[]) => {
        const sum = legal.reduce((all, a) => all + Math.exp(logits[a]), 0);
        return legal.map((a) => Math.exp(logits[a]) / sum);
      };
      const policies = new Float32Array(6);
      form.describe(
        Float32Array.of(1, -2, 0.5),
        0,
        policies,
        1,
        masks && Uint8Array.of(0, 0, 0, ...masks),
      );
      const rowMasks = masks && Uint8Array.of(0, 0, 0, ...masks);
      const [old, now] = [softmax([1, -2, 0.5]), softmax([0.5, -1, 2])];
      form.divergence(outputs, 1, policies, 1, RESULT, rowMasks);
      const expected = old.reduce((sum, p, i) => sum + p * Math.log(p / now[i]), 0);
      expect(RESULT[0]).toBeCloseTo(expected, 6);

      const gradients = Float32Array.of(7, 7, 7, 7);
      form.addDivergenceGradient(outputs, 1, policies, 1, 0.6, gradients, rowMasks);
      for (let i = 1; i <= 3; i++) {
        const expected = slope(outputs, i, () => {
          form.divergence(outputs, 1, policies, 1, RESULT, rowMasks);
          return 0.6 * RESULT[0];
        });
        expect(gradients[i] - 7).toBeCloseTo(expected, 4);
      }
      expect(gradients[0]).toBe(7);
      form.divergence(Float32Array.of(1, -2, 0.5), 0, policies, 1, RESULT, rowMasks);
      expect(RESULT[0]).toBeCloseTo(0, 6); // from itself
    },
  );

  test('chooses the likeliest legal action, the lowest of several', () => {
    const action = new Int32Array(1);
    form.choose(outputs, 1, action, 0, Uint8Array.of(1, 1, 0));
    expect(action[0]).toBe(0);
    form.choose(Float32Array.of(1, 1, 0), 0, action, 0);
    expect(action[0]).toBe(0);
  });
});

describe('Gaussian policy', () => {
  const options = { engine: simdEngine(), gain: 0.01, logDeviation: -0.5 };

  test('has log-density and entropy of the normal distribution', () => {
    const form = gaussianPolicy(2, { ...options, optimizer: adam() });
    form.evaluate(Float32Array.of(1, -1), 0, Float32Array.of(1.5, 0), 0, RESULT);
    const deviation = Math.exp(-0.5);
    const density = (x: number) =>
      Math.exp((-0.5 * x * x) / deviation ** 2) / (deviation * Math.sqrt(2 * Math.PI));
    expect(RESULT[0]).toBeCloseTo(Math.log(density(0.5) * density(1)), 6);
    expect(RESULT[1]).toBeCloseTo(2 * 0.5 * Math.log(2 * Math.PI * Math.E * deviation ** 2), 6);
  });

  test('has the gradient of finite differences, of means and of deviations', () => {
    const form = gaussianPolicy(2, { ...options, optimizer: sgd({ learningRate: 1 }) });
    const outputs = Float32Array.of(1, -1);
    const actions = Float32Array.of(1.5, 0);
    const value = () => {
      form.evaluate(outputs, 0, actions, 0, RESULT);
      return 0.7 * RESULT[0] + 0.3 * RESULT[1];
    };
    const gradients = new Float32Array(2);
    form.writeGradient(outputs, 0, actions, 0, 0.7, 0.3, gradients);
    for (let i = 0; i < 2; i++) expect(gradients[i]).toBeCloseTo(slope(outputs, i, value), 3);

    const { parameters } = (form.parts.deviations as TrainableNetwork).network;
    const expected = [0, 1].map((i) => slope(parameters, i, value));
    form.update(); // θ ← θ − 1 · gradient
    for (let i = 0; i < 2; i++) expect(-0.5 - parameters[i]).toBeCloseTo(expected[i], 3);
  });

  test('tells how far it is from another one, as the integral does, and in which direction', () => {
    const form = gaussianPolicy(2, { ...options, optimizer: sgd({ learningRate: 1 }) });
    const { parameters } = (form.parts.deviations as TrainableNetwork).network;
    const policies = new Float32Array(8);
    parameters.set([0.2, -1]);
    form.describe(Float32Array.of(0.5, 1), 0, policies, 1);
    parameters.set([-0.4, -0.7]);
    const outputs = Float32Array.of(9, 1.2, 0.8); // the row begins at 1
    const density = (x: number, mean: number, log: number) =>
      Math.exp(-0.5 * ((x - mean) / Math.exp(log)) ** 2) / (Math.exp(log) * Math.sqrt(2 * Math.PI));
    const integral = (mean: number, log: number, newMean: number, newLog: number) => {
      let sum = 0;
      for (let x = -15; x < 15; x += 0.001) {
        const p = density(x, mean, log);
        if (p > 0) sum += 0.001 * p * Math.log(p / density(x, newMean, newLog));
      }
      return sum;
    };
    form.divergence(outputs, 1, policies, 1, RESULT);
    const expected = integral(0.5, 0.2, 1.2, -0.4) + integral(1, -1, 0.8, -0.7);
    expect(RESULT[0]).toBeCloseTo(expected, 5);

    const value = () => {
      form.divergence(outputs, 1, policies, 1, RESULT);
      return 0.6 * RESULT[0];
    };
    const gradients = Float32Array.of(7, 7, 7);
    form.addDivergenceGradient(outputs, 1, policies, 1, 0.6, gradients);
    for (let i = 1; i <= 2; i++) expect(gradients[i] - 7).toBeCloseTo(slope(outputs, i, value), 3);
    const slopes = [0, 1].map((i) => slope(parameters, i, value));
    const before = parameters.slice();
    form.update(); // θ ← θ − 1 · gradient
    for (let i = 0; i < 2; i++) expect(before[i] - parameters[i]).toBeCloseTo(slopes[i], 3);
  });

  test('draws with its deviation around its mean', () => {
    const form = gaussianPolicy(1, { ...options, optimizer: adam() });
    const rng = new Alea(1);
    const action = new Float32Array(1);
    const draws = Array.from({ length: 20_000 }, () => {
      form.draw(Float32Array.of(2), 0, rng, action, 0);
      return action[0];
    });
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(2, 1.5);
    expect(Math.sqrt(variance)).toBeCloseTo(Math.exp(-0.5), 1.7);
  });
});

describe('squashed Gaussian', () => {
  /** Always gives the same normal draws. */
  const fixed = (draws: readonly number[]): Rng => {
    let next = 0;
    return { normal: () => draws[next++ % draws.length] } as unknown as Rng;
  };
  const noise = [0.3, -1.2, 0.8, 0.1];
  const outputs = () => Float32Array.of(0.4, -0.2, -0.5, 0.3, 1.1, 0.6, -1, 0.2); // 2 rows of 2 + 2

  test('has the density of what tanh makes of a normal draw', () => {
    const policy = new SquashedGaussian(1, 1);
    policy.draw(Float32Array.of(0.4, -0.5), 1, fixed([0.3]));
    const deviation = Math.exp(-0.5);
    const u = 0.4 + deviation * 0.3;
    expect(policy.actions[0]).toBeCloseTo(Math.tanh(u), 6);
    const density = Math.exp(-0.5 * 0.09) / (deviation * Math.sqrt(2 * Math.PI));
    const expected = density / (1 - Math.tanh(u) ** 2 + 1e-6); // change of variables
    expect(policy.logProbabilities[0]).toBeCloseTo(Math.log(expected), 5);
  });

  test('has the gradient of α log π − Q through its draws, by finite differences', () => {
    const policy = new SquashedGaussian(2, 2);
    const row = outputs();
    // Q(a) = Σ cᵢ aᵢ, so that ∂Q/∂a = c.
    const slopes = Float32Array.of(0.5, -1, 2, 0.25);
    const value = () => {
      policy.draw(row, 2, fixed(noise));
      const [p, q] = policy.logProbabilities;
      return 0.2 * (p + q) - policy.actions.reduce((sum, a, i) => sum + slopes[i] * a, 0);
    };
    value();
    const gradients = new Float32Array(8);
    policy.writeGradient(row, 2, 0.2, slopes, 1, gradients);
    for (let i = 0; i < 8; i++) {
      expect(gradients[i], `output ${i}`).toBeCloseTo(slope(row, i, value), 2.5);
    }
  });

  test('has no gradient where log σ is cut off', () => {
    const policy = new SquashedGaussian(1, 1);
    const row = Float32Array.of(0.1, 5);
    policy.draw(row, 1, fixed([0.5]));
    const gradients = new Float32Array(2);
    policy.writeGradient(row, 1, 0.2, Float32Array.of(1), 1, gradients);
    expect(gradients[1]).toBe(0);
  });
});
