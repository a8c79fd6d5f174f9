import { MonteCarloPrediction } from '../../../agents/tabular/monte-carlo-prediction.ts';
import { Td0 } from '../../../agents/tabular/td-0.ts';
import type { Agent } from '../../../core/agent.ts';
import type { Chart, Series } from '../../charts/chart.ts';
import type { Interval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import { type Experiment, exactly, type Finding, measured } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { runSeed } from '../run-length.ts';
import { FIVE_STATES, INITIAL_VALUE, NAMES, TRUE_VALUES, walkError } from './five-states.ts';

const EPISODES = 100;
const SHOWN = [0, 1, 10, 100]; // episodes after which the left panel shows the values

type Predictor = Agent & { readonly values: Float64Array };

const td = (stepSize: number) => (seed: number) =>
  new Td0(FIVE_STATES, { stepSize, discount: 1, initialValue: INITIAL_VALUE, seed });
const mc = (stepSize: number) => (seed: number) =>
  new MonteCarloPrediction(FIVE_STATES, {
    stepSize,
    visits: 'every',
    discount: 1,
    initialValue: INITIAL_VALUE,
    seed,
  });

// bench/peers/book/chapter_6.py random-walk 20000: mean and standard error of the error after so many
// episodes.
const FROM = 'NumPy, 20,000 runs (bench/peers/book/chapter_6.py)';
const METHODS: readonly {
  readonly name: string;
  readonly create: (seed: number) => Predictor;
  readonly errors: Readonly<Record<number, Interval>>;
}[] = [
  {
    name: 'TD, α = 0.05',
    create: td(0.05),
    errors: { 10: measured(0.17456, 1.6e-5), 100: measured(0.035377, 1.17e-4) },
  },
  {
    name: 'TD, α = 0.1',
    create: td(0.1),
    errors: {
      10: measured(0.128321, 5.8e-5),
      50: measured(0.050481, 1.64e-4),
      100: measured(0.05531, 1.64e-4),
    },
  },
  {
    name: 'TD, α = 0.15',
    create: td(0.15),
    errors: { 10: measured(0.094826, 1.22e-4), 100: measured(0.070094, 1.97e-4) },
  },
  {
    name: 'MC, α = 0.01',
    create: mc(0.01),
    errors: { 10: measured(0.212381, 6.8e-5), 100: measured(0.097042, 1.62e-4) },
  },
  {
    name: 'MC, α = 0.02',
    create: mc(0.02),
    errors: { 10: measured(0.196822, 1.41e-4), 100: measured(0.081669, 2.76e-4) },
  },
  {
    name: 'MC, α = 0.03',
    create: mc(0.03),
    errors: { 10: measured(0.186501, 2.16e-4), 100: measured(0.093391, 3.37e-4) },
  },
  {
    name: 'MC, α = 0.04',
    create: mc(0.04),
    errors: { 10: measured(0.179858, 2.88e-4), 100: measured(0.106924, 3.81e-4) },
  },
];

// The same run of the program: V(A) to V(E) of TD with α = 0.1 after 100 episodes.
const LATE_VALUES = [
  measured(0.140749, 3.07e-4),
  measured(0.311091, 4.28e-4),
  measured(0.499962, 4.75e-4),
  measured(0.689071, 4.3e-4),
  measured(0.859296, 3.06e-4),
];

/** TD(0) and constant-α Monte Carlo on the random walk of five states. */
export const EXAMPLE_6_2: Experiment = {
  name: 'example-6.2',
  title: 'TD(0) beside constant-α Monte Carlo on the random walk',
  source: 'Sutton & Barto (2018), example 6.2',
  runs: 1000,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const errorSeries = METHODS.map(({ name, create, errors }) => {
      const curves = new Curves(EPISODES + 1);
      for (let run = 0; run < runs; run++) curves.add(errorsOf(create, runSeed(seed, run)));
      for (const [episodes, reference] of Object.entries(errors)) {
        const what = `RMS error after ${episodes} episodes, ${name}`;
        const ours = curves.interval(Number(episodes));
        findings.push({ what, ours, reference, from: FROM });
      }
      return curves.series(name, EPISODE_NUMBERS);
    });
    const values = valuesOfTd(runs, seed);
    return {
      findings: [...values.findings, ...findings],
      charts: [values.chart, errorChart(errorSeries)],
    };
  },
};

