import type { SavedArray } from '../../core/saved.ts';
import type { Allocator } from '../memory.ts';
import { BitColumn } from './bit-column.ts';
import { NumbersColumn } from './numbers-column.ts';
import type { Storage } from './storage.ts';

/** The rows that go into columns and come out again. */
export type Row = Float32Array | Uint8Array;

/** Rows of numbers, `[rows × size]`, in whatever form. Nothing allocates. */
export interface RowColumn {
  /** Numbers in a row. */
  readonly size: number;
  /** What is stored, of `stride` elements a row. */
  readonly data: SavedArray;
  readonly stride: number;

  /** The first number of `source` that cannot be stored as it is; `undefined` where all can. */
  misfit(source: Row): number | undefined;

  /** Stores `source[offset …]` as a row. */
  write(row: number, source: Row, offset: number): void;

  /** Whether `source[offset …]` is what the row holds. */
  equals(row: number, source: Row, offset: number): boolean;

  /** Writes a row to `target[offset …]`. */
  read(row: number, target: Row, offset: number): void;

  /** Writes row `rows[i]`, for i below `count`, to `target[offset + i · step …]`. */
  gather(rows: Int32Array, count: number, target: Row, offset: number, step: number): void;
}

/** A column of `rows` rows of `size` numbers, zeros. */
export function createColumn(
  storage: Storage,
  name: string,
  rows: number,
  size: number,
  allocator: Allocator,
): RowColumn {
  switch (storage) {
    case 'bits':
      return new BitColumn(name, rows, size, allocator);
    case 'uint8':
      return new NumbersColumn(name, [rows, size], Uint8Array, allocator);
    case 'float32':
      return new NumbersColumn(name, [rows, size], Float32Array, allocator);
  }
}
