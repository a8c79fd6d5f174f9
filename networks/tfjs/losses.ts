import { checkInteger } from '../../core/check.ts';
import type { LearnerTargets } from '../learner.ts';
import type { AnyLoss } from '../losses/definition.ts';
import type { GaussianLoss } from '../losses/gaussian.ts';
import type { HuberLoss } from '../losses/huber.ts';
import type { ImplicitQuantileLoss } from '../losses/implicit-quantile.ts';
import type { QuantileLoss } from '../losses/quantile.ts';
import { type LossSpecification, lossDefinitionOf } from '../losses/registry.ts';
import type { PlacedLoss } from '../resolve-losses.ts';
import type { Tensor, Tensor1D, Tensor2D, TensorFlow } from './tensorflow.ts';

const NEVER = -1e30; // a logit whose softmax is 0
const LN_TWO_PI = 1.8378770664093453;

/** A loss of each row, on the device. */
export interface RowLosses {
  /** The mean of weighted rows, times the scale: a single number. */
  readonly loss: Tensor;
  /** As `LossOptions.errors` has it, `[rows]`. */
  readonly errors: Tensor1D;
}

/**
 * A loss in operations that know their gradients; as `computeLoss`.
 *
 * @param outputs `[rows × outputSize]`.
 */
export function lossOps(
  tf: TensorFlow,
  { loss, head, scale }: PlacedLoss,
  outputs: Tensor2D,
  { targets, choices, mask, weights }: LearnerTargets,
): RowLosses {
  const rows = outputs.shape[0];
  let y = tf.slice(outputs, [0, head.offset], [rows, head.size]);
  if (choices !== undefined) y = choose(tf, y, choices, lossDefinitionOf(loss).choiceSize(loss));
  if (mask !== undefined) y = tf.add(y, masked(tf, mask, y.shape));
  const t = targetsOf(tf, loss, y, targets);
  const each = ROW_LOSSES[loss.kind](tf, loss as never, y, t);
  const lost = weights === undefined ? each : tf.mul(each, tf.tensor1d(Float32Array.from(weights)));
  const isDistance = lossDefinitionOf(loss).error === 'distance';
  const errors = isDistance ? tf.sum(distance(tf, tf.sub(y, t)), 1) : each;
  return { loss: tf.mul(tf.mean(lost), scale), errors: errors as Tensor1D };
}

/** Those outputs of each row that a choice stands for, `[rows, size]`. */
function choose(tf: TensorFlow, y: Tensor2D, choices: ArrayLike<number>, size: number): Tensor2D {
  const [rows, all] = y.shape;
  const picked = oneHot(tf, choices, rows, all / size);
  const groups = tf.reshape(y, [rows, all / size, size]);
  return tf.sum(tf.mul(groups, tf.reshape(picked, [rows, all / size, 1])), 1);
}

function oneHot(tf: TensorFlow, indices: ArrayLike<number>, rows: number, width: number): Tensor2D {
  const numbers = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    checkInteger(`computeLoss: the class or choice of row ${row}`, indices[row], 0, width - 1);
    numbers[row * width + indices[row]] = 1;
  }
  return tf.tensor2d(numbers, [rows, width]);
}

/** 0 where an output counts, else far below. */
function masked(tf: TensorFlow, mask: Uint8Array, shape: [number, number]): Tensor2D {
  return tf.tensor2d(
    Float32Array.from(mask, (allowed) => (allowed === 0 ? NEVER : 0)),
    shape,
  );
}

/** Targets as the row losses take them, `[rows, targetSize]`. */
function targetsOf(
  tf: TensorFlow,
  loss: LossSpecification,
  y: Tensor2D,
  targets: Float32Array,
): Tensor2D {
  const [rows, size] = y.shape;
  if (loss.kind === 'cross-entropy' && loss.targets === 'classes') {
    return oneHot(tf, targets, rows, size);
  }
  return tf.tensor2d(targets.slice(), [rows, lossDefinitionOf(loss).targetSize(loss, size)]);
}

type RowLoss<L extends AnyLoss> = (tf: TensorFlow, loss: L, y: Tensor2D, t: Tensor2D) => Tensor;

