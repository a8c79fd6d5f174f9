import type { AveragePool } from '../../layers/average-pool.ts';
import type { Conv2d } from '../../layers/conv2d.ts';
import type { GlobalPool } from '../../layers/global-pool.ts';
import type { MaxPool } from '../../layers/max-pool.ts';
import { slideOver, type Window } from '../../layers/window.ts';
import type { LayerPlan } from '../../plan.ts';
import type { Shape } from '../../specification/shape.ts';
import { transpose } from '../transpose.ts';
import { activate } from './activation.ts';
import type { OnnxGraph } from './graph.ts';
import type { OnnxNode } from './model.ts';

/** A convolution; ONNX wants channels first in images and in `[filters, channels, h, w]` weights. */
export function conv2d(plan: LayerPlan<Conv2d>, x: string, graph: OnnxGraph): string {
  const { layer, input, parameters } = plan;
  const { shape, size, name } = parameters.weights;
  const [height, width, channels, filters] = shape;
  const values = transpose(graph.parameterValues(parameters.weights), size / filters, filters);
  const kernels = channelsFirst(values, height * width, channels);
  const weights = graph.tensor(name, [filters, channels, height, width], kernels);
  const bias = layer.bias ? [graph.parameter(parameters.bias)] : [];
  const window = { ...layer, size: layer.kernel };
  const inputs = [graph.toChannelsFirst(x), weights, ...bias];
  const y = graph.add('Conv', inputs, {
    ...windowAttributes(input, window),
    dilations: { integers: layer.dilation },
  });
  return graph.toChannelsLast(activate(graph, layer.activation, y));
}

/** Weights `[filters × area × channels]` as `[filters × channels × area]`. */
function channelsFirst(values: Float32Array, area: number, channels: number): Float32Array {
  const reordered = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += area * channels) {
    reordered.set(
      transpose(values.subarray(start, start + area * channels), area, channels),
      start,
    );
  }
  return reordered;
}

/** The largest number of each window. */
export function maxPool(plan: LayerPlan<MaxPool>, x: string, graph: OnnxGraph): string {
  return pool('MaxPool', plan, x, graph);
}

/** The mean of each window, over what is inside the image: ONNX's default. */
export function averagePool(plan: LayerPlan<AveragePool>, x: string, graph: OnnxGraph): string {
  return pool('AveragePool', plan, x, graph);
}

function pool(
  operator: string,
  { layer, input }: LayerPlan<MaxPool | AveragePool>,
  x: string,
  graph: OnnxGraph,
): string {
  const y = graph.add(
    operator,
    [graph.toChannelsFirst(x)],
    windowAttributes(input, { ...layer, dilation: [1, 1] }),
  );
  return graph.toChannelsLast(y);
}

/** The largest number or the mean of each channel. */
export function globalPool(
  { layer, input }: LayerPlan<GlobalPool>,
  x: string,
  graph: OnnxGraph,
): string {
  const axes = input.slice(0, -1).map((_, axis) => axis + 1);
  const operator = layer.method === 'max' ? 'ReduceMax' : 'ReduceMean';
  return graph.add(operator, [x], { axes: { integers: axes }, keepdims: { integer: 0 } });
}

/** A window and how far it hangs over each edge: above, left, below, right. */
function windowAttributes(input: Shape, window: Window): OnnxNode['attributes'] {
  const slide = slideOver(input, window);
  const below = (places: number, axis: 0 | 1, before: number) => {
    const { size, stride, dilation } = window;
    const end = (places - 1) * stride[axis] + (size[axis] - 1) * dilation[axis] + 1 - before;
    return Math.max(0, end - input[axis]);
  };
  const bottom = below(slide.outputHeight, 0, slide.top);
  const right = below(slide.outputWidth, 1, slide.left);
  return {
    kernel_shape: { integers: window.size },
    strides: { integers: window.stride },
    pads: { integers: [slide.top, slide.left, bottom, right] },
  };
}
