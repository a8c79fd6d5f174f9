import type { AveragePool } from '../../layers/average-pool.ts';
import type { GlobalPool } from '../../layers/global-pool.ts';
import type { MaxPool } from '../../layers/max-pool.ts';
import type { Tensor, Tensor4D, TensorFlow } from '../tensorflow.ts';
import { pair } from './convolution.ts';
import type { LayerOps } from './layer-ops.ts';

/** The largest or the mean of each window. */
export const poolOps: LayerOps<AveragePool | MaxPool> = ({ layer, input, output }, x, { tf }) => {
  const { size, stride, padding } = layer;
  if (layer.kind === 'max-pool') {
    return tf.maxPool(x as Tensor4D, pair(size), pair(stride), padding);
  }
  if (padding === 'valid') return tf.avgPool(x as Tensor4D, pair(size), pair(stride), padding);
  return sameAveragePool(tf, x as Tensor4D, layer, [input, output]);
};

/**
 * Averages of what is inside, where a window hangs over the edge.
 *
 * TensorFlow.js knows these too, but its gradient divides by the whole window everywhere. So the
 * image gets a frame of zeros, and the averages are made good for what they counted too much.
 */
function sameAveragePool(
  tf: TensorFlow,
  x: Tensor4D,
  { size, stride }: AveragePool,
  [input, output]: readonly (readonly number[])[],
): Tensor {
  const axes = [0, 1].map((axis) => {
    const covered = (output[axis] - 1) * stride[axis] + size[axis];
    const total = Math.max(covered - input[axis], 0);
    const before = Math.floor(total / 2);
    const counts = Array.from({ length: output[axis] }, (_, i) => {
      const begin = i * stride[axis] - before;
      return Math.min(begin + size[axis], input[axis]) - Math.max(begin, 0);
    });
    return { frame: [before, total - before] as [number, number], counts };
  });
  const [rows, columns] = axes;
  const none: [number, number] = [0, 0];
  const framed = tf.pad(x, [none, rows.frame, columns.frame, none]);
  const averages = tf.avgPool(framed, pair(size), pair(stride), 'valid');
  const window = size[0] * size[1];
  const scales = rows.counts.map((a) => columns.counts.map((b) => [window / (a * b)]));
  return tf.mul(averages, tf.tensor3d(scales));
}

/** The largest or the mean of each channel. */
export const globalPoolOps: LayerOps<GlobalPool> = ({ layer }, x, { tf }) =>
  layer.method === 'max' ? tf.max(x, [1, 2]) : tf.mean(x, [1, 2]);
