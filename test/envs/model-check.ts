import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { TabularModel } from '../../core/tabular-model.ts';

/** How well a world does what its model says. The z are about standard normal if it does. */
export interface ModelFit {
  /** What happened and cannot, by the model; empty if all is well. */
  readonly impossible: readonly string[];
  /** χ² of every row's outcomes, those expected fewer than five times pooled, as a z. */
  readonly rows: number;
  /** χ² of where in its row each outcome lies, over all rows at once, as a z. */
  readonly places: number;
  /** χ² of the start states, as a z. */
  readonly starts: number;
  /** χ² of where in their distribution the start states lie, as a z. */
  readonly startPlaces: number;
}

const NUM_PLACES = 50;

/** Takes random legal steps, and compares how often each outcome came with its chance. */
export function fitModel(world: Dynamics, model: TabularModel, steps: number): ModelFit {
  const rng = new Alea(8);
  const choice = new Alea(8, 'choice');
  const state = createState(world);
  const observation = new Float32Array(1);
  const mask = new Uint8Array(model.numActions).fill(1);
  const counts = new Float64Array(model.nextState.length);
  const visits = new Float64Array(model.numStates * model.numActions);
  const places = new Float64Array(NUM_PLACES);
  const impossible = new Set<string>();

  world.reset(state, rng);
  for (let t = 0; t < steps; t++) {
    if (world.isTerminal(state)) world.reset(state, rng);
    world.observe(state, observation);
    const shown = model.observations?.[state[0]] ?? state[0];
    if (observation[0] !== shown) impossible.add(`state ${state[0]} shows ${observation[0]}`);
    world.actionMask?.(state, mask);
    const action = legalAction(mask, choice);
    const row = state[0] * model.numActions + action;
    const reward = world.step(state, action as never, rng);
    const outcome = { nextState: state[0], reward, terminated: world.isTerminal(state) ? 1 : 0 };
    const found = findOutcome(model, row, outcome, choice.uniform());
    if (found === null) {
      impossible.add(`row ${row}: ${JSON.stringify(outcome)}`);
      continue;
    }
    visits[row]++;
    counts[found.entry]++;
    places[placeIndex(found.place)]++;
  }
  return {
    impossible: [...impossible].slice(0, 5),
    rows: fitRows(model, counts, visits),
    places: zOfPlaces(places),
    ...fitStarts(world, model.startDistribution, steps / 10),
  };
}

/**
 * Which outcome of the row it was, and where in the row, in [0, 1).
 *
 * @param draw In [0, 1): decides between equal outcomes, and the place within the outcome's share.
 */
function findOutcome(
  model: TabularModel,
  row: number,
  { nextState, reward, terminated }: { nextState: number; reward: number; terminated: number },
  draw: number,
): { entry: number; place: number } | null {
  const matches = (i: number) =>
    model.nextState[i] === nextState &&
    model.reward[i] === reward &&
    model.terminated[i] === terminated;
  let chance = 0;
  for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
    if (matches(i)) chance += model.probability[i];
  }
  let rest = draw * chance;
  let before = 0;
  for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
    const share = model.probability[i];
    if (matches(i)) {
      if (rest < share) return { entry: i, place: before + rest };
      rest -= share;
    }
    before += share;
  }
  return null;
}

function fitRows(model: TabularModel, counts: Float64Array, visits: Float64Array): number {
  const fits = Array.from(visits, (n, row) => {
    const [from, to] = [model.rowStart[row], model.rowStart[row + 1]];
    return chiSquare(counts.subarray(from, to), (i) => n * model.probability[from + i]);
  });
  return zOf(fits);
}

