import type { ActivationLayer } from '../../layers/activation.ts';
import type { Dense } from '../../layers/dense.ts';
import type { Dropout } from '../../layers/dropout.ts';
import type { NoisyDense } from '../../layers/noisy-dense.ts';
import type { ParametricRelu } from '../../layers/parametric-relu.ts';
import type { Slice } from '../../layers/slice.ts';
import type { LayerPlan } from '../../plan.ts';
import { sizeOf } from '../../specification/shape.ts';
import { activate } from './activation.ts';
import type { LayersGraph } from './graph.ts';

/** y = f(x W + b). */
export function dense(
  { layer, parameters }: LayerPlan<Dense | NoisyDense>,
  x: string,
  graph: LayersGraph,
): string {
  const weights = [graph.parameter('kernel', parameters.weights)];
  const hasBias = parameters.bias !== undefined;
  if (hasBias) weights.push(graph.parameter('bias', parameters.bias));
  const y = graph.add('Dense', { units: layer.units, use_bias: hasBias }, [x], { weights });
  return activate(graph, layer.activation, y, 'activation');
}

/** The same numbers in the shape that the plan gives. */
export function reshape({ output }: LayerPlan, x: string, graph: LayersGraph): string {
  return graph.add('Reshape', { target_shape: output }, [x]);
}

/** A stretch of the last axis: Keras cuts off what stands at the sides of images. */
export function slice(
  { layer, input, output }: LayerPlan<Slice>,
  x: string,
  graph: LayersGraph,
): string {
  const width = input[input.length - 1];
  const after = width - layer.start - layer.length;
  const image = [sizeOf(input) / width, width, 1];
  const whole = graph.add('Reshape', { target_shape: image }, [x], { part: 'image' });
  const cropping = [
    [0, 0],
    [layer.start, after],
  ];
  const cut = graph.add('Cropping2D', { cropping }, [whole], { part: 'cut' });
  return graph.add('Reshape', { target_shape: output }, [cut]);
}

/** f(x). */
export function activation(
  { layer }: LayerPlan<ActivationLayer>,
  x: string,
  graph: LayersGraph,
): string {
  return activate(graph, layer.activation, x);
}

/** Over the last axis. */
export function softmax(_: LayerPlan, x: string, graph: LayersGraph): string {
  return graph.add('Softmax', { axis: -1 }, [x]);
}

/** x, below 0 times a slope; Keras has a slope for each number, but for axes that share it. */
export function parametricRelu(
  { layer, input, parameters }: LayerPlan<ParametricRelu>,
  x: string,
  graph: LayersGraph,
): string {
  const axes = input.map((_, axis) => axis + 1); // 0 is the batch
  const slopes = graph.parameter('alpha', parameters.slopes);
  const shape = [...input.slice(1).fill(1), slopes.values.length];
  return graph.add('PReLU', { shared_axes: layer.shared ? axes : axes.slice(0, -1) }, [x], {
    weights: [{ ...slopes, shape }],
  });
}

/** Only in training. */
export function dropout({ layer }: LayerPlan<Dropout>, x: string, graph: LayersGraph): string {
  return graph.add('Dropout', { rate: layer.rate }, [x]);
}