const ROW_LOSSES: {
  readonly [K in LossSpecification['kind']]: RowLoss<Extract<LossSpecification, { kind: K }>>;
} = {
  squared: (tf, _, y, t) => tf.sum(tf.square(tf.sub(y, t)), 1),
  absolute: (tf, _, y, t) => tf.sum(distance(tf, tf.sub(y, t)), 1),
  huber: (tf, { threshold }: HuberLoss, y, t) => tf.sum(huber(tf, tf.sub(y, t), threshold), 1),
  hinge: (tf, _, y, t) => tf.sum(tf.relu(tf.sub(1, tf.mul(t, y))), 1),
  bernoulli: (tf, _, y, t) =>
    tf.sum(tf.add(tf.mul(t, tf.softplus(tf.neg(y))), tf.mul(tf.sub(1, t), tf.softplus(y))), 1),
  'cross-entropy': (tf, _, y, t) => crossEntropy(tf, y, t),
  categorical: (tf, _, y, t) => crossEntropy(tf, y, t),
  gaussian: gaussianRows,
  quantile: quantileRows,
  'implicit-quantile': implicitQuantileRows,
};

function crossEntropy(tf: TensorFlow, y: Tensor2D, t: Tensor2D): Tensor {
  return tf.neg(tf.sum(tf.mul(t, tf.logSoftmax(y)), 1));
}

function gaussianRows(
  tf: TensorFlow,
  { logVariance: [low, high] }: GaussianLoss,
  y: Tensor2D,
  t: Tensor2D,
): Tensor {
  const [means, given] = tf.split(y, 2, 1);
  const s = tf.clipByValue(given, low, high);
  const spread = tf.mul(tf.square(tf.sub(t, means)), tf.exp(tf.neg(s)));
  return tf.sum(tf.mul(tf.add(tf.add(s, spread), LN_TWO_PI), 0.5), 1);
}

function quantileRows(
  tf: TensorFlow,
  { threshold }: QuantileLoss,
  y: Tensor2D,
  t: Tensor2D,
): Tensor {
  const size = y.shape[1];
  const midpoints = tf.tensor2d(
    Float32Array.from({ length: size }, (_, i) => (i + 0.5) / size),
    [1, size],
  );
  return regressQuantiles(tf, y, midpoints, t, threshold);
}

function implicitQuantileRows(
  tf: TensorFlow,
  { threshold, samples }: ImplicitQuantileLoss,
  y: Tensor2D,
  t: Tensor2D,
): Tensor {
  const [fractions, returns] = tf.split(t, [y.shape[1], samples], 1);
  const lost = regressQuantiles(tf, y, fractions, returns, threshold);
  return threshold === 0 ? lost : tf.div(lost, threshold);
}

/** @param fractions Where each quantile is, `[rows or 1, size]`. */
function regressQuantiles(
  tf: TensorFlow,
  y: Tensor2D,
  fractions: Tensor,
  t: Tensor,
  threshold: number,
): Tensor {
  const u = tf.sub(tf.expandDims(t, 1), tf.expandDims(y, 2));
  const isBelow = tf.step(tf.neg(u));
  const side = distance(tf, tf.sub(tf.expandDims(fractions, 2), isBelow)); // |τᵢ − [u < 0]|
  return tf.sum(tf.mean(tf.mul(side, huber(tf, u, threshold)), 2), 1);
}

/** ½ δ² while |δ| ≤ κ, else κ (|δ| − ½ κ); |δ| for a κ of 0. */
function huber(tf: TensorFlow, difference: Tensor, threshold: number): Tensor {
  const whole = distance(tf, difference);
  if (threshold === 0) return whole;
  const near = tf.minimum(whole, threshold);
  return tf.add(tf.mul(tf.square(near), 0.5), tf.mul(tf.sub(whole, near), threshold));
}

/** |δ|, whose slope is 0 at 0, where TensorFlow.js's own has −1. */
function distance(tf: TensorFlow, difference: Tensor): Tensor {
  return tf.add(tf.relu(difference), tf.relu(tf.neg(difference)));
}
