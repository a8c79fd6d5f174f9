import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment, Finding, Report } from '../../suites/book/experiment.ts';
import { writeFileAtomic } from '../atomic-file.ts';
import { drawCharts } from '../charts/draw-charts.ts';
import { type Command, type CommandWords, parseCount } from '../command.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

/** `palaestra reproduce`. */
export const reproduce: Command = {
  name: 'reproduce',
  arguments: '<experiment>… | --all',
  summary: "Repeats experiments of Sutton and Barto's book, beside the numbers they must give.",
  options: {
    all: { type: 'boolean', help: 'repeat every experiment' },
    list: { type: 'boolean', help: 'list the experiments, and stop' },
    runs: { type: 'string', value: '<n>', help: 'independent runs of each (default: its own)' },
    seed: { type: 'string', value: '<n>', help: 'seed of everything (default 0)' },
    out: { type: 'string', value: '<dir>', help: 'where figures go (default runs/reproduce)' },
    help: { type: 'boolean', short: 'h', help: 'show this' },
  },
  examples: ['palaestra reproduce figure-2.2', 'palaestra reproduce --all --out figures'],
  async run(words) {
    const { EXPERIMENTS, experiment } = await import('../../suites/book/experiments.ts');
    if (words.flag('list')) {
      console.log(formatTable(['experiment', 'what it shows', 'runs'], EXPERIMENTS.map(rowOf)));
      return 0;
    }
    const experiments = words.flag('all') ? EXPERIMENTS : words.positionals.map(found(experiment));
    if (experiments.length === 0) {
      throw new UsageError(
        'palaestra reproduce takes the names of experiments, or --all. palaestra reproduce --list names them.',
      );
    }
    return repeat(experiments, words);
  },
};

function rowOf({ name, title, runs }: Experiment): string[] {
  return [name, title, runs === 1 ? 'exact' : String(runs)];
}

/** A name that there is not is a mistake in the words. */
function found(experiment: (name: string) => Experiment) {
  return (name: string): Experiment => {
    try {
      return experiment(name);
    } catch (error) {
      throw new UsageError(`palaestra reproduce: ${(error as Error).message}`);
    }
  };
}

/** @returns 0 if every number is as it must be, else 1. */
async function repeat(experiments: readonly Experiment[], words: CommandWords): Promise<number> {
  const runs = words.text('runs');
  const givenRuns = runs === undefined ? undefined : parseCount('runs', runs, 1);
  const seed = parseCount('seed', words.text('seed') ?? '0', 0);
  const folder = words.text('out') ?? join('runs', 'reproduce');
  mkdirSync(folder, { recursive: true });
  const { agrees } = await import('../../suites/book/experiment.ts');
  let astray = 0;
  for (const experiment of experiments) {
    const began = performance.now();
    const report = experiment.run({ runs: givenRuns ?? experiment.runs, seed });
    const seconds = (performance.now() - began) / 1000;
    const failed = report.findings.filter((finding) => !agrees(finding));
    astray += failed.length;
    const path = await writeFigure(folder, experiment, report);
    const head = `${experiment.name}: ${experiment.title} (${experiment.source})`;
    console.log(`${head}\n${findingTable(report.findings, agrees)}`);
    console.log(`${path}, ${seconds.toFixed(1)} s\n`);
  }
  const numbers = astray === 0 ? 'Every number is' : `${astray} of the numbers are not`;
  console.log(`${numbers} as it must be, within what chance explains (99.9%).`);
  return astray === 0 ? 0 : 1;
}

/** The figure, and its numbers beside it. */
async function writeFigure(
  folder: string,
  { name, title, source }: Experiment,
  { findings, charts }: Report,
): Promise<string> {
  const path = join(folder, `${name}.svg`);
  await writeFileAtomic(path, drawCharts(`${source}: ${title}`, charts));
  await writeFileAtomic(
    join(folder, `${name}.json`),
    `${JSON.stringify({ name, title, source, findings }, null, 2)}\n`,
  );
  return path;
}

function findingTable(findings: readonly Finding[], agrees: (finding: Finding) => boolean): string {
  const rows = findings.map((finding) => [
    finding.what,
    showInterval(finding.ours),
    showInterval(finding.reference),
    finding.book ?? '–',
    agrees(finding) ? 'yes' : 'NO',
    finding.from,
  ]);
  const head = ['what', 'ours [95%]', 'reference [95%]', 'book', 'agrees', 'reference from'];
  return formatTable(head, rows);
}

function showInterval({ estimate, low, high }: Finding['ours']): string {
  if (low === high) return showNumber(estimate);
  return `${showNumber(estimate)} [${showNumber(low)}, ${showNumber(high)}]`;
}

function showNumber(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6
    ? value.toExponential(3)
    : value.toPrecision(5);
}
