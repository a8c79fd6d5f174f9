import type { AnyLayer } from '../../layers/definition.ts';
import type { Layer } from '../../layers/registry.ts';
import type { LayerPlan } from '../../plan.ts';
import { concatenate, dueling, residual } from './combination.ts';
import type { LayersGraph } from './graph.ts';
import { conv2d, globalPool, pool } from './image.ts';
import { batchNorm, layerNorm } from './normalization.ts';
import { elman, lstm } from './recurrent.ts';
import {
  activation,
  dense,
  dropout,
  parametricRelu,
  reshape,
  slice,
  softmax,
} from './simple-layers.ts';

/** How each kind of layer is said in Keras's; a new kind does not compile without. */
const TRANSLATIONS: {
  readonly [K in Layer['kind']]: (
    plan: LayerPlan<Extract<Layer, { readonly kind: K }>>,
    input: string,
    graph: LayersGraph,
  ) => string;
} = {
  activation,
  'average-pool': pool,
  'batch-norm': batchNorm,
  concatenate,
  conv2d,
  dense,
  dropout,
  dueling,
  elman,
  flatten: reshape,
  'global-pool': globalPool,
  'group-norm': (_, __, graph) => graph.refuse('there is no group normalization'),
  gru: (_, __, graph) => graph.refuse('its GRU resets before the product, not after it'),
  'layer-norm': layerNorm,
  lstm,
  'max-pool': pool,
  'noisy-dense': dense,
  'parametric-relu': parametricRelu,
  'positional-encoding': (_, __, graph) => graph.refuse('there is no positional encoding'),
  reshape,
  residual,
  'self-attention': (_, __, graph) => graph.refuse('there is no self-attention'),
  slice,
  softmax,
};

/** What a layer does in a model. */
export function translate(plan: LayerPlan, input: string, graph: LayersGraph): string {
  const kind = plan.layer.kind as Layer['kind'];
  return TRANSLATIONS[kind](plan as LayerPlan<AnyLayer & never>, input, graph);
}
