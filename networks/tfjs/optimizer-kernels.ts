import type { OptimizerKernels } from '../kernels/optimizers.ts';
import type { Tensor, Tensor1D, TensorFlow } from './tensorflow.ts';

/**
 * The steps of optimizers in operations on whole tensors.
 *
 * What are indices of numbers for other engines are indices of `tensors` here, so `n` is 1 in every
 * call: a step replaces tensors of the list. To be called where tensors that are not kept are tidied.
 */
export function optimizerKernels(
  tf: TensorFlow,
  tensors: Tensor1D[],
): Omit<OptimizerKernels, 'squaredNorm'> {
  /** x ← x + rate · (towards − x), which is also what it gives. */
  function average(x: number, rate: number, towards: Tensor): Tensor1D {
    return write(x, tf.add(tensors[x], tf.mul(tf.sub(towards, tensors[x]), rate)));
  }

  function write(x: number, value: Tensor): Tensor1D {
    tensors[x] = value as Tensor1D;
    return tensors[x];
  }

  /** θ ← θ − step, and the gradients are used up. */
  function descend(parameters: number, gradients: number, step: Tensor): void {
    write(parameters, tf.sub(tensors[parameters], step));
    write(gradients, tf.zerosLike(tensors[gradients]));
  }

  return {
    stepSgd(parameters, gradients, velocities, _, learningRate, momentum, isNesterov) {
      const g = tensors[gradients];
      let direction = g;
      if (velocities >= 0) {
        const v = write(velocities, tf.add(tf.mul(tensors[velocities], momentum), g));
        direction = isNesterov === 1 ? tf.add(g, tf.mul(v, momentum)) : v;
      }
      descend(parameters, gradients, tf.mul(direction, learningRate));
    },

    stepAdagrad(parameters, gradients, squares, _, learningRate, epsilon) {
      const g = tensors[gradients];
      const s = write(squares, tf.add(tensors[squares], tf.square(g)));
      descend(parameters, gradients, tf.div(tf.mul(g, learningRate), tf.add(tf.sqrt(s), epsilon)));
    },

    stepRmsprop(
      parameters,
      gradients,
      squares,
      means,
      velocities,
      _,
      learningRate,
      rate,
      momentum,
      innerEpsilon,
      outerEpsilon,
    ) {
      const g = tensors[gradients];
      let s = average(squares, rate, tf.square(g));
      if (means >= 0) s = tf.relu(tf.sub(s, tf.square(average(means, rate, g))));
      const root = tf.add(tf.sqrt(tf.add(s, innerEpsilon)), outerEpsilon);
      let step: Tensor = tf.div(g, root);
      if (velocities >= 0) {
        step = write(velocities, tf.add(tf.mul(tensors[velocities], momentum), step));
      }
      descend(parameters, gradients, tf.mul(step, learningRate));
    },

    stepAdadelta(parameters, gradients, squares, changes, _, learningRate, rate, epsilon) {
      const g = tensors[gradients];
      const s = average(squares, rate, tf.square(g));
      const before = tf.sqrt(tf.add(tensors[changes], epsilon));
      const d = tf.div(tf.mul(g, before), tf.sqrt(tf.add(s, epsilon)));
      average(changes, rate, tf.square(d));
      descend(parameters, gradients, tf.mul(d, learningRate));
    },

    stepAdam(
      parameters,
      gradients,
      means,
      squares,
      largest,
      _,
      meanRate,
      squareRate,
      stepSize,
      rootScale,
      epsilon,
      keep,
    ) {
      const g = tensors[gradients];
      const m = average(means, meanRate, g);
      let s = average(squares, squareRate, tf.square(g));
      if (largest >= 0) s = write(largest, tf.maximum(tensors[largest], s));
      const root = tf.add(tf.mul(tf.sqrt(s), rootScale), epsilon);
      if (keep !== 1) write(parameters, tf.mul(tensors[parameters], keep));
      descend(parameters, gradients, tf.div(tf.mul(m, stepSize), root));
    },

    addPenalties(parameters, gradients, _, l1, l2) {
      const theta = tensors[parameters];
      const both = tf.add(tf.mul(tf.sign(theta), l1), tf.mul(theta, l2));
      write(gradients, tf.add(tensors[gradients], both));
    },

    clipValues(x, limit) {
      write(x, tf.clipByValue(tensors[x], -limit, limit));
    },

    scaleBy(x, scale) {
      write(x, tf.mul(tensors[x], scale));
    },
  };
}
