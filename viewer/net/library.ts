/** A recording as the library lists it. */
export interface ListedRecording {
  /** What `?src=` takes. */
  readonly path: string;
  /** What people read. */
  readonly title: string;
  /** Bytes; `null` where unknown. */
  readonly size: number | null;
  /** Milliseconds since 1970; `null` where unknown. */
  readonly modified: number | null;
}

/** A training run as the library lists it. */
export interface ListedRun {
  readonly path: string;
  readonly live: boolean;
  readonly modified: number;
  /** Name of the agent and the world, as far as the configuration tells. */
  readonly agent: string | null;
  readonly env: string | null;
  readonly seed: number | null;
  /** Bytes of metrics.jsonl; `null` where there is none. */
  readonly metricsSize: number | null;
  readonly recordings: readonly ListedRecording[];
}

/** What there is to watch. */
export interface Library {
  /** Name of the served folder; `null` for demos that came with the application. */
  readonly root: string | null;
  readonly runs: readonly ListedRun[];
  readonly recordings: readonly ListedRecording[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The library that the server's JSON describes; whatever does not fit is left out. */
export function parseLibrary(json: unknown): Library {
  const { root, runs, recordings } = fields(json);
  return {
    root: text(root) ?? '',
    runs: list(runs).flatMap(readRun),
    recordings: list(recordings).flatMap(readRecording),
  };
}

/** The library of a `demos/index.json`: paths are relative to the folder `demos`. */
export function parseDemos(json: unknown): Library {
  const recordings = list(fields(json).recordings).flatMap(readRecording);
  return {
    root: null,
    runs: [],
    recordings: recordings.map((recording) => ({
      ...recording,
      path: `demos/${recording.path.replace(/^(\.\/|demos\/)/, '')}`,
    })),
  };
}

/** The run that a recording belongs to; `null` where it belongs to none. */
export function runOf(library: Library | null, path: string): ListedRun | null {
  const has = (run: ListedRun) => run.recordings.some((recording) => recording.path === path);
  return library?.runs.find(has) ?? null;
}

/** The recording that a live run rewrites with its newest episode. */
export function isLiveRecording(path: string): boolean {
  return path.endsWith('/live.rlrec');
}

function readRun(json: unknown): ListedRun[] {
  const { path, live, modified, config, metrics, recordings } = fields(json);
  const name = text(path);
  if (name === null) return [];
  return [
    {
      path: name,
      live: live === true,
      modified: count(modified) ?? 0,
      ...readConfig(fields(config)),
      metricsSize: count(fields(metrics).size),
      recordings: list(recordings).flatMap(readRecording),
    },
  ];
}

function readConfig(config: Fields): Pick<ListedRun, 'agent' | 'env' | 'seed'> {
  const named = (value: unknown, key: string) => text(value) ?? text(fields(value)[key]);
  return {
    agent: named(config.agent, 'name'),
    env: named(config.env, 'id'),
    seed: count(config.seed),
  };
}

function readRecording(json: unknown): ListedRecording[] {
  const { path, title, size, modified } = fields(json);
  const name = text(path);
  if (name === null) return [];
  const last = name.split('/').pop() ?? name;
  return [
    {
      path: name,
      title: text(title) ?? last.replace(/\.rlrec$/, ''),
      size: count(size),
      modified: count(modified),
    },
  ];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 100_000) : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 4096 ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
