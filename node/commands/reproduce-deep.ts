import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PublishedExperiment } from '../../suites/published/published-experiment.ts';
import { meanInterval } from '../../suites/statistics.ts';
import { type Command, type CommandWords, parseCount } from '../command.ts';
import { type PublishedCell, readCell, runCell } from '../published-cell.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

/** `palaestra reproduce-deep`. */
export const reproduceDeep: Command = {
  name: 'reproduce-deep',
  arguments: '<experiment>… | --all',
  summary: 'Repeats published results of deep agents, seed by seed, and says how they compare.',
  options: {
    all: { type: 'boolean', help: 'repeat every experiment' },
    list: { type: 'boolean', help: 'list the experiments, and stop' },
    kept: { type: 'boolean', help: 'run nothing: say what the seeds came to that are done' },
    seeds: { type: 'string', value: '<n>', help: 'seeds of each (default 10)' },
    seed: { type: 'string', value: '<n>', help: 'the first of them (default 0)' },
    steps: { type: 'string', value: '<n>', help: 'environment steps, to try something out' },
    jobs: { type: 'string', value: '<n>', help: 'seeds at once, a process each (default 1)' },
    engine: { type: 'string', value: '<name>', help: 'simd or simd-fast (default simd)' },
    out: { type: 'string', value: '<dir>', help: 'for results (default runs/reproduce-deep)' },
    help: { type: 'boolean', short: 'h', help: 'show this' },
  },
  examples: [
    'palaestra reproduce-deep cleanrl-dqn-cart-pole --seeds 3',
    'palaestra reproduce-deep --all --jobs 2',
    'palaestra reproduce-deep --all --kept --out docs/results',
  ],
  async run(words) {
    const { PUBLISHED, publishedExperiment } = await import(
      '../../suites/published/experiments.ts'
    );
    if (words.flag('list')) {
      console.log(formatTable(LIST_HEAD, PUBLISHED.map(listRow)));
      return 0;
    }
    const experiments = words.flag('all') ? PUBLISHED : words.positionals.map(publishedExperiment);
    if (experiments.length === 0) {
      throw new UsageError(
        'palaestra reproduce-deep takes the names of experiments, or --all. palaestra reproduce-deep --list names them.',
      );
    }
    return repeat(experiments, words);
  },
};

const LIST_HEAD = ['experiment', 'agent', 'world', 'steps', 'published', 'source'];

function listRow({ name, agent, env, steps, published }: PublishedExperiment): string[] {
  const score = `${published.mean} ± ${published.deviation}`;
  return [name, agent, env, String(steps), score, published.source];
}

/** @returns 0 if every interval reaches the published mean, else 1. */
async function repeat(asked: readonly PublishedExperiment[], words: CommandWords): Promise<number> {
  const count = parseCount('seeds', words.text('seeds') ?? '10', 1);
  const first = parseCount('seed', words.text('seed') ?? '0', 0);
  const jobs = parseCount('jobs', words.text('jobs') ?? '1', 1);
  const steps = words.text('steps');
  const experiments =
    steps === undefined
      ? asked
      : asked.map((one) => ({ ...one, steps: parseCount('steps', steps, 1) }));
  const folder = words.text('out') ?? join('runs', 'reproduce-deep');
  const engine = words.text('engine');
  const cells = experiments.flatMap((experiment) =>
    Array.from({ length: count }, (_, i) => ({ experiment, seed: first + i, folder, engine })),
  );
  if (!words.flag('kept')) {
    if (jobs > 1) await runCellsInProcesses(cells, jobs, words);
    else for (const cell of cells) await runCell(cell);
  }

  const rows = experiments.map((experiment) =>
    resultRow(experiment, cells.filter((cell) => cell.experiment === experiment).flatMap(scoresOf)),
  );
  console.log(formatTable(HEAD, rows));
  return rows.every((row) => row.at(-1) === 'yes') ? 0 : 1;
}

const HEAD = ['experiment', 'ours [95%]', 'seeds', 'published', 'reached'];

/** The score of a cell, if it is done. */
function scoresOf(cell: PublishedCell): number[] {
  const result = readCell(cell);
  return result === null ? [] : [result.score];
}

function resultRow({ name, published }: PublishedExperiment, scores: readonly number[]): string[] {
  const theirs = `${published.mean} ± ${published.deviation}`;
  if (scores.length === 0) return [name, '–', '0', theirs, 'not run'];
  const { estimate, low, high } = meanInterval(scores);
  // One seed says nothing of the spread: its score itself must reach the mean.
  const several = scores.length > 1;
  const reached = (several ? high : estimate) >= published.mean;
  return [
    name,
    several ? `${show(estimate)} [${show(low)}, ${show(high)}]` : show(estimate),
    String(scores.length),
    theirs,
    reached ? 'yes' : 'NO',
  ];
}

/** Hands the cells to processes of their own, `jobs` at a time. */
async function runCellsInProcesses(
  cells: readonly PublishedCell[],
  jobs: number,
  words: CommandWords,
): Promise<void> {
  const waiting = [...cells];
  const work = async () => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      await runInProcess(cell, words);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

function runInProcess(cell: PublishedCell, words: CommandWords): Promise<void> {
  if (readCell(cell) !== null) return Promise.resolve();
  const { experiment, seed } = cell;
  const passed = ['steps', 'engine', 'out'].flatMap((name) => {
    const value = words.text(name);
    return value === undefined ? [] : [`--${name}`, value];
  });
  const program = fileURLToPath(new URL('../palaestra.ts', import.meta.url));
  const path = existsSync(program) ? program : program.replace(/\.ts$/, '.js');
  const argv = ['reproduce-deep', experiment.name, '--seeds', '1', '--seed', String(seed)];
  return new Promise((resolve, reject) => {
    const child = fork(path, [...argv, ...passed], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('error', reject);
    child.on('exit', () => {
      if (readCell(cell) !== null) resolve();
      else reject(new Error(`${experiment.name} seed ${seed} failed; see what it printed.`));
    });
  });
}

function show(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : String(value);
}
