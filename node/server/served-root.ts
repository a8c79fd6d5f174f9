import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { show } from '../../core/check.ts';
import { type Refusal, refusal } from './refusal.ts';

/** What the server was told to serve; fixed from its start to its end. */
export interface ServedRoot {
  /** A folder of runs, one run, or one recording. */
  readonly kind: 'runs' | 'run' | 'recording';
  /** Name for people; paths in one run start with it, and it is the path of one recording. */
  readonly name: string;
  /** Where it lies, links resolved. Nothing outside is ever opened. */
  readonly path: string;
}

const notFound = refusal(404, 'There is no such file here.');

/**
 * Opens what the server is to serve.
 *
 * @throws Error unless `path` is a folder or a `.rlrec` file.
 */
export async function openRoot(path: string): Promise<ServedRoot> {
  const real = await realpath(path).catch((cause) => {
    throw rootError(path, String(cause.code), cause);
  });
  const found = await stat(real);
  const name = basename(resolve(path)).replace(/^\.+/, '') || 'runs';
  if (found.isDirectory()) return { kind: await folderKind(real), name, path: real };
  if (!found.isFile()) throw rootError(path, 'something else');
  if (!name.endsWith('.rlrec')) throw rootError(path, 'another file');
  return { kind: 'recording', name, path: real };
}

/** Whether a path with its links resolved lies within the root. */
export function isInside(root: ServedRoot, real: string): boolean {
  if (root.kind === 'recording') return real === root.path;
  const way = relative(root.path, real);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/**
 * The real path of a file that the API may send: a recording, metrics or a configuration.
 *
 * @param names The names of its path in the library, checked by `splitPath` or `splitUrlPath`.
 */
export async function locate(
  root: ServedRoot,
  names: readonly string[],
): Promise<string | Refusal> {
  const wanted = wantedPath(root, names);
  if (wanted === undefined) return notFound;
  const real = await realpath(wanted).catch(() => undefined);
  if (real === undefined) return notFound;
  if (!isInside(root, real)) return refusal(403, 'The file lies outside the served folder.');
  return root.kind === 'recording' || isServable(basename(real)) ? real : notFound;
}

/** Whether a file of this name may be sent at all. */
export function isServable(name: string): boolean {
  return name.endsWith('.rlrec') || name === 'metrics.jsonl' || name === 'config.json';
}

function wantedPath(root: ServedRoot, names: readonly string[]): string | undefined {
  if (!isServable(names[names.length - 1])) return undefined;
  if (root.kind === 'runs') return join(root.path, ...names);
  if (names[0] !== root.name) return undefined;
  if (root.kind === 'run') return join(root.path, ...names.slice(1));
  return names.length === 1 ? root.path : undefined;
}

async function folderKind(folder: string): Promise<'runs' | 'run'> {
  const config = await stat(join(folder, 'config.json')).catch(() => undefined);
  return config?.isFile() ? 'run' : 'runs';
}

function rootError(path: string, got: string, cause?: unknown): Error {
  return new Error(
    `startViewerServer: root must be a folder or a .rlrec file, got ${show(path)} (${got}).`,
    { cause },
  );
}
