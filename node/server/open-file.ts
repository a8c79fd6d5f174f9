import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** A link that appears after a check is not followed, and a pipe does not hold us up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** An open file, and what is known of it; the caller closes `handle`. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

/** Opens a regular file for reading; `undefined` for anything else, be it a link, a folder or a pipe. */
export async function openRegularFile(path: string): Promise<OpenFile | undefined> {
  const handle = await open(path, READ_ONLY).catch(() => undefined);
  const stats = await handle?.stat().catch(() => undefined);
  if (handle !== undefined && stats?.isFile()) return { handle, stats };
  await handle?.close();
  return undefined;
}
