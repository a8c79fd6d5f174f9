import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { show } from '../core/check.ts';

/**
 * Writes a whole file or nothing: after a crash at any moment, `path` holds either its old bytes
 * or all the new ones, and a reader never sees half of them.
 *
 * The bytes go to a hidden temporary file in the same folder, are flushed to the disk and renamed.
 * A symbolic link at `path` is replaced, not followed.
 *
 * @throws Error if the folder is missing or cannot be written; the old file is then untouched, and
 * no temporary file is left.
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await writeAndFlush(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError('writeFileAtomic', path, cause);
  }
  await flushFolder(dirname(path));
}

/**
 * `writeFileAtomic` for code that cannot wait, such as a handler of the end of the process.
 *
 * @throws Error as `writeFileAtomic` does.
 */
export function writeFileAtomicSync(path: string, bytes: Uint8Array | string): void {
  const temporary = temporaryPath(path);
  try {
    writeAndFlushSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (cause) {
    removeQuietly(temporary);
    throw writeError('writeFileAtomicSync', path, cause);
  }
  flushFolderSync(dirname(path));
}

/**
 * Writes a new folder with all its files or nothing: they go to a hidden temporary folder beside it,
 * which is renamed.
 *
 * @throws Error if there is a file or a folder with something in it at `path` already, or it cannot be
 * written; then nothing is left.
 */
export function writeFolderAtomicSync(
  path: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): void {
  const write = (folder: string) => {
    for (const [name, bytes] of Object.entries(files)) {
      writeAndFlushSync(join(folder, name), bytes);
    }
  };
  makeFolderSync('writeFolderAtomicSync', path, write, () => undefined);
}

/**
 * Replaces a folder by one in which files that are elsewhere have a second name: a link, or a copy where
 * the disk knows no links. After a crash at any moment the folder is the old one, missing, or whole.
 *
 * @param files By the names that they get.
 * @throws Error if it cannot be written; then the old folder is there, or none.
 */
export function linkFolderAtomicSync(path: string, files: Readonly<Record<string, string>>): void {
  const link = (folder: string) => {
    for (const [name, file] of Object.entries(files)) linkOrCopySync(file, join(folder, name));
  };
  const makeRoom = () => rmSync(path, { recursive: true, force: true });
  makeFolderSync('linkFolderAtomicSync', path, link, makeRoom);
}

/**
 * Puts a file that is elsewhere in the place of another, as `linkFolderAtomicSync` does: `path` then is a
 * second name for it, or holds a copy.
 *
 * @throws Error if it cannot be written; then the old one is there.
 */
export function linkFileAtomicSync(file: string, path: string): void {
  const temporary = temporaryPath(path);
  try {
    linkOrCopySync(file, temporary);
    renameSync(temporary, path);
  } catch (cause) {
    throw writeError('linkFileAtomicSync', path, cause);
  } finally {
    removeQuietly(temporary); // it stays where both names were of one file already
  }
  flushFolderSync(dirname(path));
}

function makeFolderSync(
  name: string,
  path: string,
  fill: (folder: string) => void,
  makeRoom: () => void,
): void {
  const temporary = temporaryPath(path);
  try {
    mkdirSync(temporary);
    fill(temporary);
    flushFolderSync(temporary);
    makeRoom();
    renameSync(temporary, path);
  } catch (cause) {
    removeQuietly(temporary);
    throw writeError(name, path, cause);
  }
  flushFolderSync(dirname(path));
}

function linkOrCopySync(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // a disk without links
    const file = openSync(to, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

/**
 * Takes away the temporary files that a process which was killed while it wrote has left in a
 * folder. Call it only where nobody else writes.
 */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (isLeftover(name)) removeQuietly(join(folder, name));
  }
}

/** Whether a file or a folder of this name is temporary. */
export function isLeftover(name: string): boolean {
  return LEFTOVER.test(name);
}

const LEFTOVER = /^\.palaestra-[0-9a-f]{16}\.tmp$/;

/** A short name of its own, so that a long file name does not grow past what the disk allows. */
function temporaryPath(path: string): string {
  return join(dirname(path), `.palaestra-${randomBytes(8).toString('hex')}.tmp`);
}

async function writeAndFlush(path: string, bytes: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function writeAndFlushSync(path: string, bytes: Uint8Array | string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the rename itself last. Some systems cannot open a folder: there it is left to them. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file is written and named; only its survival of a power cut is less certain.
  }
}

function flushFolderSync(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // As in flushFolder.
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true });
  } catch {
    // The error that matters is the one that led here.
  }
}

function writeError(name: string, path: string, cause: unknown): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const advice = code === 'ENOENT' ? ' Create its folder first.' : '';
  return new Error(`${name}: ${show(path)} must be writable, got ${code}.${advice}`, { cause });
}
