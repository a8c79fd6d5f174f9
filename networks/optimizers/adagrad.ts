import { checkBetween, checkPositive } from '../../core/check.ts';
import { COMMON_DEFAULTS, type CommonOptions, resolveCommon } from './common.ts';
import { type OptimizerDefinition, slotOffset } from './definition.ts';

/** What a user may say of AdaGrad. */
export interface AdagradOptions extends CommonOptions {
  /** ε, above 0. Default 1e-10. */
  readonly epsilon?: number;
  /** What each sum of squares begins as, at least 0. Default 0. */
  readonly initialSquare?: number;
}

/** s ← s + g², θ ← θ − α g / (√s + ε). */
export interface Adagrad extends Required<AdagradOptions> {
  readonly kind: 'adagrad';
}

/**
 * AdaGrad, by default with α = 0.01 as in PyTorch, whose `lr_decay` is an `inverse` schedule here.
 *
 * Source: Duchi, Hazan & Singer (2011), "Adaptive subgradient methods for online learning and
 * stochastic optimization", the diagonal form; ε stands beside the root, as in PyTorch.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function adagrad(options: AdagradOptions = {}): Adagrad {
  return adagradDefinition.resolve('adagrad', options);
}

const DEFAULTS: Required<AdagradOptions> = {
  learningRate: 0.01,
  ...COMMON_DEFAULTS,
  epsilon: 1e-10,
  initialSquare: 0,
};

/** With a sum of squared gradients. */
export const adagradDefinition: OptimizerDefinition<Adagrad> = {
  kind: 'adagrad',

  resolve(where, options) {
    const resolved = resolveCommon(where, DEFAULTS, options);
    checkPositive(`${where}: epsilon`, resolved.epsilon);
    checkBetween(`${where}: initialSquare`, resolved.initialSquare, 0, Number.MAX_VALUE);
    return { kind: 'adagrad', ...resolved };
  },

  slots: ({ initialSquare }) => [{ name: 'squares', initial: initialSquare }],

  step({ epsilon }, kernels, at, learningRate) {
    const { parameters, gradients, n } = at;
    kernels.stepAdagrad(parameters, gradients, slotOffset(at, 0), n, learningRate, epsilon);
  },
};
