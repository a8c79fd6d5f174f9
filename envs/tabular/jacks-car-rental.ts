import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { exp } from '../../core/math.ts';
import type { GridScene } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** How to build Jack's car rental. */
export interface JacksCarRentalOptions {
  /** Whether the rules of Exercise 4.7 hold. Default false. */
  readonly modified?: boolean;
  /** Cars that a location can hold, in 1 … 20. Default 20. */
  readonly maxCars?: number;
}

/** The options that `jacksCarRental()` stands for. */
export const JACKS_CAR_RENTAL_DEFAULTS: Required<JacksCarRentalOptions> = {
  modified: false,
  maxCars: 20,
};

const RENT = 10; // dollars a car
const MOVE_COST = 2; // dollars a car
const MOST_MOVES = 5; // cars a night
const FREE_PLACES = 10; // cars a location holds overnight without renting a second lot
const LOT_COST = 4; // dollars a night
const REQUESTS = [3, 4]; // mean number a day at the first and the second location
const RETURNS = [3, 2];

const LABELS = Array.from({ length: 2 * MOST_MOVES + 1 }, (_, action) => {
  return `move ${action - MOST_MOVES}`;
});

/**
 * Jack's car rental: move cars overnight between two locations, so that there is one to rent out.
 *
 * | observation | range                                                         |
 * | ----------- | ------------------------------------------------------------- |
 * | cars        | cars at the first location · (maxCars + 1) + at the second; 0 … 440 |
 *
 * Action a moves a − 5 cars from the first location to the second; legal are moves of cars that are
 * there. The day after, customers come for cars, and then cars are returned, both with Poisson
 * distributions: 3 and 4 requests, 3 and 2 returns on average. Cars beyond `maxCars` go away.
 * Reward: 10 for a car rented, −2 for a car moved. With `modified` the first car moved from the first
 * location to the second is free, and each location that keeps more than 10 cars overnight costs 4.
 * Never terminal; the start is any state, evenly. No time limit. The source discounts by 0.9.
 *
 * Differs from the source in that the income of a day is its mean given the cars in the evening
 * before and after, not a whole number of rents: the values of all policies are the same, and the
 * model is small enough to write down.
 *
 * Source: Sutton & Barto (2018), Example 4.2 and Exercise 4.7.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function jacksCarRental(options: JacksCarRentalOptions = {}): Dynamics<Discrete, Discrete> {
  const { modified, maxCars } = resolveOptions(
    'jacksCarRental',
    JACKS_CAR_RENTAL_DEFAULTS,
    options,
  );
  checkInteger('jacksCarRental: maxCars', maxCars, 1, 20);
  const size = maxCars + 1;
  return tabularDynamics({
    name: 'JacksCarRental',
    model: rentalModel(maxCars, modified),
    timeLimit: Infinity,
    actionLabels: LABELS,
    actionMask(state, mask) {
      const first = Math.floor(state / size);
      const second = state % size;
      for (let action = 0; action < LABELS.length; action++) {
        mask[action] = carsMoved(first, second, action) === action - MOST_MOVES ? 1 : 0;
      }
    },
    scene: (state) => rentalScene(maxCars, state),
  });
}

/** Cars that an action moves to the second location: no more than there are. */
function carsMoved(first: number, second: number, action: number): number {
  return Math.max(-second, Math.min(action - MOST_MOVES, first));
}

