import type { Dense } from '../../layers/dense.ts';
import { activate } from '../activation.ts';
import type { Tensor, TensorFlow } from '../tensorflow.ts';
import type { LayerOps } from './layer-ops.ts';

/** y = f(x W + b), at each position. */
export const denseOps: LayerOps<Dense> = (plan, x, scope) => {
  const { layer, parameters, output } = plan;
  const { tf, pass } = scope;
  const bias = layer.bias ? scope.parameter(parameters.bias) : null;
  const y = affine(tf, x, scope.parameter(parameters.weights), bias);
  return tf.reshape(activate(tf, layer.activation, y), [pass.rows, ...output]);
};

/** x W + b of every row, with what stands before the last axis as rows: `[n, units]`. */
export function affine(tf: TensorFlow, x: Tensor, weights: Tensor, bias: Tensor | null): Tensor {
  const product = tf.matMul(tf.reshape(x, [-1, weights.shape[0]]), weights);
  return bias === null ? product : tf.add(product, bias);
}
