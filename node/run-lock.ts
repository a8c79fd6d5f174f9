import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { show } from '../core/check.ts';

/** Name of the file that marks a run as held by a process. */
export const RUN_LOCK_FILE = 'lock.json';

const MAX_LOCK_BYTES = 4096;
/** A lock this young may still be on its way to the disk; ms. */
const WRITING_TIME = 5000;
/** How far the start of a process and the clock of its lock may lie apart; ms. */
const CLOCK_SLACK = 2000;

/** What `lock.json` says of the process that holds a run. */
export interface RunLockOwner {
  readonly pid: number;
  /** When the lock was taken, ISO 8601. */
  readonly started: string;
  /** The machine, where the lock names one: a process id means nothing on another. */
  readonly host: string | undefined;
}

/** A run that this process holds. */
export interface RunLock {
  /** Gives the run free; a second call does nothing, and a lock taken over by others stays. */
  release(): void;
}

/**
 * Takes the run in `folder` for this process, so that no second one writes into it.
 *
 * The lock of a process that has ended is taken over. One from another machine (a shared disk)
 * cannot be checked and counts as held.
 *
 * @throws Error if another process holds the run, or the folder cannot be written.
 */
export function acquireRunLock(folder: string): RunLock {
  const file = join(folder, RUN_LOCK_FILE);
  const text = lockText();
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createExclusively(file, text)) return lockHolding(file, text);
    const found = readText(file);
    if (found === undefined) continue; // released since: try again
    if (isHeld(file, found)) throw heldError(folder, parseOwner(found));
    removeStale(file, found);
  }
  throw new Error(
    `acquireRunLock: ${show(folder)} must be free, got others taking it at the same moment. Try again.`,
  );
}

/**
 * The process that holds the run in `folder`, as far as can be told from here.
 *
 * @returns `undefined` where there is no lock, or its process has ended.
 */
export function runLockOwner(folder: string): RunLockOwner | undefined {
  const file = join(folder, RUN_LOCK_FILE);
  const text = readText(file);
  if (text === undefined || !isHeld(file, text)) return undefined;
  return parseOwner(text);
}

/** Held locks differ in `nonce`, so that a release never removes the lock of somebody else. */
function lockText(): string {
  const started = new Date().toISOString();
  const nonce = randomBytes(8).toString('hex');
  return `${JSON.stringify({ pid: process.pid, started, host: hostname(), nonce })}\n`;
}

function createExclusively(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new Error(
      `acquireRunLock: ${show(file)} must be writable, got ${code}. Create the run's folder first.`,
      { cause },
    );
  }
}

function lockHolding(file: string, text: string): RunLock {
  return {
    release() {
      if (readText(file) === text) rmSync(file, { force: true });
    },
  };
}

/** The text of a lock; `undefined` where there is none, `''` for what cannot be a lock. */
function readText(file: string): string | undefined {
  try {
    const found = lstatSync(file);
    return found.isFile() && found.size <= MAX_LOCK_BYTES ? readFileSync(file, 'utf8') : '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}

function parseOwner(text: string): RunLockOwner | undefined {
  try {
    const { pid, started, host } = JSON.parse(text) as Partial<Record<string, unknown>>;
    if (!Number.isInteger(pid) || Number(pid) < 1 || Number(pid) > 2 ** 31 - 1) return undefined;
    return {
      pid: Number(pid),
      started: typeof started === 'string' ? started.slice(0, 40) : '',
      host: typeof host === 'string' ? host.slice(0, 255) : undefined,
    };
  } catch {
    return undefined; // half written, or no lock at all
  }
}

function isHeld(file: string, text: string): boolean {
  const owner = parseOwner(text);
  if (owner === undefined) return age(file) < WRITING_TIME;
  if (owner.host !== undefined && owner.host !== hostname()) return true;
  if (owner.pid === process.pid) return !isBeforeThisProcess(owner.started);
  return isAlive(owner.pid);
}

function age(file: string): number {
  try {
    return Date.now() - lstatSync(file).mtimeMs;
  } catch {
    return Infinity;
  }
}

/** A restarted container gives the same process id again: an older lock is of the one before. */
function isBeforeThisProcess(started: string): boolean {
  const begin = Date.now() - process.uptime() * 1000;
  return Date.parse(started) < begin - CLOCK_SLACK;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks, sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, but somebody else's
  }
}

/**
 * Removes the lock that was judged stale, and no other: it is renamed first, and put back should
 * another process have replaced it in between.
 */
function removeStale(file: string, judged: string): void {
  const aside = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
    if (readText(aside) !== judged) putBack(aside, file);
    rmSync(aside, { force: true });
  } catch {
    // Somebody else was faster.
  }
}

function putBack(aside: string, file: string): void {
  try {
    linkSync(aside, file);
  } catch {
    // A third process holds the run by now.
  }
}

function heldError(folder: string, owner: RunLockOwner | undefined): Error {
  if (owner === undefined) {
    return new Error(
      `acquireRunLock: ${show(folder)} must be free, got a lock that is just being written. Try again.`,
    );
  }
  const host = owner.host === undefined ? '' : ` on ${owner.host}`;
  return new Error(
    `acquireRunLock: ${show(folder)} must be free, got process ${owner.pid}${host} holding it since ${owner.started}. ` +
      `Stop that process, or delete ${RUN_LOCK_FILE} if it has ended.`,
  );
}
