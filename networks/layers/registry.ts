import { hint, show } from '../../core/check.ts';
import { type ActivationLayer, activationDefinition } from './activation.ts';
import { type AveragePool, averagePoolDefinition } from './average-pool.ts';
import { type BatchNorm, batchNormDefinition } from './batch-norm.ts';
import { type Concatenate, concatenateDefinition } from './concatenate.ts';
import { type Conv2d, conv2dDefinition } from './conv2d.ts';
import type { AnyLayer, LayerDefinition, ResolveInner } from './definition.ts';
import { type Dense, denseDefinition } from './dense.ts';
import { type Dropout, dropoutDefinition } from './dropout.ts';
import { type Dueling, duelingDefinition } from './dueling.ts';
import { type Elman, elmanDefinition } from './elman.ts';
import { type Flatten, flattenDefinition } from './flatten.ts';
import { type GlobalPool, globalPoolDefinition } from './global-pool.ts';
import { type GroupNorm, groupNormDefinition } from './group-norm.ts';
import { type Gru, gruDefinition } from './gru.ts';
import { type LayerNorm, layerNormDefinition } from './layer-norm.ts';
import { type Lstm, lstmDefinition } from './lstm.ts';
import { type MaxPool, maxPoolDefinition } from './max-pool.ts';
import { type NoisyDense, noisyDenseDefinition } from './noisy-dense.ts';
import { type ParametricRelu, parametricReluDefinition } from './parametric-relu.ts';
import { type PositionalEncoding, positionalEncodingDefinition } from './positional-encoding.ts';
import { type Reshape, reshapeDefinition } from './reshape.ts';
import { type Residual, residualDefinition } from './residual.ts';
import { type SelfAttention, selfAttentionDefinition } from './self-attention.ts';
import { type Slice, sliceDefinition } from './slice.ts';
import { type Softmax, softmaxDefinition } from './softmax.ts';

type AnyDefinition = LayerDefinition<AnyLayer>;

/** Every kind of layer there is. */
export type Layer =
  | ActivationLayer
  | AveragePool
  | BatchNorm
  | Concatenate
  | Conv2d
  | Dense
  | Dropout
  | Dueling
  | Elman
  | Flatten
  | GlobalPool
  | GroupNorm
  | Gru
  | LayerNorm
  | Lstm
  | MaxPool
  | NoisyDense
  | ParametricRelu
  | PositionalEncoding
  | Reshape
  | Residual
  | SelfAttention
  | Slice
  | Softmax;

// A new layer is one file and one line here.
const DEFINITIONS: readonly AnyDefinition[] = [
  activationDefinition,
  averagePoolDefinition,
  batchNormDefinition,
  concatenateDefinition,
  conv2dDefinition,
  denseDefinition,
  dropoutDefinition,
  duelingDefinition,
  elmanDefinition,
  flattenDefinition,
  globalPoolDefinition,
  groupNormDefinition,
  gruDefinition,
  layerNormDefinition,
  lstmDefinition,
  maxPoolDefinition,
  noisyDenseDefinition,
  parametricReluDefinition,
  positionalEncodingDefinition,
  reshapeDefinition,
  residualDefinition,
  selfAttentionDefinition,
  sliceDefinition,
  softmaxDefinition,
].map((definition) => definition as unknown as AnyDefinition);

const BY_KIND: ReadonlyMap<string, AnyDefinition> = new Map(
  DEFINITIONS.map((definition) => [definition.kind, definition]),
);

/** The names of all kinds. */
export const LAYER_KINDS: readonly string[] = [...BY_KIND.keys()];

/** What the library knows of a layer's kind. */
export function definitionOf(layer: AnyLayer): LayerDefinition<AnyLayer> {
  const definition = BY_KIND.get(layer.kind);
  if (definition !== undefined) return definition;
  throw new RangeError(
    `network: there is no layer of kind ${show(layer.kind)}.${hint(String(layer.kind), LAYER_KINDS)} ` +
      `Kinds: ${LAYER_KINDS.join(', ')}.`,
  );
}

/**
 * Layers as they are written down, each checked and completed.
 *
 * @param where What they are part of, for errors: `layers`.
 * @throws RangeError that names the layer.
 */
export function resolveLayers(where: string, layers: unknown): readonly Layer[] {
  if (!Array.isArray(layers)) {
    throw new RangeError(`network: ${where} must be a list of layers, got ${show(layers)}.`);
  }
  return layers.map((layer: AnyLayer | null | undefined, i) => {
    if (typeof layer !== 'object' || layer === null) {
      throw new RangeError(`network: ${where}[${i}] must be a layer, got ${show(layer)}.`);
    }
    const { kind, ...options } = layer;
    const name = `${where}[${i}]`;
    const resolveInner: ResolveInner = (label, inner) => resolveLayers(`${name}${label}`, inner);
    const definition = definitionOf(layer);
    return definition.resolve(`network: ${name} (${kind})`, options, resolveInner) as Layer;
  });
}
