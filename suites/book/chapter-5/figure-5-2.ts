import type { Plan } from '../../../agents/planning/plan.ts';
import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import { MonteCarloExploringStarts } from '../../../agents/tabular/monte-carlo-exploring-starts.ts';
import { blackjack } from '../../../envs/tabular/blackjack.ts';
import { exploringStarts } from '../../../envs/wrappers/exploring-starts.ts';
import type { GridChart } from '../../charts/chart.ts';
import { Curves } from '../curves.ts';
import { type Experiment, type ExperimentOptions, type Finding, measured } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { modelOf } from '../model-of.ts';
import { runLength, runSeed } from '../run-length.ts';
import { sameEntries, sameNumber } from '../tables.ts';
import {
  describeState,
  FIGURE_STATES,
  SHOWN_STATES,
  stateChart,
  stateOf,
} from './blackjack-states.ts';

const EPISODES = 500_000;
const STICK = 0;

/** Sums from which on the policy of the book sticks, against an ace, 2, …, 10. */
const STICKS_FROM = [
  [17, 13, 13, 12, 12, 12, 17, 17, 17, 17],
  [19, 18, 18, 18, 18, 18, 18, 18, 19, 19],
] as const;

// bench/peers/book/chapter_5.py exact: the mean over the 200 states, and the values of SHOWN_STATES.
const MEAN = 0.09423860673829484;
const VALUES = [
  -0.42069618899826794, -0.5693071598807666, 0.14609483910377863, 0.9259262959645235,
  -0.26803780823909973, 0.04663613269530956, -0.10074430758041532, 0.8885756614773859,
];
const EXACT = 'exact, card by card in Python (bench/peers/book/chapter_5.py)';

// bench/peers/book/chapter_5.py control: 100 runs.
const LEARNED = [
  ['states of 200 with another action than the best', measured(3.03, 0.16)],
  ['states of 200 where the action loses more than 0.05', measured(0.32, 0.049)],
  ['value lost by the action, mean over the states', measured(3.57081e-4, 2.36e-5)],
  ['root mean squared error of the values', measured(0.019052, 1.12e-4)],
] as const;

/** The best policy of blackjack by planning, and how near Monte Carlo with exploring starts comes to it. */
export const FIGURE_5_2: Experiment = {
  name: 'figure-5.2',
  title: 'The optimal policy and values of blackjack, planned, and by Monte Carlo ES',
  source: 'Sutton & Barto (2018), example 5.3, figure 5.2',
  runs: 20,
  run(options) {
    const plan = policyIteration(modelOf(blackjack()), { discount: 1 });
    const episodes = runLength(options.runs, EPISODES, 10_000);
    const learned = new Curves(LEARNED.length);
    const first = learn(options, 0, episodes);
    learned.add(compare(first, plan));
    for (let run = 1; run < options.runs; run++) {
      learned.add(compare(learn(options, run, episodes), plan));
    }
    return {
      findings: [
        ...([0, 1] as const).map((usableAce) =>
          sameEntries(
            `upper cards with the same lowest sum to stick on, ${aceOf(usableAce)}, of 10`,
            sticksFrom(plan, usableAce),
            STICKS_FROM[usableAce],
            { from: EXACT, book: 'the line of the figure' },
          ),
        ),
        sameNumber('mean value of the 200 states, planned', meanOf(plan.values), MEAN, {
          from: EXACT,
        }),
        ...SHOWN_STATES.map((state, i) =>
          sameNumber(
            `value, planned, ${describeState(...state)}`,
            plan.values[stateOf(...state)],
            VALUES[i],
            { from: EXACT },
          ),
        ),
        ...LEARNED.map(([what, reference], i): Finding => {
          const ours = learned.interval(i);
          const from = 'NumPy, 100 runs (bench/peers/book/chapter_5.py)';
          return { what: `${what}, Monte Carlo ES, ${episodes} episodes`, ours, reference, from };
        }),
      ],
      charts: ([1, 0] as const).flatMap((usableAce) => [
        policyChart('Optimal policy', usableAce, plan.actionValues),
        policyChart(`Monte Carlo ES, ${episodes} episodes`, usableAce, first.table),
        stateChart('Optimal values', usableAce, (state) => plan.values[state]),
        stateChart(`Monte Carlo ES, ${episodes} episodes`, usableAce, first.value),
      ]),
    };
  },
};

function aceOf(usableAce: 0 | 1): string {
  return usableAce === 1 ? 'usable ace' : 'no usable ace';
}

/** What a run has learned. */
interface Learned {
  /** Q(s, a), `[704 × 2]`. */
  readonly table: Float64Array;
  readonly value: (state: number) => number;
}

function learn({ seed }: ExperimentOptions, run: number, episodes: number): Learned {
  const world = exploringStarts(blackjack(), { states: FIGURE_STATES });
  const own = runSeed(seed, run);
  const agent = new MonteCarloExploringStarts(world, { discount: 1, seed: own });
  learnEpisodes(agent, world, { episodes, seed: own });
  const { table } = agent.actionValues;
  return { table, value: (state) => agent.actionValues.value(state) };
}

/** The numbers of `LEARNED`. */
function compare({ table, value }: Learned, plan: Plan): number[] {
  const losses = FIGURE_STATES.map((state) => {
    if (hits(table, state) === hits(plan.actionValues, state)) return 0;
    return Math.abs(plan.actionValues[2 * state] - plan.actionValues[2 * state + 1]);
  });
  const squares = FIGURE_STATES.map((state) => {
    const error = value(state) - plan.values[state];
    return error * error;
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return [
    losses.filter((loss) => loss > 0).length,
    losses.filter((loss) => loss > 0.05).length,
    sum(losses) / losses.length,
    Math.sqrt(sum(squares) / squares.length),
  ];
}

function hits(table: Float64Array, state: number): boolean {
  return table[2 * state + 1] > table[2 * state + STICK];
}

/** The lowest sum from which on it sticks, for each upper card; 22 where it hits on 21. */
function sticksFrom({ actionValues }: Plan, usableAce: 0 | 1): number[] {
  return Array.from({ length: 10 }, (_, card) => {
    let sum = 22;
    while (sum > 12 && !hits(actionValues, stateOf(sum - 1, card + 1, usableAce))) sum--;
    return sum;
  });
}

/** Darker where the action makes more of a difference. */
function policyChart(title: string, usableAce: 0 | 1, table: Float64Array): GridChart {
  return stateChart(
    `${title}: H hits, S sticks`,
    usableAce,
    (state) => table[2 * state + STICK] - table[2 * state + 1],
    (state) => (hits(table, state) ? 'H' : 'S'),
  );
}

function meanOf(values: Float64Array): number {
  return FIGURE_STATES.reduce((sum, state) => sum + values[state], 0) / FIGURE_STATES.length;
}
