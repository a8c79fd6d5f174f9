import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { dense } from '../../networks/layers/dense.ts';
import { dropout } from '../../networks/layers/dropout.ts';
import { noisyDense } from '../../networks/layers/noisy-dense.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { float64Network, outputsOf } from '../helpers/float64-network.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient
const TRAINING = { training: true };

/** The draws of a network that was made with this seed. */
function noiseOf(seed: number): Alea {
  return new Alea(seed, 'network/noise');
}

describe('dropout', () => {
  test('leaves out some numbers in training, and makes up for it with the rest', () => {
    const net = float64Network({ input: [1000], layers: [dropout(0.2)] });
    const outputs = outputsOf(net, Array(2000).fill(8), TRAINING);
    expect(new Set(outputs)).toEqual(new Set([0, 10])); // 8 / (1 − 0.2)
    const left = outputs.filter((y) => y === 0).length;
    expect(Math.abs(left - 400)).toBeLessThan(4 * Math.sqrt(2000 * 0.2 * 0.8)); // 4 deviations
  });

  test('lets gradients through where it let numbers through', () => {
    const net = float64Network({ input: [50], layers: [dropout(0.5)] });
    const outputs = outputsOf(net, Array(100).fill(1), TRAINING);
    net.backward(new Float64Array(100).fill(3));
    expect([...net.inputGradients]).toEqual(outputs.map((y) => 3 * y));
  });

  test('draws a new mask in each training pass, one number each, and none otherwise', () => {
    const net = float64Network({ input: [4], layers: [dropout(0.5)] }, 3);
    const rng = noiseOf(3);
    const expected = () => Array.from({ length: 8 }, () => (rng.uniform() < 0.5 ? 0 : 2));
    const ones = Array(8).fill(1);
    expect(outputsOf(net, ones, TRAINING)).toEqual(expected());
    expect(outputsOf(net, ones)).toEqual(ones);
    net.backward(Float64Array.from(ones));
    expect([...net.inputGradients]).toEqual(ones); // the last pass left out nothing
    expect(outputsOf(net, ones, TRAINING)).toEqual(expected());
  });

  test.each([true, false])('has the gradients of its formula, training: %s', (training) => {
    const layers = [dropout(0.3), dense(6, { activation: 'tanh' }), dropout(0.5), dense(2)];
    const options = { rows: 4, forward: { training } };
    expect(gradientError({ input: [5], layers }, options)).toBeLessThan(MOST);
    expect(gradientError({ input: [2, 3], layers: [dropout(0.9)] }, options)).toBeLessThan(MOST);
  });

  test.each([1, -0.1, Number.NaN, '0.5'])('has no rate of %s', (rate) => {
    expect(() => dropout(rate as number)).toThrow('dropout: rate must be at least 0 and below 1');
    const layers = [{ kind: 'dropout', rate } as never];
    expect(() => network({ input: [1], layers })).toThrow(
      'network: layers[0] (dropout): rate must',
    );
  });
});

