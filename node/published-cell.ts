import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { savedNumber, savedObject, savedString } from '../core/saved.ts';
import type { PublishedExperiment } from '../suites/published/published-experiment.ts';
import { type PublishedResult, PublishedRun } from '../suites/published/published-run.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { decodeOwnCheckpoint, encodeCheckpoint } from './checkpoint-file.ts';
import { Progress } from './progress.ts';

/** One seed of a published experiment, and where what it comes to is kept. */
export interface PublishedCell {
  readonly experiment: PublishedExperiment;
  readonly seed: number;
  /** The folder of all experiments: this one goes to `<folder>/<experiment>/seed-<n>.json`. */
  readonly folder: string;
  /** Which engine computes, where not the agent's own choice. */
  readonly engine?: string | undefined;
}

const SLICE = 500; // environment steps between looks at the clock
const CHECKPOINT_EVERY = 60_000; // ms

/** What a cell came to; `null` where it has not been done, or with other settings. */
export function readCell(cell: PublishedCell): PublishedResult | null {
  const path = `${cellPath(cell)}.json`;
  if (!existsSync(path)) return null;
  const kept = JSON.parse(readFileSync(path, 'utf8')) as PublishedResult & {
    readonly experiment: PublishedExperiment;
  };
  return same(kept.experiment, cell.experiment) ? kept : null;
}

/**
 * Does a cell, unless it is done already. Once a minute it keeps all that it takes to go on, so that a
 * run that was interrupted goes on there, with the same bits.
 */
export async function runCell(cell: PublishedCell): Promise<void> {
  if (readCell(cell) !== null) return;
  const { experiment, seed, engine } = cell;
  const path = cellPath(cell);
  mkdirSync(dirname(path), { recursive: true });

  const run = new PublishedRun(experiment, seed, engine);
  let seconds = restore(run, cell);
  let began = performance.now();
  const progress = new Progress({
    label: `${experiment.name} seed ${seed}`,
    total: experiment.steps,
    start: run.steps,
  });
  while (!run.done) {
    run.advance(SLICE);
    progress.update(run.steps, '');
    const now = performance.now();
    if (now - began < CHECKPOINT_EVERY || run.done) continue;
    seconds += (now - began) / 1000;
    began = now;
    const kept = { settings: settingsOf(cell), seconds, run: run.save() };
    await writeFileAtomic(`${path}.ckpt`, encodeCheckpoint(kept));
  }
  const result = run.result();
  seconds += (performance.now() - began) / 1000;
  progress.end(run.steps, `score ${result.score.toFixed(2)}`);

  const on = engine === undefined ? '' : ` --engine ${engine}`;
  const command = `palaestra reproduce-deep ${experiment.name} --seed ${seed} --seeds 1${on}`;
  const about = { command, commit: commit(), experiment, seconds: Math.round(seconds * 10) / 10 };
  await writeFileAtomic(`${path}.json`, `${JSON.stringify({ ...about, ...result })}\n`);
  await rm(`${path}.ckpt`, { force: true });
}

/** @returns seconds that the run has taken before. */
function restore(run: PublishedRun, cell: PublishedCell): number {
  const path = `${cellPath(cell)}.ckpt`;
  if (!existsSync(path)) return 0;
  const kept = decodeOwnCheckpoint(readFileSync(path));
  if (savedString(path, kept, 'settings') !== settingsOf(cell)) return 0;
  run.restore(savedObject(path, kept, 'run'));
  return savedNumber(path, kept, 'seconds');
}

function settingsOf({ experiment, engine }: PublishedCell): string {
  return JSON.stringify({ experiment, engine });
}

function cellPath({ experiment, seed, folder }: PublishedCell): string {
  return join(folder, experiment.name, `seed-${seed}`);
}

function same(a: PublishedExperiment, b: PublishedExperiment): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The commit of the code that ran, where that is known. */
function commit(): string | null {
  try {
    const cwd = fileURLToPath(new URL('.', import.meta.url));
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
