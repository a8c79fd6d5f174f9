import type { Layer } from '../../../networks/layers/registry.ts';
import { convnet } from '../../../networks/specification/convnet.ts';
import { natureConvnet } from '../../../networks/specification/known-convnets.ts';
import { type MlpOptions, mlp } from '../../../networks/specification/mlp.ts';
import type { Shape } from '../../../networks/specification/shape.ts';

/**
 * The body that an agent takes where none is named: dense layers for vectors, for images convolutions
 * (MinAtar's, or from 36 × 36 on those of the Atari DQN).
 *
 * @param shape Of an input.
 * @param dense What dense layers for vectors are like.
 */
export function defaultBody(shape: Shape, dense: MlpOptions): readonly Layer[] {
  if (shape.length !== 3) return mlp({ initializer: 'fan-in-uniform', ...dense });
  const [height, width] = shape;
  if (Math.min(height, width) >= 36) return natureConvnet();
  const kernel = Math.min(3, height, width);
  return convnet({ convolutions: [{ filters: 16, kernel }], hidden: [128] });
}
