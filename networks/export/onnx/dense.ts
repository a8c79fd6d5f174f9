import type { Dense } from '../../layers/dense.ts';
import type { NoisyDense } from '../../layers/noisy-dense.ts';
import type { LayerPlan } from '../../plan.ts';
import { activate } from './activation.ts';
import type { OnnxGraph } from './graph.ts';

/** y = f(x W + b), of rows or of positions; a noisy layer's by its means. */
export function dense(plan: LayerPlan<Dense | NoisyDense>, x: string, graph: OnnxGraph): string {
  return activate(graph, plan.layer.activation, product(plan, x, graph));
}

function product({ input, parameters }: LayerPlan, x: string, graph: OnnxGraph): string {
  const weights = graph.parameter(parameters.weights);
  const bias = parameters.bias === undefined ? [] : [graph.parameter(parameters.bias)];
  if (input.length === 1) return graph.add('Gemm', [x, weights, ...bias]);
  const y = graph.add('MatMul', [x, weights]);
  return bias.length === 0 ? y : graph.add('Add', [y, ...bias]);
}
