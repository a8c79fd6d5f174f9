import type { Dropout } from '../../layers/dropout.ts';
import type { NoisyDense } from '../../layers/noisy-dense.ts';
import { activate } from '../activation.ts';
import type { Tensor1D } from '../tensorflow.ts';
import { affine } from './dense.ts';
import type { LayerOps } from './layer-ops.ts';

/** Some numbers at 0, the others larger for it; only in training. */
export const dropoutOps: LayerOps<Dropout> = ({ layer }, x, { tf, pass, draw }) => {
  if (!pass.training || layer.rate === 0) return x;
  const kept = 1 / (1 - layer.rate);
  const mask = draw(x.size, (rng) => (rng.uniform() < layer.rate ? 0 : kept));
  return tf.mul(x, tf.reshape(mask, x.shape));
};

/** A dense layer whose weights have noise of a size that is learned; only in training. */
export const noisyDenseOps: LayerOps<NoisyDense> = (plan, x, scope) => {
  const { layer, parameters, output } = plan;
  const { tf, pass } = scope;
  let weights = scope.parameter(parameters.weights);
  let bias = scope.parameter(parameters.bias);
  if (pass.training) {
    const [inputs, units] = parameters.weights.shape;
    const squashed = (size: number): Tensor1D =>
      scope.draw(size, (rng) => {
        const noise = rng.normal();
        return Math.sign(noise) * Math.sqrt(Math.abs(noise));
      });
    const before = tf.reshape(squashed(inputs), [inputs, 1]);
    const after = squashed(units);
    const deviation = scope.parameter(parameters.weightsDeviation);
    weights = tf.add(weights, tf.mul(deviation, tf.mul(before, after)));
    bias = tf.add(bias, tf.mul(scope.parameter(parameters.biasDeviation), after));
  }
  const y = activate(tf, layer.activation, affine(tf, x, weights, bias));
  return tf.reshape(y, [pass.rows, ...output]);
};
