import { checkBetween, checkPositive } from '../../core/check.ts';
import { pow } from '../../core/math.ts';
import type { OptimizerKernels } from '../kernels/optimizers.ts';
import { COMMON_DEFAULTS, type CommonOptions, checkDecay, resolveCommon } from './common.ts';
import {
  NOWHERE,
  type OptimizerDefinition,
  type StateSlot,
  type StepRegions,
  slotOffset,
} from './definition.ts';

/** What a user may say of Adam, AMSGrad and RAdam. */
export interface AdamOptions extends CommonOptions {
  /** β₁, at least 0 and below 1. Default 0.9. */
  readonly meanDecay?: number;
  /** β₂, at least 0 and below 1. Default 0.999. */
  readonly squareDecay?: number;
  /** ε, above 0, beside the root. Default 1e-8. */
  readonly epsilon?: number;
}

/** What a user may say of AdamW. */
export interface AdamWOptions extends AdamOptions {
  /** λ: each update multiplies θ by 1 − α λ first. At least 0. Default 0.01. */
  readonly weightDecay?: number;
}

/** m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², θ ← θ − α m̂ / (√ŝ + ε). */
export interface Adam extends Required<AdamOptions> {
  readonly kind: 'adam';
}

/** Adam with the largest s so far. */
export interface Amsgrad extends Required<AdamOptions> {
  readonly kind: 'amsgrad';
}

/** Adam with decoupled weight decay. */
export interface AdamW extends Required<AdamWOptions> {
  readonly kind: 'adamW';
}

/**
 * Adam, by default with α = 0.001.
 *
 *     m ← β₁ m + (1 − β₁) g,  m̂ = m / (1 − β₁ᵗ)
 *     s ← β₂ s + (1 − β₂) g²,  ŝ = s / (1 − β₂ᵗ)
 *     θ ← θ − α m̂ / (√ŝ + ε)
 *
 * Source: Kingma & Ba (2015), "Adam: a method for stochastic optimization", algorithm 1.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function adam(options: AdamOptions = {}): Adam {
  return adamDefinition.resolve('adam', options);
}

/**
 * AMSGrad: Adam with u ← max(u, s) in place of s.
 *
 * Source: Reddi, Kale & Kumar (2018), "On the convergence of Adam and beyond", algorithm 2. Differs
 * from the source, as PyTorch does, in that m and u are corrected for their bias.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function amsgrad(options: AdamOptions = {}): Amsgrad {
  return amsgradDefinition.resolve('amsgrad', options);
}

/**
 * AdamW: θ ← (1 − α λ) θ, then Adam.
 *
 * Source: Loshchilov & Hutter (2019), "Decoupled weight decay regularization", algorithm 2. As in
 * PyTorch the decay is scaled by α; the paper scales it by the schedule's part of α alone.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function adamW(options: AdamWOptions = {}): AdamW {
  return adamWDefinition.resolve('adamW', options);
}

/** The options that `adam()` stands for. */
export const ADAM_DEFAULTS: Required<AdamOptions> = {
  learningRate: 0.001,
  ...COMMON_DEFAULTS,
  meanDecay: 0.9,
  squareDecay: 0.999,
  epsilon: 1e-8,
};

/** Averages of gradients and of their squares. */
export const ADAM_SLOTS: readonly StateSlot[] = [
  { name: 'means', initial: 0 },
  { name: 'squares', initial: 0 },
];

const SLOTS_WITH_LARGEST: readonly StateSlot[] = [...ADAM_SLOTS, { name: 'largest', initial: 0 }];

/** @throws RangeError that begins with `where`, if an option is unknown or out of range. */
export function resolveAdam<T extends Required<AdamOptions>>(
  where: string,
  defaults: T,
  options: object,
): T {
  const resolved = resolveCommon(where, defaults, options);
  const { meanDecay, squareDecay, epsilon } = resolved;
  checkDecay(`${where}: meanDecay`, meanDecay);
  checkDecay(`${where}: squareDecay`, squareDecay);
  checkPositive(`${where}: epsilon`, epsilon);
  return resolved;
}

/** 1 − βᵗ: the sum of the weights in an average that began at 0, after `updates`. */
export function weightSum(decay: number, updates: number): number {
  return 1 - pow(decay, updates);
}

function step(
  { meanDecay, squareDecay, epsilon }: Required<AdamOptions>,
  kernels: OptimizerKernels,
  at: StepRegions,
  learningRate: number,
  largest: number,
  keep: number,
): void {
  kernels.stepAdam(
    at.parameters,
    at.gradients,
    slotOffset(at, 0),
    slotOffset(at, 1),
    largest,
    at.n,
    1 - meanDecay,
    1 - squareDecay,
    learningRate / weightSum(meanDecay, at.updates),
    1 / Math.sqrt(weightSum(squareDecay, at.updates)),
    epsilon,
    keep,
  );
}

/** With averages of gradients and of their squares. */
export const adamDefinition: OptimizerDefinition<Adam> = {
  kind: 'adam',
  resolve: (where, options) => ({ kind: 'adam', ...resolveAdam(where, ADAM_DEFAULTS, options) }),
  slots: () => ADAM_SLOTS,
  step(optimizer, kernels, at, learningRate) {
    step(optimizer, kernels, at, learningRate, NOWHERE, 1);
  },
};

/** Adam's, and the largest of the latter. */
export const amsgradDefinition: OptimizerDefinition<Amsgrad> = {
  kind: 'amsgrad',
  resolve: (where, options) => ({ kind: 'amsgrad', ...resolveAdam(where, ADAM_DEFAULTS, options) }),
  slots: () => SLOTS_WITH_LARGEST,
  step(optimizer, kernels, at, learningRate) {
    step(optimizer, kernels, at, learningRate, slotOffset(at, 2), 1);
  },
};

/** Adam's. */
export const adamWDefinition: OptimizerDefinition<AdamW> = {
  kind: 'adamW',

  resolve(where, options) {
    const defaults: Required<AdamWOptions> = { ...ADAM_DEFAULTS, weightDecay: 0.01 };
    const resolved = resolveAdam(where, defaults, options);
    checkBetween(`${where}: weightDecay`, resolved.weightDecay, 0, Number.MAX_VALUE);
    return { kind: 'adamW', ...resolved };
  },

  slots: () => ADAM_SLOTS,

  step(optimizer, kernels, at, learningRate) {
    const keep = 1 - learningRate * optimizer.weightDecay;
    step(optimizer, kernels, at, learningRate, NOWHERE, keep);
  },
};
