import type { LossSpecification } from '../../../../networks/losses/registry.ts';
import { categoricalReturns } from './categorical-returns.ts';
import { expectedReturns } from './expected-returns.ts';
import { quantileReturns } from './quantile-returns.ts';

/** What a network's outputs say of the return of each action. */
export interface ReturnForm {
  /** Outputs for each action; a row of outputs is `[numActions × size]`. */
  readonly size: number;
  /** What is made small; its targets are those that `writeTargets` gives. */
  readonly loss: LossSpecification;
  /**
   * Q(s, a): the mean of the return.
   *
   * @param outputs `[rows × numActions × size]`.
   * @param values Receives them, `[rows × numActions]`.
   */
  writeValues(outputs: Float32Array, values: Float32Array): void;
  /**
   * What the return of the action taken must become: that of r + γ Z(s′, a*).
   *
   * @param rewards r, `[rows]`.
   * @param discounts γ, `[rows]`; 0 where s′ is terminal.
   * @param nextOutputs Of s′, `[rows × numActions × size]`.
   * @param nextActions a*, `[rows]`.
   * @param targets Receives them, `[rows × size]`.
   */
  writeTargets(
    rewards: Float64Array,
    discounts: Float64Array,
    nextOutputs: Float32Array,
    nextActions: Int32Array,
    targets: Float32Array,
  ): void;
}

/** Which form, as JSON. */
export type ReturnFormOptions =
  | ExpectedReturnsOptions
  | CategoricalReturnsOptions
  | QuantileReturnsOptions;

/** The mean alone: DQN. */
export interface ExpectedReturnsOptions {
  readonly kind: 'expected';
  /** `squared` as CleanRL and Adam like it, or `huber` as in Mnih et al. (2015). */
  readonly loss: 'squared' | 'huber';
}

/** Chances of fixed returns: C51. */
export interface CategoricalReturnsOptions {
  readonly kind: 'categorical';
  /** At least 2. */
  readonly atoms: number;
  /** The least return that can be told. */
  readonly low: number;
  /** The largest. */
  readonly high: number;
}

/** Quantiles of the return: QR-DQN. */
export interface QuantileReturnsOptions {
  readonly kind: 'quantile';
  /** At least 1. */
  readonly quantiles: number;
  /** κ of the quantile Huber loss, at least 0. */
  readonly threshold: number;
}

/** @throws RangeError that begins with `where`, if the kind is unknown or a number is out of range. */
export function createReturnForm(where: string, options: ReturnFormOptions): ReturnForm {
  switch (options?.kind) {
    case 'expected':
      return expectedReturns(where, options);
    case 'categorical':
      return categoricalReturns(options);
    case 'quantile':
      return quantileReturns(options);
    default:
      throw new RangeError(
        `${where}.kind must be one of expected, categorical, quantile, got ${(options as { kind?: unknown })?.kind}.`,
      );
  }
}