/** Written out in place: two million outcomes are too many to hold as objects first. */
function rentalModel(maxCars: number, modified: boolean): TabularModel {
  const size = maxCars + 1;
  const numStates = size * size;
  const numActions = LABELS.length;
  const numOutcomes = numStates * numActions * numStates;
  const days = [0, 1].map((location) => dayOf(REQUESTS[location], RETURNS[location], maxCars));
  const probability = new Float64Array(numOutcomes);
  const reward = new Float64Array(numOutcomes);
  for (let row = 0; row < numStates * numActions; row++) {
    const state = Math.floor(row / numActions);
    const cars = [Math.floor(state / size), state % size];
    const moved = carsMoved(cars[0], cars[1], row % numActions);
    const mornings = [cars[0] - moved, cars[1] + moved].map((count) => Math.min(count, maxCars));
    const cost = nightCost(moved, mornings, modified);
    const [first, second] = mornings.map((morning, location) => days[location][morning]);
    for (let next = 0; next < numStates; next++) {
      const here = first[Math.floor(next / size)];
      const there = second[next % size];
      probability[row * numStates + next] = here.probability * there.probability;
      reward[row * numStates + next] = RENT * (here.rented + there.rented) - cost;
    }
  }
  return {
    numStates,
    numActions,
    rowStart: Int32Array.from({ length: numStates * numActions + 1 }, (_, row) => row * numStates),
    nextState: new Int32Array(numOutcomes).map((_, outcome) => outcome % numStates),
    probability,
    reward,
    terminated: new Uint8Array(numOutcomes),
    startDistribution: new Float64Array(numStates).fill(1 / numStates),
  };
}

function nightCost(moved: number, mornings: readonly number[], modified: boolean): number {
  if (!modified) return MOVE_COST * Math.abs(moved);
  const lots = mornings.filter((cars) => cars > FREE_PLACES).length;
  return MOVE_COST * (moved > 0 ? moved - 1 : -moved) + LOT_COST * lots;
}

/** How a day at one location can end, for each number of cars in the evening. */
interface Evening {
  readonly probability: number;
  /** Mean number of cars rented on such a day. */
  readonly rented: number;
}

/** The evenings, `[cars in the morning][cars in the evening]`. */
function dayOf(meanRequests: number, meanReturns: number, maxCars: number): Evening[][] {
  const requests = poisson(meanRequests);
  const returns = poisson(meanReturns);
  return Array.from({ length: maxCars + 1 }, (_, morning) => {
    const probability = new Float64Array(maxCars + 1);
    const rented = new Float64Array(maxCars + 1);
    for (let rents = 0; rents <= morning; rents++) {
      const left = morning - rents;
      const chance = rents < morning ? requests.exactly[rents] : requests.atLeast[rents];
      for (let evening = left; evening <= maxCars; evening++) {
        const back = evening - left;
        const joint = chance * (evening < maxCars ? returns.exactly[back] : returns.atLeast[back]);
        probability[evening] += joint;
        rented[evening] += joint * rents;
      }
    }
    return Array.from(probability, (chance, evening) => {
      return { probability: chance, rented: rented[evening] / chance };
    });
  });
}

/** P(X = k) and P(X ≥ k), where X has a Poisson distribution of a mean of a few. */
function poisson(mean: number): { exactly: Float64Array; atLeast: Float64Array } {
  const exactly = new Float64Array(64);
  const atLeast = new Float64Array(64);
  exactly[0] = exp(-mean);
  for (let k = 1; k < 64; k++) exactly[k] = (exactly[k - 1] * mean) / k;
  atLeast[63] = exactly[63];
  for (let k = 62; k >= 0; k--) atLeast[k] = atLeast[k + 1] + exactly[k]; // the smallest first
  return { exactly, atLeast };
}

/** A map as in figure 4.2: up are more cars at the first location, right more at the second. */
function rentalScene(maxCars: number, state: number): GridScene {
  const size = maxCars + 1;
  const first = Math.floor(state / size);
  const second = state % size;
  const cells = Array.from({ length: size * size }, (_, cell) => cell);
  return {
    kind: 'grid',
    rows: size,
    columns: size,
    tiles: cells.map(() => 'floor'),
    tokens: [{ kind: 'agent', row: maxCars - first, column: second }],
    cellObservations: cells.map(
      (cell) => (maxCars - Math.floor(cell / size)) * size + (cell % size),
    ),
    caption: `${first} cars at the first location, ${second} at the second`,
  };
}
