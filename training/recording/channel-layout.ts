import type { Channel, ChannelType } from './manifest.ts';
import type { ColumnValues } from './recording.ts';

/** The types of a channel whose numbers are stored as they are. */
export type PlainType = Exclude<ChannelType, 'bit' | 'u8n' | 'json'>;

/** Makes an array of numbers. */
export type ColumnConstructor = new (length: number) => ColumnValues;

/** The array that holds the numbers of each type. */
export const PLAIN_ARRAYS: Readonly<Record<PlainType, ColumnConstructor>> = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i8: Int8Array,
  i16: Int16Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
};

/** Every type there is. */
export const CHANNEL_TYPES: readonly ChannelType[] = [
  ...(Object.keys(PLAIN_ARRAYS) as PlainType[]),
  'bit',
  'u8n',
  'json',
];

/** The most bytes of a full block, as it is stored and as it is in memory; JSON comes on top. */
export const MAX_BLOCK_BYTES: number = 8 * 1024 * 1024;

/** The most bytes of JSON in a block, all its `json` channels together. */
export const MAX_BLOCK_JSON_BYTES: number = 4 * 1024 * 1024;

/** The most bytes of one value of a `json` channel. */
export const MAX_JSON_ROW_BYTES: number = 1024 * 1024;

/** How many numbers and bytes a step has in one channel. */
export interface ChannelLayout {
  /** Numbers; 1 for `json`. */
  readonly rowSize: number;
  /** Bytes in a block; 4 for `json`, the length in front of each value. */
  readonly storedBytes: number;
  /** Bytes in a column in memory; 8 for `json`, a reference. */
  readonly memoryBytes: number;
}

/**
 * The layout of a channel.
 *
 * In a block a channel's steps stand one after the other:
 *
 * | type     | a step in a block                                                             |
 * | -------- | ----------------------------------------------------------------------------- |
 * | `u8`…`f64` | its numbers, little-endian                                                  |
 * | `bit`    | its bits, first one highest, filled up with zeros to whole bytes              |
 * | `u8n`    | a byte q for each number, which is q · scale; all steps' scales (f32) come first |
 * | `json`   | u32 length, then as many bytes of UTF-8                                       |
 */
export function channelLayout({ dtype, shape }: Channel): ChannelLayout {
  const rowSize = shape.reduce((product, extent) => product * extent, 1);
  switch (dtype) {
    case 'bit':
      return { rowSize, storedBytes: Math.ceil(rowSize / 8), memoryBytes: rowSize };
    case 'u8n':
      return { rowSize, storedBytes: 4 + rowSize, memoryBytes: 4 * rowSize };
    case 'json':
      return { rowSize: 1, storedBytes: 4, memoryBytes: 8 };
    default: {
      const bytes = rowSize * new PLAIN_ARRAYS[dtype](0).BYTES_PER_ELEMENT;
      return { rowSize, storedBytes: bytes, memoryBytes: bytes };
    }
  }
}

/** Bytes that a step takes with all its channels. */
export function stepLayout(channels: readonly Channel[]): Omit<ChannelLayout, 'rowSize'> {
  let storedBytes = 0;
  let memoryBytes = 0;
  for (const channel of channels) {
    const layout = channelLayout(channel);
    storedBytes += layout.storedBytes;
    memoryBytes += layout.memoryBytes;
  }
  return { storedBytes, memoryBytes };
}

/** Bytes in front of the channels of a block: u32, its number of steps. */
export const BLOCK_HEADER_BYTES = 4;

/** Whether a block's length follows from its number of steps: there is no `json` channel. */
export function isFixedSize(channels: readonly Channel[]): boolean {
  return channels.every(({ dtype }) => dtype !== 'json');
}

/** The most bytes that a block of `steps` steps may have. */
export function largestBlock(channels: readonly Channel[], steps: number): number {
  const fixed = BLOCK_HEADER_BYTES + steps * stepLayout(channels).storedBytes;
  return isFixedSize(channels) ? fixed : fixed + MAX_BLOCK_JSON_BYTES;
}
