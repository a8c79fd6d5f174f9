import { activation } from '../../../networks/layers/activation.ts';
import { conv2d } from '../../../networks/layers/conv2d.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { flatten } from '../../../networks/layers/flatten.ts';
import { layerNorm } from '../../../networks/layers/layer-norm.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { Shape } from '../../../networks/specification/shape.ts';

/**
 * A body whose layers are normalized, for learning without a target network: dense layers, for images
 * after a convolution of 16 filters of 3 × 3.
 *
 * @param shape Of an input.
 * @param hidden Units of each dense layer.
 *
 * Source: Gallici et al. (2024), "Simplifying deep temporal difference learning", section 4.
 */
export function normalizedBody(shape: Shape, hidden: readonly number[]): readonly Layer[] {
  const [height, width] = shape;
  const kernel = Math.min(3, height, width ?? 1);
  const image: readonly Layer[] =
    shape.length === 3 ? [conv2d(16, kernel, { activation: 'relu' }), flatten()] : [];
  const layers = hidden.flatMap((units): readonly Layer[] => [
    dense(units, { initializer: 'fan-in-uniform' }),
    layerNorm(),
    activation('relu'),
  ]);
  return [...image, ...layers];
}
