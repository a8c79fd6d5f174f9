import type { SavedData } from '../../core/saved.ts';
import type { Transitions } from '../../core/transitions.ts';
import type { Row } from '../columns/row-column.ts';

/**
 * Where a ring of transitions keeps s and s′.
 *
 * Transitions are numbered from 0 in the order in which they come; transition `number` is in row
 * `number mod capacity` of the ring.
 */
export interface ObservationStore {
  /** @throws RangeError if an observation cannot be stored as it is. */
  check(where: string, transitions: Transitions): void;

  /**
   * Stores s and s′ of row `i` of `transitions`.
   *
   * @param first The number of the oldest transition that is still held.
   * @returns that number afterwards: what has been stored may take the place of the oldest.
   */
  write(number: number, first: number, transitions: Transitions, i: number): number;

  /** Writes s of row `rows[i]` of the ring to row i of `target`, for i below `count`. */
  gather(rows: Int32Array, count: number, target: Row): void;

  /** The same for s′. */
  gatherNext(rows: Int32Array, count: number, target: Row): void;

  /** Writes s of a row to `target[offset …]`. */
  read(row: number, target: Row, offset: number): void;

  /** The same for s′. */
  readNext(row: number, target: Row, offset: number): void;

  /** Everything, of which the first `rows` rows of the ring have been written. */
  save(rows: number): SavedData;

  /**
   * Reads what `save` gave.
   *
   * @returns what takes it over.
   * @throws Error if it does not fit; nothing has changed then, nor before the call of what it returns.
   */
  restoring(where: string, saved: SavedData, rows: number): () => void;
}
