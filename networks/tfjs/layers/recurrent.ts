import type { Elman } from '../../layers/elman.ts';
import type { Gru } from '../../layers/gru.ts';
import type { Lstm } from '../../layers/lstm.ts';
import { activate } from '../activation.ts';
import type { Tensor, Tensor2D } from '../tensorflow.ts';
import { affine } from './dense.ts';
import type { LayerOps, Scope } from './layer-ops.ts';

/** hₜ = f(xₜ W + hₜ₋₁ U + b). */
export const elmanOps: LayerOps<Elman> = ({ layer, parameters, states }, x, scope) => {
  const { tf } = scope;
  const { inputWeights, bias, recurrentWeights } = parameters;
  const all = affine(tf, x, scope.parameter(inputWeights), scope.parameter(bias));
  const recurrent = scope.parameter(recurrentWeights);
  let hidden = scope.state(states.hidden);
  const outputs = eachStep(all, scope, (now, carried) => {
    const sum = tf.add(now, tf.matMul(carried(hidden), recurrent));
    hidden = activate(tf, layer.activation, sum) as Tensor2D;
    return hidden;
  });
  scope.setState(states.hidden, hidden);
  return outputs;
};

/**
 * c = σ(f) c + σ(i) tanh(g), h = σ(o) tanh(c), where i f g o = x W + h U + b.
 *
 * Source: Hochreiter & Schmidhuber (1997), with the forget gate of Gers et al. (2000).
 */
export const lstmOps: LayerOps<Lstm> = ({ parameters, states }, x, scope) => {
  const { tf } = scope;
  const { inputWeights, bias, recurrentWeights } = parameters;
  const all = affine(tf, x, scope.parameter(inputWeights), scope.parameter(bias));
  const recurrent = scope.parameter(recurrentWeights);
  let hidden = scope.state(states.hidden);
  let cell = scope.state(states.cell);
  const outputs = eachStep(all, scope, (now, carried) => {
    const gates = tf.add(now, tf.matMul(carried(hidden), recurrent));
    const [input, forget, candidate, output] = tf.split(gates, 4, 1);
    const kept = tf.mul(tf.sigmoid(forget), carried(cell));
    cell = tf.add(kept, tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
    hidden = tf.mul(tf.sigmoid(output), tf.tanh(cell));
    return hidden;
  });
  scope.setState(states.hidden, hidden);
  scope.setState(states.cell, cell);
  return outputs;
};

/**
 * h = (1 − σ(z)) n + σ(z) h, where n = tanh(nₓ + σ(r) nₕ): the reset gate comes after the product.
 *
 * Source: Cho et al. (2014), as cuDNN and PyTorch have it.
 */
export const gruOps: LayerOps<Gru> = ({ parameters, states }, x, scope) => {
  const { tf } = scope;
  const { inputWeights, inputBias, recurrentWeights, recurrentBias } = parameters;
  const all = affine(tf, x, scope.parameter(inputWeights), scope.parameter(inputBias));
  const recurrent = scope.parameter(recurrentWeights);
  const recurrentShift = scope.parameter(recurrentBias);
  let hidden = scope.state(states.hidden);
  const outputs = eachStep(all, scope, (now, carried) => {
    const before = carried(hidden);
    const [xReset, xUpdate, xNew] = tf.split(now, 3, 1);
    const inner = tf.add(tf.matMul(before, recurrent), recurrentShift);
    const [hReset, hUpdate, hNew] = tf.split(inner, 3, 1);
    const reset = tf.sigmoid(tf.add(xReset, hReset));
    const update = tf.sigmoid(tf.add(xUpdate, hUpdate));
    const fresh = tf.tanh(tf.add(xNew, tf.mul(reset, hNew)));
    hidden = tf.add(fresh, tf.mul(update, tf.sub(before, fresh)));
    return hidden;
  });
  scope.setState(states.hidden, hidden);
  return outputs;
};

/**
 * Takes the steps of the sequences one after the other.
 *
 * @param all What the inputs give, of all rows, `[steps · batch, width]`.
 * @param step From what they give at one step to that step's outputs; `carried` is 0 where an episode
 *   begins.
 */
function eachStep(
  all: Tensor,
  { tf, pass: { batch, steps }, carries }: Scope,
  step: (now: Tensor, carried: (state: Tensor2D) => Tensor2D) => Tensor,
): Tensor {
  const outputs = Array.from({ length: steps }, (_, t) => {
    const now = tf.slice(all, [t * batch, 0], [batch, all.shape[1] as number]);
    if (carries === null) return step(now, (state) => state);
    const carry = tf.slice(carries, [t * batch, 0], [batch, 1]);
    return step(now, (state) => tf.mul(state, carry));
  });
  return steps === 1 ? outputs[0] : tf.concat(outputs, 0);
}
