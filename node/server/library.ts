/** What the server shows of its folder: runs, and recordings that belong to none. */
export interface Library {
  /** Name of the served folder or file. */
  readonly root: string;
  readonly runs: readonly LibraryRun[];
  readonly recordings: readonly LibraryRecording[];
  /** Present where the folder holds more than is listed. */
  readonly truncated?: true;
}

/** A folder with a `config.json`. */
export interface LibraryRun {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Whether a process holds the run now. */
  readonly live: boolean;
  /** The newest change of any of its files; ms since 1970. */
  readonly modified: number;
  /** What `config.json` holds; null where it is unreadable, too large or no object. */
  readonly config: object | null;
  /** `metrics.jsonl` and its length in bytes. */
  readonly metrics: { readonly size: number } | null;
  /** `episodes/*.rlrec`. */
  readonly recordings: readonly LibraryRecording[];
}

/** A `.rlrec` file. */
export interface LibraryRecording {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Ms since 1970. */
  readonly modified: number;
}

/** A library without anything in it. */
export function emptyLibrary(root: string): Library {
  return { root, runs: [], recordings: [] };
}

/** Orders paths the same way on every machine, whatever its language. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
