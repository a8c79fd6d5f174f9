import type { BatchNorm } from '../../layers/batch-norm.ts';
import type { LayerNorm } from '../../layers/layer-norm.ts';
import type { LayerPlan } from '../../plan.ts';
import type { LayersGraph } from './graph.ts';

/** By the running statistics; Keras's momentum is what it keeps, ours what it takes. */
export function batchNorm(plan: LayerPlan<BatchNorm>, x: string, graph: LayersGraph): string {
  const { layer, parameters, statistics } = plan;
  const config = { axis: -1, epsilon: layer.epsilon, momentum: 1 - layer.momentum };
  const weights = [
    graph.parameter('gamma', parameters.scale),
    graph.parameter('beta', parameters.shift),
    graph.statistic('moving_mean', statistics.mean),
    graph.statistic('moving_variance', statistics.variance),
  ];
  return graph.add('BatchNormalization', config, [x], { weights });
}

/** Over the last axis, or over all of a row. */
export function layerNorm(plan: LayerPlan<LayerNorm>, x: string, graph: LayersGraph): string {
  const { layer, input, parameters } = plan;
  const axis = layer.axes === 'all' ? input.map((_, i) => i + 1) : input.length;
  const weights = [
    graph.parameter('gamma', parameters.scale),
    graph.parameter('beta', parameters.shift),
  ];
  return graph.add('LayerNormalization', { axis, epsilon: layer.epsilon }, [x], { weights });
}
