import type { Pass } from '../layers/run.ts';
import type { NetworkPlan } from '../plan.ts';
import type { Tensor, Tensor1D, Tensor2D, TensorFlow } from './tensorflow.ts';

/** The parameters of a network one by one, each in its shape. @param flat `[parameterCount]`. */
export function entryTensors(tf: TensorFlow, plan: NetworkPlan, flat: Tensor1D): Tensor[] {
  return plan.parameters.map(({ offset, size, shape }) =>
    tf.reshape(tf.slice(flat, [offset], [size]), [...shape]),
  );
}

/** All gradients in one row, `[parameterCount]`; zeros where a parameter had no part. */
export function joinGradients(
  tf: TensorFlow,
  plan: NetworkPlan,
  gradients: readonly (Tensor | null | undefined)[],
): Tensor1D {
  if (plan.parameters.length === 0) return tf.tensor1d([]);
  return tf.concat(
    plan.parameters.map(({ size }, i) => {
      const gradient = gradients[i];
      return gradient ? (tf.reshape(gradient, [size]) as Tensor1D) : (tf.zeros([size]) as Tensor1D);
    }),
  );
}

/** 0 where an episode begins, else 1, `[rows, 1]`; `null` where none does. */
export function carriesOf(tf: TensorFlow, { starts, rows }: Pass): Tensor2D | null {
  if (starts === null) return null;
  const carries = Float32Array.from({ length: rows }, (_, row) => (starts[row] === 0 ? 1 : 0));
  return tf.tensor2d(carries, [rows, 1]);
}
