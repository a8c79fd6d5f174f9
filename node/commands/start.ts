import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../command.ts';
import { interruptSignal, SAVING } from '../interrupt.ts';
import { JOBS, type MainJob } from '../main-jobs.ts';
import { RunFolder } from '../run-folder.ts';
import { acquireRunLock } from '../run-lock.ts';
import { startViewerServer } from '../server/viewer-server.ts';
import { formatTable } from '../table.ts';
import { trainRun } from '../train-run.ts';
import { UsageError } from '../usage-error.ts';
import { serveUntil } from './watch.ts';

/** Where the runs of the main job go. */
const FOLDER = join('runs', 'start');

/** `palaestra start`: the main job, which is also `npm start`. */
export const start: Command = {
  name: 'start',
  arguments: '',
  summary: 'Trains two agents, sets them beside the known optimum, and serves the viewer.',
  options: {
    'no-serve': { type: 'boolean', help: 'end when training is done, without the viewer' },
    help: { type: 'boolean', short: 'h', help: 'show this' },
  },
  examples: ['palaestra start', 'palaestra start --no-serve'],
  async run(words) {
    if (words.positionals.length > 0) throw new UsageError('palaestra start takes no arguments.');
    const folders = JOBS.map((job) => prepare(job));
    const training = interruptSignal(SAVING);
    const server = words.flag('no-serve') ? null : await startViewerServer({ root: 'runs' });
    if (server) console.log(`Viewer: ${server.url}  (follow the runs while they train)\n`);
    try {
      const rows = await trainAll(folders, training.signal);
      if (rows === null) return 130;
      console.log(`\n${formatTable(HEAD, rows)}\n`);
      console.log(`Runs, metrics, checkpoints and recordings: ${FOLDER}\n`);
      if (server && !training.signal.aborted) {
        training.release(); // from here on there is nothing to save
        await serveUntil(interruptSignal(), server);
      }
      return 0;
    } finally {
      training.release();
      await server?.close();
    }
  },
};

const HEAD = ['agent', 'world', 'measure', 'result', '95% interval', 'optimum', 'from'];

interface PreparedJob {
  readonly job: MainJob;
  readonly folder: RunFolder;
  readonly resume: boolean;
}

/** A fresh folder for a job; one that was interrupted goes on where it stopped. */
function prepare(job: MainJob): PreparedJob {
  const path = join(FOLDER, job.name);
  const config = job.config();
  if (existsSync(path)) {
    const folder = unfinishedRun(path);
    if (folder && JSON.stringify(folder.config) === JSON.stringify(config)) {
      return { job, folder, resume: true };
    }
    acquireRunLock(path).release(); // another process may be training there
    rmSync(path, { recursive: true });
  }
  return { job, folder: RunFolder.create(path, config), resume: false };
}

/** The run at `path` if it can be gone on with; `null` for one that is done or broken. */
function unfinishedRun(path: string): RunFolder | null {
  if (existsSync(join(path, 'episodes', 'last.rlrec'))) return null;
  try {
    return RunFolder.open(path);
  } catch {
    return null;
  }
}

/** @returns the rows of the table; `null` where the user interrupted. */
async function trainAll(
  jobs: readonly PreparedJob[],
  signal: AbortSignal,
): Promise<string[][] | null> {
  const rows: string[][] = [];
  for (const { job, folder, resume } of jobs) {
    if (resume) console.log(`Going on with ${folder.path}.`);
    const { finished, session } = await trainRun(folder, { resume, signal });
    if (!finished) {
      console.log(
        `Stopped and saved. Go on: npm start, or palaestra train --resume ${folder.path}`,
      );
      return null;
    }
    rows.push([...job.measure(session)]);
  }
  return rows;
}
