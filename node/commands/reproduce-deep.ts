import { execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PublishedExperiment } from '../../suites/published/published-experiment.ts';
import type { PublishedResult } from '../../suites/published/published-run.ts';
import { meanInterval } from '../../suites/statistics.ts';
import { writeFileAtomic } from '../atomic-file.ts';
import { type Command, type CommandWords, parseCount } from '../command.ts';
import { Progress } from '../progress.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

const SLICE = 2000; // environment steps between looks at the clock

/** `palaestra reproduce-deep`. */
export const reproduceDeep: Command = {
  name: 'reproduce-deep',
  arguments: '<experiment>… | --all',
  summary: 'Repeats published results of deep agents, seed by seed, and says how they compare.',
  options: {
    all: { type: 'boolean', help: 'repeat every experiment' },
    list: { type: 'boolean', help: 'list the experiments, and stop' },
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
  const cells = experiments.flatMap((experiment) =>
    Array.from({ length: count }, (_, i) => ({ experiment, seed: first + i })),
  );
  if (jobs > 1) await runCellsInProcesses(cells, jobs, words);
  else for (const { experiment, seed } of cells) await runCell(experiment, seed, words);

  const rows: string[][] = [];
  let short = 0;
  for (const experiment of experiments) {
    const scores = cells
      .filter((cell) => cell.experiment === experiment)
      .map(({ seed }) => readCell(experiment, seed, words)?.score ?? Number.NaN);
    const { estimate, low, high } = meanInterval(scores);
    // One seed says nothing of the spread: its score itself must reach the mean.
    const reached = (scores.length > 1 ? high : estimate) >= experiment.published.mean;
    if (!reached) short++;
    rows.push([
      experiment.name,
      scores.length > 1 ? `${show(estimate)} [${show(low)}, ${show(high)}]` : show(estimate),
      String(scores.length),
      `${experiment.published.mean} ± ${experiment.published.deviation}`,
      reached ? 'yes' : 'NO',
    ]);
  }
  const head = ['experiment', 'ours [95%]', 'seeds', 'published', 'reached'];
  console.log(formatTable(head, rows));
  return short === 0 ? 0 : 1;
}

interface Cell {
  readonly experiment: PublishedExperiment;
  readonly seed: number;
}

/** A cell that is done already is not done again: so an interrupted command goes on where it was. */
async function runCell(
  experiment: PublishedExperiment,
  seed: number,
  words: CommandWords,
): Promise<void> {
  if (readCell(experiment, seed, words) !== null) return;
  const path = cellPath(experiment, seed, words);
  const { PublishedRun } = await import('../../suites/published/published-run.ts');
  const began = performance.now();
  const run = new PublishedRun(experiment, seed, words.text('engine'));
  const label = `${experiment.name} seed ${seed}`;
  const progress = new Progress({ label, total: experiment.steps });
  while (!run.done) {
    run.advance(SLICE);
    progress.update(run.steps, '');
  }
  const result = run.result();
  progress.end(run.steps, `score ${show(result.score)}`);
  mkdirSync(dirname(path), { recursive: true });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const command = `palaestra reproduce-deep ${experiment.name} --seed ${seed} --seeds 1`;
  const cell = { command, commit: commit(), experiment, seconds, ...result };
  await writeFileAtomic(path, `${JSON.stringify(cell)}\n`);
}

/** Hands the cells to processes of their own, `jobs` at a time. */
async function runCellsInProcesses(
  cells: readonly Cell[],
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

function runInProcess({ experiment, seed }: Cell, words: CommandWords): Promise<void> {
  if (readCell(experiment, seed, words) !== null) return Promise.resolve();
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
      if (readCell(experiment, seed, words) !== null) resolve();
      else reject(new Error(`${experiment.name} seed ${seed} failed; see what it printed.`));
    });
  });
}

function cellPath({ name }: PublishedExperiment, seed: number, words: CommandWords): string {
  return join(words.text('out') ?? join('runs', 'reproduce-deep'), name, `seed-${seed}.json`);
}

/** What a cell came to; `null` where it has not been done, or with other settings. */
function readCell(
  experiment: PublishedExperiment,
  seed: number,
  words: CommandWords,
): PublishedResult | null {
  const path = cellPath(experiment, seed, words);
  if (!existsSync(path)) return null;
  const cell = JSON.parse(readFileSync(path, 'utf8')) as PublishedResult & {
    readonly experiment: PublishedExperiment;
  };
  return JSON.stringify(cell.experiment) === JSON.stringify(experiment) ? cell : null;
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

function show(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : String(value);
}
