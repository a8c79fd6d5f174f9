import type { TabularModel } from '../../../core/tabular-model.ts';
import type { GridAxis, GridChart } from '../../charts/chart.ts';

const STICK = 0;
const HIT = 1;
const NUM_OBSERVATIONS = 704;
const LOWEST = 12;
const SUMS = 10; // 12 to 21
const CARDS = 10; // ace to ten

/** The number of a state of blackjack. */
export function stateOf(sum: number, showing: number, usableAce: 0 | 1): number {
  return (sum * 11 + showing) * 2 + usableAce;
}

/**
 * The 200 states of the figures: without and with a usable ace, sums from 12 to 21, upper cards from
 * ace to ten, `[2 × 10 × 10]`.
 */
export const FIGURE_STATES: readonly number[] = ([0, 1] as const).flatMap((usableAce) =>
  Array.from({ length: SUMS * CARDS }, (_, i) =>
    stateOf(LOWEST + Math.floor(i / CARDS), 1 + (i % CARDS), usableAce),
  ),
);

/** Sticks on 20 and 21, and else hits: the action of every observation. */
export const STICK_ON_20: readonly number[] = Array.from(
  { length: NUM_OBSERVATIONS },
  (_, state) => (Math.floor(state / 22) >= 20 ? STICK : HIT),
);

/** What a policy of observations does in the states of the model, `[numStates]`. */
export function inStates(model: TabularModel, policy: readonly number[]): Int32Array {
  const { numStates, observations } = model;
  return Int32Array.from({ length: numStates }, (_, state) => {
    return policy[observations === undefined ? state : observations[state]];
  });
}

/**
 * What the states of a model are worth as they are observed: the mean over the states that show the
 * same, as often as a policy comes by them.
 *
 * @param policy The action of each state, `[numStates]`.
 * @param values V(s), `[numStates]`.
 * @returns a value for each observation, `[704]`; NaN where the policy never comes.
 */
export function observedValues(
  model: TabularModel,
  policy: Int32Array,
  values: Float64Array,
): Float64Array {
  const { observations } = model;
  const visits = visitsOf(model, policy);
  const sums = new Float64Array(NUM_OBSERVATIONS);
  const weights = new Float64Array(NUM_OBSERVATIONS);
  for (let state = 0; state < visits.length; state++) {
    const observation = observations === undefined ? state : observations[state];
    weights[observation] += visits[state];
    sums[observation] += visits[state] * values[state];
  }
  return sums.map((sum, observation) => sum / weights[observation]);
}

/** How often a policy comes by each state in an episode, `[numStates]`; no game lasts 32 steps. */
function visitsOf(model: TabularModel, policy: Int32Array): Float64Array {
  const { numStates, numActions, rowStart, nextState, probability, terminated } = model;
  const visits = new Float64Array(numStates);
  let now = model.startDistribution;
  for (let step = 0; step < 32; step++) {
    const next = new Float64Array(numStates);
    for (let state = 0; state < numStates; state++) {
      visits[state] += now[state];
      const row = state * numActions + policy[state];
      for (let i = rowStart[row]; now[state] > 0 && i < rowStart[row + 1]; i++) {
        if (terminated[i] === 0) next[nextState[i]] += now[state] * probability[i];
      }
    }
    now = next;
  }
  return visits;
}

const UPPER_CARDS: GridAxis = {
  label: "the dealer's upper card",
  tickLabels: ['A', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
};
const FALLING_SUMS: GridAxis = {
  label: "the player's sum",
  tickLabels: ['21', '20', '19', '18', '17', '16', '15', '14', '13', '12'],
};

/**
 * A number for each of the states with or without a usable ace, 21 at the top.
 *
 * @param numberOf The number of a state.
 * @param texts What stands in each state. Default the number with two decimals.
 */
export function stateChart(
  title: string,
  usableAce: 0 | 1,
  numberOf: (state: number) => number,
  textOf: (state: number) => string = (state) => hundredths(numberOf(state)),
): GridChart {
  const states = Array.from({ length: SUMS * CARDS }, (_, cell) =>
    stateOf(21 - Math.floor(cell / CARDS), 1 + (cell % CARDS), usableAce),
  );
  return {
    kind: 'grid',
    title: `${title}, ${usableAce === 1 ? 'usable ace' : 'no usable ace'}`,
    rows: SUMS,
    columns: CARDS,
    values: states.map(numberOf),
    texts: states.map(textOf),
    colors: 'diverging',
    x: UPPER_CARDS,
    y: FALLING_SUMS,
  };
}

/** Two decimals, and no sign before zero. */
function hundredths(value: number): string {
  return (Math.round(100 * value) / 100 + 0).toFixed(2);
}

/** States whose values are given by number. */
export const SHOWN_STATES: readonly (readonly [sum: number, showing: number, usableAce: 0 | 1])[] =
  [
    [12, 10, 0],
    [16, 10, 0],
    [20, 1, 0],
    [21, 7, 0],
    [12, 1, 1],
    [13, 2, 1],
    [18, 9, 1],
    [21, 10, 1],
  ];

/** A state in words. */
export function describeState(sum: number, showing: number, usableAce: 0 | 1): string {
  return `${sum} against ${showing === 1 ? 'an ace' : showing}${usableAce === 1 ? ', usable ace' : ''}`;
}
