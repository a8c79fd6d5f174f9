import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { iterativePolicyEvaluation } from '../../../agents/planning/iterative-policy-evaluation.ts';
import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import { valueIteration } from '../../../agents/planning/value-iteration.ts';
import { gridworld5x5 } from '../../../envs/tabular/small-gridworlds.ts';
import type { Arrow, GridChart } from '../../charts/chart.ts';
import type { Experiment } from '../experiment.ts';
import { modelOf } from '../model-of.ts';
import { bestActions, MOVES, sameEntries, sameNumber, tenths } from '../tables.ts';

const SIZE = 5;
const DISCOUNT = 0.9;

/** As figure 3.2 prints them. */
const RANDOM = [
  '3.3 8.8 4.4 5.3 1.5',
  '1.5 3.0 2.3 1.9 0.5',
  '0.1 0.7 0.7 0.4 -0.4',
  '-1.0 -0.4 -0.4 -0.6 -1.2',
  '-1.9 -1.3 -1.2 -1.4 -2.0',
];

/** As figure 3.5 prints them, and its arrows. */
const OPTIMAL = [
  '22.0 24.4 22.0 19.4 17.5',
  '19.8 22.0 19.8 17.8 16.0',
  '17.8 19.8 17.8 16.0 14.4',
  '16.0 17.8 16.0 14.4 13.0',
  '14.4 16.0 14.4 13.0 11.7',
];
const ARROWS = [
  'r urdl l urdl l',
  'ur u ul l l',
  'ur u ul ul ul',
  'ur u ul ul ul',
  'ur u ul ul ul',
];

// bench/peers/book/chapter_3.py: values of the random policy and of the best in the cells of the top row.
const RANDOM_TOP = [3.3089963356, 8.7892918626, 4.4276191826, 5.3223675934, 1.4921787587];
const OPTIMAL_TOP = [21.9774852873, 24.419428097, 21.9774852873, 19.419428097, 17.4774852873];

/** What the random policy and the best ones are worth in the gridworld with two leaps. */
export const EXAMPLE_3_5: Experiment = {
  name: 'example-3.5',
  title: 'Values of the random and of the optimal policy in a gridworld',
  source: 'Sutton & Barto (2018), examples 3.5 and 3.8, figures 3.2 and 3.5',
  runs: 1,
  run() {
    const model = modelOf(gridworld5x5());
    const random = new Float64Array(model.numStates * model.numActions).fill(1 / model.numActions);
    const exact = evaluatePolicy(model, random, { discount: DISCOUNT });
    const swept = iterativePolicyEvaluation(model, random, { discount: DISCOUNT });
    const best = policyIteration(model, { discount: DISCOUNT });
    const iterated = valueIteration(model, { discount: DISCOUNT });
    const moves = bestActions(best.actionValues, model.numActions);
    const printed = (figure: string) => ({ from: `${figure} as printed in the book` });
    return {
      findings: [
        sameEntries(
          'cells with the printed value, random policy, of 25',
          tenthsOf(exact.values),
          words(RANDOM),
          printed('figure 3.2'),
        ),
        ...topRow('random policy, linear equations', exact.values, RANDOM_TOP),
        ...topRow('random policy, sweeps', swept.values, RANDOM_TOP),
        sameEntries(
          'cells with the printed value, optimal policies, of 25',
          tenthsOf(best.values),
          words(OPTIMAL),
          printed('figure 3.5'),
        ),
        ...topRow('optimal, policy iteration', best.values, OPTIMAL_TOP),
        ...topRow('optimal, value iteration', iterated.values, OPTIMAL_TOP),
        sameEntries(
          'cells with the printed arrows, of 25',
          moves.map((actions) => actions.map((action) => 'urdl'[action]).join('')),
          words(ARROWS),
          printed('figure 3.5'),
        ),
      ],
      charts: [
        gridOf('Values of the random policy', exact.values),
        gridOf('Values and moves of the optimal policies', best.values, moves),
      ],
    };
  },
};

function words(rows: readonly string[]): string[] {
  return rows.flatMap((row) => row.split(' '));
}

function tenthsOf(values: Float64Array): string[] {
  return Array.from(values, tenths);
}

function topRow(what: string, ours: Float64Array, theirs: readonly number[]) {
  return theirs.map((value, column) =>
    sameNumber(`value of the cell in row 1, column ${column + 1}, ${what}`, ours[column], value, {
      from: 'NumPy, linear equations (bench/peers/book/chapter_3.py)',
    }),
  );
}

function gridOf(title: string, values: Float64Array, moves?: number[][]): GridChart {
  const arrows = moves?.map((actions): Arrow[] => actions.map((action) => MOVES[action]));
  return {
    kind: 'grid',
    title,
    rows: SIZE,
    columns: SIZE,
    values,
    texts: tenthsOf(values),
    colors: moves === undefined ? 'diverging' : 'sequential',
    ...(arrows === undefined ? {} : { arrows }),
  };
}
