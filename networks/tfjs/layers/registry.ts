import type { AnyLayer } from '../../layers/definition.ts';
import { positionalEncodingOps, selfAttentionOps } from './attention.ts';
import { concatenateOps, duelingOps, residualOps } from './composition.ts';
import { conv2dOps } from './convolution.ts';
import { denseOps } from './dense.ts';
import {
  activationOps,
  parametricReluOps,
  reshapeOps,
  sliceOps,
  softmaxOps,
} from './elementwise.ts';
import type { LayerOps } from './layer-ops.ts';
import { dropoutOps, noisyDenseOps } from './noise.ts';
import { batchNormOps, groupNormOps, layerNormOps } from './normalization.ts';
import { globalPoolOps, poolOps } from './pooling.ts';
import { elmanOps, gruOps, lstmOps } from './recurrent.ts';

const OPS: Readonly<Record<string, unknown>> = {
  dense: denseOps,
  flatten: reshapeOps,
  reshape: reshapeOps,
  slice: sliceOps,
  activation: activationOps,
  softmax: softmaxOps,
  'parametric-relu': parametricReluOps,
  conv2d: conv2dOps,
  'max-pool': poolOps,
  'average-pool': poolOps,
  'global-pool': globalPoolOps,
  'batch-norm': batchNormOps,
  'layer-norm': layerNormOps,
  'group-norm': groupNormOps,
  dropout: dropoutOps,
  residual: residualOps,
  concatenate: concatenateOps,
  'noisy-dense': noisyDenseOps,
  dueling: duelingOps,
  elman: elmanOps,
  lstm: lstmOps,
  gru: gruOps,
  'self-attention': selfAttentionOps,
  'positional-encoding': positionalEncodingOps,
};

/** The kinds of layers that TensorFlow.js is told of. */
export const TFJS_LAYER_KINDS: readonly string[] = Object.keys(OPS);

/** A layer's operations. @throws RangeError if its kind is none of `TFJS_LAYER_KINDS`. */
export function opsOf(layer: AnyLayer): LayerOps<AnyLayer> {
  const ops = OPS[layer.kind] as LayerOps<AnyLayer> | undefined;
  if (ops !== undefined) return ops;
  throw new RangeError(`tfjs: there is no layer of kind ${layer.kind} on TensorFlow.js.`);
}
