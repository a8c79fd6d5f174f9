import type { SavedArray, SavedData, SavedValue } from '../core/saved.ts';
import {
  checkSavedHeader,
  isSavedArray,
  savedCount,
  savedHeader,
  savedObject,
} from '../core/saved.ts';
import type { Channel, EpisodeMeta } from './recording/manifest.ts';

/** The channel types that can be kept in memory. */
export type BufferedType = 'f64' | 'f32' | 'i32' | 'u32' | 'u8' | 'bit';

type ArrayConstructorOf = new (length: number) => SavedArray;

/** The array types that recorded columns are kept in, by channel type. */
const ARRAYS: Readonly<Record<BufferedType, ArrayConstructorOf>> = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u8: Uint8Array,
  bit: Uint8Array,
};

/** A channel that can be kept in memory while its episode runs. */
export interface BufferedChannel extends Channel {
  readonly dtype: BufferedType;
}

/**
 * The steps of one episode in columns that grow: what a recording is written from.
 *
 * It holds the first `maxSteps` of them; of later ones it keeps the count alone.
 */
export class EpisodeBuffer {
  readonly channels: readonly BufferedChannel[];
  readonly maxSteps: number;
  meta: EpisodeMeta | null = null;
  #length = 0;
  #dropped = 0;
  #capacity = 64;
  readonly #columns: { values: SavedArray; readonly rowSize: number }[];

  /** @param maxSteps At least 1. */
  constructor(channels: readonly BufferedChannel[], maxSteps: number) {
    this.channels = channels;
    this.maxSteps = maxSteps;
    this.#columns = channels.map(({ dtype, shape }) => {
      const rowSize = shape.reduce((product, extent) => product * extent, 1);
      return { values: new ARRAYS[dtype](this.#capacity * rowSize), rowSize };
    });
  }

  /** Steps held. */
  get length(): number {
    return this.#length;
  }

  /** Steps that came after it was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether it takes no more steps. */
  get isFull(): boolean {
    return this.#length === this.maxSteps;
  }

  /** Forgets everything and begins an episode. */
  begin(meta: EpisodeMeta): void {
    this.meta = meta;
    this.#length = 0;
    this.#dropped = 0;
  }

  /**
   * Sets the row of step `length` in one column; `endStep` makes it count. Not for one that is full.
   *
   * @param channel Position in `channels`.
   */
  set(channel: number, row: number | ArrayLike<number>): void {
    const { values, rowSize } = this.#columns[channel];
    const start = this.#length * rowSize;
    if (typeof row === 'number') values[start] = row;
    else for (let i = 0; i < rowSize; i++) values[start + i] = row[i];
  }

  /** Closes the current step. */
  endStep(): void {
    if (this.isFull) {
      this.#dropped++;
      return;
    }
    this.#length++;
    if (this.#length < this.#capacity) return;
    this.#capacity *= 2;
    for (const column of this.#columns) {
      const larger = new (column.values.constructor as typeof Float64Array)(
        this.#capacity * column.rowSize,
      );
      larger.set(column.values);
      column.values = larger;
    }
  }

  /** The row of step `t`, for a writer: a number, or a view that is valid until the next change. */
  row(t: number): Record<string, number | SavedArray> {
    const row: Record<string, number | SavedArray> = {};
    this.channels.forEach(({ name, shape }, channel) => {
      const { values, rowSize } = this.#columns[channel];
      row[name] = shape.length === 0 ? values[t] : values.subarray(t * rowSize, (t + 1) * rowSize);
    });
    return row;
  }

  save(): SavedData {
    const columns: Record<string, SavedValue> = {};
    this.channels.forEach(({ name }, channel) => {
      const { values, rowSize } = this.#columns[channel];
      columns[name] = values.slice(0, this.#length * rowSize);
    });
    return {
      ...savedHeader('episode-buffer', 1),
      meta: this.meta as unknown as SavedValue,
      length: this.#length,
      ...(this.#dropped > 0 ? { dropped: this.#dropped } : {}),
      columns,
    };
  }

  /** @throws Error if `saved` was not written by a buffer of the same channels. */
  restore(saved: SavedData): void {
    const where = 'EpisodeBuffer.restore';
    checkSavedHeader(where, saved, 'episode-buffer', 1);
    const length = savedCount(where, saved, 'length');
    const columns = savedObject(where, saved, 'columns');
    this.channels.forEach(({ name }, channel) => {
      const { values, rowSize } = this.#columns[channel];
      const column = columns[name];
      const fits = isSavedArray(column) && column.constructor === values.constructor;
      if (!fits || column.length !== length * rowSize) {
        throw new Error(
          `${where}: column ${name} must be a ${values.constructor.name} of length ${length * rowSize}.`,
        );
      }
    });
    const dropped = saved.dropped === undefined ? 0 : savedCount(where, saved, 'dropped');
    this.meta = saved.meta as unknown as EpisodeMeta | null;
    this.#length = 0;
    this.#dropped = dropped;
    for (let t = 0; t < length; t++) this.endStep(); // drops what an older version has kept beyond
    this.channels.forEach(({ name }, channel) => {
      const { values, rowSize } = this.#columns[channel];
      const column = columns[name] as SavedArray;
      values.set(column.subarray(0, this.#length * rowSize));
    });
  }
}
