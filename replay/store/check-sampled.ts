import { checkLength } from '../../core/check.ts';
import type { SampledColumns } from '../replay-batch.ts';
import { checkRows, type RowSizes } from './rows.ts';

/** @throws RangeError unless a batch has all columns that `numSteps`-step returns of these sizes need. */
export function checkSampled(
  where: string,
  batch: SampledColumns,
  sizes: RowSizes,
  numSteps: number,
): void {
  checkRows(where, batch, sizes);
  const rows = batch.rewards.length;
  const { discounts, weights, indices } = batch;
  // Only who is refused pays for the words.
  if (
    (discounts !== undefined && discounts.length !== rows) ||
    (weights !== undefined && weights.length !== rows) ||
    (indices !== undefined && indices.length !== rows)
  ) {
    for (const [name, column] of Object.entries({ discounts, weights, indices })) {
      if (column !== undefined) checkLength(`${where}: ${name}`, column, rows);
    }
  }
  if (numSteps > 1 && discounts === undefined) {
    throw new RangeError(
      `${where}: a batch of ${numSteps}-step returns must have discounts. Make it with createBatch().`,
    );
  }
}
