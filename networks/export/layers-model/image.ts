import type { AveragePool } from '../../layers/average-pool.ts';
import type { Conv2d } from '../../layers/conv2d.ts';
import type { GlobalPool } from '../../layers/global-pool.ts';
import type { MaxPool } from '../../layers/max-pool.ts';
import type { LayerPlan } from '../../plan.ts';
import { sizeOf } from '../../specification/shape.ts';
import { activate } from './activation.ts';
import type { LayersGraph } from './graph.ts';

/** A convolution; Keras's weights lie as ours do. */
export function conv2d(plan: LayerPlan<Conv2d>, x: string, graph: LayersGraph): string {
  const { layer, parameters } = plan;
  const { filters, kernel, stride, dilation, padding, bias } = layer;
  if (Math.max(...stride) > 1 && Math.max(...dilation) > 1) {
    graph.refuse('its stride or its dilation must be 1');
  }
  const config = { filters, kernel_size: kernel, strides: stride, dilation_rate: dilation };
  const weights = [graph.parameter('kernel', parameters.weights)];
  if (bias) weights.push(graph.parameter('bias', parameters.bias));
  const y = graph.add('Conv2D', { ...config, padding, use_bias: bias }, [x], { weights });
  return activate(graph, layer.activation, y, 'activation');
}

/** The largest number or the mean of each window. */
export function pool(
  { layer }: LayerPlan<MaxPool | AveragePool>,
  x: string,
  graph: LayersGraph,
): string {
  const className = layer.kind === 'max-pool' ? 'MaxPooling2D' : 'AveragePooling2D';
  const { size, stride, padding } = layer;
  return graph.add(className, { pool_size: size, strides: stride, padding }, [x]);
}

/** The largest number or the mean of each channel. */
export function globalPool(
  { layer, input }: LayerPlan<GlobalPool>,
  x: string,
  graph: LayersGraph,
): string {
  const method = layer.method === 'max' ? 'Max' : 'Average';
  if (input.length === 3) return graph.add(`Global${method}Pooling2D`, {}, [x]);
  const channels = input[input.length - 1];
  const shape = [sizeOf(input) / channels, channels];
  const places = graph.add('Reshape', { target_shape: shape }, [x], { part: 'places' });
  return graph.add(`Global${method}Pooling1D`, {}, [places]);
}
