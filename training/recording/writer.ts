import { checkLength, hint, show } from '../../core/check.ts';
import type { ZipWriterOptions } from '../zip/writer.ts';
import { encodeBlock } from './block.ts';
import type { JsonValue } from './canonical-json.ts';
import { MAX_BLOCK_JSON_BYTES } from './channel-layout.ts';
import { type ColumnEncoder, columnEncoder } from './column-encoder.ts';
import type { EpisodeEnd, EpisodeMeta, Manifest } from './manifest.ts';
import { episodeMetaToJson, parseEpisodeEnd, parseEpisodeMeta } from './parse-episode.ts';
import { parseManifest } from './parse-manifest.ts';
import { RecordingFile } from './recording-file.ts';

/** Where a recording goes, and how. */
export type RecordingWriterOptions = ZipWriterOptions;

/** One step: a number, the numbers of a row, or JSON for each channel, by its name. */
export type StepRow = Readonly<Record<string, number | ArrayLike<number> | JsonValue>>;

/**
 * Writes a recording (`.rlrec`, version 1) from front to back.
 *
 *     const writer = new RecordingWriter(manifest, { codec, write });
 *     writer.beginEpisode(meta);
 *     writer.step({ state, hash, action, reward }); // for each step
 *     writer.endEpisode(end);
 *     writer.finish();
 *
 * Steps are collected in typed columns and written a block at a time; a step allocates nothing but
 * the text of `json` channels. If the program is killed, what has been written can be read up to
 * the last whole block. The same calls give the same bytes.
 */
export class RecordingWriter {
  readonly manifest: Manifest;
  readonly #file: RecordingFile;
  readonly #encoders: readonly ColumnEncoder[];
  readonly #jsonEncoders: readonly ColumnEncoder[];
  readonly #known: ReadonlySet<string>;
  #pending = 0; // steps of the block that is being filled
  #finished = false;

  /**
   * Writes the manifest.
   *
   * @throws Error if the manifest is not valid, or a full block would be larger than 8 MiB.
   */
  constructor(manifest: Manifest, options: RecordingWriterOptions) {
    this.manifest = parseManifest(manifest);
    const { channels, blockSteps } = this.manifest;
    this.#encoders = channels.map((channel) => columnEncoder(channel, blockSteps));
    this.#jsonEncoders = this.#encoders.filter(({ channel }) => channel.dtype === 'json');
    this.#known = new Set(channels.map(({ name }) => name));
    this.#file = new RecordingFile(this.manifest, options);
  }

  /** @throws Error if an episode is open, the recording is finished, or `meta` is not valid. */
  beginEpisode(meta: EpisodeMeta): void {
    this.#checkState('beginEpisode', false);
    parseEpisodeMeta(episodeMetaToJson(meta));
    this.#file.begin(meta);
  }

  /**
   * Adds a step to the open episode.
   *
   * @param row What each channel of the manifest holds at this step, a row of its `shape`.
   * @throws RangeError if a channel is missing, unknown, or given numbers that it cannot hold;
   *   nothing has been added then.
   * @throws Error if no episode is open.
   */
  step(row: StepRow): void {
    if (!this.#file.isOpen) this.#checkState('step', true);
    for (const name in row) if (!this.#known.has(name)) throw this.#unknown(name);
    for (const encoder of this.#encoders) encoder.set(this.#pending, row[encoder.channel.name]);
    this.#checkJson();
    this.#pending++;
    if (this.#pending === this.manifest.blockSteps) this.#flush();
  }

  /**
   * Ends the open episode.
   *
   * @throws RangeError if `end.length` is not the number of steps.
   * @throws Error if no episode is open, or `end` is not valid.
   */
  endEpisode(end: EpisodeEnd): void {
    this.#checkState('endEpisode', true);
    parseEpisodeEnd(end);
    const length = this.#file.length + this.#pending;
    checkLength('RecordingWriter.endEpisode: the steps', { length }, end.length);
    this.#flush();
    this.#file.end(end);
  }

  /** Writes index and directory. An episode that is still open is kept as one without an end. */
  finish(): void {
    if (this.#finished)
      throw new Error('RecordingWriter.finish: the recording is finished already.');
    this.#flush();
    if (this.#file.isOpen) this.#file.end(null);
    this.#file.finish();
    this.#finished = true;
  }

  #flush(): void {
    if (this.#pending === 0) return;
    this.#file.block(encodeBlock(this.#encoders, this.#pending), this.#pending);
    this.#pending = 0;
  }

  #checkJson(): void {
    let bytes = 0;
    for (const encoder of this.#jsonEncoders) bytes += encoder.storedBytes(this.#pending + 1);
    if (bytes <= MAX_BLOCK_JSON_BYTES) return;
    throw new RangeError(
      `RecordingWriter.step: a block must have at most ${MAX_BLOCK_JSON_BYTES} bytes of JSON, got ${bytes}. Use fewer blockSteps.`,
    );
  }

  #checkState(method: string, open: boolean): void {
    const where = `RecordingWriter.${method}`;
    if (this.#finished) throw new Error(`${where}: the recording is finished.`);
    if (this.#file.isOpen === open) return;
    throw new Error(
      open
        ? `${where}: no episode is open. Call beginEpisode() first.`
        : `${where}: an episode is open. Call endEpisode() first.`,
    );
  }

  #unknown(name: string): RangeError {
    const known = [...this.#known];
    return new RangeError(
      `RecordingWriter.step: there is no channel ${show(name)}.${hint(name, known)} Channels: ${known.join(', ')}.`,
    );
  }
}
