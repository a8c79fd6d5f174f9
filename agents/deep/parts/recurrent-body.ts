import { lstm } from '../../../networks/layers/lstm.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { MlpOptions } from '../../../networks/specification/mlp.ts';
import type { Shape } from '../../../networks/specification/shape.ts';
import { defaultBody } from './default-body.ts';

/**
 * The body that a recurrent agent takes where none is named: that of others, then an LSTM of 64 units,
 * for images of 128.
 *
 * @param shape Of an input.
 * @param dense What dense layers for vectors are like.
 */
export function recurrentBody(shape: Shape, dense: MlpOptions): readonly Layer[] {
  return [...defaultBody(shape, dense), lstm(shape.length === 3 ? 128 : 64)];
}