describe('a noisy dense layer', () => {
  const LAYER = noisyDense(2);
  // weights μ, bias μ, weights σ, bias σ
  const PARAMETERS = [1, 2, 3, 4, 5, 6, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];

  /** sign(ε) √|ε|, drawn for the inputs and then for the units. */
  function draw(rng: Alea): [number, number, number, number] {
    const noise = () => {
      const draw = rng.normal();
      return draw < 0 ? -Math.sqrt(-draw) : Math.sqrt(draw);
    };
    return [noise(), noise(), noise(), noise()];
  }

  test('is dense with its means where it is not trained', () => {
    const net = float64Network({ input: [2], layers: [LAYER] });
    net.parameters.set(PARAMETERS);
    expect(outputsOf(net, [10, 100])).toEqual([10 + 300 + 5, 20 + 400 + 6]);
    net.backward(Float64Array.of(1, 2));
    expect([...net.gradients]).toEqual([10, 20, 100, 200, 1, 2, 0, 0, 0, 0, 0, 0]);
    expect([...net.inputGradients]).toEqual([1 + 4, 3 + 8]);
  });

  test('adds to each mean its deviation times factorized noise, the same for all rows', () => {
    const net = float64Network({ input: [2], layers: [LAYER] }, 5);
    net.parameters.set(PARAMETERS);
    const [p, q, r, s] = draw(noiseOf(5));
    const outputs = outputsOf(net, [1, 0, 0, 1], TRAINING);
    [
      [1 + 0.1 * p * r + 5 + 0.5 * r, 2 + 0.2 * p * s + 6 + 0.6 * s],
      [3 + 0.3 * q * r + 5 + 0.5 * r, 4 + 0.4 * q * s + 6 + 0.6 * s],
    ]
      .flat()
      .forEach((y, i) => {
        expect(outputs[i]).toBeCloseTo(y, 12);
      });
  });

  test('learns the deviations by the noise that there was', () => {
    const net = float64Network({ input: [2], layers: [LAYER] }, 5);
    net.parameters.set(PARAMETERS);
    const [p, q, r, s] = draw(noiseOf(5));
    outputsOf(net, [10, 100], TRAINING);
    net.backward(Float64Array.of(1, 2));
    net.backward(Float64Array.of(1, 2)); // gradients are summed
    const once = [10, 20, 100, 200, 1, 2];
    const noise = [p * r, p * s, q * r, q * s, r, s];
    [...once, ...once.map((g, i) => g * noise[i])].forEach((g, i) => {
      expect(net.gradients[i]).toBeCloseTo(2 * g, 10);
    });
  });

  test('draws once in each training pass, and not at all otherwise', () => {
    const net = float64Network({ input: [2], layers: [LAYER] }, 5);
    const rng = noiseOf(5);
    net.parameters.set([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]); // y = εᵇ
    for (let pass = 0; pass < 3; pass++) {
      const [, , r, s] = draw(rng);
      expect(outputsOf(net, [1, 1], TRAINING)).toEqual([r, s]);
      expect(outputsOf(net, [1, 1])).toEqual([0, 0]);
    }
  });

  test('begins with means within 1/√inputs and deviations of σ₀/√inputs', () => {
    const net = float64Network({ input: [16], layers: [noisyDense(50, { deviation: 0.4 })] });
    const means = [...net.parameters.subarray(0, 17 * 50)];
    const largest = Math.max(...means.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(0.25);
    expect(largest).toBeGreaterThan(0.24);
    expect(new Set(net.parameters.subarray(17 * 50))).toEqual(new Set([0.1]));
    expect(net.plan.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['layers[0].weights', [16, 50]],
      ['layers[0].bias', [50]],
      ['layers[0].weightsDeviation', [16, 50]],
      ['layers[0].biasDeviation', [50]],
    ]);
  });

  test.each(ACTIVATIONS)('has the gradients of its formula with %s', (activation) => {
    const layers = [noisyDense(4, { activation }), noisyDense(3, { activation })];
    for (const training of [true, false]) {
      const options = { forward: { training } };
      expect(gradientError({ input: [3], layers }, options)).toBeLessThan(MOST);
      expect(gradientError({ input: [2, 3], layers }, options)).toBeLessThan(MOST);
    }
  });

  test('takes rows or positions, as a dense layer does', () => {
    const net = float64Network({ input: [2, 2], layers: [LAYER] });
    net.parameters.set(PARAMETERS);
    expect(outputsOf(net, [1, 0, 0, 1])).toEqual([1 + 5, 2 + 6, 3 + 5, 4 + 6]);
    expect(() => planNetwork(network({ input: [3, 3, 2], layers: [LAYER] }))).toThrow(
      'network: layers[0] (noisy-dense) takes rows or positions of numbers',
    );
    expect(() => noisyDense(2, { deviation: 0 })).toThrow('noisyDense: deviation must be');
  });
});
