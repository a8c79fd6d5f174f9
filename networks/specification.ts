import { checkInteger, checkOneOf, resolveOptions } from '../core/check.ts';

/** The nonlinear functions between layers. */
export const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'linear'] as const;

/** The name of a nonlinear function. */
export type Activation = (typeof ACTIVATIONS)[number];

/** A multilayer perceptron as data: what checkpoints, diagrams and engines read. JSON. */
export interface MlpSpecification {
  readonly kind: 'mlp';
  /** Units of each hidden layer, first to last. */
  readonly hidden: readonly number[];
  /** Between the layers; the output is linear. */
  readonly activation: Activation;
}

/** What a user says of a perceptron. */
export interface MlpOptions {
  /** Units of each hidden layer, at least 1 each; none for a linear network. Default `[64, 64]`. */
  readonly hidden?: readonly number[];
  /** Default `relu`. */
  readonly activation?: Activation;
}

/**
 * Names a multilayer perceptron: dense layers with an activation between them.
 *
 *     const specification = mlp({ hidden: [64, 64], activation: 'tanh' });
 *
 * @throws RangeError if a size is no positive integer, or an option is unknown.
 */
export function mlp(options: MlpOptions = {}): MlpSpecification {
  const defaults: Required<MlpOptions> = { hidden: [64, 64], activation: 'relu' };
  const { hidden, activation } = resolveOptions('mlp', defaults, options);
  hidden.forEach((units, layer) => {
    checkInteger(`mlp: hidden[${layer}]`, units, 1);
  });
  checkOneOf('mlp: activation', activation, ACTIVATIONS);
  return { kind: 'mlp', hidden: [...hidden], activation };
}

/** A dense layer of a perceptron between two sizes. */
export interface DenseShape {
  readonly inputSize: number;
  readonly outputSize: number;
  /** Weights `[inputSize × outputSize]` and biases `[outputSize]`, together. */
  readonly parameters: number;
}

/**
 * The layers that a specification comes to between an input and an output.
 *
 * @throws RangeError if a size is no positive integer.
 */
export function mlpShapes(
  { hidden }: MlpSpecification,
  inputSize: number,
  outputSize: number,
): readonly DenseShape[] {
  checkInteger('mlpShapes: inputSize', inputSize, 1);
  checkInteger('mlpShapes: outputSize', outputSize, 1);
  const sizes = [inputSize, ...hidden, outputSize];
  return sizes.slice(1).map((size, i) => ({
    inputSize: sizes[i],
    outputSize: size,
    parameters: (sizes[i] + 1) * size,
  }));
}
