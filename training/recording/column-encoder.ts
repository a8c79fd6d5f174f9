import { show } from '../../core/check.ts';
import { encodeUtf8 } from '../../core/utf8.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  channelLayout,
  MAX_JSON_ROW_BYTES,
  PLAIN_ARRAYS,
  type PlainType,
} from './channel-layout.ts';
import type { Channel } from './manifest.ts';

/** Collects the steps of one channel until their block is full. */
export interface ColumnEncoder {
  readonly channel: Channel;

  /**
   * Sets the row of a step of the block, over what was there.
   *
   * @param step From 0; never beyond the steps set so far.
   * @throws RangeError if `value` is not what the channel holds.
   */
  set(step: number, value: unknown): void;

  /** Bytes that the first `steps` steps take in a block. */
  storedBytes(steps: number): number;

  /** Writes the first `steps` steps into `block` from `at` on; returns where they end. */
  store(steps: number, block: Uint8Array, at: number): number;
}

/** An encoder with room for `blockSteps` steps of a channel. */
export function columnEncoder(channel: Channel, blockSteps: number): ColumnEncoder {
  switch (channel.dtype) {
    case 'bit':
      return bitEncoder(channel, blockSteps);
    case 'u8n':
      return scaledEncoder(channel, blockSteps);
    case 'json':
      return jsonEncoder(channel);
    default:
      return plainEncoder(channel, channel.dtype, blockSteps);
  }
}

/** Whole numbers that each integer type holds. */
const INTEGER_RANGES: Readonly<Partial<Record<PlainType, readonly [number, number]>>> = {
  u8: [0, 0xff],
  u16: [0, 0xffff],
  u32: [0, 0xffff_ffff],
  i8: [-0x80, 0x7f],
  i16: [-0x8000, 0x7fff],
  i32: [-0x8000_0000, 0x7fff_ffff],
};

function plainEncoder(channel: Channel, dtype: PlainType, blockSteps: number): ColumnEncoder {
  const { rowSize, storedBytes } = channelLayout(channel);
  const values = new PLAIN_ARRAYS[dtype](blockSteps * rowSize);
  const bytes = new Uint8Array(values.buffer); // every engine's typed arrays are little-endian here
  const range = INTEGER_RANGES[dtype];
  return {
    channel,
    set(step, row) {
      checkRow(channel, row, rowSize);
      for (let i = 0; i < rowSize; i++) {
        const value = numberAt(channel, row, i);
        if (range !== undefined) checkWhole(channel, value, range);
        // One NaN for all of them, so that the bytes do not depend on where it came from.
        values[step * rowSize + i] = Number.isNaN(value) ? Number.NaN : value;
      }
    },
    storedBytes: (steps) => steps * storedBytes,
    store(steps, block, at) {
      block.set(bytes.subarray(0, steps * storedBytes), at);
      return at + steps * storedBytes;
    },
  };
}

function bitEncoder(channel: Channel, blockSteps: number): ColumnEncoder {
  const { rowSize, storedBytes } = channelLayout(channel);
  const bytes = new Uint8Array(blockSteps * storedBytes);
  return {
    channel,
    set(step, row) {
      checkRow(channel, row, rowSize);
      const start = step * storedBytes;
      bytes.fill(0, start, start + storedBytes);
      for (let i = 0; i < rowSize; i++) {
        const bit = numberAt(channel, row, i);
        checkWhole(channel, bit, [0, 1]);
        bytes[start + (i >> 3)] |= bit << (7 - (i & 7));
      }
    },
    storedBytes: (steps) => steps * storedBytes,
    store(steps, block, at) {
      block.set(bytes.subarray(0, steps * storedBytes), at);
      return at + steps * storedBytes;
    },
  };
}

const MAX_F32 = 3.4028234663852886e38;

function scaledEncoder(channel: Channel, blockSteps: number): ColumnEncoder {
  const { rowSize } = channelLayout(channel);
  const scales = new Float32Array(blockSteps);
  const scaleBytes = new Uint8Array(scales.buffer);
  const bytes = new Uint8Array(blockSteps * rowSize);
  return {
    channel,
    set(step, row) {
      checkRow(channel, row, rowSize);
      let largest = 0;
      for (let i = 0; i < rowSize; i++) {
        const value = numberAt(channel, row, i);
        if (!(value >= 0 && value <= MAX_F32)) throw unfit(channel, 'numbers of at least 0', value);
        largest = Math.max(largest, value);
      }
      scales[step] = largest / 255;
      const scale = scales[step];
      for (let i = 0; i < rowSize; i++) {
        const level = scale > 0 ? Math.round(numberAt(channel, row, i) / scale) : 0;
        bytes[step * rowSize + i] = Math.min(level, 255);
      }
    },
    storedBytes: (steps) => steps * (4 + rowSize),
    store(steps, block, at) {
      block.set(scaleBytes.subarray(0, 4 * steps), at);
      block.set(bytes.subarray(0, steps * rowSize), at + 4 * steps);
      return at + steps * (4 + rowSize);
    },
  };
}

function jsonEncoder(channel: Channel): ColumnEncoder {
  const rows: Uint8Array[] = [];
  const ends: number[] = []; // bytes of the steps up to each one, itself included
  return {
    channel,
    set(step, value) {
      const row = encodeUtf8(canonicalJson(`RecordingWriter.step: ${channel.name}`, value));
      if (row.length > MAX_JSON_ROW_BYTES) {
        throw unfit(channel, `at most ${MAX_JSON_ROW_BYTES} bytes of JSON`, row.length);
      }
      rows[step] = row;
      ends[step] = (step > 0 ? ends[step - 1] : 0) + 4 + row.length;
    },
    storedBytes: (steps) => (steps > 0 ? ends[steps - 1] : 0),
    store(steps, block, start) {
      const view = new DataView(block.buffer, block.byteOffset);
      for (let step = 0, at = start; step < steps; step++) {
        view.setUint32(at, rows[step].length, true);
        block.set(rows[step], at + 4);
        at = start + ends[step];
      }
      return start + this.storedBytes(steps);
    },
  };
}

function checkRow(channel: Channel, row: unknown, rowSize: number): void {
  if (typeof row === 'number' && rowSize === 1) return;
  const list = typeof row === 'object' && row !== null && 'length' in row;
  if (list && row.length === rowSize) return;
  throw unfit(channel, rowSize === 1 ? 'one number' : `${rowSize} numbers`, row);
}

function numberAt(channel: Channel, row: unknown, index: number): number {
  const value = typeof row === 'number' ? row : (row as ArrayLike<unknown>)[index];
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw unfit(channel, 'numbers', value);
}

function checkWhole(channel: Channel, value: number, range: readonly [number, number]): void {
  const [least, most] = range;
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw unfit(channel, `integers from ${least} to ${most}`, value);
}

function unfit({ name, dtype }: Channel, rule: string, value: unknown): RangeError {
  const length = ArrayBuffer.isView(value) || Array.isArray(value) ? ' (an array)' : '';
  return new RangeError(
    `RecordingWriter.step: channel "${name}" (${dtype}) must be given ${rule}, got ${show(value)}${length}.`,
  );
}
