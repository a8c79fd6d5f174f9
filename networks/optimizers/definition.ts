import type { OptimizerKernels } from '../kernels/optimizers.ts';
import type { CommonOptions } from './common.ts';

/** An optimizer as data: a kind, and what that kind needs. */
export interface AnyOptimizer extends Required<CommonOptions> {
  readonly kind: string;
}

/** What the library knows of one kind of optimizer. */
export interface OptimizerDefinition<S extends AnyOptimizer = AnyOptimizer> {
  readonly kind: S['kind'];

  /**
   * The complete optimizer that is meant.
   *
   * @param options What its JSON has beside `kind`; may lack what has a default.
   * @throws RangeError that begins with `where`.
   */
  resolve(where: string, options: object): S;

  /** What it remembers, in the order of `Optimizer.state`. */
  slots(optimizer: S): readonly StateSlot[];

  /** One update, from gradients that are clipped and penalized already. */
  step(optimizer: S, kernels: OptimizerKernels, at: StepRegions, learningRate: number): void;
}

/** A number that is remembered for each parameter. */
export interface StateSlot {
  /** In the plural: `velocities`, `squares`. */
  readonly name: string;
  /** What it is before the first update. */
  readonly initial: number;
}

/** Where a step reads and writes: indices of first numbers. */
export interface StepRegions {
  readonly parameters: number;
  readonly gradients: number;
  /** `[slots × n]`. */
  readonly state: number;
  /** Parameters. */
  readonly n: number;
  /** t, this one counted: 1 for the first. */
  readonly updates: number;
}

/** Where slot `i` begins. */
export function slotOffset({ state, n }: StepRegions, i: number): number {
  return state + i * n;
}

/** What kernels take for an array that is not there. */
export const NOWHERE = -1;
