import { describe, expect, test } from 'vitest';
import { activation } from '../../networks/layers/activation.ts';
import { batchNorm } from '../../networks/layers/batch-norm.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { globalPool } from '../../networks/layers/global-pool.ts';
import { layerNorm } from '../../networks/layers/layer-norm.ts';
import { residual } from '../../networks/layers/residual.ts';
import { planNetwork } from '../../networks/plan.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { resnet } from '../../networks/specification/resnet.ts';
import { gradientError } from '../helpers/gradient-check.ts';

describe('resnet', () => {
  test('is the tower of AlphaGo Zero: convolution, normalization, activation, then blocks', () => {
    const convolution = conv2d(8, 3, { padding: 'same', bias: false, initializer: 'he-uniform' });
    const first = [convolution, batchNorm(), activation('relu')];
    const block = residual([...first, convolution, batchNorm()], { activation: 'relu' });
    expect(resnet({ filters: 8, blocks: 2 })).toEqual([...first, block, block]);
  });

  test('without a normalization has biases instead', () => {
    const options = { padding: 'same', initializer: 'xavier-uniform' } as const;
    const first = conv2d(8, [3, 1], { ...options, activation: 'tanh' });
    const block = residual([first, conv2d(8, [3, 1], options)], { activation: 'tanh' });
    const tower = { filters: 8, blocks: 1, kernel: [3, 1], activation: 'tanh' } as const;
    expect(resnet({ ...tower, normalization: 'none' })).toEqual([first, block]);
  });

  test('normalizes each place by itself, and begins as it is told', () => {
    const options = { padding: 'same', bias: false, initializer: 'orthogonal' } as const;
    const tower = { filters: 8, blocks: 0, initializer: 'orthogonal' } as const;
    const first = [conv2d(8, 3, options), layerNorm(), activation('relu')];
    expect(resnet({ ...tower, normalization: 'layer' })).toEqual(first);
  });

  test('counts the parameters of 20 blocks as the paper has them', () => {
    const input = [19, 19, 17];
    const plan = planNetwork(network({ input, layers: resnet({ filters: 256, blocks: 19 }) }));
    const first = 3 * 3 * 17 * 256 + 2 * 256; // scale and shift
    const other = 3 * 3 * 256 * 256 + 2 * 256;
    expect(plan.parameterCount).toBe(first + 19 * 2 * other);
    expect(plan.layers.at(-1)?.output).toEqual([19, 19, 256]);
  });

  test.each(['none', 'batch', 'layer'] as const)(
    'has the gradients of its formula with normalization %s',
    (normalization) => {
      const tower = resnet({ filters: 2, blocks: 1, normalization, activation: 'silu' });
      const layers = [...tower, globalPool(), dense(2)];
      const forward = { training: true };
      expect(gradientError({ input: [2, 3, 2], layers }, { forward })).toBeLessThan(1e-4);
    },
  );

  test.each<[object, string]>([
    [{ filters: 0 }, 'resnet: filters must be an integer of at least 1, got 0.'],
    [{ blocks: -1 }, 'resnet: blocks must be an integer of at least 0, got -1.'],
    [{ kernel: [3, 0] }, 'resnet: kernel[1] must be an integer of at least 1, got 0.'],
    [{ normalization: 'batsh' }, 'Did you mean "batch"?'],
    [{ activation: 'rel' }, 'resnet: activation must be one of'],
    [{ filter: 8 }, 'resnet: unknown option "filter". Did you mean "filters"?'],
  ])('refuses %j', (options, message) => {
    expect(() => resnet(options)).toThrow(message);
  });
});
