import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { randomWalk } from '../../envs/tabular/random-walk.ts';
import type { LineChart, Series } from '../charts/chart.ts';
import type { Interval } from '../statistics.ts';
import { Curves } from './curves.ts';
import type { ExperimentOptions, Finding } from './experiment.ts';
import { learnEpisodes } from './learn-episodes.ts';
import { runSeed } from './run-length.ts';

/** Example 7.1: nineteen states between an end that costs 1 and one that earns 1. */
export const NINETEEN_STATES: Dynamics = randomWalk({ numStates: 19, leftReward: -1 });

const EPISODES = 10;
const STEP_SIZES = [
  ...[0.01, 0.02, 0.03, 0.04, 0.06, 0.08],
  ...Array.from({ length: 20 }, (_, i) => (i + 1) / 20),
].sort((a, b) => a - b);

/** An agent that predicts values with a table. */
export type Predictor = Agent & { readonly values: Float64Array };

/** How an algorithm's error depends on α. */
export interface ErrorCurve {
  readonly name: string;
  /** The largest α to try. */
  readonly largest: number;
  /** Some errors as they were measured elsewhere, by α. */
  readonly references: Readonly<Record<number, Interval>>;
  create(stepSize: number, seed: number): Predictor;
}

/**
 * Measures the root of the mean square error over the states at the end of an episode, averaged over
 * the first ten, for each curve and step size. All of them learn from the same walks.
 *
 * @param from Where the references come from.
 */
export function measureErrors(
  curves: readonly ErrorCurve[],
  from: string,
  options: ExperimentOptions,
): { findings: Finding[]; series: Series[] } {
  const findings: Finding[] = [];
  const series = curves.map((curve) => {
    const stepSizes = STEP_SIZES.filter((stepSize) => stepSize <= curve.largest);
    const measured = averageErrors(curve, stepSizes, options);
    for (const [stepSize, reference] of Object.entries(curve.references)) {
      const point = stepSizes.indexOf(Number(stepSize));
      const what = `RMS error, ${curve.name}, α = ${stepSize}`;
      findings.push({ what, ours: measured.interval(point), reference, from });
    }
    return measured.series(curve.name, stepSizes);
  });
  return { findings, series };
}

/** The panel that the book draws of such errors. */
export function errorChart(title: string, series: readonly Series[]): LineChart {
  return {
    kind: 'lines',
    title,
    x: { label: 'α', domain: [0, 1] },
    y: { label: 'RMS error, first 10 episodes', domain: [0.25, 0.55] },
    series,
  };
}

function averageErrors(
  curve: ErrorCurve,
  stepSizes: readonly number[],
  { runs, seed }: ExperimentOptions,
): Curves {
  const curves = new Curves(stepSizes.length);
  for (let run = 0; run < runs; run++) {
    const one = runSeed(seed, run);
    curves.add(stepSizes.map((stepSize) => averageError(curve.create(stepSize, one), one)));
  }
  return curves;
}

function averageError(agent: Predictor, seed: number): number {
  let sum = 0;
  const onEpisode = () => {
    sum += errorOf(agent.values);
  };
  learnEpisodes(agent, NINETEEN_STATES, { episodes: EPISODES, seed, onEpisode });
  return sum / EPISODES;
}

/** The true values go from −0.9 to 0.9 in steps of 0.1. */
function errorOf(values: Float64Array): number {
  let squares = 0;
  for (let k = 1; k <= 19; k++) {
    const error = values[k] - (k - 10) / 10;
    squares += error * error;
  }
  return Math.sqrt(squares / 19);
}
