import type { Budget } from './budget.ts';
import { BLOCK_HEADER_BYTES } from './channel-layout.ts';
import { createColumn, decodeColumn } from './column-decoder.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import type { Channel } from './manifest.ts';
import type { Column } from './recording.ts';

/** The bytes of a block: u32 number of steps, then each channel's bytes in manifest order. */
export function encodeBlock(encoders: readonly ColumnEncoder[], steps: number): Uint8Array {
  const size = encoders.reduce(
    (sum, encoder) => sum + encoder.storedBytes(steps),
    BLOCK_HEADER_BYTES,
  );
  const block = new Uint8Array(size);
  new DataView(block.buffer).setUint32(0, steps, true);
  let at = BLOCK_HEADER_BYTES;
  for (const encoder of encoders) at = encoder.store(steps, block, at);
  return block;
}

/**
 * The number of steps that a block says it has.
 *
 * @throws Error unless it is from 1 to `most`.
 */
export function blockLength(block: Uint8Array, most: number): number {
  if (block.length < BLOCK_HEADER_BYTES) {
    throw new Error('the block must begin with its number of steps, but is shorter than 4 bytes.');
  }
  const steps = new DataView(block.buffer, block.byteOffset).getUint32(0, true);
  if (steps >= 1 && steps <= most) return steps;
  throw new Error(`the block must have 1 to ${most} steps, got ${steps}.`);
}

/** Empty columns for `length` steps, by channel name. */
export function createColumns(
  channels: readonly Channel[],
  length: number,
): ReadonlyMap<string, Column> {
  return new Map(channels.map((channel) => [channel.name, createColumn(channel, length)]));
}

/**
 * Reads a block into columns, from `firstStep` on.
 *
 * @param steps Steps that it must have.
 * @param budget Pays for JSON values.
 * @throws Error if the block does not hold exactly these steps.
 */
export function decodeBlock(
  block: Uint8Array,
  steps: number,
  target: { readonly columns: ReadonlyMap<string, Column>; readonly firstStep: number },
  budget: Budget,
): void {
  const found = blockLength(block, steps);
  if (found !== steps) throw new Error(`the block must have ${steps} steps, got ${found}.`);
  let at = BLOCK_HEADER_BYTES;
  for (const column of target.columns.values()) {
    at = decodeColumn({ bytes: block, at, steps }, column, target.firstStep, budget);
  }
  if (at !== block.length) {
    throw new Error(
      `the block must end with its last channel at ${at}, got ${block.length} bytes.`,
    );
  }
}
