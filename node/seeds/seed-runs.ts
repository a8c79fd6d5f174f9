import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../training/session.ts';
import { isFree, RunFolder } from '../run-folder.ts';

const SEED_FOLDER = /^seed-(\d+)$/;

/**
 * The runs of several seeds under one folder, `seed-<n>` each: those that are missing are made, those
 * that are there are gone on with.
 *
 * @param configs One for each seed.
 * @throws Error if there is something else at `path`, or a run with another config.
 */
export function prepareSeedRuns(path: string, configs: readonly RunConfig[]): RunFolder[] {
  if (!isFree(path) && !isSeedRuns(path)) {
    throw new Error(
      `${path} exists already, and holds no runs of several seeds. Give them another folder with --run.`,
    );
  }
  for (const config of configs) checkSame(folderOf(path, config), config);
  return configs.map((config) => {
    const folder = folderOf(path, config);
    return isFree(folder) ? RunFolder.create(folder, config) : RunFolder.open(folder);
  });
}

/**
 * The runs under a folder that `prepareSeedRuns` has made, by seed.
 *
 * @throws Error if the config of one cannot be read.
 */
export function openSeedRuns(path: string): RunFolder[] {
  return seedFolders(path).map((name) => RunFolder.open(join(path, name)));
}

/** Whether there are runs of several seeds under `path`. */
export function isSeedRuns(path: string): boolean {
  return !existsSync(join(path, 'config.json')) && seedFolders(path).length > 0;
}

/** Names of the folders of seeds, the lowest first. */
function seedFolders(path: string): string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [];
  const seedOf = (name: string) => Number(SEED_FOLDER.exec(name)?.[1]);
  return readdirSync(path)
    .filter((name) => SEED_FOLDER.test(name))
    .sort((a, b) => seedOf(a) - seedOf(b));
}

function folderOf(path: string, { seed }: RunConfig): string {
  return join(path, `seed-${seed}`);
}

function checkSame(folder: string, config: RunConfig): void {
  if (isFree(folder)) return;
  const { config: found } = RunFolder.open(folder);
  if (JSON.stringify(found) === JSON.stringify(config)) return;
  throw new Error(
    `${folder} exists already with another config. Give the new runs another folder with --run.`,
  );
}
