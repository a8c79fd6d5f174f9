import { activation } from '../../../networks/layers/activation.ts';
import { type Conv2dOptions, conv2d } from '../../../networks/layers/conv2d.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { flatten } from '../../../networks/layers/flatten.ts';
import { layerNorm } from '../../../networks/layers/layer-norm.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { Shape } from '../../../networks/specification/shape.ts';
import { bodyOf } from './image-features.ts';
import type { InputLayout } from './observations.ts';

/**
 * A body whose layers are normalized, for learning without a target network: dense layers, for images
 * after a convolution of 16 filters of 3 × 3. From 36 × 36 on, images have the convolutions of the Atari
 * DQN, then one dense layer of 512. Images among other numbers have their layers each, before the dense
 * layers for all of it.
 *
 * Each layer's outputs are normalized together, those of a convolution over all places and filters,
 * before the ReLU.
 *
 * @param hidden Units of each dense layer, but for large images.
 *
 * Source: Gallici et al. (2024), "Simplifying deep temporal difference learning", section 4; for large
 * images CleanRL's `pqn_atari_envpool.py`, whose weights are orthogonal at the start.
 */
export function normalizedBody(input: InputLayout, hidden: readonly number[]): readonly Layer[] {
  const ofImage = (shape: Shape) => normalizedImageBody(shape, hidden);
  return bodyOf(input, hidden.flatMap(normalizedDense), ofImage);
}

function normalizedImageBody([height, width]: Shape, hidden: readonly number[]): readonly Layer[] {
  if (Math.min(height, width) >= 36) {
    return [
      ...normalizedConvolution(32, 8, 4),
      ...normalizedConvolution(64, 4, 2),
      ...normalizedConvolution(64, 3, 1),
      flatten(),
      ...normalizedDense(512),
    ];
  }
  const kernel = Math.min(3, height, width);
  return [...normalizedConvolution(16, kernel, 1), flatten(), ...hidden.flatMap(normalizedDense)];
}

function normalizedConvolution(filters: number, kernel: number, stride: number): readonly Layer[] {
  const options: Conv2dOptions = { stride, initializer: 'he-uniform' };
  return [conv2d(filters, kernel, options), layerNorm({ axes: 'all' }), activation('relu')];
}

function normalizedDense(units: number): readonly Layer[] {
  return [dense(units, { initializer: 'fan-in-uniform' }), layerNorm(), activation('relu')];
}
