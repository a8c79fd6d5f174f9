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
    unpackRow(this.data, row * this.stride, target, offset, this.size);
  }

  gather(rows: Int32Array, count: number, target: Row, offset: number, step: number): void {
    const { data, size, stride } = this;
    for (let i = 0; i < count; i++) {
      unpackRow(data, rows[i] * stride, target, offset + i * step, size);
    }
  }
}

/** Writes the bits of the bytes `from …` to `target[to …]`, `size` of them. */
function unpackRow(data: Uint8Array, from: number, target: Row, to: number, size: number): void {
  const whole = size >> 3;
  for (let b = 0; b < whole; b++) {
    const byte = data[from + b];
    const place = to + 8 * b;
    target[place] = byte & 1;
    target[place + 1] = (byte >> 1) & 1;
    target[place + 2] = (byte >> 2) & 1;
    target[place + 3] = (byte >> 3) & 1;
    target[place + 4] = (byte >> 4) & 1;
    target[place + 5] = (byte >> 5) & 1;
    target[place + 6] = (byte >> 6) & 1;
    target[place + 7] = byte >> 7;
  }
  for (let k = 8 * whole; k < size; k++) target[to + k] = (data[from + whole] >> (k & 7)) & 1;
}

/** The numbers `first … first + 7` of a row that begins at `offset`, as far as there are so many. */
function packByte(source: Row, offset: number, first: number, size: number): number {
  const end = Math.min(first + 8, size);
  let byte = 0;
  for (let k = first; k < end; k++) byte |= source[offset + k] << (k - first);
  return byte;
}
