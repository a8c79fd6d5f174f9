import { describe, expect, test } from 'vitest';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { convnet } from '../../networks/specification/convnet.ts';
import { minatarConvnet, natureConvnet } from '../../networks/specification/known-convnets.ts';
import { network } from '../../networks/specification/network-specification.ts';

function nature(actions: number) {
  const heads = { values: [dense(actions)] };
  return planNetwork(network({ input: [84, 84, 4], layers: natureConvnet(), heads }));
}

describe('the network of Mnih et al. (2015)', () => {
  test('has 1,687,206 parameters with 6 actions, and 1,693,362 with 18', () => {
    expect(nature(6).parameterCount).toBe(1_687_206); // as PyTorch counts them
    expect(nature(18).parameterCount).toBe(1_687_206 + 12 * (512 + 1));
  });

  test('takes 9.3 million multiplications with an addition', () => {
    const { layers, multiplyAdds } = nature(18);
    expect(layers.map((layer) => layer.output)).toEqual([
      [20, 20, 32],
      [9, 9, 64],
      [7, 7, 64],
      [3136],
      [512],
    ]);
    expect(layers.map((layer) => layer.multiplyAdds)).toEqual([
      20 * 20 * (8 * 8 * 4) * 32, // 3,276,800
      9 * 9 * (4 * 4 * 32) * 64, // 2,654,208
      7 * 7 * (3 * 3 * 64) * 64, // 1,806,336
      0,
      3136 * 512, // 1,605,632
    ]);
    expect(multiplyAdds).toBe(3_276_800 + 2_654_208 + 1_806_336 + 1_605_632 + 512 * 18);
  });

  test('answers, the same to a row in a batch as to it alone', () => {
    const engine = new ReferenceEngine((length) => new Float32Array(length));
    const heads = { values: [dense(18)] };
    const net = engine.create(network({ input: [84, 84, 4], layers: natureConvnet(), heads }));
    const screens = Float32Array.from(
      { length: 2 * 84 * 84 * 4 },
      (_, i) => ((i * 31) % 256) / 255,
    );
    const both = [...net.forward(screens, 2)];
    expect([...net.forward(screens.subarray(84 * 84 * 4), 1)]).toEqual(both.slice(18));
    expect(both.every(Number.isFinite)).toBe(true);
    expect(new Set(both).size).toBe(36);
    net.dispose();
  });
});

test('the network of Young and Tian (2019) has 8 × 8 × 16 features and 132,566 parameters', () => {
  const heads = { values: [dense(6)] };
  const plan = planNetwork(network({ input: [10, 10, 4], layers: minatarConvnet(), heads }));
  expect(plan.layers.map(({ output }) => output)).toEqual([[8, 8, 16], [1024], [128]]);
  expect(plan.parameterCount).toBe(3 * 3 * 4 * 16 + 16 + 1024 * 128 + 128 + 128 * 6 + 6);
  expect(plan.parameterCount).toBe(132_566);
});

describe('convnet', () => {
  test('is convolutions, then dense layers, an activation after each', () => {
    const layers = convnet({
      convolutions: [
        { filters: 8, kernel: [3, 2], stride: 2 },
        { filters: 4, kernel: 3, padding: 'same', dilation: [1, 2] },
      ],
      hidden: [10, 5],
      activation: 'tanh',
      initializer: 'orthogonal',
    });
    const rest = { activation: 'tanh', initializer: 'orthogonal' } as const;
    expect(layers).toEqual([
      conv2d(8, [3, 2], { stride: 2, ...rest }),
      conv2d(4, 3, { padding: 'same', dilation: [1, 2], ...rest }),
      flatten(),
      dense(10, rest),
      dense(5, rest),
    ]);
  });

  test('has one convolution and one dense layer where nothing is said', () => {
    const rest = { activation: 'relu' } as const;
    expect(convnet()).toEqual([conv2d(16, 3, rest), flatten(), dense(128, rest)]);
    expect(convnet({ convolutions: [], hidden: [] })).toEqual([flatten()]);
  });

  test.each<[object, string]>([
    [{ convolutions: [{ filters: 8, kernel: 0 }] }, 'convnet: convolutions[0]: kernel must be'],
    [{ convolutions: [{ filter: 8, kernel: 3 }] }, 'Did you mean "filters"?'],
    [{ hidden: [8, 0] }, 'convnet: hidden[1]: units must be an integer of at least 1, got 0.'],
    [{ activation: 'rel' }, 'convnet: activation must be one of'],
    [{ hiden: [8] }, 'convnet: unknown option "hiden". Did you mean "hidden"?'],
  ])('refuses %j', (options, message) => {
    expect(() => convnet(options)).toThrow(message);
  });
});
