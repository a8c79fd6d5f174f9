import { encodeUtf8 } from '../../core/utf8.ts';
import { ZipWriter, type ZipWriterOptions } from '../zip/writer.ts';
import { canonicalJson } from './canonical-json.ts';
import { blockEntry, endEntry, INDEX_ENTRY, MANIFEST_ENTRY, metaEntry } from './entry-names.ts';
import type { EpisodeEnd, EpisodeMeta, Manifest } from './manifest.ts';
import { episodeEndToJson, episodeMetaToJson } from './parse-episode.ts';
import { MAX_JSON_BYTES } from './parse-json.ts';

/** Room for the rest of the index around its list of episodes, in bytes. */
const INDEX_MARGIN = 256;

/**
 * The entries of a recording in their order: manifest, episodes, index. It knows nothing of what
 * is in a block.
 */
export class RecordingFile {
  readonly #zip: ZipWriter;
  #episodes: string[] = []; // canonical JSON of each, for the index
  #indexBytes = INDEX_MARGIN;
  #episode = -1;
  #meta: EpisodeMeta | null = null; // of the open episode
  #length = 0;
  #blocks: (readonly [start: number, end: number])[] = [];

  /** Writes the manifest. */
  constructor(manifest: Manifest, options: ZipWriterOptions) {
    this.#zip = new ZipWriter(options);
    this.#addJson(MANIFEST_ENTRY, canonicalJson('manifest', manifest));
  }

  /** Number of the episode that was begun last; −1 before the first. */
  get episode(): number {
    return this.#episode;
  }

  /** Whether an episode has been begun and not ended. */
  get isOpen(): boolean {
    return this.#meta !== null;
  }

  /** Steps written of the open episode. */
  get length(): number {
    return this.#length;
  }

  /** Begins the next episode. */
  begin(meta: EpisodeMeta): void {
    this.#addJson(metaEntry(this.#episode + 1), canonicalJson('meta', episodeMetaToJson(meta)));
    this.#episode++;
    this.#meta = meta;
    this.#length = 0;
    this.#blocks = [];
  }

  /** Adds a block of `steps` steps. */
  block(bytes: Uint8Array, steps: number): void {
    const { start, end } = this.#zip.add(blockEntry(this.#episode, this.#blocks.length), bytes);
    this.#blocks.push([start, end]);
    this.#length += steps;
  }

  /** Adds an entry of any other kind. */
  attach(name: string, bytes: Uint8Array): void {
    this.#zip.add(name, bytes);
  }

  /**
   * Ends the open episode.
   *
   * @param end `null` for an episode that was interrupted.
   */
  end(end: EpisodeEnd | null): void {
    const json = end && canonicalJson('end', episodeEndToJson(end));
    if (json !== null) this.#addJson(endEntry(this.#episode), json);
    this.#toIndex(end);
    this.#meta = null;
  }

  /** Writes the index and the directory. */
  finish(): void {
    const numEpisodes = this.#episode + 1;
    const list = this.#indexBytes <= MAX_JSON_BYTES ? this.#episodes.join(',') : null;
    const episodes = list === null ? '' : `"episodes":[${list}],`;
    const index = `{${episodes}"numEpisodes":${numEpisodes},"version":1}`;
    this.#zip.add(INDEX_ENTRY, encodeUtf8(index));
    this.#zip.finish();
  }

  /** An index that gets too long is left to `numEpisodes`: meta and end entries say the rest. */
  #toIndex(end: EpisodeEnd | null): void {
    const entry = { ...indexEntry(this.#meta, end), length: this.#length, blocks: this.#blocks };
    const json = canonicalJson('index', entry);
    this.#indexBytes += encodeUtf8(json).length + 1;
    if (this.#indexBytes <= MAX_JSON_BYTES) this.#episodes.push(json);
    else this.#episodes = [];
  }

  #addJson(name: string, json: string): void {
    const bytes = encodeUtf8(json);
    if (bytes.length > MAX_JSON_BYTES) {
      throw new RangeError(
        `RecordingWriter: ${name} must have at most ${MAX_JSON_BYTES} bytes, got ${bytes.length}.`,
      );
    }
    this.#zip.add(name, bytes);
  }
}

/** An episode in the index: the fields of its meta and end entries in one object. */
function indexEntry(meta: EpisodeMeta | null, end: EpisodeEnd | null): object {
  return { ...(meta && episodeMetaToJson(meta)), ...(end && episodeEndToJson(end)) };
}
