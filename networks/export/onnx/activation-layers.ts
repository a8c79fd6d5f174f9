import type { ActivationLayer } from '../../layers/activation.ts';
import type { ParametricRelu } from '../../layers/parametric-relu.ts';
import type { LayerPlan } from '../../plan.ts';
import { activate } from './activation.ts';
import type { OnnxGraph } from './graph.ts';

/** f(x). */
export function activation(
  { layer }: LayerPlan<ActivationLayer>,
  x: string,
  graph: OnnxGraph,
): string {
  return activate(graph, layer.activation, x);
}

/** Over the last axis. */
export function softmax(_: LayerPlan, x: string, graph: OnnxGraph): string {
  return graph.add('Softmax', [x], { axis: { integer: -1 } });
}

/** x, below 0 times a slope: of each channel, or of all. */
export function parametricRelu(
  { parameters }: LayerPlan<ParametricRelu>,
  x: string,
  graph: OnnxGraph,
): string {
  return graph.add('PRelu', [x, graph.parameter(parameters.slopes)]);
}
