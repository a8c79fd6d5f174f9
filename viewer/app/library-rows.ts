import type { Library, ListedRecording, ListedRun } from '../net/library.ts';
import { inOrder } from './stops.ts';

/** What is known of a recording once it has been looked into. */
export interface RecordingFacts {
  readonly agent: string | null;
  readonly env: string | null;
  readonly numEpisodes: number;
  /** Highest return of its episodes that have ended. */
  readonly bestReturn: number | null;
  /** Steps of the episode with that return. */
  readonly length: number | null;
  readonly outcome: 'terminated' | 'truncated' | null;
  readonly tags: readonly string[];
}

/** One line of the library. */
export interface LibraryRow {
  readonly run: ListedRun | null;
  readonly recording: ListedRecording;
}

/** A condition of the search box. */
type Condition = (row: LibraryRow, facts: RecordingFacts | undefined) => boolean;

/**
 * The rows that a search leaves, in their order.
 *
 * Words must all be found in the path, the agent, the world or the tags; `env:`, `agent:`, `tag:`
 * and `run:` look in one of them; `return>400` and `length<50` compare.
 *
 * @param factsOf What is known of a recording so far.
 */
export function filterRows(
  rows: readonly LibraryRow[],
  search: string,
  factsOf: (path: string) => RecordingFacts | undefined,
): readonly LibraryRow[] {
  const conditions = search.toLowerCase().split(/\s+/).filter(Boolean).map(readCondition);
  return rows.filter((row) =>
    conditions.every((condition) => condition(row, factsOf(row.recording.path))),
  );
}

/** Every recording with the run it belongs to; runs first, live ones before others. */
export function libraryRows(library: Library): readonly LibraryRow[] {
  const runs = [...library.runs].sort(
    (a, b) => Number(b.live) - Number(a.live) || b.modified - a.modified,
  );
  return [
    ...runs.flatMap((run) => newestFirst(run).map((recording) => ({ run, recording }))),
    ...library.recordings.map((recording) => ({ run: null, recording })),
  ];
}

function newestFirst(run: ListedRun): readonly ListedRecording[] {
  return [...inOrder(run.recordings)].reverse();
}

function readCondition(word: string): Condition {
  const comparison = /^(return|length|episodes)(>=|<=|>|<|=)(-?[\d.]+)$/.exec(word);
  if (comparison) return compare(comparison[1], comparison[2], Number(comparison[3]));
  const field = /^(env|agent|tag|run):(.*)$/.exec(word);
  if (field) return (row, facts) => textsOf(row, facts)[field[1]].includes(field[2]);
  return (row, facts) => Object.values(textsOf(row, facts)).some((text) => text.includes(word));
}

function compare(name: string, sign: string, bound: number): Condition {
  return (_row, facts) => {
    const values: Record<string, number | null | undefined> = {
      return: facts?.bestReturn,
      length: facts?.length,
      episodes: facts?.numEpisodes,
    };
    const value = values[name];
    if (value === null || value === undefined) return false;
    if (sign === '>') return value > bound;
    if (sign === '<') return value < bound;
    if (sign === '>=') return value >= bound;
    return sign === '<=' ? value <= bound : value === bound;
  };
}

function textsOf(row: LibraryRow, facts: RecordingFacts | undefined): Record<string, string> {
  const tags = [...(facts?.tags ?? []), ...(row.run?.live ? ['live'] : [])];
  return {
    run: (row.run?.path ?? '').toLowerCase(),
    name: `${row.recording.path} ${row.recording.title}`.toLowerCase(),
    env: (row.run?.env ?? facts?.env ?? '').toLowerCase(),
    agent: (row.run?.agent ?? facts?.agent ?? '').toLowerCase(),
    tag: tags.join(' ').toLowerCase(),
  };
}
