import { checkInteger, checkOneOf, resolveOptions } from '../../core/check.ts';
import { type Dense, dense } from '../layers/dense.ts';
import { ACTIVATIONS, type Activation } from './activation.ts';
import type { InitializerOptions } from './initializer.ts';

/** What a user says of a perceptron. */
export interface MlpOptions {
  /** Units of each hidden layer, at least 1 each; none for a linear network. Default `[64, 64]`. */
  readonly hidden?: readonly number[];
  /** After each of them. Default `relu`. */
  readonly activation?: Activation;
  /** Default as `dense` has it. */
  readonly initializer?: InitializerOptions;
}

/**
 * The hidden layers of a multilayer perceptron: dense ones with an activation each.
 *
 *     network({ input: [4], layers: mlp({ hidden: [64, 64] }), heads: { values: [dense(2)] } })
 *
 * @throws RangeError if a size is no positive integer, or an option is unknown.
 */
export function mlp(options: MlpOptions = {}): readonly Dense[] {
  const { hidden, activation, initializer } = resolveOptions<
    Omit<Required<MlpOptions>, 'initializer'> & { initializer: InitializerOptions | undefined }
  >('mlp', { hidden: [64, 64], activation: 'relu', initializer: undefined }, options as never);
  hidden.forEach((units, layer) => {
    checkInteger(`mlp: hidden[${layer}]`, units, 1);
  });
  checkOneOf('mlp: activation', activation, ACTIVATIONS);
  const start = initializer === undefined ? {} : { initializer };
  return hidden.map((units) => dense(units, { activation, ...start }));
}
