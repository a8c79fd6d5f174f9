import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import { jacksCarRental } from '../../../envs/tabular/jacks-car-rental.ts';
import type { GridAxis, GridChart } from '../../charts/chart.ts';
import type { Experiment, Finding } from '../experiment.ts';
import { modelOf } from '../model-of.ts';
import { sameEntries, sameNumber } from '../tables.ts';
import { MEAN_VALUES, POLICIES, VALUES } from './car-rental-solution.ts';

const DISCOUNT = 0.9;
const SIZE = 21; // numbers of cars at a location
const NO_MOVE = 5; // the action that moves none

const FROM = 'NumPy, policy iteration (bench/peers/book/chapter_4.py)';

/** The policies of policy iteration for Jack's car rental, and the values of the last. */
export const FIGURE_4_2: Experiment = {
  name: 'figure-4.2',
  title: "Policy iteration on Jack's car rental, from the policy that never moves a car",
  source: 'Sutton & Barto (2018), example 4.2, figure 4.2',
  runs: 1,
  run() {
    const model = modelOf(jacksCarRental());
    const never = new Int32Array(model.numStates).fill(NO_MOVE);
    const steps: Step[] = [];
    const plan = policyIteration(model, { discount: DISCOUNT }, never, (policy, values) => {
      steps.push({ policy: policy.slice(), values });
    });
    const { values } = steps[steps.length - 1];
    return {
      findings: [
        ...steps
          .slice(0, POLICIES.length)
          .flatMap(({ policy, values: own }, k) => policyFindings(k, policy, own)),
        sameNumber('policies until none is better', plan.iterations, POLICIES.length, {
          from: FROM,
          book: '5: π₀ to π₄',
        }),
        sameEntries(
          'states with the same move in the plan that is returned, of 441',
          tableOf(plan.policy),
          POLICIES[4].join(''),
          { from: FROM },
        ),
        ...VALUES.map(({ first, second, value }) =>
          sameNumber(
            `value of the last policy with ${first} and ${second} cars, dollars`,
            values[first * SIZE + second],
            value,
            { from: FROM },
          ),
        ),
      ],
      charts: [
        ...steps.map(({ policy }, k) => policyChart(k, policy)),
        {
          ...MAP,
          title: `Values of π${subscript(steps.length - 1)}, dollars`,
          values: upwards(values),
        },
      ],
    };
  },
};

/** A policy of the sequence, and its values. */
interface Step {
  /** `[441]`. */
  readonly policy: Int32Array;
  /** `[441]`. */
  readonly values: Float64Array;
}

function policyFindings(k: number, policy: Int32Array, values: Float64Array): Finding[] {
  const name = `π${subscript(k)}`;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    sameEntries(
      `states with the same move in ${name}, of 441`,
      tableOf(policy),
      POLICIES[k].join(''),
      {
        from: FROM,
      },
    ),
    sameNumber(`mean value of ${name}, dollars`, mean, MEAN_VALUES[k], { from: FROM }),
  ];
}

/** The actions as digits, 20 cars at the first location at the top. */
function tableOf(policy: Int32Array): string {
  return [...upwards(policy)].map((action) => action.toString(16)).join('');
}

/** The rows of a table by states from the last to the first, as figures have them. */
function upwards<T extends Int32Array | Float64Array>(table: T): T {
  const turned = table.slice() as T;
  for (let first = 0; first < SIZE; first++) {
    turned.set(table.subarray(first * SIZE, (first + 1) * SIZE), (SIZE - 1 - first) * SIZE);
  }
  return turned;
}

const CARS = Array.from({ length: SIZE }, (_, cars) => (cars % 5 === 0 ? String(cars) : ''));
const SECOND: GridAxis = { label: 'cars at the second location', tickLabels: CARS };
const FIRST: GridAxis = { label: 'cars at the first location', tickLabels: [...CARS].reverse() };
const MAP = { kind: 'grid', rows: SIZE, columns: SIZE, x: SECOND, y: FIRST } as const;

function policyChart(k: number, policy: Int32Array): GridChart {
  const values = Float64Array.from(upwards(policy), (action) => action - NO_MOVE);
  return {
    ...MAP,
    title: `π${subscript(k)}: cars moved to the second location`,
    values,
    texts: labels(values),
    colors: 'diverging',
  };
}

/** Writes each number once, in the cell of it that is nearest to the middle of them all. */
function labels(values: Float64Array): string[] {
  const texts = Array.from(values, () => '');
  for (const value of new Set(values)) {
    const cells = [...values.keys()].filter((cell) => values[cell] === value);
    const row = mean(cells.map((cell) => Math.floor(cell / SIZE)));
    const column = mean(cells.map((cell) => cell % SIZE));
    const away = (cell: number) =>
      Math.abs(Math.floor(cell / SIZE) - row) + Math.abs((cell % SIZE) - column);
    const middle = cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best));
    texts[middle] = String(value);
  }
  return texts;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function subscript(digit: number): string {
  return '₀₁₂₃₄₅₆₇₈₉'[digit];
}
