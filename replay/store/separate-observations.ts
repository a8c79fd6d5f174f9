import type { SavedData } from '../../core/saved.ts';
import type { Transitions } from '../../core/transitions.ts';
import { createColumn, type Row, type RowColumn } from '../columns/row-column.ts';
import type { Storage } from '../columns/storage.ts';
import type { Allocator } from '../memory.ts';
import { checkStorable } from './check-storable.ts';
import type { ObservationStore } from './observation-store.ts';
import { restoringColumn } from './saved-column.ts';

/** s and s′, each in a row of its own. */
export class SeparateObservations implements ObservationStore {
  readonly #capacity: number;
  readonly #observations: RowColumn;
  readonly #nextObservations: RowColumn;

  /** Room for `capacity` transitions with observations of `size` numbers. */
  constructor(capacity: number, size: number, storage: Storage, allocator: Allocator) {
    this.#capacity = capacity;
    const create = (name: string) => createColumn(storage, name, capacity, size, allocator);
    this.#observations = create('observations');
    this.#nextObservations = create('nextObservations');
  }

  check(where: string, transitions: Transitions): void {
    checkStorable(where, transitions, this.#observations);
  }

  write(number: number, first: number, transitions: Transitions, i: number): number {
    const row = number % this.#capacity;
    const offset = i * this.#observations.size;
    this.#observations.write(row, transitions.observations, offset);
    this.#nextObservations.write(row, transitions.nextObservations, offset);
    return first;
  }

  gather(rows: Int32Array, count: number, target: Row): void {
    this.#observations.gather(rows, count, target, 0, this.#observations.size);
  }

  gatherNext(rows: Int32Array, count: number, target: Row): void {
    this.#nextObservations.gather(rows, count, target, 0, this.#observations.size);
  }

  read(row: number, target: Row, offset: number): void {
    this.#observations.read(row, target, offset);
  }

  readNext(row: number, target: Row, offset: number): void {
    this.#nextObservations.read(row, target, offset);
  }

  save(rows: number): SavedData {
    const { data, stride } = this.#observations;
    return {
      observations: data.slice(0, rows * stride),
      nextObservations: this.#nextObservations.data.slice(0, rows * stride),
    };
  }

  restoring(where: string, saved: SavedData, rows: number): () => void {
    const parts = [
      { key: 'observations', column: this.#observations },
      { key: 'nextObservations', column: this.#nextObservations },
    ].map(({ key, column }) =>
      restoringColumn(where, saved, key, column.data, rows * column.stride),
    );
    return () => {
      for (const restore of parts) restore();
    };
  }
}
