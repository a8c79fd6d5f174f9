import type { Conv2d } from '../../layers/conv2d.ts';
import { activate } from '../activation.ts';
import type { Tensor3D, Tensor4D, TensorFlow } from '../tensorflow.ts';
import type { LayerOps } from './layer-ops.ts';

/** y = f(x ∗ W + b), channels last. */
export const conv2dOps: LayerOps<Conv2d> = ({ layer, parameters }, x, scope) => {
  const { tf } = scope;
  const filters = spread(tf, scope.parameter(parameters.weights) as Tensor4D, layer.dilation);
  const y = tf.conv2d(x as Tensor4D, filters, pair(layer.stride), layer.padding);
  const shifted = layer.bias ? tf.add(y, scope.parameter(parameters.bias)) : y;
  return activate(tf, layer.activation, shifted);
};

/**
 * Filters with zeros in between: to convolve with them is to convolve with dilation, whose gradient
 * TensorFlow.js does not have.
 */
function spread(tf: TensorFlow, filters: Tensor4D, [down, across]: readonly number[]): Tensor4D {
  if (down === 1 && across === 1) return filters;
  const [height, width, channels, units] = filters.shape;
  const depth = channels * units;
  const tall = spreadRows(tf, tf.reshape(filters, [1, height, width * depth]), down);
  const wide = spreadRows(tf, tf.reshape(tall, [tall.shape[1], width, depth]), across);
  return tf.reshape(wide, [wide.shape[0], wide.shape[1], channels, units]);
}

/** `[a, rows, b]` with `step − 1` rows of zeros between each two. */
function spreadRows(tf: TensorFlow, x: Tensor3D, step: number): Tensor3D {
  const [a, rows, b] = x.shape;
  const none: [number, number] = [0, 0];
  const padded = tf.pad(tf.reshape(x, [a * rows, 1, b]), [none, [0, step - 1], none]);
  const length = (rows - 1) * step + 1;
  return tf.slice(tf.reshape(padded, [a, rows * step, b]) as Tensor3D, [0, 0, 0], [a, length, b]);
}

/** As TensorFlow.js takes it. */
export function pair([a, b]: readonly [number, number]): [number, number] {
  return [a, b];
}
