import { checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { type ByteSource, parseAsync } from '../zip/byte-source.ts';
import type { Codec } from '../zip/codec.ts';
import { RECORD_SIZE } from '../zip/layout.ts';
import { readZip, scanZip, type ZipContents } from '../zip/reader.ts';
import { createColumns, decodeBlock } from './block.ts';
import { Budget } from './budget.ts';
import { stepLayout } from './channel-layout.ts';
import { MANIFEST_ENTRY } from './entry-names.ts';
import type { Manifest } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';
import {
  type Columns,
  type Episode,
  type EpisodeEntry,
  RECORDING_LIMITS,
  type Recording,
  type RecordingLimits,
} from './recording.ts';
import { type RecordingSource, readBlockBytes, readJsonEntry } from './recording-source.ts';
import { type FoundEpisode, readTableOfContents } from './table-of-contents.ts';

/**
 * Opens a recording. Only its directory, manifest and index are read, so it can be far away.
 *
 *     const recording = await openRecording(bytesSource(bytes), codec);
 *     const { columns } = await recording.readEpisode(0);
 *
 * What an interrupted writer has left is opened as well, up to its last whole block; then it is
 * not `complete`. Nothing in the file is trusted: names, sizes and checksums are checked before
 * they are used, and reading takes no more memory than `limits` allow.
 *
 * @param limits Default `RECORDING_LIMITS`.
 * @throws Error if this is no recording, or one of a newer version, or its manifest is damaged.
 * @throws RangeError if a limit is out of range, or reached.
 */
export async function openRecording(
  source: ByteSource,
  codec: Codec,
  limits: Partial<RecordingLimits> = {},
): Promise<Recording> {
  const resolved = resolveOptions('openRecording', RECORDING_LIMITS, limits as RecordingLimits);
  checkPositive('openRecording: episodeBytes', resolved.episodeBytes);
  checkPositive('openRecording: jsonBytes', resolved.jsonBytes);
  const budget = new Budget('jsonBytes', resolved.jsonBytes);
  const { file, manifest } = await openFile(source, codec, budget);
  const { episodes, indexed } = await readTableOfContents(file, manifest, budget);
  return new OpenRecording(file, manifest, { episodes, indexed, limits: resolved });
}

/** A recording's file and its manifest; where the directory does not lead to it, by searching. */
export async function openFile(
  source: ByteSource,
  codec: Codec,
  budget: Budget,
): Promise<{ readonly file: RecordingSource; readonly manifest: Manifest }> {
  const contents = await parseAsync(source, readZip(source.size));
  try {
    return await openContents({ source, codec, contents }, budget);
  } catch (error) {
    const searched = !contents.complete || !(await beginsWithManifest(source));
    if (searched || error instanceof RangeError) throw error;
    const found = await parseAsync(source, scanZip(source.size));
    return openContents({ source, codec, contents: found }, budget);
  }
}

async function openContents(file: RecordingSource, budget: Budget) {
  if (!file.contents.entries.has(MANIFEST_ENTRY)) throw noRecording(file.contents);
  const json = await readJsonEntry(file, MANIFEST_ENTRY, budget);
  return { file, manifest: parseManifest(json) };
}

function noRecording({ fileSize, entries, complete }: ZipContents): Error {
  const found = complete ? `a zip of ${entries.size} entries` : `${entries.size} readable entries`;
  return new Error(
    `Recording: there must be an entry "${MANIFEST_ENTRY}", got ${found} in ${fileSize} bytes. This is no .rlrec file, or only a part of one.`,
  );
}

async function beginsWithManifest(source: ByteSource): Promise<boolean> {
  const end = RECORD_SIZE.localHeader + MANIFEST_ENTRY.length;
  if (source.size < end) return false;
  const bytes = await source.read(RECORD_SIZE.localHeader, end);
  return bytes.every((byte) => byte < 0x80) && decodeUtf8(bytes) === MANIFEST_ENTRY;
}

class OpenRecording implements Recording {
  readonly manifest: Manifest;
  readonly complete: boolean;
  readonly episodes: readonly EpisodeEntry[];
  readonly #file: RecordingSource;
  readonly #found: readonly FoundEpisode[];
  readonly #episodeBytes: number;

  constructor(
    file: RecordingSource,
    manifest: Manifest,
    contents: {
      readonly episodes: readonly FoundEpisode[];
      readonly indexed: boolean;
      readonly limits: RecordingLimits;
    },
  ) {
    const { episodes, indexed, limits } = contents;
    this.manifest = manifest;
    this.complete = file.contents.complete && indexed;
    this.episodes = episodes.map(({ meta, end, length, blocks }, index) => {
      return { index, meta, end, length, numBlocks: blocks.length };
    });
    this.#file = file;
    this.#found = episodes;
    this.#episodeBytes = limits.episodeBytes;
  }

  async readEpisode(index: number): Promise<Episode> {
    const { meta, end, length, blocks } = this.#episode('readEpisode', index);
    const columns = await this.#read(index, { first: 0, count: blocks.length });
    return { meta, end, length, columns: columns.columns };
  }

  async readBlock(index: number, block: number): Promise<Columns> {
    const { blocks } = this.#episode('readBlock', index);
    checkInteger('Recording.readBlock: block', block, 0, blocks.length - 1);
    return this.#read(index, { first: block, count: 1 });
  }

  #episode(method: string, index: number): FoundEpisode {
    checkInteger(`Recording.${method}: index`, index, 0, this.#found.length - 1);
    return this.#found[index];
  }

  async #read(index: number, range: { first: number; count: number }): Promise<Columns> {
    const { channels, blockSteps } = this.manifest;
    const found = this.#found[index];
    const firstStep = range.first * blockSteps;
    const length = Math.min(found.length, firstStep + range.count * blockSteps) - firstStep;
    const budget = new Budget('episodeBytes', this.#episodeBytes);
    budget.spend(`episode ${index}`, length * stepLayout(channels).memoryBytes);
    const columns = createColumns(channels, length);
    for (let at = 0; at < length; at += blockSteps) {
      const block = found.blocks[range.first + at / blockSteps];
      const steps = Math.min(blockSteps, length - at);
      const bytes = await readBlockBytes(this.#file, block, channels, steps);
      namingBlock(block.name, () => decodeBlock(bytes, steps, { columns, firstStep: at }, budget));
    }
    return { length, columns };
  }
}

function namingBlock(name: string, decode: () => void): void {
  try {
    decode();
  } catch (cause) {
    if (cause instanceof RangeError || !(cause instanceof Error)) throw cause;
    throw new Error(`Recording: "${name}" is damaged: ${cause.message}`, { cause });
  }
}