function fitStarts(
  world: Dynamics,
  distribution: Float64Array,
  resets: number,
): Pick<ModelFit, 'starts' | 'startPlaces'> {
  const rng = new Alea(9);
  const choice = new Alea(9, 'choice');
  const state = createState(world);
  const counts = new Float64Array(distribution.length);
  const places = new Float64Array(NUM_PLACES);
  const before = Float64Array.of(0, ...distribution);
  for (let i = 1; i < before.length; i++) before[i] += before[i - 1];
  for (let i = 0; i < resets; i++) {
    world.reset(state, rng);
    const chance = distribution[state[0]];
    if (chance === 0) return { starts: Infinity, startPlaces: Infinity };
    counts[state[0]]++;
    places[placeIndex(before[state[0]] + chance * choice.uniform())]++;
  }
  const starts = zOf([chiSquare(counts, (state) => resets * distribution[state])]);
  return { starts, startPlaces: zOfPlaces(places) };
}

function placeIndex(place: number): number {
  return Math.min(Math.floor(place * NUM_PLACES), NUM_PLACES - 1);
}

function zOfPlaces(places: Float64Array): number {
  const seen = places.reduce((sum, count) => sum + count, 0);
  return zOf([chiSquare(places, () => seen / NUM_PLACES)]);
}

interface ChiSquare {
  readonly value: number;
  readonly degrees: number;
}

/** χ² of counts, where those expected fewer than five times are counted as one. */
function chiSquare(counts: Float64Array, expectedOf: (i: number) => number): ChiSquare {
  let value = 0;
  let cells = 0;
  let rareCount = 0;
  let rareExpected = 0;
  for (let i = 0; i < counts.length; i++) {
    const expected = expectedOf(i);
    if (expected < 5) {
      rareCount += counts[i];
      rareExpected += expected;
      continue;
    }
    value += (counts[i] - expected) ** 2 / expected;
    cells++;
  }
  if (rareExpected >= 5) {
    value += (rareCount - rareExpected) ** 2 / rareExpected;
    cells++;
  }
  return { value, degrees: Math.max(cells - 1, 0) };
}

/**
 * The sum of χ² variables as a z: its cube root is nearly normal.
 *
 * Source: Wilson & Hilferty (1931), "The distribution of chi-square".
 */
function zOf(fits: readonly ChiSquare[]): number {
  let value = 0;
  let degrees = 0;
  for (const fit of fits) {
    if (fit.degrees === 0) continue;
    value += fit.value;
    degrees += fit.degrees;
  }
  if (degrees === 0) return 0;
  const spread = 2 / (9 * degrees);
  return (Math.cbrt(value / degrees) - (1 - spread)) / Math.sqrt(spread);
}

function legalAction(mask: Uint8Array, rng: Rng): number {
  for (;;) {
    const action = rng.below(mask.length);
    if (mask[action] === 1) return action;
  }
}

/** What is wrong with a model in itself; empty if nothing is. */
export function modelFaults(model: TabularModel): string[] {
  const { numStates, numActions, rowStart, nextState, probability, reward, terminated } = model;
  const faults: string[] = [];
  const numOutcomes = nextState.length;
  for (const column of [probability, reward, terminated]) {
    if (column.length !== numOutcomes) faults.push('the columns differ in length');
  }
  if (rowStart.length !== numStates * numActions + 1) faults.push('rowStart has another length');
  if (rowStart[0] !== 0 || rowStart[rowStart.length - 1] !== numOutcomes) {
    faults.push('rowStart does not run from 0 to the number of outcomes');
  }
  for (let row = 0; row + 1 < rowStart.length; row++) {
    let sum = 0;
    for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
      sum += probability[i] >= 0 ? probability[i] : Number.NaN;
      if (!(nextState[i] >= 0 && nextState[i] < numStates)) faults.push(`row ${row}: next state`);
      if (!Number.isFinite(reward[i])) faults.push(`row ${row}: reward ${reward[i]}`);
      if (terminated[i] > 1) faults.push(`row ${row}: terminated ${terminated[i]}`);
    }
    if (!(Math.abs(sum - 1) < 1e-12)) faults.push(`row ${row} sums to ${sum}`);
  }
  const start = model.startDistribution.reduce((sum, chance) => sum + chance, 0);
  if (!(Math.abs(start - 1) < 1e-12)) faults.push(`the start distribution sums to ${start}`);
  return faults.slice(0, 5);
}
