import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { MonteCarloOffPolicyPrediction } from '../../../agents/tabular/monte-carlo-off-policy-prediction.ts';
import { infiniteVariance } from '../../../envs/tabular/infinite-variance.ts';
import type { Series } from '../../charts/chart.ts';
import { shareInterval } from '../../statistics.ts';
import { type Experiment, type ExperimentOptions, type Finding, measured } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { modelOf } from '../model-of.ts';
import { runLength, runSeed } from '../run-length.ts';
import { sameNumber } from '../tables.ts';
import { pointsUpTo } from './points.ts';
import { secondMoment } from './second-moment.ts';

const LEFT = 0;
const SHORT = 10_000; // episodes of every run
const LONG = 1_000_000; // of the runs that are drawn
const DRAWN = 10;

// bench/peers/book/chapter_5.py variance: after so many episodes, shares of 20,000 runs.
const SHARES = [
  { episodes: 100, near: measured(0.0469, 0.0015), below: measured(0.8696, 0.00238) },
  { episodes: 1000, near: measured(0.06825, 0.00178), below: measured(0.8692, 0.00238) },
  { episodes: 10_000, near: measured(0.0917, 0.00204), below: measured(0.8636, 0.00243) },
] as const;

/** Ordinary importance sampling where its variance is infinite, and weighted, which is exact at once. */
export const FIGURE_5_4: Experiment = {
  name: 'figure-5.4',
  title: 'Ordinary importance sampling with infinite variance',
  source: 'Sutton & Barto (2018), example 5.5, figure 5.4',
  runs: 1000,
  run(options) {
    const model = modelOf(infiniteVariance());
    const target = Int32Array.of(LEFT);
    const moment = (steps: number) => secondMoment(model, target, 0.5, steps)[0];
    const drawn = Math.min(DRAWN, options.runs);
    const long = runLength(options.runs, LONG, SHORT);
    const runs = Array.from({ length: options.runs }, (_, run) =>
      estimates('ordinary', run, run < drawn ? long : SHORT, options),
    );
    const weighted = Array.from({ length: drawn }, (_, run) =>
      estimates('weighted', run, SHORT, options),
    );
    return {
      findings: [
        sameNumber(
          'value of always going left',
          evaluatePolicy(model, target, { discount: 1 }).values[0],
          1,
          { from: 'closed form: the reward of 1 comes for certain', book: '1' },
        ),
        ...[10, 100].map((steps) =>
          sameNumber(
            `mean square of a weighted return, no more than ${steps} steps`,
            moment(steps),
            geometric(steps),
            { from: 'closed form: 0.2 Σ 1.8ᵏ for k below the steps', book: 'grows without bound' },
          ),
        ),
        ...SHARES.flatMap((reference) => shareFindings(runs, reference)),
        sameNumber(
          `ordinary: runs whose weighted returns of 1000 episodes sum to an even number, of ${options.runs}`,
          runs.filter(isEvenSum).length,
          options.runs,
          { from: 'closed form: one for each episode, which is 0, 2, 4, 8, …' },
        ),
        sameNumber(
          `weighted: runs at exactly 1 from the first reward to episode ${SHORT}, of ${drawn}`,
          weighted.filter(isExact).length,
          drawn,
          {
            from: 'closed form: every return that counts is 1',
            book: '1 after the first such episode',
          },
        ),
      ],
      charts: [
        {
          kind: 'lines',
          title: `Estimates of ${drawn} runs of ordinary importance sampling`,
          x: { label: 'episodes', scale: 'log', domain: [1, long] },
          y: { label: 'estimate', domain: [0, 3] },
          series: [
            ...runs.slice(0, drawn).map((values, run) => seriesOf(`run ${run + 1}`, values, long)),
            { name: 'true value', x: [1, long], y: [1, 1], dashed: true },
          ],
        },
      ],
    };
  },
};

/** The estimates of a run after the episodes of `pointsUpTo`. */
function estimates(
  importanceSampling: 'ordinary' | 'weighted',
  run: number,
  episodes: number,
  { seed }: ExperimentOptions,
): number[] {
  const world = infiniteVariance();
  const own = runSeed(seed, run);
  const agent = new MonteCarloOffPolicyPrediction(world, {
    target: [LEFT],
    importanceSampling,
    visits: 'first',
    discount: 1,
    seed: own,
  });
  const points = pointsUpTo(episodes);
  const values: number[] = [];
  learnEpisodes(agent, world, {
    episodes,
    seed: own,
    onEpisode(episode) {
      if (episode === points[values.length]) values.push(agent.values[0]);
    },
  });
  return values;
}

function shareFindings(
  runs: readonly number[][],
  { episodes, near, below }: (typeof SHARES)[number],
): Finding[] {
  const point = pointsUpTo(SHORT).indexOf(episodes);
  const share = (holds: (value: number) => boolean) =>
    shareInterval(runs.filter((values) => holds(values[point])).length, runs.length);
  const from = 'NumPy, 20,000 runs (bench/peers/book/chapter_5.py)';
  return [
    {
      what: `share of the runs within 0.1 of 1 after ${episodes} episodes`,
      ours: share((value) => Math.abs(value - 1) < 0.1),
      reference: near,
      from,
    },
    {
      what: `share of the runs below 1 after ${episodes} episodes`,
      ours: share((value) => value < 1),
      reference: below,
      from,
    },
  ];
}

/** Whether the estimate after 1000 episodes is a mean of as many even numbers. */
function isEvenSum(values: readonly number[]): boolean {
  const half = (1000 * values[pointsUpTo(SHORT).indexOf(1000)]) / 2;
  return Math.abs(half - Math.round(half)) < 1e-6;
}

/** Whether estimates are 0 before the first reward, and 1 from there on. */
function isExact(values: readonly number[]): boolean {
  const first = values.findIndex((value) => value !== 0);
  return first !== -1 && values.slice(first).every((value) => value === 1);
}

/** 0.2 Σ 1.8ᵏ over k = 0 … steps − 1. */
function geometric(steps: number): number {
  let power = 1;
  for (let k = 0; k < steps; k++) power *= 1.8;
  return (0.2 * (power - 1)) / 0.8;
}

function seriesOf(name: string, y: readonly number[], episodes: number): Series {
  return { name, x: pointsUpTo(episodes), y };
}
