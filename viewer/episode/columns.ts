import type { Column, Episode } from '../../training/recording/recording.ts';

/** The numbers of one step of a channel; `null` when the channel or the step is not there. */
export function numbersAt(episode: Episode, name: string, step: number): ArrayLike<number> | null {
  const column = episode.columns.get(name);
  if (column === undefined || Array.isArray(column.values)) return null;
  if (step < 0 || step >= episode.length) return null;
  const { rowSize, values } = column;
  return values.subarray(step * rowSize, (step + 1) * rowSize);
}

/** The first number of one step of a channel; `null` when it is not there or not a number. */
export function numberAt(episode: Episode, name: string, step: number): number | null {
  const row = numbersAt(episode, name, step);
  return row !== null && row.length > 0 && Number.isFinite(row[0]) ? row[0] : null;
}

/** What a `json` channel holds for one step; `undefined` when it is not there. */
export function jsonAt(episode: Episode, name: string, step: number): unknown {
  const values: Column['values'] | undefined = episode.columns.get(name)?.values;
  return Array.isArray(values) ? values[step] : undefined;
}
