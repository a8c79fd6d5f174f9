import type { BatchNorm } from '../../layers/batch-norm.ts';
import type { GroupNorm } from '../../layers/group-norm.ts';
import type { LayerNorm } from '../../layers/layer-norm.ts';
import type { Tensor, Tensor1D, TensorFlow } from '../tensorflow.ts';
import type { LayerOps } from './layer-ops.ts';

/** Each channel by the mean and variance of the batch, or by the running ones. */
export const batchNormOps: LayerOps<BatchNorm> = (plan, x, scope) => {
  const { layer, input, parameters, statistics } = plan;
  const { tf, pass } = scope;
  const channels = input[input.length - 1];
  const rows = tf.reshape(x, [-1, channels]);
  let mean = scope.statistic(statistics.mean);
  let variance = scope.statistic(statistics.variance);
  if (pass.training) {
    const count = rows.shape[0];
    const batch = { mean: mean as Tensor, variance: variance as Tensor };
    Object.assign(batch, moments(tf, rows, [0]));
    const towards = (old: Tensor, now: Tensor) =>
      tf.add(old, tf.mul(layer.momentum, tf.sub(now, old))) as Tensor1D;
    const unbiased = tf.mul(batch.variance, count / Math.max(count - 1, 1));
    scope.setStatistic(statistics.mean, towards(mean, tf.reshape(batch.mean, [channels])));
    scope.setStatistic(statistics.variance, towards(variance, tf.reshape(unbiased, [channels])));
    mean = batch.mean as Tensor1D;
    variance = batch.variance as Tensor1D;
  }
  const y = normalize(tf, rows, mean, variance, layer.epsilon);
  const scale = scope.parameter(parameters.scale);
  const shifted = tf.add(tf.mul(y, scale), scope.parameter(parameters.shift));
  return tf.reshape(shifted, x.shape);
};

/** Each row by itself: its last axis, or all of it. */
export const layerNormOps: LayerOps<LayerNorm> = ({ layer, parameters }, x, scope) => {
  const { tf } = scope;
  const last = x.shape.length - 1;
  const axes = layer.axes === 'last' ? [last] : x.shape.slice(1).map((_, i) => i + 1);
  const { mean, variance } = moments(tf, x, axes);
  const y = normalize(tf, x, mean, variance, layer.epsilon);
  const scale = scope.parameter(parameters.scale);
  return tf.add(tf.mul(y, scale), scope.parameter(parameters.shift));
};

/** Each group of channels of a row by itself, over all positions. */
export const groupNormOps: LayerOps<GroupNorm> = ({ layer, input, parameters }, x, scope) => {
  const { tf, pass } = scope;
  const width = input[input.length - 1] / layer.groups;
  const grouped = tf.reshape(x, [pass.rows, -1, layer.groups, width]);
  const { mean, variance } = moments(tf, grouped, [1, 3]);
  const y = tf.reshape(normalize(tf, grouped, mean, variance, layer.epsilon), x.shape);
  const scale = scope.parameter(parameters.scale);
  return tf.add(tf.mul(y, scale), scope.parameter(parameters.shift));
};

/** Mean and variance (of the numbers there are, not of those they were drawn from) over some axes. */
function moments(tf: TensorFlow, x: Tensor, axes: number[]): { mean: Tensor; variance: Tensor } {
  const mean = tf.mean(x, axes, true);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), axes, true) };
}

/** (x − mean) / √(variance + ε). */
function normalize(tf: TensorFlow, x: Tensor, mean: Tensor, variance: Tensor, epsilon: number) {
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
}
