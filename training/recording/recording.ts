import type { Channel, EpisodeEnd, EpisodeMeta, Manifest } from './manifest.ts';

/** The numbers of a column: bits are unpacked to 0 and 1, `u8n` is scaled back to real numbers. */
export type ColumnValues =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** One channel of an episode or block, a row for each step. */
export interface Column {
  readonly channel: Channel;
  /** Numbers in a row; 1 for `json`. */
  readonly rowSize: number;
  /** `[length × rowSize]`; for a `json` channel the parsed values, `[length]`. */
  readonly values: ColumnValues | unknown[];
}

/** Consecutive steps, by channel name. */
export interface Columns {
  /** Steps. */
  readonly length: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** What the table of contents says of an episode. */
export interface EpisodeEntry {
  /** Position in `Recording.episodes`. */
  readonly index: number;
  readonly meta: EpisodeMeta;
  /** `null` where the writer was interrupted, or steps are missing. */
  readonly end: EpisodeEnd | null;
  /** Steps that are there. */
  readonly length: number;
  readonly numBlocks: number;
}

/** An episode with all of its steps. */
export interface Episode extends Columns {
  readonly meta: EpisodeMeta;
  readonly end: EpisodeEnd | null;
}

/** An open recording. Steps are read when they are asked for. */
export interface Recording {
  readonly manifest: Manifest;
  /** Whether the writer came to its end and the file's directory and index are whole. */
  readonly complete: boolean;
  readonly episodes: readonly EpisodeEntry[];

  /**
   * All steps of one episode, in new arrays.
   *
   * @throws RangeError if there is no such episode, or it takes more memory than the limit.
   * @throws Error if one of its blocks is damaged.
   */
  readEpisode(index: number): Promise<Episode>;

  /**
   * The steps of one block, `block · blockSteps` and on, in new arrays.
   *
   * @throws RangeError if there is no such block.
   * @throws Error if it is damaged.
   */
  readBlock(index: number, block: number): Promise<Columns>;
}

/** How much a recording from outside may take. */
export interface RecordingLimits {
  /** Bytes that the columns of one episode may take. Default 32 MiB. */
  readonly episodeBytes: number;
  /** Bytes that the descriptions of all episodes may take in memory, estimated. Default 48 MiB. */
  readonly jsonBytes: number;
}

/** Limits that keep any file whatever below 100 MB of memory. */
export const RECORDING_LIMITS: RecordingLimits = {
  episodeBytes: 32 * 1024 * 1024,
  jsonBytes: 48 * 1024 * 1024,
};
