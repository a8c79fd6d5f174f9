import type { Budget } from './budget.ts';
import { channelLayout, MAX_JSON_ROW_BYTES, PLAIN_ARRAYS } from './channel-layout.ts';
import type { Channel } from './manifest.ts';
import { jsonCost, parseJson } from './parse-json.ts';
import type { Column, ColumnValues } from './recording.ts';

/** An empty column for `length` steps. */
export function createColumn(channel: Channel, length: number): Column {
  const { rowSize } = channelLayout(channel);
  const { dtype } = channel;
  if (dtype === 'json') return { channel, rowSize, values: [] };
  const type = dtype === 'bit' ? Uint8Array : dtype === 'u8n' ? Float32Array : PLAIN_ARRAYS[dtype];
  return { channel, rowSize, values: new type(length * rowSize) };
}

/** A part of a block: the channel that begins at `at`, for `steps` steps. */
export interface BlockPart {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly steps: number;
}

/**
 * Reads one channel of a block into a column.
 *
 * @param firstStep Step of the column that the block begins with.
 * @param budget Pays for JSON values.
 * @returns where the next channel begins.
 * @throws Error if the block is too short, or its JSON is none.
 */
export function decodeColumn(
  part: BlockPart,
  column: Column,
  firstStep: number,
  budget: Budget,
): number {
  const { channel, rowSize, values } = column;
  const { bytes, at, steps } = part;
  if (Array.isArray(values)) return decodeJson(part, channel, values, budget);
  const end = at + steps * channelLayout(channel).storedBytes;
  if (end > bytes.length) throw tooShort(channel);
  const first = firstStep * rowSize;
  if (channel.dtype === 'bit') unpackBits(part, rowSize, values, first);
  else if (channel.dtype === 'u8n') scaleBytes(part, rowSize, values, first);
  else {
    const start = values.byteOffset + first * values.BYTES_PER_ELEMENT;
    new Uint8Array(values.buffer, start, end - at).set(bytes.subarray(at, end));
  }
  return end;
}

function unpackBits(part: BlockPart, rowSize: number, values: ColumnValues, first: number): void {
  const { bytes, at, steps } = part;
  const rowBytes = Math.ceil(rowSize / 8);
  for (let step = 0; step < steps; step++) {
    const start = at + step * rowBytes;
    for (let i = 0; i < rowSize; i++) {
      values[first + step * rowSize + i] = (bytes[start + (i >> 3)] >> (7 - (i & 7))) & 1;
    }
  }
}

function scaleBytes(part: BlockPart, rowSize: number, values: ColumnValues, first: number): void {
  const { bytes, at, steps } = part;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let step = 0; step < steps; step++) {
    const scale = view.getFloat32(at + 4 * step, true);
    const start = at + 4 * steps + step * rowSize;
    for (let i = 0; i < rowSize; i++) values[first + step * rowSize + i] = bytes[start + i] * scale;
  }
}

function decodeJson(part: BlockPart, channel: Channel, values: unknown[], budget: Budget): number {
  const { bytes, steps } = part;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let { at } = part;
  for (let step = 0; step < steps; step++) {
    if (at + 4 > bytes.length) throw tooShort(channel);
    const length = view.getUint32(at, true);
    at += 4;
    if (at + length > bytes.length) throw tooShort(channel);
    if (length > MAX_JSON_ROW_BYTES) {
      throw new Error(
        `channel "${channel.name}": JSON must have at most ${MAX_JSON_ROW_BYTES} bytes, got ${length}.`,
      );
    }
    const text = bytes.subarray(at, at + length);
    const name = `channel "${channel.name}"`;
    budget.spend(name, jsonCost(name, text));
    values.push(parseJson(name, text));
    at += length;
  }
  return at;
}

function tooShort({ name }: Channel): Error {
  return new Error(`the block must hold channel "${name}", but ends before it.`);
}
