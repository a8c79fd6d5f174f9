import { type Activation, LEAKY_SLOPE } from '../../specification/activation.ts';
import type { LayersGraph } from './graph.ts';

/** Keras's names; the leaky ReLU is a layer there. */
const NAMES: Readonly<Record<Exclude<Activation, 'leaky-relu'>, string>> = {
  linear: 'linear',
  relu: 'relu',
  elu: 'elu',
  selu: 'selu',
  silu: 'swish',
  gelu: 'gelu',
  softplus: 'softplus',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
};

/** f(x), as a layer of its own; none where f changes nothing. */
export function activate(
  graph: LayersGraph,
  activation: Activation,
  x: string,
  part?: string,
): string {
  const of = part === undefined ? {} : { part };
  if (activation === 'linear' && part !== undefined) return x;
  if (activation === 'leaky-relu') return graph.add('LeakyReLU', { alpha: LEAKY_SLOPE }, [x], of);
  return graph.add('Activation', { activation: NAMES[activation] }, [x], of);
}
