import type { Rng } from '../../core/rng.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { LayerPlan, ParameterEntry, StateEntry, StatisticEntry } from '../plan.ts';

/** A float array. */
export type Numbers = Float32Array | Float64Array;

/** A place in an engine's array. It moves when a network meets a larger batch: read it in each call. */
export interface Region {
  /** Index of the first number. */
  readonly offset: number;
}

/** Where a layer reads and writes; each is `[rows × size]`. */
export interface Wires {
  readonly input: Region;
  readonly output: Region;
  /** ∂loss/∂input, written by `backward`; `null` where nobody wants it. */
  readonly inputGradient: Region | null;
  /** ∂loss/∂output. `backward` may use it up. */
  readonly outputGradient: Region;
}

/** What one call of a network is about. */
export interface Pass {
  /** Rows in all: `batch × steps`. */
  readonly rows: number;
  /** Sequences side by side. Row t · batch + i is step t of sequence i. */
  readonly batch: number;
  readonly steps: number;
  /** Whether to learn: then there is dropout, noise, and batches are normalized by themselves. */
  readonly training: boolean;
  /** 1 where an episode begins, and what came before is forgotten, `[rows]`; `null` for nowhere. */
  readonly starts: Uint8Array | null;
  /** Whether `backward` may leave the parameters' gradients out: only those of inputs are wanted. */
  readonly inputsOnly: boolean;
}

/** A layer at work. */
export interface LayerRun {
  forward(pass: Pass): void;

  /** Adds the parameters' gradients and writes the input's, for the last `forward`. */
  backward(pass: Pass): void;
}

/** What a layer gets to work with. */
export interface Workshop {
  readonly kernels: Kernels;

  /** The engine's array as it is now: read it in each call, it may be replaced. */
  readonly numbers: Numbers;

  /** For dropout and noise. */
  readonly rng: Rng;

  /** Reserves `size` numbers for each row of the batch. */
  perRow(size: number): Region;

  /** Reserves numbers that do not depend on the batch; zeros. */
  fixed(size: number): Region;

  /**
   * Reserves numbers that layers share: they last until `forward` or `backward` of this layer
   * returns, or calls a layer inside it.
   *
   * @param perRow Numbers for each row of the batch, but at most `most` of them in all.
   */
  scratch(perRow: number, most: number): Region;

  parameter(entry: ParameterEntry): ParameterRegions;

  statistic(entry: StatisticEntry): Region;

  /**
   * What the batch's sequences carry, a row each: to be read before the first step, and to be
   * overwritten with what the last one leaves.
   */
  state(entry: StateEntry): StateRegion;

  /**
   * Builds layers inside this one, the first one's input at the wires' input and so on.
   *
   * @param size Numbers in a row of the input: without any layer they are copied.
   */
  stack(plans: readonly LayerPlan[], size: number, wires: Wires): LayerRun;

  /** Notes where a layer leaves its output, `[rows × size]`, for those who want to look. */
  note(plan: LayerPlan, output: Region): void;
}

/** A stretch of every row of a matrix. */
export interface StateRegion extends Region {
  /** From one row to the next. */
  readonly stride: number;
}

/** Where a parameter and ∂loss/∂parameter are. */
export interface ParameterRegions {
  readonly value: Region;
  readonly gradient: Region;
}
