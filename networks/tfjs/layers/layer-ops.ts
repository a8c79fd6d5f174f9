import type { Rng } from '../../../core/rng.ts';
import type { AnyLayer } from '../../layers/definition.ts';
import type { Pass } from '../../layers/run.ts';
import type { LayerPlan, ParameterEntry, StateEntry, StatisticEntry } from '../../plan.ts';
import type { Tensor, Tensor1D, Tensor2D, TensorFlow } from '../tensorflow.ts';

/**
 * A layer in TensorFlow.js's operations, which know their gradients.
 *
 * @param x `[rows, …plan.input]`.
 * @returns `[rows, …plan.output]`.
 */
export type LayerOps<L extends AnyLayer> = (plan: LayerPlan<L>, x: Tensor, scope: Scope) => Tensor;

/** What a layer gets to work with in one call of its network. */
export interface Scope {
  readonly tf: TensorFlow;
  readonly pass: Pass;

  /** 0 where an episode begins, else 1, `[rows, 1]`; `null` where none does. */
  readonly carries: Tensor2D | null;

  /** The numbers of a parameter in its shape. */
  parameter(entry: ParameterEntry): Tensor;

  statistic(entry: StatisticEntry): Tensor1D;

  /** Leaves a statistic for the calls after this one. */
  setStatistic(entry: StatisticEntry, value: Tensor1D): void;

  /** What each sequence carries, `[batch, entry.size]`. */
  state(entry: StateEntry): Tensor2D;

  /** Leaves it for the calls after this one. */
  setState(entry: StateEntry, value: Tensor2D): void;

  /**
   * Random numbers in the order in which the other engines draw them, `[size]`.
   *
   * @param draw One of them.
   */
  draw(size: number, draw: (rng: Rng) => number): Tensor1D;

  /** Layers inside this one, first to last. */
  stack(plans: readonly LayerPlan[], x: Tensor): Tensor;
}