const EPISODE_NUMBERS = Array.from({ length: EPISODES + 1 }, (_, i) => i);

/** The error before the first episode and after each. */
function errorsOf(create: (seed: number) => Predictor, seed: number): Float64Array {
  const agent = create(seed);
  const errors = new Float64Array(EPISODES + 1).fill(walkError(agent.values));
  learnEpisodes(agent, FIVE_STATES, {
    episodes: EPISODES,
    seed,
    onEpisode: (episode) => {
      errors[episode] = walkError(agent.values);
    },
  });
  return errors;
}

/** V(A) to V(E) of TD with α = 0.1, after 0, 1, 10 and 100 episodes: `[SHOWN.length × 5]`. */
function shownValues(seed: number): Float64Array {
  const agent = td(0.1)(seed);
  const shown = new Float64Array(SHOWN.length * NAMES.length).fill(INITIAL_VALUE);
  learnEpisodes(agent, FIVE_STATES, {
    episodes: EPISODES,
    seed,
    onEpisode: (episode) => {
      const row = SHOWN.indexOf(episode);
      if (row > 0) shown.set(agent.values.subarray(1, 6), row * NAMES.length);
    },
  });
  return shown;
}

function valuesOfTd(runs: number, seed: number): { findings: Finding[]; chart: Chart } {
  const curves = new Curves(SHOWN.length * NAMES.length);
  for (let run = 0; run < runs; run++) curves.add(shownValues(runSeed(seed, run)));
  const early = NAMES.length; // row of the first episode
  const late = 3 * NAMES.length;
  // The first episode changes the state before its end alone: V(A) by −0.05 or V(E) by 0.05.
  const closed = 'half the first episodes end at the left and take V(A) to 0.45';
  const findings = [
    {
      what: 'V(A) after 1 episode, TD, α = 0.1',
      ours: curves.interval(early),
      reference: exactly(0.475),
      from: closed,
      book: '0.45 in the run that is shown',
    },
    {
      what: 'V(C) after 1 episode, TD, α = 0.1',
      ours: curves.interval(early + 2),
      reference: exactly(0.5),
      from: closed,
      book: '0.5',
    },
    ...NAMES.map((name, i) => ({
      what: `V(${name}) after 100 episodes, TD, α = 0.1`,
      ours: curves.interval(late + i),
      reference: LATE_VALUES[i],
      from: FROM,
    })),
  ];
  return { findings, chart: valueChart(shownValues(runSeed(seed, 0))) };
}

function valueChart(shown: Float64Array): Chart {
  const x = [1, 2, 3, 4, 5];
  const series: Series[] = SHOWN.map((episodes, row) => ({
    name: `${episodes} ${episodes === 1 ? 'episode' : 'episodes'}`,
    x,
    y: shown.slice(row * NAMES.length, (row + 1) * NAMES.length),
    mark: 'line-and-points',
  }));
  series.push({ name: 'true values', x, y: TRUE_VALUES, dashed: true });
  return {
    kind: 'lines',
    title: 'Estimated values of one run of TD(0), α = 0.1',
    x: { label: 'state', ticks: x, tickLabels: NAMES },
    y: { label: 'value', domain: [0, 1] },
    series,
  };
}

function errorChart(series: readonly Series[]): Chart {
  return {
    kind: 'lines',
    title: 'Error over the states, average of the runs',
    x: { label: 'episodes' },
    y: { label: 'RMS error', domain: [0, 0.25] },
    series,
  };
}
