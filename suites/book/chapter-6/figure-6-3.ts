import type { Series } from '../../charts/chart.ts';
import type { Interval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import {
  type Experiment,
  type ExperimentOptions,
  exactly,
  type Finding,
  measured,
} from '../experiment.ts';
import { runLength, runSeed } from '../run-length.ts';
import { CLIFF_MODEL, type CliffMethod, cliffAgent, cliffReturns, EPSILON } from './cliff.ts';
import { bestSoftPolicy } from './soft-policy.ts';

const STEP_SIZES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

// The book's interim runs have these episodes, 50,000 times; its asymptotic ones 100,000, ten times.
const INTERIM = { episodes: 100 };
// After 1,000 episodes the mean return no longer changes (bench/peers/book/chapter_6.py asymptotic), so
// the next 1,000 of more runs than the book's say the same.
const SETTLED = 1000;
const INTERIM_RUNS_FOR_EACH = 25; // interim runs for each asymptotic run

// bench/peers/book/chapter_6.py interim 1000 and asymptotic 40: mean and standard error.
const INTERIM_FROM = 'NumPy, 1,000 runs (bench/peers/book/chapter_6.py)';
const ASYMPTOTIC_FROM = 'NumPy, 40 runs of 1,000 episodes (bench/peers/book/chapter_6.py)';

interface Method {
  readonly method: CliffMethod;
  /** Mean return of the first hundred episodes, by α. */
  readonly interim: Readonly<Record<number, Interval>>;
  /** Mean return of the episodes from 1,001 on, by α. */
  readonly asymptotic: Readonly<Record<number, Interval>>;
}

const METHODS: readonly Method[] = [
  {
    method: 'Expected Sarsa',
    interim: {
      0.1: measured(-133.887, 0.196),
      0.3: measured(-72.8315, 0.12),
      0.5: measured(-56.2472, 0.103),
      0.7: measured(-49.3136, 0.0949),
      0.9: measured(-45.3771, 0.091),
      1: measured(-44.1329, 0.0837),
    },
    asymptotic: {
      0.1: measured(-21.1934, 0.108),
      0.3: measured(-20.8835, 0.0978),
      0.5: measured(-20.5972, 0.113),
      0.7: measured(-20.7041, 0.0862),
      0.9: measured(-20.6569, 0.0786),
      1: measured(-20.7147, 0.0908),
    },
  },
  {
    method: 'Sarsa',
    interim: {
      0.1: measured(-139.461, 0.192),
      0.3: measured(-83.3534, 0.149),
      0.5: measured(-71.2277, 0.193),
      0.7: measured(-69.3675, 0.307),
      0.9: measured(-68.637, 0.321),
      1: measured(-72.605, 0.32),
    },
    asymptotic: {
      0.1: measured(-21.5728, 0.115),
      0.3: measured(-23.2545, 0.142),
      0.5: measured(-27.1514, 0.427),
      0.7: measured(-38.1729, 0.866),
      0.9: measured(-81.9897, 1.49),
    },
  },
  {
    method: 'Q-learning',
    interim: {
      0.1: measured(-150.155, 0.271),
      0.3: measured(-93.097, 0.228),
      0.5: measured(-80.4964, 0.22),
      0.7: measured(-75.1615, 0.215),
      0.9: measured(-73.4729, 0.229),
      1: measured(-74.8159, 0.233),
    },
    asymptotic: {
      0.1: measured(-50.263, 0.329),
      0.3: measured(-50.6831, 0.342),
      0.5: measured(-49.7983, 0.365),
      0.7: measured(-50.2875, 0.279),
      0.9: measured(-50.0835, 0.327),
      1: measured(-50.7859, 0.364),
    },
  },
];

/** What three methods earn on the cliff, at first and in the long run, for a range of α. */
export const FIGURE_6_3: Experiment = {
  name: 'figure-6.3',
  title: 'Interim and asymptotic returns',
  source: 'Sutton & Barto (2018), figure 6.3',
  runs: 600,
  run(options) {
    const measurements = METHODS.map((method) => measure(method, options));
    return {
      findings: measurements.flatMap(({ findings }) => findings),
      charts: [
        {
          kind: 'lines',
          title: 'Cliff walking, ε = 0.1',
          x: { label: 'α', ticks: STEP_SIZES },
          y: { label: 'sum of rewards per episode', domain: [-160, 0] },
          series: measurements.flatMap(({ series }) => series),
        },
      ],
    };
  },
};

function measure(
  { method, interim, asymptotic }: Method,
  { runs, seed }: ExperimentOptions,
): { findings: Finding[]; series: Series[] } {
  const early = returnsByStepSize(method, { from: 0, ...INTERIM }, { runs, seed });
  const numLong = Math.max(2, Math.round(runs / INTERIM_RUNS_FOR_EACH));
  const from = runLength(runs, SETTLED, 100);
  const long = { runs: numLong, seed: seed + 1 };
  const late = returnsByStepSize(method, { from, episodes: 2 * from }, long);
  const findings = [
    ...findingsOf(`mean return of episodes 1 to 100, ${method}`, early, interim, INTERIM_FROM),
    ...findingsOf(`asymptotic mean return, ${method}`, late, asymptotic, ASYMPTOTIC_FROM),
  ];
  if (method === 'Expected Sarsa') findings.push(besideExact(late));
  return {
    findings,
    series: [
      late.series(`${method}, asymptotic`, STEP_SIZES),
      { ...early.series(`${method}, interim`, STEP_SIZES), dashed: true },
    ],
  };
}

/** In a world without chance, α = 1 costs Expected Sarsa nothing in the long run. */
function besideExact(late: Curves): Finding {
  const { values } = bestSoftPolicy(CLIFF_MODEL, EPSILON);
  return {
    what: 'the same beside the best ε-greedy policy',
    ours: late.interval(STEP_SIZES.indexOf(1)),
    reference: exactly(values[CLIFF_MODEL.startDistribution.indexOf(1)]),
    from: 'policy iteration where a tenth of the actions are random',
    book: 'no worse than with any smaller α',
  };
}

function findingsOf(
  what: string,
  curves: Curves,
  references: Readonly<Record<number, Interval>>,
  from: string,
): Finding[] {
  return Object.entries(references).map(([stepSize, reference]) => ({
    what: `${what}, α = ${stepSize}`,
    ours: curves.interval(STEP_SIZES.indexOf(Number(stepSize))),
    reference,
    from,
  }));
}

/** The mean return of the episodes after `from`, for each step size. */
function returnsByStepSize(
  method: CliffMethod,
  { from, episodes }: { from: number; episodes: number },
  { runs, seed }: ExperimentOptions,
): Curves {
  const curves = new Curves(STEP_SIZES.length);
  for (let run = 0; run < runs; run++) {
    const one = runSeed(seed, run);
    curves.add(
      STEP_SIZES.map((stepSize) => {
        const returns = cliffReturns(cliffAgent(method, stepSize, one), episodes, one);
        return returns.subarray(from).reduce((sum, value) => sum + value, 0) / (episodes - from);
      }),
    );
  }
  return curves;
}
