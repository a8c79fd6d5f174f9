import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { MonteCarloPrediction } from '../../../agents/tabular/monte-carlo-prediction.ts';
import { blackjack } from '../../../envs/tabular/blackjack.ts';
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
import { runLength, runSeed } from '../run-length.ts';
import { sameNumber } from '../tables.ts';
import {
  describeState,
  FIGURE_STATES,
  inStates,
  observedValues,
  SHOWN_STATES,
  STICK_ON_20,
  stateChart,
  stateOf,
} from './blackjack-states.ts';

const FEW = 10_000; // episodes
const MANY = 500_000;

// bench/peers/book/chapter_5.py exact: the mean over the 200 states, and the values of SHOWN_STATES.
const MEAN = -0.24640766363034544;
const VALUES = [
  -0.5705135359845949, -0.6806913031355688, 0.14609483910377863, 0.9259262959645235,
  -0.40436081309902305, -0.27720419182500217, -0.3919897673396189, 0.9155717675509294,
];

// bench/peers/book/chapter_5.py prediction: without and with a usable ace, 100 runs.
const ERRORS_OF_FEW = [measured(0.0673675, 0.000592), measured(0.272044, 0.00252)];
const ERRORS_OF_MANY = [measured(0.00962925, 7.97e-5), measured(0.0352255, 0.000307)];

/** Values of the policy that sticks on 20 and 21, as Monte Carlo prediction estimates them. */
export const FIGURE_5_1: Experiment = {
  name: 'figure-5.1',
  title: 'Blackjack values of sticking on 20 and 21, by Monte Carlo prediction',
  source: 'Sutton & Barto (2018), example 5.1, figure 5.1',
  runs: 20,
  run(options) {
    const exact = exactValues();
    const many = runLength(options.runs, MANY, 2 * FEW);
    const estimates = estimate(options, many, exact);
    return {
      findings: [
        sameNumber('mean value of the 200 states, planned', meanOf(exact), MEAN, {
          from: 'exact, card by card in Python (bench/peers/book/chapter_5.py)',
        }),
        ...SHOWN_STATES.map((state, i) =>
          sameNumber(
            `value, planned, ${describeState(...state)}`,
            exact[stateOf(...state)],
            VALUES[i],
            {
              from: 'exact, card by card in Python (bench/peers/book/chapter_5.py)',
            },
          ),
        ),
        ...errorFindings(FEW, estimates.fewErrors, ERRORS_OF_FEW),
        ...errorFindings(many, estimates.manyErrors, ERRORS_OF_MANY),
        ...SHOWN_STATES.map((state): Finding => {
          return {
            what: `value after ${many} episodes, ${describeState(...state)}`,
            ours: estimates.values.interval(FIGURE_STATES.indexOf(stateOf(...state))),
            reference: exactly(exact[stateOf(...state)]),
            from: 'exact: the linear equations of the model',
          };
        }),
      ],
      charts: [
        stateChart(`After ${FEW} episodes`, 1, (state) => estimates.firstFew[state]),
        stateChart(`After ${many} episodes`, 1, (state) => estimates.firstMany[state]),
        stateChart(`After ${FEW} episodes`, 0, (state) => estimates.firstFew[state]),
        stateChart(`After ${many} episodes`, 0, (state) => estimates.firstMany[state]),
      ],
    };
  },
};

/** What each observation is worth on the way of the policy, `[704]`. */
function exactValues(): Float64Array {
  const model = modelOf(blackjack());
  const policy = inStates(model, STICK_ON_20);
  const { values } = evaluatePolicy(model, policy, { discount: 1 });
  return observedValues(model, policy, values);
}

/** What the runs came to; errors are those without and with a usable ace. */
interface Estimates {
  readonly fewErrors: Curves;
  readonly manyErrors: Curves;
  /** Of `FIGURE_STATES`, after all episodes. */
  readonly values: Curves;
  /** Of the first run, `[704]`. */
  readonly firstFew: Float64Array;
  readonly firstMany: Float64Array;
}

function estimate({ runs, seed }: ExperimentOptions, many: number, exact: Float64Array): Estimates {
  const world = blackjack();
  const [fewErrors, manyErrors] = [new Curves(2), new Curves(2)];
  const values = new Curves(FIGURE_STATES.length);
  const shown: Float64Array[] = [];
  for (let run = 0; run < runs; run++) {
    const own = runSeed(seed, run);
    const agent = new MonteCarloPrediction(world, { policy: STICK_ON_20, discount: 1, seed: own });
    learnEpisodes(agent, world, {
      episodes: many,
      seed: own,
      onEpisode(episode) {
        if (episode !== FEW && episode !== many) return;
        (episode === FEW ? fewErrors : manyErrors).add(errorsOf(agent.values, exact));
        if (run === 0) shown.push(agent.values.slice());
      },
    });
    values.add(FIGURE_STATES.map((state) => agent.values[state]));
  }
  return { fewErrors, manyErrors, values, firstFew: shown[0], firstMany: shown[1] };
}

/** Root mean squared errors over the states without, and with a usable ace. */
function errorsOf(values: Float64Array, exact: Float64Array): number[] {
  const half = FIGURE_STATES.length / 2;
  return [FIGURE_STATES.slice(0, half), FIGURE_STATES.slice(half)].map((states) => {
    const squares = states.map(
      (state) => (values[state] - exact[state]) * (values[state] - exact[state]),
    );
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / states.length);
  });
}

function errorFindings(
  episodes: number,
  errors: Curves,
  references: readonly ReturnType<typeof measured>[],
): Finding[] {
  return references.map((reference, usableAce) => ({
    what: `root mean squared error after ${episodes} episodes, ${usableAce === 1 ? 'usable ace' : 'no usable ace'}`,
    ours: errors.interval(usableAce),
    reference,
    from: 'NumPy, 100 runs (bench/peers/book/chapter_5.py)',
  }));
}

function meanOf(values: Float64Array): number {
  return FIGURE_STATES.reduce((sum, state) => sum + values[state], 0) / FIGURE_STATES.length;
}
