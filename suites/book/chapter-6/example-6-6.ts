import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import type { GridChart, Series } from '../../charts/chart.ts';
import { type Interval, meanInterval, shareInterval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import {
  type Experiment,
  type ExperimentOptions,
  exactly,
  type Finding,
  measured,
} from '../experiment.ts';
import { runSeed } from '../run-length.ts';
import { CLIFF_MODEL, type CliffMethod, cliffAgent, cliffPath, cliffReturns } from './cliff.ts';
import { pathOf } from './paths.ts';

const EPISODES = 500;
const STEP_SIZE = 0.5;
const START = 36;
const GOAL = 47;

// bench/peers/book/chapter_6.py cliff 2000: mean and standard error of the sum of rewards of an episode,
// over the episodes first + 1 to last, and the share of runs whose greedy path has so many steps.
const FROM = 'NumPy, 2,000 runs (bench/peers/book/chapter_6.py)';
interface Method {
  readonly method: CliffMethod;
  readonly returns: readonly { first: number; last: number; reference: Interval }[];
  readonly steps: number;
  readonly share: Interval;
  readonly book: string;
}

const METHODS: readonly Method[] = [
  {
    method: 'Sarsa',
    returns: [
      { first: 0, last: 10, reference: measured(-323.5075, 0.726308) },
      { first: 50, last: 100, reference: measured(-32.94407, 0.202693) },
      { first: 400, last: 500, reference: measured(-26.68448, 0.150881) },
    ],
    steps: 17,
    share: measured(0.7775, 9.303e-3),
    book: 'the safer path is drawn, along the top: 17',
  },
  {
    method: 'Q-learning',
    returns: [
      { first: 0, last: 10, reference: measured(-313.43055, 0.760809) },
      { first: 50, last: 100, reference: measured(-49.12541, 0.214888) },
      { first: 400, last: 500, reference: measured(-49.80467, 0.159504) },
    ],
    steps: 13,
    share: exactly(1),
    book: 'the optimal path is drawn, along the edge: 13',
  },
];

/** Sarsa and Q-learning on the cliff. */
export const EXAMPLE_6_6: Experiment = {
  name: 'example-6.6',
  title: 'Sarsa and Q-learning on the cliff: the safe path and the optimal one',
  source: 'Sutton & Barto (2018), example 6.6',
  runs: 500,
  run(options) {
    const measurements = METHODS.map((method) => measure(method, options));
    return {
      findings: [
        ...measurements.flatMap(({ findings }) => findings),
        ...besidePlan(measurements[1]),
      ],
      charts: [
        {
          kind: 'lines',
          title: 'Rewards while learning, α = 0.5, ε = 0.1',
          x: { label: 'episodes' },
          y: { label: 'sum of rewards during an episode', domain: [-100, 0] },
          series: measurements.map(({ series }) => series),
        },
        ...measurements.map(({ chart }) => chart),
      ],
    };
  },
};

interface Measurement {
  readonly findings: readonly Finding[];
  readonly series: Series;
  readonly chart: GridChart;
  /** Steps of the greedy path of each run. */
  readonly lengths: readonly number[];
  /** The value of the start in the eyes of each run's agent, maxₐ Q(S, a). */
  readonly startValues: readonly number[];
}

function measure(of: Method, { runs, seed }: ExperimentOptions): Measurement {
  const { method, returns } = of;
  const curves = new Curves(EPISODES);
  const means = returns.map(() => new Curves(1));
  const paths: number[][] = [];
  const startValues: number[] = [];
  for (let run = 0; run < runs; run++) {
    const agent = cliffAgent(method, STEP_SIZE, runSeed(seed, run));
    const sums = cliffReturns(agent, EPISODES, runSeed(seed, run));
    curves.add(sums);
    returns.forEach(({ first, last }, i) => {
      means[i].add([mean(sums.subarray(first, last))]);
    });
    paths.push(cliffPath(agent.greedy()));
    startValues.push(agent.inspect(Float32Array.of(START)).value ?? Number.NaN);
  }
  const lengths = paths.map((path) => path.length - 1);
  const findings = returns.map(({ first, last, reference }, i) => ({
    what: `sum of rewards of episodes ${first + 1} to ${last}, ${method}`,
    ours: means[i].interval(0),
    reference,
    from: FROM,
  }));
  // While α stays, the values waver: at times the greedy path goes round in circles.
  const arrived = paths.find((path) => path.at(-1) === GOAL) ?? paths[0];
  return {
    findings: [...findings, shareOfPaths(of, lengths)],
    series: curves.series(method, undefined, 2),
    chart: pathChart(method, arrived),
    lengths,
    startValues,
  };
}

function shareOfPaths({ method, steps, share, book }: Method, lengths: readonly number[]): Finding {
  return {
    what: `share of greedy paths of ${steps} steps, ${method}`,
    ours: shareInterval(lengths.filter((length) => length === steps).length, lengths.length),
    reference: share,
    from: FROM,
    book,
  };
}

/** Q-learning finds the best values and the best path, though it does not follow it always. */
function besidePlan({ lengths, startValues }: Measurement): Finding[] {
  const { policy, values } = policyIteration(CLIFF_MODEL, { discount: 1 });
  const from = 'policy iteration on the model';
  return [
    {
      what: 'steps of the shortest greedy path, Q-learning',
      ours: exactly(Math.min(...lengths)),
      reference: exactly(pathOf(CLIFF_MODEL, policy).length - 1),
      from,
      book: '13',
    },
    {
      what: 'value of the start, Q-learning',
      ours: meanInterval(startValues),
      reference: exactly(values[START]),
      tolerance: 0.001,
      from,
    },
  ];
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function pathChart(method: CliffMethod, path: readonly number[]): GridChart {
  const cells = Array.from({ length: 48 }, (_, cell) => cell);
  const isCliff = (cell: number) => cell > START && cell < GOAL;
  return {
    kind: 'grid',
    title: `Greedy path of ${method} after ${EPISODES} episodes, in one run`,
    rows: 4,
    columns: 12,
    values: cells.map((cell) => (isCliff(cell) ? 1 : 0)),
    texts: cells.map((cell) => (cell === START ? 'S' : cell === GOAL ? 'G' : '')),
    path,
  };
}
