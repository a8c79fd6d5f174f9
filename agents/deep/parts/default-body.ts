import type { Layer } from '../../../networks/layers/registry.ts';
import { type MlpOptions, mlp } from '../../../networks/specification/mlp.ts';
import { bodyOf } from './image-features.ts';
import type { InputLayout } from './observations.ts';

/**
 * The body that an agent takes where none is named: dense layers for vectors, `imageBody` for an image,
 * and one for each image among other numbers before the dense layers for all of it.
 *
 * @param dense What dense layers are like.
 */
export function defaultBody(input: InputLayout, dense: MlpOptions): readonly Layer[] {
  return bodyOf(input, mlp({ initializer: 'fan-in-uniform', ...dense }));
}
