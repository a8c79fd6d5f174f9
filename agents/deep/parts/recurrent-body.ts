import { lstm } from '../../../networks/layers/lstm.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { MlpOptions } from '../../../networks/specification/mlp.ts';
import { defaultBody } from './default-body.ts';
import { hasImages } from './image-features.ts';
import type { InputLayout } from './observations.ts';

/**
 * The body that a recurrent agent takes where none is named: that of others, then an LSTM of 64 units,
 * with images of 128.
 *
 * @param dense What dense layers for vectors are like.
 */
export function recurrentBody(input: InputLayout, dense: MlpOptions): readonly Layer[] {
  return [...defaultBody(input, dense), lstm(hasImages(input) ? 128 : 64)];
}
