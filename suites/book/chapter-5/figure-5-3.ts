import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { MonteCarloOffPolicyPrediction } from '../../../agents/tabular/monte-carlo-off-policy-prediction.ts';
import { blackjack } from '../../../envs/tabular/blackjack.ts';
import { exploringStarts } from '../../../envs/wrappers/exploring-starts.ts';
import { shareInterval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import {
  type Experiment,
  type ExperimentOptions,
  exactly,
  type Finding,
  measured,
} from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { modelOf } from '../model-of.ts';
import { runSeed } from '../run-length.ts';
import { sameNumber } from '../tables.ts';
import { inStates, STICK_ON_20, stateOf } from './blackjack-states.ts';
import { pointsUpTo } from './points.ts';
import { secondMoment } from './second-moment.ts';

/** 13 with a usable ace, against a deuce. */
const STATE = stateOf(13, 2, 1);
const EPISODES = 10_000;
const NUMPY = 'NumPy, 5000 runs (bench/peers/book/chapter_5.py)';

/** Where the curves have points. */
const POINTS = pointsUpTo(EPISODES);

// bench/peers/book/chapter_5.py sampling: the mean squared error after so many episodes, 5000 runs.
const WEIGHTED = [
  [1, measured(0.20222, 0.00516)],
  [10, measured(0.507888, 0.00761)],
  [100, measured(0.0865121, 0.00173)],
  [1000, measured(0.00959588, 0.000194)],
  [10_000, measured(0.000966349, 1.95e-5)],
] as const;

// The same program: the share of the runs whose estimate lies outside of [−1, 1], as no return does.
const OUTSIDE = [
  [10, measured(0.2272, 0.00593)],
  [100, measured(0.0134, 0.00163)],
] as const;

/** Ordinary and weighted importance sampling of the value of one state of blackjack. */
export const FIGURE_5_3: Experiment = {
  name: 'figure-5.3',
  title: 'Errors of importance sampling in one state of blackjack',
  source: 'Sutton & Barto (2018), example 5.4, figure 5.3',
  runs: 500,
  run(options) {
    const model = modelOf(blackjack());
    const target = inStates(model, STICK_ON_20);
    const value = evaluatePolicy(model, target, { discount: 1 }).values[STATE];
    const moment = secondMoment(model, target, 0.5, 32)[STATE];
    const ordinary = sample('ordinary', options, value);
    const weighted = sample('weighted', options, value);
    return {
      findings: [
        sameNumber('value of the state', value, -0.27720419182500217, {
          from: 'exact, card by card in Python (bench/peers/book/chapter_5.py)',
          book: '-0.27726, from 100 million games',
        }),
        ...[10, 100, 1000, 10_000].map((episodes): Finding => {
          return {
            what: `mean squared error, ordinary, ${episodes} episodes`,
            ours: ordinary.squares.interval(POINTS.indexOf(episodes)),
            reference: exactly((moment - value * value) / episodes),
            from: 'exact: the variance of the weighted return, from the model',
          };
        }),
        ...WEIGHTED.map(([episodes, reference]): Finding => {
          return {
            what: `mean squared error, weighted, ${episodes} episodes`,
            ours: weighted.squares.interval(POINTS.indexOf(episodes)),
            reference,
            from: NUMPY,
          };
        }),
        ...OUTSIDE.map(([episodes, reference]): Finding => {
          const count = ordinary.outside[POINTS.indexOf(episodes)];
          return {
            what: `share of the runs outside of [-1, 1], ordinary, ${episodes} episodes`,
            ours: shareInterval(count, options.runs),
            reference,
            from: NUMPY,
          };
        }),
        sameNumber(
          'runs that are ever outside of [-1, 1], weighted',
          Math.max(...weighted.outside),
          0,
          { from: 'closed form: a weighted mean of returns is between them' },
        ),
      ],
      charts: [
        {
          kind: 'lines',
          title: `Mean squared error over ${options.runs} runs`,
          x: { label: 'episodes', scale: 'log', domain: [1, EPISODES] },
          y: { label: 'mean squared error', domain: [0, 5] },
          series: [
            ordinary.squares.series('ordinary importance sampling', POINTS),
            weighted.squares.series('weighted importance sampling', POINTS),
          ],
        },
      ],
    };
  },
};

/** What the runs came to at `POINTS`. */
interface Sample {
  readonly squares: Curves;
  /** Runs whose estimate lies outside of [−1, 1]. */
  readonly outside: Int32Array;
}

function sample(
  importanceSampling: 'ordinary' | 'weighted',
  { runs, seed }: ExperimentOptions,
  value: number,
): Sample {
  const world = exploringStarts(blackjack(), { states: [STATE] });
  const options = { target: STICK_ON_20, importanceSampling, discount: 1 } as const;
  const squares = new Curves(POINTS.length);
  const outside = new Int32Array(POINTS.length);
  const curve = new Float64Array(POINTS.length);
  for (let run = 0; run < runs; run++) {
    const own = runSeed(seed, run);
    const agent = new MonteCarloOffPolicyPrediction(world, { ...options, seed: own });
    let point = 0;
    learnEpisodes(agent, world, {
      episodes: EPISODES,
      seed: own,
      onEpisode(episode) {
        if (episode !== POINTS[point]) return;
        const error = agent.values[STATE] - value;
        if (Math.abs(agent.values[STATE]) > 1 + 1e-9) outside[point]++;
        curve[point++] = error * error;
      },
    });
    squares.add(curve);
  }
  return { squares, outside };
}
