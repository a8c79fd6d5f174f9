import type { ActivationLayer } from '../../layers/activation.ts';
import type { Flatten } from '../../layers/flatten.ts';
import type { ParametricRelu } from '../../layers/parametric-relu.ts';
import type { Reshape } from '../../layers/reshape.ts';
import type { Slice } from '../../layers/slice.ts';
import type { Softmax } from '../../layers/softmax.ts';
import { activate } from '../activation.ts';
import type { LayerOps } from './layer-ops.ts';

/** The same numbers in another shape. */
export const reshapeOps: LayerOps<Flatten | Reshape> = ({ output }, x, { tf, pass }) =>
  tf.reshape(x, [pass.rows, ...output]);

/** A stretch of the last axis. */
export const sliceOps: LayerOps<Slice> = ({ layer }, x, { tf }) => {
  const before = x.shape.slice(0, -1);
  return tf.slice(x, [...before.map(() => 0), layer.start], [...before, layer.length]);
};

/** f(x). */
export const activationOps: LayerOps<ActivationLayer> = ({ layer }, x, { tf }) =>
  activate(tf, layer.activation, x);

/** eˣ / Σ eˣ over the last axis. */
export const softmaxOps: LayerOps<Softmax> = (_, x, { tf }) => tf.softmax(x);

/** max(0, x) + slope · min(0, x), a slope for each channel or one for all. */
export const parametricReluOps: LayerOps<ParametricRelu> = ({ parameters }, x, scope) => {
  const { tf } = scope;
  const below = tf.neg(tf.relu(tf.neg(x)));
  return tf.add(tf.relu(x), tf.mul(below, scope.parameter(parameters.slopes)));
};
