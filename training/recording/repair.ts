import { type ByteSource, parseAsync } from '../zip/byte-source.ts';
import type { Codec } from '../zip/codec.ts';
import { readEntry, scanZip } from '../zip/reader.ts';
import { blockLength, createColumns, decodeBlock } from './block.ts';
import { Budget } from './budget.ts';
import { MAX_BLOCK_BYTES } from './channel-layout.ts';
import { blockEntry, endEntry, episodeOf, episodePrefix, metaEntry } from './entry-names.ts';
import type { Manifest } from './manifest.ts';
import { parseEpisodeEnd, parseEpisodeMeta } from './parse-episode.ts';
import { openFile } from './reader.ts';
import { RECORDING_LIMITS } from './recording.ts';
import { RecordingFile } from './recording-file.ts';
import { type RecordingSource, readBlockBytes, readJsonEntry } from './recording-source.ts';

/** What a repair has kept, and what it has not. */
export interface RepairReport {
  /** Episodes kept, in whole or in part. */
  readonly episodes: number;
  /** Steps kept. */
  readonly steps: number;
  /** What was lost, a sentence each; empty for a file that was whole. */
  readonly dropped: readonly string[];
}

/**
 * Writes a recording anew from all that is whole in a damaged or interrupted one, with index and
 * directory.
 *
 * Of each episode the steps up to the first damaged block are kept; it keeps its end if that is
 * all of its steps. What is lost is said. A whole recording comes out as it was.
 *
 * @param write Receives the new file piece by piece, in order.
 * @throws Error if there is no readable manifest: nothing can be read without it.
 */
export async function repairRecording(
  source: ByteSource,
  codec: Codec,
  write: (chunk: Uint8Array) => void,
): Promise<RepairReport> {
  const { file, manifest } = await openFile(source, codec, jsonBudget());
  const found = { ...file, contents: await parseAsync(source, scanZip(source.size)) };
  const repair = new Repair([file, found], manifest, new RecordingFile(manifest, { codec, write }));
  return repair.run();
}

function jsonBudget(): Budget {
  return new Budget('jsonBytes', RECORDING_LIMITS.jsonBytes);
}

/** One repair: the file as its directory shows it and as a search does, and the new file. */
class Repair {
  readonly #views: readonly RecordingSource[];
  readonly #manifest: Manifest;
  readonly #target: RecordingFile;
  readonly #dropped: string[] = [];
  #steps = 0;

  constructor(views: readonly RecordingSource[], manifest: Manifest, target: RecordingFile) {
    this.#views = views;
    this.#manifest = manifest;
    this.#target = target;
  }

  async run(): Promise<RepairReport> {
    const folders = namesByEpisode(this.#views);
    const numbers = [...folders.keys()].sort((a, b) => a - b);
    for (const number of numbers) await this.#episode(number, folders.get(number) ?? new Set());
    this.#target.finish();
    return { episodes: this.#target.episode + 1, steps: this.#steps, dropped: this.#dropped };
  }

  async #episode(number: number, names: ReadonlySet<string>): Promise<void> {
    const meta = await this.#first(async (view) =>
      parseEpisodeMeta(await readJsonEntry(view, metaEntry(number), jsonBudget())),
    );
    if (meta === null) {
      this.#dropped.push(`Episode ${number} is lost: its meta.json is damaged.`);
      return;
    }
    this.#target.begin(meta);
    const whole = await this.#blocks(number, names);
    await this.#attachments(number, names);
    await this.#end(number, names, whole);
  }

  /** Copies blocks up to the first that is damaged; returns whether there is none. */
  async #blocks(number: number, names: ReadonlySet<string>): Promise<boolean> {
    const { blockSteps } = this.#manifest;
    const numBlocks = countBlocks(number, names);
    for (let block = 0; block < numBlocks; block++) {
      const name = blockEntry(number, block);
      const bytes = await this.#first((view) => this.#block(view, name));
      if (bytes === null) {
        this.#dropped.push(
          `Episode ${number} is kept up to step ${this.#target.length}: block ${block} of ${numBlocks} is damaged.`,
        );
        return false;
      }
      const steps = blockLength(bytes, blockSteps);
      this.#target.block(bytes, steps);
      this.#steps += steps;
      if (steps < blockSteps) break;
    }
    return true;
  }

  async #block(view: RecordingSource, name: string): Promise<Uint8Array> {
    const { channels, blockSteps } = this.#manifest;
    const entry = view.contents.entries.get(name);
    if (entry === undefined) throw new Error(`Recording: there must be an entry "${name}".`);
    const bytes = await readBlockBytes(view, entry, channels, blockSteps);
    const steps = blockLength(bytes, blockSteps);
    const budget = new Budget('episodeBytes', RECORDING_LIMITS.episodeBytes);
    decodeBlock(bytes, steps, { columns: createColumns(channels, steps), firstStep: 0 }, budget);
    return bytes;
  }

  async #attachments(number: number, names: ReadonlySet<string>): Promise<void> {
    const prefix = episodePrefix(number);
    for (const name of names) {
      const rest = name.slice(prefix.length);
      if (!rest.includes('/') || rest.endsWith('/')) continue; // meta, end and blocks
      const bytes = await this.#first((view) => readAttachment(view, name));
      if (bytes === null) this.#dropped.push(`"${name}" is lost: it is damaged.`);
      else this.#target.attach(episodePrefix(this.#target.episode) + rest, bytes);
    }
  }

  async #end(number: number, names: ReadonlySet<string>, whole: boolean): Promise<void> {
    const end = await this.#first(async (view) =>
      parseEpisodeEnd(await readJsonEntry(view, endEntry(number), jsonBudget())),
    );
    const fits = end !== null && end.length === this.#target.length;
    if (whole && !fits && (end !== null || names.has(endEntry(number)))) {
      this.#dropped.push(
        `Episode ${number} has lost its end: ${end === null ? 'end.json is damaged' : `of ${end.length} steps there are ${this.#target.length}`}.`,
      );
    }
    this.#target.end(fits ? end : null);
  }

  /** What the first view gives in which it can be read; `null` for none. */
  async #first<T>(read: (view: RecordingSource) => Promise<T>): Promise<T | null> {
    for (const view of this.#views) {
      try {
        return await read(view);
      } catch {
        // Damaged, or not there: the other view may have it.
      }
    }
    return null;
  }
}

function namesByEpisode(views: readonly RecordingSource[]): ReadonlyMap<number, Set<string>> {
  const folders = new Map<number, Set<string>>();
  for (const { contents } of views) {
    for (const name of contents.entries.keys()) {
      const number = episodeOf(name);
      if (number === null) continue;
      const names = folders.get(number) ?? new Set();
      folders.set(number, names.add(name));
    }
  }
  return folders;
}

/** One more than the highest block that there is. */
function countBlocks(number: number, names: ReadonlySet<string>): number {
  let count = 0;
  for (const name of names) {
    const match = /b(\d{4,9})\.bin$/.exec(name);
    if (match === null) continue;
    const block = Number(match[1]);
    if (name === blockEntry(number, block)) count = Math.max(count, block + 1);
  }
  return count;
}

async function readAttachment(view: RecordingSource, name: string): Promise<Uint8Array> {
  const { source, codec, contents } = view;
  const entry = contents.entries.get(name);
  if (entry === undefined) throw new Error(`Recording: there must be an entry "${name}".`);
  return parseAsync(source, readEntry(contents, entry, codec, MAX_BLOCK_BYTES));
}
