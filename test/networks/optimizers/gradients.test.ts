import { describe, expect, test } from 'vitest';
import { dense } from '../../../networks/layers/dense.ts';
import { clipScale, type GradientClip } from '../../../networks/optimizers/clip.ts';
import { momentum, sgd } from '../../../networks/optimizers/sgd.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { optimizerKernels } from '../../../networks/reference/optimizers.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { bareParameters } from '../../helpers/bare-parameters.ts';

describe('gradients are clipped', () => {
  // θ begins at 0 and α = 1, so that θ is minus the gradient used.
  const used = (clip: GradientClip, gradients: readonly number[]) => {
    const { step } = bareParameters(sgd({ learningRate: 1, clip }), ...gradients.map(() => 0));
    return step(...gradients).map((theta) => 0 - theta);
  };

  test('by value', () => {
    expect(used({ value: 2 }, [3, -1, -5, 2])).toEqual([2, -1, -2, 2]);
  });

  test('by the norm of all of them', () => {
    const [a, b] = used({ globalNorm: 1 }, [3, -4]); // norm 5
    expect(a).toBeCloseTo(3 / 5, 6);
    expect(b).toBeCloseTo(-4 / 5, 6);
    expect(a).toBe(3 * (1 / (5 + 1e-6)));
  });

  test('not if the norm is small enough', () => {
    expect(used({ globalNorm: 5.1 }, [3, -4])).toEqual([3, -4]);
    expect(used({ norm: 5.1 }, [3, -4])).toEqual([3, -4]);
    expect(used({ globalNorm: 1 }, [0, 0])).toEqual([0, 0]);
  });

  test('by the norm of each tensor, whatever the others are', () => {
    const engine = new ReferenceEngine((length) => new Float64Array(length));
    const net = engine.create(network({ input: [2], layers: [dense(1)] })); // weights [2], bias [1]
    net.parameters.fill(0);
    net.gradients.set([3, -4, 0.5]);
    engine.optimize(net, sgd({ learningRate: 1, clip: { norm: 1 } })).step();
    const [a, b, bias] = net.parameters;
    expect(a).toBeCloseTo(-3 / 5, 6);
    expect(b).toBeCloseTo(4 / 5, 6);
    expect(bias).toBe(-0.5);
    net.parameters.fill(0);
    net.gradients.set([0.3, 0.4, -7]);
    engine.optimize(net, sgd({ learningRate: 1, clip: { norm: 1 } })).step();
    expect([...net.parameters.subarray(0, 2)]).toEqual([-0.3, -0.4]);
    expect(net.parameters[2]).toBeCloseTo(1, 6);
  });

  test('without a trace of the norm in what is remembered, here or next door', () => {
    const engine = new ReferenceEngine((length) => new Float64Array(length));
    const net = engine.create(network({ input: [4], layers: [dense(1, { bias: false })] }));
    const own = engine.optimize(net, momentum({ clip: { globalNorm: 10 } }));
    const other = engine.optimize(net, momentum());
    net.gradients.set([1, 2, 4, 2]); // norm 5
    own.step();
    expect([...own.state]).toEqual([1, 2, 4, 2]);
    expect([...other.state]).toEqual([0, 0, 0, 0]);
    net.gradients.fill(0);
    own.step();
    expect(own.state[0]).toBe(0.9);
  });

  test('to nothing at all if the norm is infinite, and to NaN if it is NaN', () => {
    expect(clipScale(1, Number.POSITIVE_INFINITY)).toBe(0);
    expect(used({ globalNorm: 1 }, [1, Number.NaN])).toEqual([Number.NaN, Number.NaN]);
    expect(used({ value: 1 }, [2, Number.NaN])).toEqual([1, Number.NaN]);
  });
});

describe('penalties are part of the gradient', () => {
  test('l2 pulls in proportion', () => {
    const { step } = bareParameters(sgd({ learningRate: 0.5, l2: 0.1 }), 2, -4, 0);
    // θ − 0.5 (g + 0.1 θ)
    expect(step(1, 0, 0)).toEqual([2 - 0.5 * 1.2, -4 + 0.5 * 0.4, 0]);
  });

  test('l1 pulls by its sign, and not at 0', () => {
    const { step } = bareParameters(sgd({ learningRate: 0.5, l1: 0.5 }), 2, -4, 0);
    expect(step(1, 0, 0)).toEqual([2 - 0.5 * 1.5, -4 + 0.25, 0]);
  });

  test('so momentum remembers them', () => {
    const options = { learningRate: 1, momentum: 0.5, l2: 0.25 };
    const { step } = bareParameters(momentum(options), 4);
    expect(step(0)).toEqual([3]); // v = 1
    expect(step(0)).toEqual([3 - (0.5 * 1 + 0.25 * 3)]);
  });

  test('and come after clipping: they are never clipped', () => {
    const options = { learningRate: 1, clip: { value: 1 }, l2: 0.5 };
    const { step } = bareParameters(sgd(options), 8);
    expect(step(100)).toEqual([8 - (1 + 4)]);
  });
});

describe('a squared norm', () => {
  test('is eight sums, each of every eighth number', () => {
    const numbers = Float64Array.from({ length: 40 }, (_, i) => 3 ** (i % 5) + i / 7);
    const sums = new Array(8).fill(0);
    for (let i = 0; i < 27; i++) sums[i % 8] += numbers[3 + i] * numbers[3 + i];
    const kernels = optimizerKernels({ numbers });
    for (let time = 0; time < 2; time++) {
      kernels.squaredNorm(3, 39, 27);
      const [a, b, c, d, e, f, g, h] = sums;
      expect(numbers[39]).toBe(a + b + (c + d) + (e + f + (g + h)));
    }
  });

  test('keeps small ones apart from a large one four places before', () => {
    const numbers = Float64Array.of(2 ** 27, 0, 0, 0, 1, 1, 1, 1, 0); // 2⁵⁴ + 1 is 2⁵⁴
    optimizerKernels({ numbers }).squaredNorm(0, 8, 8);
    expect(numbers[8]).toBe(2 ** 54 + 4);
  });

  test('is summed in float64 on float32 too', () => {
    const numbers = new Float32Array(10).fill(1);
    numbers[0] = 4096; // 2²⁴ + 1 is no float32: a sum of such would stay at 2²⁴
    optimizerKernels({ numbers }).squaredNorm(0, 9, 9);
    expect(numbers[9]).toBe(2 ** 24 + 8);
  });
});
