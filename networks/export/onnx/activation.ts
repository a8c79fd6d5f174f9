import {
  type Activation,
  LEAKY_SLOPE,
  SELU_ALPHA,
  SELU_SCALE,
} from '../../specification/activation.ts';
import type { OnnxGraph } from './graph.ts';
import type { OnnxNode } from './model.ts';

/** f(x), number by number. */
export function activate(graph: OnnxGraph, activation: Activation, x: string): string {
  switch (activation) {
    case 'linear':
      return x;
    case 'silu':
      return graph.add('Mul', [x, graph.add('Sigmoid', [x])]); // x σ(x)
    case 'gelu':
      return gelu(graph, x);
    default: {
      const { operator, attributes } = OPERATORS[activation];
      return graph.add(operator, [x], attributes);
    }
  }
}

const OPERATORS: Readonly<
  Record<
    Exclude<Activation, 'linear' | 'silu' | 'gelu'>,
    { readonly operator: string; readonly attributes?: OnnxNode['attributes'] }
  >
> = {
  relu: { operator: 'Relu' },
  'leaky-relu': { operator: 'LeakyRelu', attributes: { alpha: { float: LEAKY_SLOPE } } },
  elu: { operator: 'Elu', attributes: { alpha: { float: 1 } } },
  selu: {
    operator: 'Selu',
    attributes: { alpha: { float: SELU_ALPHA }, gamma: { float: SELU_SCALE } },
  },
  softplus: { operator: 'Softplus' },
  sigmoid: { operator: 'Sigmoid' },
  tanh: { operator: 'Tanh' },
};

/** x Φ(x) = x · ½ (1 + erf(x / √2)): operator set 17 has no operator of that name. */
function gelu(graph: OnnxGraph, x: string): string {
  const scaled = graph.add('Mul', [x, graph.number(Math.SQRT1_2)]);
  const sum = graph.add('Add', [graph.add('Erf', [scaled]), graph.number(1)]);
  return graph.add('Mul', [x, graph.add('Mul', [sum, graph.number(0.5)])]);
}
