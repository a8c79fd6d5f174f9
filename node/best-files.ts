import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/** What a run replaces whenever there is a better one, below its folder. */
const BEST_FILES: readonly string[] = ['checkpoints/best.ckpt', 'episodes/best.rlrec'];

/**
 * Keeps the best files of a run as they are now, for a checkpoint: under a second name, which takes no
 * room where the disk knows links.
 *
 * @param run The run's folder.
 * @param name Of the checkpoint.
 */
export function keepBest(run: string, name: string): void {
  const folder = keptFolder(run, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of BEST_FILES) {
    const from = join(run, file);
    if (existsSync(from)) linkOrCopy(from, join(folder, basename(file)));
  }
}

/** Forgets what was kept for a checkpoint. */
export function forgetBest(run: string, name: string): void {
  rmSync(keptFolder(run, name), { recursive: true, force: true });
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
    const to = join(run, file);
    if (folder === null || !kept.includes(basename(file))) {
      rmSync(to, { force: true });
      continue;
    }
    const aside = join(folder, `${basename(file)}.next`);
    rmSync(aside, { force: true });
    linkOrCopy(join(folder, basename(file)), aside);
    renameSync(aside, to);
    rmSync(aside, { force: true }); // renaming a link to another of the same file leaves it there
  }
}

function keptFolder(run: string, name: string): string {
  return join(run, 'checkpoints', `best-at-${name}`);
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // a disk without links
  }
}
