import { type ByteSource, parseAsync } from '../zip/byte-source.ts';
import type { Codec } from '../zip/codec.ts';
import type { ZipEntry } from '../zip/entry.ts';
import { readEntry, type ZipContents } from '../zip/reader.ts';
import type { Budget } from './budget.ts';
import { largestBlock } from './channel-layout.ts';
import type { Manifest } from './manifest.ts';
import { jsonCost, MAX_JSON_BYTES, parseJson } from './parse-json.ts';

/** A recording's file while it is being read. */
export interface RecordingSource {
  readonly source: ByteSource;
  readonly codec: Codec;
  readonly contents: ZipContents;
}

/** Reads an entry with JSON; the budget pays for its value. */
export async function readJsonEntry(
  { source, codec, contents }: RecordingSource,
  name: string,
  budget: Budget,
): Promise<unknown> {
  const entry = contents.entries.get(name);
  if (entry === undefined) throw new Error(`Recording: there must be an entry "${name}".`);
  const bytes = await parseAsync(source, readEntry(contents, entry, codec, MAX_JSON_BYTES));
  budget.spend(name, jsonCost(name, bytes));
  return parseJson(name, bytes);
}

/** Reads the bytes of a block of at most `steps` steps. */
export async function readBlockBytes(
  { source, codec, contents }: RecordingSource,
  block: ZipEntry,
  channels: Manifest['channels'],
  steps: number,
): Promise<Uint8Array> {
  return parseAsync(source, readEntry(contents, block, codec, largestBlock(channels, steps)));
}
