import { checkPositive } from '../../core/check.ts';
import { COMMON_DEFAULTS, type CommonOptions, checkDecay, resolveCommon } from './common.ts';
import { type OptimizerDefinition, type StateSlot, slotOffset } from './definition.ts';

/** What a user may say of Adadelta. */
export interface AdadeltaOptions extends CommonOptions {
  /** ρ, of both averages: at least 0 and below 1. Default 0.9. */
  readonly decay?: number;
  /** ε, above 0. Default 1e-6. */
  readonly epsilon?: number;
}

/** s ← ρ s + (1 − ρ) g², d = g √(u + ε) / √(s + ε), u ← ρ u + (1 − ρ) d², θ ← θ − α d. */
export interface Adadelta extends Required<AdadeltaOptions> {
  readonly kind: 'adadelta';
}

/**
 * Adadelta, by default with α = 1 as in the paper and in PyTorch. Both ε stand inside their roots.
 *
 * Source: Zeiler (2012), "ADADELTA: an adaptive learning rate method", algorithm 1.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function adadelta(options: AdadeltaOptions = {}): Adadelta {
  return adadeltaDefinition.resolve('adadelta', options);
}

const DEFAULTS: Required<AdadeltaOptions> = {
  learningRate: 1,
  ...COMMON_DEFAULTS,
  decay: 0.9,
  epsilon: 1e-6,
};

const SLOTS: readonly StateSlot[] = [
  { name: 'squares', initial: 0 },
  { name: 'changes', initial: 0 },
];

/** With mean squares of gradients and of steps. */
export const adadeltaDefinition: OptimizerDefinition<Adadelta> = {
  kind: 'adadelta',

  resolve(where, options) {
    const resolved = resolveCommon(where, DEFAULTS, options);
    checkDecay(`${where}: decay`, resolved.decay);
    checkPositive(`${where}: epsilon`, resolved.epsilon);
    return { kind: 'adadelta', ...resolved };
  },

  slots: () => SLOTS,

  step({ decay, epsilon }, kernels, at, learningRate) {
    kernels.stepAdadelta(
      at.parameters,
      at.gradients,
      slotOffset(at, 0),
      slotOffset(at, 1),
      at.n,
      learningRate,
      1 - decay,
      epsilon,
    );
  },
};
