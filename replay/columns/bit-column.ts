import type { Allocator } from '../memory.ts';
import type { Row, RowColumn } from './row-column.ts';

/** Rows of zeros and ones: eight to a byte, the first in its lowest bit; each row begins a byte. */
export class BitColumn implements RowColumn {
  readonly size: number;
  readonly stride: number;
  readonly data: Uint8Array;

  /** Zeros, `[rows × ⌈size / 8⌉]`. */
  constructor(name: string, rows: number, size: number, allocator: Allocator) {
    this.size = size;
    this.stride = Math.ceil(size / 8);
    this.data = allocator.array(name, Uint8Array, rows * this.stride);
  }

  misfit(source: Row): number | undefined {
    for (let k = 0; k < source.length; k++) {
      if (source[k] !== 0 && source[k] !== 1) return source[k];
    }
    return undefined;
  }

  write(row: number, source: Row, offset: number): void {
    const { data, size, stride } = this;
    const start = row * stride;
    for (let b = 0; b < stride; b++) data[start + b] = packByte(source, offset, 8 * b, size);
  }

  equals(row: number, source: Row, offset: number): boolean {
    const { data, size, stride } = this;
    const start = row * stride;
    for (let b = 0; b < stride; b++) {
      if (data[start + b] !== packByte(source, offset, 8 * b, size)) return false;
    }
    return true;
  }

  read(row: number, target: Row, offset: number): void {
    const { data, size, stride } = this;
    const start = row * stride;
    for (let k = 0; k < size; k++) target[offset + k] = (data[start + (k >> 3)] >> (k & 7)) & 1;
  }

  gather(rows: Int32Array, count: number, target: Row, offset: number, step: number): void {
    const { data, size, stride } = this;
    for (let i = 0; i < count; i++) {
      const from = rows[i] * stride;
      const to = offset + i * step;
      for (let k = 0; k < size; k++) target[to + k] = (data[from + (k >> 3)] >> (k & 7)) & 1;
    }
  }
}

/** The numbers `first … first + 7` of a row that begins at `offset`, as far as there are so many. */
function packByte(source: Row, offset: number, first: number, size: number): number {
  const end = Math.min(first + 8, size);
  let byte = 0;
  for (let k = first; k < end; k++) byte |= source[offset + k] << (k - first);
  return byte;
}
