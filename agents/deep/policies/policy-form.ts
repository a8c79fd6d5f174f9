import type { Rng } from '../../../core/rng.ts';
import type { ActionColumn } from '../../../core/transitions.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { SavedParts } from '../../saved-parts.ts';

/**
 * A family of distributions over actions, one for each row of a network's outputs.
 *
 * Rows are named by where they begin, so that outputs of several heads can stand side by side. Numbers
 * are handed over in arrays, for a number that a call returns may have to be allocated.
 */
export interface PolicyForm {
  /** The head of the network that says which distribution it is. */
  readonly head: readonly Layer[];
  /** Outputs of that head in a row. */
  readonly size: number;
  /** Numbers of an action. */
  readonly actionSize: number;
  /** Numbers that say all of a distribution. */
  readonly policySize: number;
  /** What the family learns besides, such as deviations, to be saved. */
  readonly parts: SavedParts;

  /**
   * Draws an action.
   *
   * @param outputs The row begins at `first`.
   * @param actions Receives it in row `row`, `[rows × actionSize]`.
   * @param masks `[rows × numActions]`, 1 where an action is legal; absent where all are.
   */
  draw(
    outputs: Float32Array,
    first: number,
    rng: Rng,
    actions: ActionColumn,
    row: number,
    masks?: Uint8Array,
  ): void;

  /** Writes the likeliest action; the lowest of several. */
  choose(
    outputs: Float32Array,
    first: number,
    actions: ActionColumn,
    row: number,
    masks?: Uint8Array,
  ): void;

  /** Writes log π(a | s) into `result[0]`, and the entropy of π(· | s) in nats into `result[1]`. */
  evaluate(
    outputs: Float32Array,
    first: number,
    actions: ActionColumn,
    row: number,
    result: Float64Array,
    masks?: Uint8Array,
  ): void;

  /**
   * Adds the gradient of byLog · log π(a | s) + byEntropy · H(π(· | s)) to what it learns besides, and
   * writes that of the outputs.
   *
   * @param gradients As `outputs`.
   */
  writeGradient(
    outputs: Float32Array,
    first: number,
    actions: ActionColumn,
    row: number,
    byLog: number,
    byEntropy: number,
    gradients: Float32Array,
    masks?: Uint8Array,
  ): void;

  /**
   * Notes π(· | s), to be told from what it becomes.
   *
   * @param policies Receives it in row `row`, `[rows × policySize]`.
   */
  describe(
    outputs: Float32Array,
    first: number,
    policies: Float32Array,
    row: number,
    masks?: Uint8Array,
  ): void;

  /**
   * Writes KL(π_old(· | s) ‖ π(· | s)) in nats, exactly, into `result[0]`.
   *
   * @param policies π_old, as `describe` noted it.
   */
  divergence(
    outputs: Float32Array,
    first: number,
    policies: Float32Array,
    row: number,
    result: Float64Array,
    masks?: Uint8Array,
  ): void;

  /**
   * Adds the gradient of byDivergence · KL(π_old(· | s) ‖ π(· | s)) to what it learns besides, and to
   * that of the outputs.
   *
   * @param gradients As `outputs`.
   */
  addDivergenceGradient(
    outputs: Float32Array,
    first: number,
    policies: Float32Array,
    row: number,
    byDivergence: number,
    gradients: Float32Array,
    masks?: Uint8Array,
  ): void;

  /** Takes a gradient step with what it learns besides. */
  update(): void;

  /** π(a | s) of each action where they can be counted, `[numActions]`. */
  chances?(outputs: Float32Array, first: number, masks?: Uint8Array): Float64Array;
}
