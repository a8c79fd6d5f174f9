import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { type ExpectedModel, expectModel } from '../../../agents/planning/expected-model.ts';
import { createSweeper } from '../../../agents/planning/sweeper.ts';
import { valueIteration } from '../../../agents/planning/value-iteration.ts';
import { gamblersProblem } from '../../../envs/tabular/gamblers-problem.ts';
import type { Series } from '../../charts/chart.ts';
import type { Experiment } from '../experiment.ts';
import { modelOf } from '../model-of.ts';
import { bestActions, sameEntries, sameNumber } from '../tables.ts';

const GOAL = 100;
const FROM = 'exact fractions in Python (bench/peers/book/chapter_4.py)';

// bench/peers/book/chapter_4.py: value iteration in place, the capital rising; and the final values.
const SWEEPS = [
  { sweeps: 1, at80: 0.64, sum: 28.433024000000003 },
  { sweeps: 2, at80: 0.6664960000000001, sum: 36.79441025433601 },
  { sweeps: 3, at80: 0.6768640000000001, sum: 38.827148756582424 },
  { sweeps: 32, at80: 0.6791171477079796, sum: 39.50729590716589 },
] as const;
const VALUES: readonly (readonly [capital: number, value: number])[] = [
  [1, 0.0020656247765443152],
  [10, 0.0434634974533107],
  [25, 0.16],
  [33, 0.20841308070025738],
  [50, 0.4],
  [51, 0.40309843716481647],
  [75, 0.64],
  [90, 0.8074702886247878],
  [99, 0.9643329672271288],
];
const SUM = 39.507295907165876;

/** The stakes that are best with a capital of 1, 2, …, 99, as the same program gives them. */
const STAKES = [
  '1 2 3 4 5 6 7 8 9 10 11 12 12/13 11/14 10/15 9/16 8/17 7/18 6/19 5/20 4/21 3/22 2/23 1/24',
  '25 1/24/26 2/23/27 3/22/28 4/21/29 5/20/30 6/19/31 7/18/32 8/17/33 9/16/34 10/15/35',
  '11/14/36 12/13/37 12/38 11/39 10/40 9/41 8/42 7/43 6/44 5/45 4/46 3/47 2/48 1/49 50 1/49',
  '2/48 3/47 4/46 5/45 6/44 7/43 8/42 9/41 10/40 11/39 12/38 12/13/37 11/14/36 10/15/35',
  '9/16/34 8/17/33 7/18/32 6/19/31 5/20/30 4/21/29 3/22/28 2/23/27 1/24/26 25 1/24 2/23 3/22',
  '4/21 5/20 6/19 7/18 8/17 9/16 10/15 11/14 12/13 12 11 10 9 8 7 6 5 4 3 2 1',
].join(' ');

/** Value iteration on the gambler's problem, and all the stakes that are best. */
export const FIGURE_4_3: Experiment = {
  name: 'figure-4.3',
  title: "Value iteration on the gambler's problem, heads with probability 0.4",
  source: 'Sutton & Barto (2018), example 4.3, figure 4.3',
  runs: 1,
  run() {
    const model = expectModel(modelOf(gamblersProblem({ headsProbability: 0.4, goal: GOAL })));
    const sweeps = SWEEPS.map((reference) => {
      return { ...reference, values: valuesAfter(model, reference.sweeps) };
    });
    const plan = valueIteration(model, { discount: 1 });
    const stakes = bestActions(plan.actionValues, model.numActions)
      .slice(1, GOAL)
      .map((actions) => actions.map((action) => action + 1));
    const bold = evaluatePolicy(model, boldPolicy(), { discount: 1 }).values;
    return {
      findings: [
        ...sweeps.flatMap(({ sweeps: count, values, at80, sum }) => [
          sameNumber(`value of a capital of 80 after ${count} sweeps`, values[80], at80, {
            from: FROM,
          }),
          sameNumber(`sum of the values of 1 to 99 after ${count} sweeps`, sumOf(values), sum, {
            from: FROM,
          }),
        ]),
        ...VALUES.map(([capital, value]) =>
          sameNumber(`final value of a capital of ${capital}`, plan.values[capital], value, {
            from: FROM,
          }),
        ),
        sameNumber('sum of the final values of 1 to 99', sumOf(plan.values), SUM, { from: FROM }),
        sameNumber('largest difference from the values of bold play', apart(plan.values, bold), 0, {
          from: 'the linear equations of bold play, which nothing improves on (Dubins & Savage 1965)',
        }),
        sameEntries(
          'capitals with the same best stakes, all of them, of 99',
          stakes.map((all) => all.join('/')),
          STAKES.split(' '),
          { from: FROM },
        ),
        sameEntries(
          'capitals with the same lowest best stake, of 99',
          stakes.map(([lowest]) => lowest),
          STAKES.split(' ').map((all) => Number.parseInt(all, 10)),
          { from: FROM, book: 'the policy drawn: 25, 50, 25 at 25, 50, 75' },
        ),
      ],
      charts: [
        {
          kind: 'lines',
          title: 'Value estimates',
          x: { label: 'capital', domain: [0, GOAL] },
          y: { label: 'chance of reaching the goal', domain: [0, 1] },
          series: [
            ...sweeps.map(({ sweeps: count, values }) => {
              return valueSeries(`sweep ${count}`, values);
            }),
            { ...valueSeries('final', plan.values), dashed: true },
          ],
        },
        {
          kind: 'lines',
          title: 'Best stakes: the lowest, which is the policy of the figure, and all others',
          x: { label: 'capital', domain: [0, GOAL] },
          y: { label: 'stake', domain: [0, 52] },
          series: [lowestSeries(stakes), otherSeries(stakes)],
        },
      ],
    };
  },
};

/** V after so many sweeps in place from 0, `[101]`. */
function valuesAfter(model: ExpectedModel, count: number): Float64Array {
  const sweeper = createSweeper(model, 1, new Float64Array(model.numStates), true);
  for (let sweep = 0; sweep < count; sweep++) sweeper.sweep();
  return sweeper.values.slice();
}

/** Always stakes as much as may be of use. */
function boldPolicy(): Int32Array {
  return Int32Array.from({ length: GOAL + 1 }, (_, capital) => {
    return Math.max(1, Math.min(capital, GOAL - capital)) - 1;
  });
}

function sumOf(values: Float64Array): number {
  return values.subarray(1, GOAL).reduce((sum, value) => sum + value, 0);
}

function apart(values: Float64Array, others: Float64Array): number {
  return values.reduce((most, value, state) => Math.max(most, Math.abs(value - others[state])), 0);
}

const CAPITALS = Array.from({ length: GOAL - 1 }, (_, i) => i + 1);

function valueSeries(name: string, values: Float64Array): Series {
  return { name, x: CAPITALS, y: CAPITALS.map((capital) => values[capital]) };
}

function lowestSeries(stakes: readonly number[][]): Series {
  return { name: 'lowest', x: CAPITALS, y: stakes.map(([lowest]) => lowest), mark: 'step' };
}

function otherSeries(stakes: readonly number[][]): Series {
  const points = stakes.flatMap(([, ...others], i) => others.map((stake) => [i + 1, stake]));
  return {
    name: 'as good',
    x: points.map(([capital]) => capital),
    y: points.map(([, stake]) => stake),
    mark: 'points',
  };
}
