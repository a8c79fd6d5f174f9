import type { LossSpecification } from '../../../../networks/losses/registry.ts';
import { categoricalReturns } from './categorical-returns.ts';
import { expectedReturns } from './expected-returns.ts';
import { quantileReturns } from './quantile-returns.ts';
import type { ResolvedReturns } from './return-options.ts';

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

/** The form that the options name. */
export function createReturnForm(options: ResolvedReturns): ReturnForm {
  switch (options.kind) {
    case 'expected':
      return expectedReturns(options);
    case 'categorical':
      return categoricalReturns(options);
    case 'quantile':
      return quantileReturns(options);
  }
}
