import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import { Sarsa } from '../../../agents/tabular/sarsa.ts';
import type { Schedule } from '../../../core/schedule.ts';
import type { TabularModel } from '../../../core/tabular-model.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import {
  WINDY_GRIDWORLD_WIND,
  type WindyGridworldOptions,
  windyGridworld,
} from '../../../envs/tabular/windy-gridworld.ts';
import type { EpisodeSummary } from '../../../training/episode-statistics.ts';
import { Trainer } from '../../../training/trainer.ts';
import type { Chart, GridChart, Series } from '../../charts/chart.ts';
import { type Interval, shareInterval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import {
  type Experiment,
  type ExperimentOptions,
  exactly,
  type Finding,
  measured,
} from '../experiment.ts';
import { modelOf } from '../model-of.ts';
import { runSeed } from '../run-length.ts';
import { greedyActions, pathOf } from './paths.ts';
import { bestSoftPolicy } from './soft-policy.ts';

const EPSILON = 0.1;
const STEPS = 8000; // of the figure
const TIMES = Array.from({ length: STEPS / 100 + 1 }, (_, i) => 100 * i);

// Long enough for α to fall to where the values hardly waver.
const LONG = { steps: 40_000, measuredFrom: 32_000 };
const FALLING: Schedule = { kind: 'linear', from: 0.5, to: 0.02, steps: LONG.steps };

type Moves = NonNullable<WindyGridworldOptions['moves']>;

// bench/peers/book/chapter_6.py windy 5000: mean and standard error of the episodes ended by a time
// step, and the share of runs whose greedy path is a shortest one then.
const FROM = 'NumPy, 5,000 runs (bench/peers/book/chapter_6.py)';
interface WindyTask {
  readonly moves: Moves;
  readonly name: string;
  readonly episodes: Readonly<Record<number, Interval>>;
  readonly share: Interval;
  readonly book?: { readonly episodes: string; readonly length: string };
}

const TASKS: readonly WindyTask[] = [
  {
    moves: 'four',
    name: 'four moves',
    episodes: {
      2000: measured(7.2126, 0.015791),
      4000: measured(34.2572, 0.040847),
      8000: measured(160.103, 0.138606),
    },
    share: measured(0.1754, 5.379e-3),
    book: { episodes: 'about 170', length: 'about 17' },
  },
  {
    moves: 'king',
    name: "king's moves",
    episodes: { 2000: measured(5.6306, 0.016204), 8000: measured(248.1722, 0.231392) },
    share: measured(0.5534, 7.031e-3),
  },
  {
    moves: 'king-or-stay',
    name: "king's moves or none",
    episodes: { 2000: measured(3.7204, 0.014277), 8000: measured(185.7254, 0.20105) },
    share: measured(0.4238, 6.989e-3),
  },
];

/** Sarsa in the windy gridworld, with four moves and with those of a king. */
export const WINDY_GRIDWORLD: Experiment = {
  name: 'windy-gridworld',
  title: "Sarsa in the windy gridworld, with four moves and with a king's",
  source: 'Sutton & Barto (2018), example 6.5 and exercise 6.9',
  runs: 200,
  run(options) {
    const findings: Finding[] = [];
    const series: Series[] = [];
    const paths: Chart[] = [];
    for (const task of TASKS) {
      const runs = measure(task.moves, options);
      findings.push(...findingsAtFirst(task, runs), ...findingsLater(task, runs));
      series.push(runs.ended.series(task.name, TIMES));
      paths.push(pathChart(task.name, runs.path));
    }
    const episodes: Chart = {
      kind: 'lines',
      title: 'Sarsa, α = 0.5, ε = 0.1',
      x: { label: 'time steps' },
      y: { label: 'episodes', domain: [0, 260] },
      series,
    };
    return { findings, charts: [episodes, ...paths] };
  },
};

/** What all runs of a task came to. */
interface WindyRuns {
  readonly model: TabularModel;
  /** Steps of a shortest path. */
  readonly shortest: number;
  /** Episodes that had ended at `TIMES`. */
  readonly ended: Curves;
  /** Steps of each run's greedy path after `STEPS`. */
  readonly lengths: number[];
  /** The same when α has fallen. */
  readonly lateLengths: number[];
  /** Mean steps of an episode then. */
  readonly lateEpisodes: Curves;
  /** The value of the start then. */
  readonly startValues: Curves;
  /** A greedy path then. */
  readonly path: number[];
}

function measure(moves: Moves, { runs, seed }: ExperimentOptions): WindyRuns {
  const model = modelOf(windyGridworld({ moves }));
  const shortest = stepsOf(pathOf(model, policyIteration(model, { discount: 1 }).policy));
  const ended = new Curves(TIMES.length);
  const lateEpisodes = new Curves(1);
  const startValues = new Curves(1);
  const lengths: number[] = [];
  const lateLengths: number[] = [];
  let path: number[] = [];
  for (let run = 0; run < runs; run++) {
    const first = learnWindy(moves, 0.5, STEPS, runSeed(seed, run));
    ended.add(first.ended);
    lengths.push(stepsOf(first.path));
    const long = learnWindy(moves, FALLING, LONG.steps, runSeed(seed, run));
    lateEpisodes.add([long.lateLength]);
    startValues.add([long.startValue]);
    lateLengths.push(stepsOf(long.path));
    if (run === 0) path = long.path;
  }
  return { model, shortest, ended, lengths, lateLengths, lateEpisodes, startValues, path };
}

function findingsAtFirst(task: WindyTask, { shortest, ended, lengths }: WindyRuns): Finding[] {
  const findings: Finding[] = Object.entries(task.episodes).map(([step, reference]) => ({
    what: `episodes ended by time step ${step}, ${task.name}`,
    ours: ended.interval(TIMES.indexOf(Number(step))),
    reference,
    from: FROM,
    ...(task.book && Number(step) === STEPS && { book: task.book.episodes }),
  }));
  findings.push({
    what: `share of greedy paths that are shortest at step ${STEPS}, ${task.name}`,
    ours: shareOf(shortest, lengths),
    reference: task.share,
    from: FROM,
  });
  return findings;
}

function findingsLater(task: WindyTask, runs: WindyRuns): Finding[] {
  const { model, shortest, lateLengths, lateEpisodes, startValues } = runs;
  const findings: Finding[] = [
    {
      what: `steps of the greedy path (median) when α has fallen, ${task.name}`,
      ours: exactly(medianOf(lateLengths)),
      reference: exactly(shortest),
      from: 'policy iteration on the model',
      ...(task.book && { book: '15' }),
    },
    {
      what: `share of greedy paths that are shortest when α has fallen, ${task.name}`,
      ours: shareOf(shortest, lateLengths),
      reference: exactly(1),
      from: 'policy iteration on the model',
    },
  ];
  if (task.book) {
    const exact = bestSoftPolicy(model, EPSILON).values[startOf(model)];
    const about = {
      tolerance: 0.02, // α is not 0 yet
      from: 'policy iteration where a tenth of the actions are random',
    };
    findings.push(
      {
        what: `steps of an episode when α has fallen, ε = 0.1, ${task.name}`,
        ours: lateEpisodes.interval(0),
        reference: exactly(-exact),
        ...about,
        book: task.book.length,
      },
      {
        what: `value of the start when α has fallen, ε = 0.1, ${task.name}`,
        ours: startValues.interval(0),
        reference: exactly(exact),
        ...about,
      },
    );
  }
  return findings;
}

/** What one run came to. */
interface WindyRun {
  /** Episodes that had ended at `TIMES`. */
  readonly ended: readonly number[];
  /** Mean steps of the episodes that ended after `LONG.measuredFrom`. */
  readonly lateLength: number;
  /** The value of the start, Σₐ π(a | S) Q(S, a). */
  readonly startValue: number;
  /** The cells of the greedy path. */
  readonly path: number[];
}

function learnWindy(moves: Moves, stepSize: Schedule, steps: number, seed: number): WindyRun {
  const world = windyGridworld({ moves });
  const agent = new Sarsa(world, { stepSize, discount: 1, epsilon: EPSILON, seed });
  const lateLengths: number[] = [];
  const onEpisode = ({ length }: EpisodeSummary) => {
    if (trainer.steps >= LONG.measuredFrom) lateLengths.push(length);
  };
  const trainer = new Trainer(agent, new VectorEnv(world, { seed }), {
    steps,
    callbacks: { late: { onEpisode } },
  });
  const ended = TIMES.map((time) => {
    if (time > 0) trainer.advance(time - trainer.steps);
    return trainer.episodes;
  });
  if (!trainer.done) trainer.advance(steps - trainer.steps);
  const model = modelOf(world);
  return {
    ended,
    lateLength: lateLengths.reduce((sum, length) => sum + length, 0) / lateLengths.length,
    startValue: agent.actionValues.expectedValue(startOf(model), EPSILON),
    path: pathOf(model, greedyActions(agent.greedy(), model.numStates)),
  };
}

function stepsOf(path: readonly number[]): number {
  return path.length - 1;
}

function shareOf(length: number, lengths: readonly number[]): Interval {
  return shareInterval(lengths.filter((one) => one === length).length, lengths.length);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function startOf({ startDistribution }: TabularModel): number {
  return startDistribution.indexOf(1);
}

function pathChart(name: string, path: readonly number[]): GridChart {
  const cells = Array.from({ length: 70 }, (_, cell) => cell);
  return {
    kind: 'grid',
    title: `A greedy path, ${name}`,
    rows: 7,
    columns: 10,
    values: cells.map((cell) => WINDY_GRIDWORLD_WIND[cell % 10]),
    colors: 'plain',
    texts: cells.map((cell) => (cell === path[0] ? 'S' : cell === path.at(-1) ? 'G' : '')),
    x: { label: 'wind', tickLabels: WINDY_GRIDWORLD_WIND.map(String) },
    path,
  };
}
