import { runLockOwner } from '../run-lock.ts';
import type { ConfigCache } from './config-cache.ts';
import { type FolderEntry, FolderReader, statFile } from './folder-reader.ts';
import {
  byPath,
  emptyLibrary,
  type Library,
  type LibraryRecording,
  type LibraryRun,
} from './library.ts';
import type { ServedRoot } from './served-root.ts';

/** Entries of folders that one scan looks at. */
const MAX_ENTRIES = 10_000;
/** How deep below the root a run or a recording may lie. */
const MAX_DEPTH = 3;

/** A folder still to be looked at; `path` is that in the library, '' for the root. */
interface Pending {
  readonly folder: string;
  readonly path: string;
  readonly depth: number;
}

/**
 * Looks for runs and recordings under a root, nearest first.
 *
 * A run is a folder with a `config.json`; nothing is looked for in a run beside its own files.
 * Unreadable folders and files that vanish meanwhile are left out.
 *
 * @param maxEntries Entries of folders to look at in all; of each folder, a quarter of them.
 */
export async function scanLibrary(
  root: ServedRoot,
  configs: ConfigCache,
  maxEntries: number = MAX_ENTRIES,
): Promise<Library> {
  configs.beginScan();
  if (root.kind === 'recording') {
    const recording = readRecording(root.path, root.name);
    return { ...emptyLibrary(root.name), recordings: recording ? [recording] : [] };
  }
  const reader = new FolderReader(root, maxEntries);
  const scan = new Scan(reader, configs);
  if (root.kind === 'run') await scan.run(root.path, root.name, await reader.list(root.path));
  else await scan.folders(root.path);
  const library = { root: root.name, runs: scan.runs, recordings: scan.recordings };
  return reader.truncated ? { ...library, truncated: true } : library;
}

class Scan {
  readonly runs: LibraryRun[] = [];
  readonly recordings: LibraryRecording[] = [];
  readonly #reader: FolderReader;
  readonly #configs: ConfigCache;

  constructor(reader: FolderReader, configs: ConfigCache) {
    this.#reader = reader;
    this.#configs = configs;
  }

  /** Goes through the folders breadth-first, so that a full budget costs the deepest ones. */
  async folders(root: string): Promise<void> {
    const pending: Pending[] = [{ folder: root, path: '', depth: 0 }];
    for (const next of pending) {
      pending.push(...(await this.#folder(next)));
    }
    this.runs.sort(byPath);
    this.recordings.sort(byPath);
  }

  /** Adds the run in `folder`, whose entries are already listed. */
  async run(folder: string, path: string, entries: readonly FolderEntry[]): Promise<void> {
    const file = (name: string) => entries.find((entry) => is(entry, 'file', name))?.path;
    const config = file('config.json');
    const metrics = statOptional(file('metrics.jsonl'));
    const recordings = await this.#episodes(path, entries);
    const times = [statOptional(config), metrics].map((found) => found?.mtimeMs ?? 0);
    this.runs.push({
      path,
      live: file('lock.json') !== undefined && runLockOwner(folder) !== undefined,
      modified: Math.max(...times.map(Math.round), ...recordings.map(({ modified }) => modified)),
      config: config === undefined ? null : await this.#configs.read(config),
      metrics: metrics ? { size: metrics.size } : null,
      recordings,
    });
  }

  /** @returns the folders inside that are to be looked at as well. */
  async #folder({ folder, path, depth }: Pending): Promise<Pending[]> {
    const entries = await this.#reader.list(folder);
    if (depth > 0 && entries.some((entry) => is(entry, 'file', 'config.json'))) {
      await this.run(folder, path, entries);
      return [];
    }
    this.recordings.push(...readRecordings(path, entries));
    if (depth === MAX_DEPTH) return [];
    return entries
      .filter(({ kind, name }) => kind === 'folder' && name !== 'node_modules')
      .map((entry) => ({ folder: entry.path, path: joined(path, entry.name), depth: depth + 1 }));
  }

  async #episodes(path: string, entries: readonly FolderEntry[]): Promise<LibraryRecording[]> {
    const episodes = entries.find((entry) => is(entry, 'folder', 'episodes'));
    if (episodes === undefined) return [];
    const files = await this.#reader.list(episodes.path);
    return readRecordings(joined(path, 'episodes'), files).sort(byPath);
  }
}

function readRecordings(path: string, entries: readonly FolderEntry[]): LibraryRecording[] {
  const found: LibraryRecording[] = [];
  for (const { kind, name, path: file } of entries) {
    if (kind !== 'file' || !name.endsWith('.rlrec')) continue;
    const recording = readRecording(file, joined(path, name));
    if (recording !== undefined) found.push(recording);
  }
  return found;
}

function readRecording(file: string, path: string): LibraryRecording | undefined {
  const found = statFile(file);
  return found && { path, size: found.size, modified: Math.round(found.mtimeMs) };
}

function statOptional(file: string | undefined): ReturnType<typeof statFile> {
  return file === undefined ? undefined : statFile(file);
}

function is(entry: FolderEntry, kind: FolderEntry['kind'], name: string): boolean {
  return entry.kind === kind && entry.name === name;
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
