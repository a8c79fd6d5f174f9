import { writeActionValues } from '../../../agents/planning/bellman.ts';
import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import {
  type ExpectedModel,
  expectModel,
  followPolicy,
} from '../../../agents/planning/expected-model.ts';
import { createSweeper } from '../../../agents/planning/sweeper.ts';
import { gridworld4x4 } from '../../../envs/tabular/small-gridworlds.ts';
import type { Arrow, GridChart } from '../../charts/chart.ts';
import type { Experiment } from '../experiment.ts';
import { modelOf } from '../model-of.ts';
import { bestActions, MOVES, sameEntries, sameNumber, tenths } from '../tables.ts';

const SIZE = 4;
const CORNERS = [0, 15];

/** A row of the figure. */
interface Stage {
  /** Sweeps, or Infinity for the limit. */
  readonly k: number;
  /** The values as printed. */
  readonly printed: string;
  /** bench/peers/book/chapter_4.py: the best moves in each cell, `-` where the episode is over. */
  readonly best: string;
  /** The same program: v(s) right of the corner, in fractions that are exact in binary. */
  readonly beside: number;
}

const BEST = '- l l dl u ul dl d u ur rd d ur r r -';
const ANY = 'urdl';
const STAGES: readonly Stage[] = [
  {
    k: 0,
    printed: '0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0',
    best: `- ${`${ANY} `.repeat(14)}-`,
    beside: 0,
  },
  {
    k: 1,
    printed: '0.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 -1.0 0.0',
    best: `- l ${ANY} ${ANY} u ${`${ANY} `.repeat(6)}d ${ANY} ${ANY} r -`,
    beside: -1,
  },
  {
    k: 2,
    printed: '0.0 -1.7 -2.0 -2.0 -1.7 -2.0 -2.0 -2.0 -2.0 -2.0 -2.0 -1.7 -2.0 -2.0 -1.7 0.0',
    best: `- l l ${ANY} u ul ${ANY} d u ${ANY} rd d ${ANY} r r -`,
    beside: -1.75,
  },
  {
    k: 3,
    printed: '0.0 -2.4 -2.9 -3.0 -2.4 -2.9 -3.0 -2.9 -2.9 -3.0 -2.9 -2.4 -3.0 -2.9 -2.4 0.0',
    best: BEST,
    beside: -2.4375,
  },
  {
    k: 10,
    printed: '0.0 -6.1 -8.4 -9.0 -6.1 -7.7 -8.4 -8.4 -8.4 -8.4 -7.7 -6.1 -9.0 -8.4 -6.1 0.0',
    best: BEST,
    beside: -6.137969970703125,
  },
  {
    k: Infinity,
    printed:
      '0.0 -14.0 -20.0 -22.0 -14.0 -18.0 -20.0 -20.0 -20.0 -20.0 -18.0 -14.0 -22.0 -20.0 -14.0 0.0',
    best: BEST,
    beside: -14,
  },
];

/** Sweeps that evaluate the random policy, and the policies that are greedy in their values. */
export const FIGURE_4_1: Experiment = {
  name: 'figure-4.1',
  title: 'Iterative evaluation of the random policy in a small gridworld',
  source: 'Sutton & Barto (2018), example 4.1, figure 4.1',
  runs: 1,
  run() {
    const model = expectModel(modelOf(gridworld4x4()));
    const stages = STAGES.map((stage) => {
      const values = valuesAfter(model, stage.k);
      return { ...stage, values, moves: movesOf(model, values) };
    });
    return {
      findings: stages.flatMap(({ k, printed, best, beside, values, moves }) => {
        const after = k === Infinity ? 'in the limit' : `after ${k} sweeps`;
        return [
          sameEntries(
            `cells with the printed value ${after}, of 16`,
            Array.from(values, tenths),
            printed.split(' '),
            { from: 'figure 4.1 as printed in the book' },
          ),
          sameNumber(`value of the cell right of the corner ${after}`, values[1], beside, {
            from: 'exact fractions in Python (bench/peers/book/chapter_4.py)',
          }),
          sameEntries(
            `cells with all their best moves ${after}, of 16`,
            moves.map((actions) => actions.map((action) => 'urdl'[action]).join('') || '-'),
            best.split(' '),
            { from: 'exact fractions in Python (bench/peers/book/chapter_4.py)' },
          ),
        ];
      }),
      charts: stages.map(({ k, values, moves }) => gridOf(k, values, moves)),
    };
  },
};

/** V after k sweeps of two arrays from 0, `[16]`. */
function valuesAfter(model: ExpectedModel, k: number): Float64Array {
  const { numStates, numActions } = model;
  const random = new Float64Array(numStates * numActions).fill(1 / numActions);
  if (k === Infinity) return evaluatePolicy(model, random, { discount: 1 }).values;
  // A chain has a single action, so that the best of its actions is the policy.
  const chain = followPolicy('figure-4.1', model, random);
  const sweeper = createSweeper(chain, 1, new Float64Array(numStates), false);
  for (let sweep = 0; sweep < k; sweep++) sweeper.sweep();
  return sweeper.values.slice();
}

/** All best moves of each cell, none in a corner. */
function movesOf(model: ExpectedModel, values: Float64Array): number[][] {
  const actionValues = new Float64Array(model.reward.length);
  writeActionValues(model, 1, values, actionValues);
  return bestActions(actionValues, model.numActions).map((actions, cell) =>
    CORNERS.includes(cell) ? [] : actions,
  );
}

function gridOf(k: number, values: Float64Array, moves: readonly number[][]): GridChart {
  return {
    kind: 'grid',
    title: `k = ${k === Infinity ? '∞' : k}: values, and moves greedy in them`,
    rows: SIZE,
    columns: SIZE,
    values,
    texts: Array.from(values, tenths),
    arrows: moves.map((actions): Arrow[] => actions.map((action) => MOVES[action])),
  };
}
