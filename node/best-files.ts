import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { linkFileAtomicSync, linkFolderAtomicSync } from './atomic-file.ts';

/** What a run replaces whenever there is a better one, below its folder. */
const BEST_FILES: readonly string[] = ['checkpoints/best.ckpt', 'episodes/best.rlrec'];

const KEPT = /^best-at-(\d+)$/;

/**
 * Keeps the best files of a run as they are now, for a checkpoint: under second names, which take no room
 * until there is a better one, where the disk knows links.
 *
 * @param run The run's folder.
 * @param name Of the checkpoint, digits.
 */
export function keepBest(run: string, name: string): void {
  const files = BEST_FILES.map((file) => join(run, file)).filter((file) => existsSync(file));
  const named = Object.fromEntries(files.map((file) => [basename(file), file]));
  linkFolderAtomicSync(keptFolder(run, name), named);
}

/**
 * Forgets what was kept for all other checkpoints.
 *
 * @param names Of the checkpoints that there are.
 */
export function forgetBest(run: string, names: readonly string[]): void {
  for (const entry of readdirSync(join(run, 'checkpoints'))) {
    const name = KEPT.exec(entry)?.[1];
    if (name === undefined || names.includes(name)) continue;
    rmSync(join(run, 'checkpoints', entry), { recursive: true, force: true });
  }
}

/**
 * Brings the best files back to what they were at a checkpoint; who was best later has not been yet.
 *
 * @param name Of the checkpoint; `null` for the beginning, when there were none. Runs of which nothing
 *   was kept stay as they are.
 */
export function restoreBest(run: string, name: string | null): void {
  const folder = name === null ? null : keptFolder(run, name);
  if (folder !== null && !existsSync(folder)) return;
  const kept = folder === null ? [] : readdirSync(folder);
  for (const file of BEST_FILES) {
    const path = join(run, file);
    if (folder !== null && kept.includes(basename(file))) {
      linkFileAtomicSync(join(folder, basename(file)), path);
    } else {
      rmSync(path, { force: true });
    }
  }
}

function keptFolder(run: string, name: string): string {
  return join(run, 'checkpoints', `best-at-${name}`);
}
