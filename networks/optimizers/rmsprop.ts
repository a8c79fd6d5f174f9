import { checkBetween, checkPositive } from '../../core/check.ts';
import { COMMON_DEFAULTS, type CommonOptions, checkDecay, resolveCommon } from './common.ts';
import { NOWHERE, type OptimizerDefinition, type StateSlot, slotOffset } from './definition.ts';

/** What a user may say of RMSProp. */
export interface RmspropOptions extends CommonOptions {
  /** ρ, of both averages: at least 0 and below 1. Default 0.99. */
  readonly decay?: number;
  /** ε, above 0. Default 1e-8. */
  readonly epsilon?: number;
  /** Whether ε stands inside the root, as in TensorFlow's and DQN's. Default false. */
  readonly epsilonInside?: boolean;
  /** Whether the root is of the variance, not of the mean square. Default false. */
  readonly centered?: boolean;
  /** μ, at least 0 and below 1. Default 0: no velocity. */
  readonly momentum?: number;
  /** What each mean square begins as, at least 0; TensorFlow 1 has 1. Default 0. */
  readonly initialSquare?: number;
}

/** s ← ρ s + (1 − ρ) g², θ ← θ − α g / (√s + ε), and its variants. */
export interface Rmsprop extends Required<RmspropOptions> {
  readonly kind: 'rmsprop';
}

/**
 * RMSProp, by default PyTorch's with α = 0.01.
 *
 *     s ← ρ s + (1 − ρ) g²
 *     m ← ρ m + (1 − ρ) g                  if centered; else m = 0
 *     r = √(s − m²) + ε                    or √(s − m² + ε) with epsilonInside
 *     v ← μ v + g / r,  θ ← θ − α v
 *
 * The one of Mnih et al. (2015) is
 * `rmsprop({ learningRate: 0.00025, decay: 0.95, epsilon: 0.01, epsilonInside: true, centered: true })`.
 *
 * Source: Tieleman & Hinton (2012), Coursera lecture 6.5; centered: Graves (2013), "Generating
 * sequences with recurrent neural networks", equations 38 to 41. Differs from PyTorch in that s − m²
 * is taken as 0 where rounding makes it negative, which is NaN there.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function rmsprop(options: RmspropOptions = {}): Rmsprop {
  return rmspropDefinition.resolve('rmsprop', options);
}

const DEFAULTS: Required<RmspropOptions> = {
  learningRate: 0.01,
  ...COMMON_DEFAULTS,
  decay: 0.99,
  epsilon: 1e-8,
  epsilonInside: false,
  centered: false,
  momentum: 0,
  initialSquare: 0,
};

/** With mean squares, and means and velocities where they are asked for. */
export const rmspropDefinition: OptimizerDefinition<Rmsprop> = {
  kind: 'rmsprop',

  resolve(where, options) {
    const resolved = resolveCommon(where, DEFAULTS, options);
    checkDecay(`${where}: decay`, resolved.decay);
    checkPositive(`${where}: epsilon`, resolved.epsilon);
    checkDecay(`${where}: momentum`, resolved.momentum);
    checkBetween(`${where}: initialSquare`, resolved.initialSquare, 0, Number.MAX_VALUE);
    return { kind: 'rmsprop', ...resolved };
  },

  slots({ centered, momentum, initialSquare }) {
    const slots: StateSlot[] = [{ name: 'squares', initial: initialSquare }];
    if (centered) slots.push({ name: 'means', initial: 0 });
    if (momentum > 0) slots.push({ name: 'velocities', initial: 0 });
    return slots;
  },

  step({ decay, epsilon, epsilonInside, centered, momentum }, kernels, at, learningRate) {
    kernels.stepRmsprop(
      at.parameters,
      at.gradients,
      slotOffset(at, 0),
      centered ? slotOffset(at, 1) : NOWHERE,
      momentum > 0 ? slotOffset(at, centered ? 2 : 1) : NOWHERE,
      at.n,
      learningRate,
      1 - decay,
      momentum,
      epsilonInside ? epsilon : 0,
      epsilonInside ? 0 : epsilon,
    );
  },
};
