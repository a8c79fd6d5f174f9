import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { meanInterval } from '../../suites/statistics.ts';
import type { RunConfig } from '../../training/session.ts';
import type { CommandWords } from '../command.ts';
import { parseCount, parseSettings } from '../command.ts';
import { interruptSignal } from '../interrupt.ts';
import type { RunFolder } from '../run-folder.ts';
import type { SeedEnd } from '../seeds/seed-process.ts';
import { openSeedRuns, prepareSeedRuns } from '../seeds/seed-runs.ts';
import { trainSeeds } from '../seeds/train-seeds.ts';
import { formatTable } from '../table.ts';
import { asUsage, UsageError } from '../usage-error.ts';
import { sayTuned, trainConfig } from './train-config.ts';

/** `palaestra train … --seeds <n>`: the same run with several seeds, in processes. */
export async function trainNewSeeds(
  agent: string,
  env: string,
  words: CommandWords,
): Promise<number> {
  const count = parseCount('seeds', words.text('seeds') ?? '', 1);
  const jobs = readJobs(words);
  refuseOneSeed(words);
  const first = asUsage(() => trainConfig(agent, env, words));
  const configs = Array.from({ length: count }, (_, i) =>
    asUsage(() => trainConfig(agent, env, words, first.seed + i)),
  );
  sayTuned(agent, env, words);
  const path = words.text('run') ?? join('runs', defaultName(first));
  return report(path, prepareSeedRuns(path, configs), jobs);
}

/** @throws UsageError if all agents are to have one seed. */
function refuseOneSeed(words: CommandWords): void {
  const { seed } = parseSettings('set', words.texts('set'));
  if (seed === undefined) return;
  throw new UsageError(
    `--set seed=${seed} would give the agents of all runs the same seed. With --seeds leave it out: the seed of each run is its agent's too, and --seed says where they begin.`,
  );
}

/** `palaestra train --resume <folder>`, of a folder with several seeds. */
export function resumeSeeds(path: string, words: CommandWords): Promise<number> {
  return report(path, openSeedRuns(path), readJobs(words));
}

function defaultName({ agent, env }: RunConfig): string {
  return `${agent.name}-${env.id}-seeds`;
}

function readJobs(words: CommandWords): number {
  const text = words.text('jobs');
  return text === undefined ? availableParallelism() : parseCount('jobs', text, 1);
}

async function report(path: string, runs: readonly RunFolder[], jobs: number): Promise<number> {
  const interrupt = interruptSignal('Saving all of them… Ctrl+C again does not wait for it.');
  try {
    const ends = await trainSeeds(runs, { jobs, signal: interrupt.signal });
    console.log(
      `\n${formatTable(
        HEAD,
        runs.map((run, i) => rowOf(run, ends[i])),
      )}\n`,
    );
    console.log(`${summary(runs)}\n`);
    return exitCode(path, ends);
  } finally {
    interrupt.release();
  }
}

const HEAD = ['seed', 'state', 'steps', 'final return', 'best evaluation', 'folder'];

function rowOf(run: RunFolder, end: SeedEnd): string[] {
  const result = run.readResult();
  return [
    String(run.config.seed),
    end.kind,
    String(result?.steps ?? run.stepsSaved()),
    showReturn(result?.finalReturn),
    showReturn(result?.bestReturn),
    run.path,
  ];
}

function showReturn(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(3);
}

/** The mean of what the finished runs came to. */
function summary(runs: readonly RunFolder[]): string {
  const returns = runs
    .map((run) => run.readResult()?.finalReturn ?? null)
    .filter((value) => value !== null);
  if (returns.length === 0) return 'No run has a final return.';
  const { estimate, low, high } = meanInterval(returns);
  const mean = `Mean final return of ${returns.length}: ${estimate.toFixed(3)}`;
  if (returns.length === 1) return `${mean}; one seed says nothing of the spread.`;
  return `${mean}, 95% interval [${low.toFixed(3)}, ${high.toFixed(3)}].`;
}

function exitCode(path: string, ends: readonly SeedEnd[]): number {
  const again = `palaestra train --resume ${path}`;
  if (ends.some(({ kind }) => kind === 'failed')) {
    console.error(`Some seeds have failed. Once the cause is mended: ${again}`);
    return 1;
  }
  if (ends.every(({ kind }) => kind === 'finished')) return 0;
  console.log(`Stopped and saved. Go on: ${again}`);
  return 130;
}
