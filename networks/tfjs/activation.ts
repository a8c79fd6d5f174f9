import { type Activation, LEAKY_SLOPE } from '../specification/activation.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

type Function = (tf: TensorFlow, x: Tensor) => Tensor;

const FUNCTIONS: Readonly<Record<Activation, Function>> = {
  linear: (_, x) => x,
  relu: (tf, x) => tf.relu(x),
  'leaky-relu': (tf, x) => tf.leakyRelu(x, LEAKY_SLOPE),
  elu: (tf, x) => tf.elu(x),
  selu: (tf, x) => tf.selu(x),
  silu: (tf, x) => tf.mul(x, tf.sigmoid(x)),
  gelu: (tf, x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  softplus: (tf, x) => tf.softplus(x),
  sigmoid: (tf, x) => tf.sigmoid(x),
  tanh: (tf, x) => tf.tanh(x),
};

/** f(x), element by element. */
export function activate(tf: TensorFlow, activation: Activation, x: Tensor): Tensor {
  return FUNCTIONS[activation](tf, x);
}
