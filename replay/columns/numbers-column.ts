import type { ArrayType } from '../../core/allocate.ts';
import type { Allocator } from '../memory.ts';
import type { Row, RowColumn } from './row-column.ts';

// Copying a row by `set` costs about 17 ns and hardly grows with its length, a loop 0.8 ns a number. But
// `set` needs a view of the row, which is made once for each row: that is worth it from here on.
const LONG = 1024; // bytes in a row

/** Rows of numbers, each in an element of its own: any in float32, the integers 0 … 255 in uint8. */
export class NumbersColumn<T extends Row> implements RowColumn {
  readonly size: number;
  readonly stride: number;
  readonly data: T;
  readonly #views: readonly T[] = []; // of each row, where rows are long

  /** Zeros, `[rows × size]`. */
  constructor(
    name: string,
    [rows, size]: readonly [number, number],
    type: ArrayType<T>,
    allocator: Allocator,
  ) {
    this.size = size;
    this.stride = size;
    this.data = allocator.array(name, type, rows * size);
    if (size * type.BYTES_PER_ELEMENT < LONG) return;
    if (allocator.views('views of rows', rows)) this.#views = viewsOf(this.data, rows, size);
  }

  misfit(source: Row): number | undefined {
    if (this.data instanceof Float32Array) return undefined;
    for (let k = 0; k < source.length; k++) {
      const number = source[k];
      if (number !== (number & 255)) return number;
    }
    return undefined;
  }

  write(row: number, source: Row, offset: number): void {
    const { data, size } = this;
    const start = row * size;
    if (this.#views.length > 0 && source.length === size) data.set(source, start);
    else for (let k = 0; k < size; k++) data[start + k] = source[offset + k];
  }

  equals(row: number, source: Row, offset: number): boolean {
    const { data, size } = this;
    const start = row * size;
    for (let k = 0; k < size; k++) {
      if (!Object.is(data[start + k], source[offset + k])) return false; // 0 is not −0, NaN is NaN
    }
    return true;
  }

  read(row: number, target: Row, offset: number): void {
    const { data, size } = this;
    const start = row * size;
    if (this.#views.length > 0) target.set(this.#views[row], offset);
    else for (let k = 0; k < size; k++) target[offset + k] = data[start + k];
  }

  gather(rows: Int32Array, count: number, target: Row, offset: number, step: number): void {
    const views = this.#views;
    if (views.length > 0) {
      for (let i = 0; i < count; i++) target.set(views[rows[i]], offset + i * step);
    } else {
      copyRows(this.data, this.size, rows, count, target, offset, step);
    }
  }
}

function viewsOf<T extends Row>(data: T, rows: number, size: number): readonly T[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * size, (i + 1) * size) as T);
}

/** Four numbers at a time: half as long as one by one. */
function copyRows(
  data: Row,
  size: number,
  rows: Int32Array,
  count: number,
  target: Row,
  offset: number,
  step: number,
): void {
  const fours = size - (size & 3);
  for (let i = 0; i < count; i++) {
    const from = rows[i] * size;
    const to = offset + i * step;
    let k = 0;
    for (; k < fours; k += 4) {
      const source = from + k;
      const place = to + k;
      target[place] = data[source];
      target[place + 1] = data[source + 1];
      target[place + 2] = data[source + 2];
      target[place + 3] = data[source + 3];
    }
    for (; k < size; k++) target[to + k] = data[from + k];
  }
}
