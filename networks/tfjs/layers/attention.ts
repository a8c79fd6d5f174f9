import { cos, pow, sin } from '../../../core/math.ts';
import type { PositionalEncoding } from '../../layers/positional-encoding.ts';
import type { SelfAttention } from '../../layers/self-attention.ts';
import type { Tensor, TensorFlow } from '../tensorflow.ts';
import { affine } from './dense.ts';
import type { LayerOps } from './layer-ops.ts';

const NEVER = -1e30; // a score whose softmax is 0

/** softmax(Q Kᵀ / √d) V in each head. Source: Vaswani et al. (2017), section 3.2. */
export const selfAttentionOps: LayerOps<SelfAttention> = (
  { layer, input, parameters },
  x,
  scope,
) => {
  const { tf, pass } = scope;
  const [positions, features] = input;
  const size = features / layer.heads;
  const project = (name: string, from: Tensor) =>
    affine(
      tf,
      from,
      scope.parameter(parameters[`${name}Weights`]),
      scope.parameter(parameters[`${name}Bias`]),
    );
  const headsOf = (name: string) =>
    tf.transpose(
      tf.reshape(project(name, x), [pass.rows, positions, layer.heads, size]),
      [0, 2, 1, 3],
    );
  const products = tf.matMul(headsOf('query'), headsOf('key'), false, true);
  const scores = tf.mul(products, 1 / Math.sqrt(size));
  const seen = layer.causal ? tf.add(scores, causalMask(tf, positions)) : scores;
  const mixed = tf.matMul(tf.softmax(seen), headsOf('value'));
  const together = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [-1, features]);
  return tf.reshape(project('output', together), [pass.rows, positions, features]);
};

/** 0 where position i may see position j ≤ i, else far below. */
function causalMask(tf: TensorFlow, positions: number): Tensor {
  const numbers = new Float32Array(positions * positions);
  for (let i = 0; i < positions; i++) {
    numbers.fill(NEVER, i * positions + i + 1, (i + 1) * positions);
  }
  return tf.tensor2d(numbers, [positions, positions]);
}

/** Adds to each position what tells it from the others. Source: Vaswani et al. (2017), section 3.5. */
export const positionalEncodingOps: LayerOps<PositionalEncoding> = (plan, x, scope) => {
  const { layer, input, parameters } = plan;
  const { tf } = scope;
  if (layer.method === 'learned') return tf.add(x, scope.parameter(parameters.positions));
  return tf.add(x, sinusoids(tf, input[0], input[1]));
};

function sinusoids(tf: TensorFlow, positions: number, features: number): Tensor {
  const numbers = new Float32Array(positions * features);
  for (let i = 0; i < numbers.length; i++) {
    const position = Math.floor(i / features);
    const feature = i % features;
    const angle = position / pow(10_000, (feature - (feature % 2)) / features);
    numbers[i] = feature % 2 === 0 ? sin(angle) : cos(angle);
  }
  return tf.tensor2d(numbers, [positions, features]);
}
