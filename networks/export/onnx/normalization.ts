import type { BatchNorm } from '../../layers/batch-norm.ts';
import type { GroupNorm } from '../../layers/group-norm.ts';
import type { LayerNorm } from '../../layers/layer-norm.ts';
import type { LayerPlan } from '../../plan.ts';
import { sizeOf } from '../../specification/shape.ts';
import type { OnnxGraph } from './graph.ts';

/** By the running statistics it is one product and one sum: y = x · a + b for each channel. */
export function batchNorm(plan: LayerPlan<BatchNorm>, x: string, graph: OnnxGraph): string {
  const { name, layer, parameters, statistics } = plan;
  const [scale, shift] = [parameters.scale, parameters.shift].map((p) => graph.parameterValues(p));
  const [mean, variance] = [statistics.mean, statistics.variance].map((s) =>
    graph.statisticValues(s),
  );
  const factors = scale.map((γ, i) => γ / Math.sqrt(variance[i] + layer.epsilon)); // a
  const sums = shift.map((β, i) => β - mean[i] * factors[i]); // b
  const shape = [scale.length];
  const product = graph.add('Mul', [x, graph.tensor(`${name}.factors`, shape, factors)]);
  return graph.add('Add', [product, graph.tensor(`${name}.sums`, shape, sums)]);
}

/** Over the last axis, or over all of a row. */
export function layerNorm(plan: LayerPlan<LayerNorm>, x: string, graph: OnnxGraph): string {
  const { layer, parameters } = plan;
  const inputs = [x, graph.parameter(parameters.scale), graph.parameter(parameters.shift)];
  const axis = layer.axes === 'all' ? 1 : -1;
  const attributes = { axis: { integer: axis }, epsilon: { float: layer.epsilon } };
  return graph.add('LayerNormalization', inputs, attributes);
}

/** Operator set 17 has no group normalization: (x − mean) / √(variance + ε) in single steps. */
export function groupNorm(plan: LayerPlan<GroupNorm>, x: string, graph: OnnxGraph): string {
  const { layer, input, parameters } = plan;
  const channels = input[input.length - 1];
  const grouped = [sizeOf(input) / channels, layer.groups, channels / layer.groups];
  const groups = graph.reshape(x, grouped);
  const mean = (value: string) => {
    return graph.add('ReduceMean', [value], {
      axes: { integers: [1, 3] },
      keepdims: { integer: 1 },
    });
  };
  const centered = graph.add('Sub', [groups, mean(groups)]);
  const variance = mean(graph.add('Mul', [centered, centered]));
  const spread = graph.add('Sqrt', [graph.add('Add', [variance, graph.number(layer.epsilon)])]);
  const normal = graph.reshape(graph.add('Div', [centered, spread]), input);
  const scaled = graph.add('Mul', [normal, graph.parameter(parameters.scale)]);
  return graph.add('Add', [scaled, graph.parameter(parameters.shift)]);
}
