import { type PositionalEncoding, sinusoids } from '../../layers/positional-encoding.ts';
import type { SelfAttention } from '../../layers/self-attention.ts';
import type { LayerPlan } from '../../plan.ts';
import type { OnnxGraph } from './graph.ts';

/** softmax(Q Kᵀ / √d) V in each head, d numbers of a position each, and a dense layer after them. */
export function selfAttention(plan: LayerPlan<SelfAttention>, x: string, graph: OnnxGraph): string {
  const { layer, input } = plan;
  const [positions, features] = input;
  const size = features / layer.heads; // d
  const split = (name: string, perm: readonly number[]) => {
    const heads = graph.reshape(affine(plan, name, x, graph), [positions, layer.heads, size]);
    return graph.add('Transpose', [heads], { perm: { integers: perm } });
  };
  const queries = split('query', [0, 2, 1, 3]);
  const keys = split('key', [0, 2, 3, 1]);
  const values = split('value', [0, 2, 1, 3]);
  const products = graph.add('MatMul', [queries, keys]);
  const scores = graph.add('Mul', [products, graph.number(1 / Math.sqrt(size))]);
  const seen = layer.causal ? hideLater(plan, scores, graph) : scores;
  const weights = graph.add('Softmax', [seen], { axis: { integer: -1 } });
  const mixed = graph.add('Transpose', [graph.add('MatMul', [weights, values])], {
    perm: { integers: [0, 2, 1, 3] },
  });
  return affine(plan, 'output', graph.reshape(mixed, input), graph);
}

function affine(
  { parameters }: LayerPlan<SelfAttention>,
  name: string,
  x: string,
  graph: OnnxGraph,
): string {
  const product = graph.add('MatMul', [x, graph.parameter(parameters[`${name}Weights`])]);
  return graph.add('Add', [product, graph.parameter(parameters[`${name}Bias`])]);
}

/** −∞ for every position after a position's own. */
function hideLater({ name, input }: LayerPlan<SelfAttention>, scores: string, graph: OnnxGraph) {
  const [positions] = input;
  const mask = Float32Array.from({ length: positions * positions }, (_, i) => {
    return i % positions > Math.floor(i / positions) ? -Infinity : 0;
  });
  return graph.add('Add', [scores, graph.tensor(`${name}.mask`, [positions, positions], mask)]);
}

/** What says where each position is, added to it. */
export function positionalEncoding(
  plan: LayerPlan<PositionalEncoding>,
  x: string,
  graph: OnnxGraph,
): string {
  const { name, layer, input, parameters } = plan;
  const encoding =
    layer.method === 'learned'
      ? graph.parameter(parameters.positions)
      : graph.tensor(`${name}.sinusoids`, input, Float32Array.from(sinusoids(input)));
  return graph.add('Add', [x, encoding]);
}
