import type { ZipEntry } from '../zip/entry.ts';
import type { ZipContents } from '../zip/reader.ts';
import { blockLength } from './block.ts';
import type { Budget } from './budget.ts';
import { BLOCK_HEADER_BYTES, isFixedSize, stepLayout } from './channel-layout.ts';
import { blockEntry, endEntry, episodeOf, INDEX_ENTRY, metaEntry } from './entry-names.ts';
import { type Fields, readFields, readInteger, readList } from './guards.ts';
import type { EpisodeEnd, EpisodeMeta, Manifest } from './manifest.ts';
import { parseEpisodeEnd, parseEpisodeMeta } from './parse-episode.ts';
import { type RecordingSource, readBlockBytes, readJsonEntry } from './recording-source.ts';

/** An episode as the file has it. */
export interface FoundEpisode {
  /** Its number in the names of its entries. */
  readonly number: number;
  readonly meta: EpisodeMeta;
  readonly end: EpisodeEnd | null;
  readonly length: number;
  /** Consecutive, from the first. */
  readonly blocks: readonly ZipEntry[];
}

/** What `readTableOfContents` gives. */
export interface TableOfContents {
  readonly episodes: readonly FoundEpisode[];
  /** Whether the index is there and whole. */
  readonly indexed: boolean;
}

/**
 * Finds out which episodes a recording has: from its index, or, where that is missing, damaged or
 * contradicts the entries, from the entries of each episode.
 *
 * Episodes without a readable `meta.json` are passed over. An episode whose blocks do not reach to
 * its end has no end.
 *
 * @throws RangeError if the descriptions take more memory than `budget` allows.
 */
export async function readTableOfContents(
  file: RecordingSource,
  manifest: Manifest,
  budget: Budget,
): Promise<TableOfContents> {
  const numbers = episodeNumbers(file.contents);
  const index = await readIndex(file, numbers.length, budget);
  const episodes: FoundEpisode[] = [];
  for (const [i, number] of numbers.entries()) {
    const listed = index?.episodes?.[i];
    const indexed = listed && fromIndex(file.contents, manifest, number, listed);
    const episode = indexed || (await fromEntries(file, manifest, number, budget));
    if (episode !== null) episodes.push(episode);
  }
  const indexed = index !== null && index.numEpisodes === episodes.length;
  return { episodes, indexed };
}

/** The episodes that say how they began, by their numbers in the names of their entries. */
function episodeNumbers({ entries }: ZipContents): readonly number[] {
  const numbers: number[] = [];
  for (const name of entries.keys()) {
    const number = episodeOf(name);
    if (number !== null && name === metaEntry(number)) numbers.push(number);
  }
  return numbers.sort((a, b) => a - b);
}

interface Index {
  readonly numEpisodes: number;
  readonly episodes: readonly Fields[] | null;
}

async function readIndex(
  file: RecordingSource,
  numEpisodes: number,
  budget: Budget,
): Promise<Index | null> {
  if (!file.contents.entries.has(INDEX_ENTRY)) return null;
  const index = await orNull(async () => {
    const fields = readFields('index', await readJsonEntry(file, INDEX_ENTRY, budget));
    readInteger('index.version', fields.version, 1);
    const count = readInteger('index.numEpisodes', fields.numEpisodes, 0);
    const listed = fields.episodes !== undefined;
    const list = listed ? readList('index.episodes', fields.episodes, count) : null;
    const episodes = list?.map((item, i) => readFields(`index.episodes[${i}]`, item)) ?? null;
    return { numEpisodes: count, episodes };
  });
  const agrees = index?.episodes === null || index?.episodes.length === numEpisodes;
  return agrees ? index : null;
}

/** An episode that the index describes; `null` where the blocks in the file do not agree. */
function fromIndex(
  contents: ZipContents,
  manifest: Manifest,
  number: number,
  fields: Fields,
): FoundEpisode | null {
  try {
    const length = readInteger('index.episodes.length', fields.length, 0);
    const meta = parseEpisodeMeta(fields);
    const end = fields.outcome === undefined ? null : parseEpisodeEnd(fields);
    const blocks = findBlocks(contents, number);
    const agrees = blocks.length === Math.ceil(length / manifest.blockSteps);
    return agrees && (end === null || end.length === length)
      ? { number, meta, end, length, blocks }
      : null;
  } catch {
    return null;
  }
}

async function fromEntries(
  file: RecordingSource,
  manifest: Manifest,
  number: number,
  budget: Budget,
): Promise<FoundEpisode | null> {
  const meta = await orNull(async () =>
    parseEpisodeMeta(await readJsonEntry(file, metaEntry(number), budget)),
  );
  if (meta === null) return null;
  const end = await orNull(async () =>
    parseEpisodeEnd(await readJsonEntry(file, endEntry(number), budget)),
  );
  const blocks = findBlocks(file.contents, number);
  const needed = end === null ? Infinity : Math.ceil(end.length / manifest.blockSteps);
  if (end !== null && blocks.length >= needed) {
    return { number, meta, end, length: end.length, blocks: blocks.slice(0, needed) };
  }
  return { number, meta, end: null, ...(await countSteps(file, manifest, blocks)) };
}

function findBlocks({ entries }: ZipContents, number: number): readonly ZipEntry[] {
  const blocks: ZipEntry[] = [];
  for (;;) {
    const block = entries.get(blockEntry(number, blocks.length));
    if (block === undefined) return blocks;
    blocks.push(block);
  }
}

/** How many steps blocks without an end have: all but the last are full. */
async function countSteps(
  file: RecordingSource,
  { channels, blockSteps }: Manifest,
  blocks: readonly ZipEntry[],
): Promise<Pick<FoundEpisode, 'length' | 'blocks'>> {
  if (blocks.length === 0) return { length: 0, blocks };
  const last = blocks[blocks.length - 1];
  const { storedBytes } = stepLayout(channels);
  const steps =
    isFixedSize(channels) && storedBytes > 0
      ? (last.size - BLOCK_HEADER_BYTES) / storedBytes
      : await orNull(async () =>
          blockLength(await readBlockBytes(file, last, channels, blockSteps), blockSteps),
        );
  const whole = steps !== null && Number.isInteger(steps) && steps >= 1 && steps <= blockSteps;
  const full = (blocks.length - 1) * blockSteps;
  if (whole) return { length: full + steps, blocks };
  return { length: full, blocks: blocks.slice(0, -1) };
}

/** What `read` gives; `null` where what it reads is damaged. Limits are not damage. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return null;
  }
}
