import type { Numbers } from '../layers/run.ts';

/** Any loss, as data: `kind` says which definition it belongs to. */
export interface AnyLoss {
  readonly kind: string;
}

/** All that the library knows of one kind of loss: one file of `networks/losses` each. */
export interface LossDefinition<L extends AnyLoss> {
  readonly kind: L['kind'];

  /** What a row's error is: how far its outputs are from the targets, or the row's loss. */
  readonly error: 'distance' | 'loss';

  /** Whether it can leave out outputs that a mask forbids. */
  readonly isMaskable: boolean;

  /**
   * The loss with all its options, checked.
   *
   * @param where Whose it is, for errors.
   * @param options What JSON has beside `kind`; may lack what has a default.
   * @throws RangeError that begins with `where`.
   */
  resolve(where: string, options: object): L;

  /** Outputs that one choice stands for; 0 where nothing can be chosen. */
  choiceSize(loss: L): number;

  /** Targets of a row with so many outputs; 0 if the loss cannot be of so many. */
  targetSize(loss: L, outputs: number): number;

  /** The loss of one row, and its gradient times `scale`. */
  readonly row: RowLoss<L>;
}

/**
 * The loss of one row.
 *
 * @param first Index of the row's first output among `outputs`, and so in `gradients`.
 * @param size Outputs that the loss sees.
 * @param row Its targets begin at `row · targetSize`, its mask at `row · size`.
 * @param gradients Written, `size` of them: scale · ∂loss/∂output.
 * @param mask 0 where an output does not count; `null` if all do.
 */
export type RowLoss<L> = (
  loss: L,
  outputs: Numbers,
  first: number,
  size: number,
  targets: ArrayLike<number>,
  row: number,
  scale: number,
  gradients: Numbers,
  mask: Uint8Array | null,
) => number;
