import type { AnyLayer } from '../../layers/definition.ts';
import type { Layer } from '../../layers/registry.ts';
import type { LayerPlan } from '../../plan.ts';
import { activation, parametricRelu, softmax } from './activation-layers.ts';
import { positionalEncoding, selfAttention } from './attention.ts';
import { concatenate, dueling, residual } from './combination.ts';
import { dense } from './dense.ts';
import type { OnnxGraph } from './graph.ts';
import { averagePool, conv2d, globalPool, maxPool } from './image.ts';
import { batchNorm, groupNorm, layerNorm } from './normalization.ts';
import { elman, gru, lstm } from './recurrent.ts';
import { reshape, slice } from './shape.ts';

/** How each kind of layer is said in ONNX's operators; a new kind does not compile without. */
const TRANSLATIONS: {
  readonly [K in Layer['kind']]: (
    plan: LayerPlan<Extract<Layer, { readonly kind: K }>>,
    input: string,
    graph: OnnxGraph,
  ) => string;
} = {
  activation,
  'average-pool': averagePool,
  'batch-norm': batchNorm,
  concatenate,
  conv2d,
  dense,
  dropout: (_, x) => x,
  dueling,
  elman,
  flatten: reshape,
  'global-pool': globalPool,
  'group-norm': groupNorm,
  gru,
  'layer-norm': layerNorm,
  lstm,
  'max-pool': maxPool,
  'noisy-dense': dense,
  'parametric-relu': parametricRelu,
  'positional-encoding': positionalEncoding,
  reshape,
  residual,
  'self-attention': selfAttention,
  slice,
  softmax,
};

/** What a layer does in a graph. */
export function translate(plan: LayerPlan, input: string, graph: OnnxGraph): string {
  const kind = plan.layer.kind as Layer['kind'];
  return TRANSLATIONS[kind](plan as LayerPlan<AnyLayer & never>, input, graph);
}
