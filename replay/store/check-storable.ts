import type { Transitions } from '../../core/transitions.ts';
import type { RowColumn } from '../columns/row-column.ts';

/** @throws RangeError if a number of an observation cannot be stored in the column as it is. */
export function checkStorable(
  where: string,
  { observations, nextObservations }: Transitions,
  column: RowColumn,
): void {
  const misfit = column.misfit(observations) ?? column.misfit(nextObservations);
  if (misfit === undefined) return;
  throw new RangeError(
    `${where}: observations must be numbers that the buffer's storage holds, got ${misfit}. Give the space its true bounds, or the buffer the option storage: 'float32'.`,
  );
}
