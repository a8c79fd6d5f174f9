import { COMMON_DEFAULTS, type CommonOptions, checkDecay, resolveCommon } from './common.ts';
import { NOWHERE, type OptimizerDefinition, type StateSlot, slotOffset } from './definition.ts';

/** θ ← θ − α g. */
export interface Sgd extends Required<CommonOptions> {
  readonly kind: 'sgd';
}

/** What a user may say of an optimizer with momentum. */
export interface MomentumOptions extends CommonOptions {
  /** μ, at least 0 and below 1. Default 0.9. */
  readonly momentum?: number;
}

/** v ← μ v + g, θ ← θ − α v. */
export interface Momentum extends Required<MomentumOptions> {
  readonly kind: 'momentum';
}

/** v ← μ v + g, θ ← θ − α (g + μ v). */
export interface Nesterov extends Required<MomentumOptions> {
  readonly kind: 'nesterov';
}

/**
 * Stochastic gradient descent, by default with α = 0.001 as in PyTorch.
 *
 * Source: Robbins & Monro (1951), "A stochastic approximation method".
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function sgd(options: CommonOptions = {}): Sgd {
  return sgdDefinition.resolve('sgd', options);
}

/**
 * Gradient descent with momentum: PyTorch's `SGD` with `momentum`, where the learning rate is not
 * part of the velocity.
 *
 * Source: Polyak (1964), in the form of Sutskever et al. (2013), "On the importance of initialization
 * and momentum in deep learning". Differs from the source in that α stands outside of v.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function momentum(options: MomentumOptions = {}): Momentum {
  return momentumDefinition.resolve('momentum', options);
}

/**
 * Gradient descent with Nesterov's momentum: PyTorch's `SGD` with `nesterov`.
 *
 * Source: Nesterov (1983), in the form of Sutskever et al. (2013). Differs from the source in that
 * parameters are kept where the gradient is taken, ahead of the velocity.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function nesterov(options: MomentumOptions = {}): Nesterov {
  return nesterovDefinition.resolve('nesterov', options);
}

const DEFAULTS: Required<CommonOptions> = { learningRate: 0.001, ...COMMON_DEFAULTS };

const VELOCITIES: readonly StateSlot[] = [{ name: 'velocities', initial: 0 }];

/** Without anything to remember. */
export const sgdDefinition: OptimizerDefinition<Sgd> = {
  kind: 'sgd',
  resolve: (where, options) => ({ kind: 'sgd', ...resolveCommon(where, DEFAULTS, options) }),
  slots: () => [],
  step(_, kernels, { parameters, gradients, n }, learningRate) {
    kernels.stepSgd(parameters, gradients, NOWHERE, n, learningRate, 0, 0);
  },
};

function resolveMomentum(where: string, options: object): Required<MomentumOptions> {
  const defaults: Required<MomentumOptions> = { ...DEFAULTS, momentum: 0.9 };
  const resolved = resolveCommon(where, defaults, options);
  checkDecay(`${where}: momentum`, resolved.momentum);
  return resolved;
}

/** With a velocity. */
export const momentumDefinition: OptimizerDefinition<Momentum> = {
  kind: 'momentum',
  resolve: (where, options) => ({ kind: 'momentum', ...resolveMomentum(where, options) }),
  slots: () => VELOCITIES,
  step({ momentum }, kernels, at, learningRate) {
    const { parameters, gradients, n } = at;
    kernels.stepSgd(parameters, gradients, slotOffset(at, 0), n, learningRate, momentum, 0);
  },
};

/** With a velocity, one step ahead. */
export const nesterovDefinition: OptimizerDefinition<Nesterov> = {
  kind: 'nesterov',
  resolve: (where, options) => ({ kind: 'nesterov', ...resolveMomentum(where, options) }),
  slots: () => VELOCITIES,
  step({ momentum }, kernels, at, learningRate) {
    const { parameters, gradients, n } = at;
    kernels.stepSgd(parameters, gradients, slotOffset(at, 0), n, learningRate, momentum, 1);
  },
};
