import { checkBetween, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene, GridWall, Tile } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { MOVES } from './grid-map.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** How to build the taxi's town. */
export interface TaxiOptions {
  /** Whether the taxi may drift to a side when it moves. Default false. */
  readonly rainy?: boolean;
  /** Chance of going the intended way in the rain, in [0, 1]. Default 0.8. */
  readonly rainyProbability?: number;
  /** Whether the passenger may change the destination on the first move. Default false. */
  readonly ficklePassenger?: boolean;
  /** Chance that a fickle passenger does so, in [0, 1]. Default 0.3. */
  readonly fickleProbability?: number;
  /** Whether actions that would change nothing are illegal. Default false: they cost. */
  readonly masked?: boolean;
}

/** The options that `taxi()` stands for. */
export const TAXI_DEFAULTS: Required<TaxiOptions> = {
  rainy: false,
  rainyProbability: 0.8,
  ficklePassenger: false,
  fickleProbability: 0.3,
  masked: false,
};

const SIZE = 5; // rows and columns
const NUM_STATES = 500;
const IN_TAXI = 4; // in place of a location
const FICKLE = 500; // added to the state's number while a change of mind is still to come

const DIRECTIONS = [MOVES.down, MOVES.up, MOVES.right, MOVES.left];
const PICK_UP = 4;
const DROP_OFF = 5;
const LABELS = ['south', 'north', 'east', 'west', 'pick up', 'drop off'];

// Red, green, yellow, blue.
const LOCATIONS = [
  { label: 'R', row: 0, column: 0 },
  { label: 'G', row: 0, column: 4 },
  { label: 'Y', row: 4, column: 0 },
  { label: 'B', row: 4, column: 3 },
];
const WALLS: readonly GridWall[] = [
  { row: 0, column: 1, side: 'right' },
  { row: 1, column: 1, side: 'right' },
  { row: 3, column: 0, side: 'right' },
  { row: 3, column: 2, side: 'right' },
  { row: 4, column: 0, side: 'right' },
  { row: 4, column: 2, side: 'right' },
];

/** What a state's number stands for. */
interface Situation {
  readonly row: number;
  readonly column: number;
  /** Index of the location where the passenger waits, or `IN_TAXI`. */
  readonly passenger: number;
  /** Index of the location where the passenger wants to go. */
  readonly destination: number;
}

/**
 * Taxi: fetch a passenger at one of four places in a town of 5x5 cells, and bring them to another.
 *
 * | part of the observation | range                              |
 * | ----------------------- | ---------------------------------- |
 * | row of the taxi         | 0 … 4, 0 is the top                |
 * | column of the taxi      | 0 … 4, 0 is the left               |
 * | passenger               | 0 red, 1 green, 2 yellow, 3 blue, 4 in the taxi |
 * | destination             | 0 red, 1 green, 2 yellow, 3 blue   |
 *
 * The observation is the number ((row · 5 + column) · 5 + passenger) · 4 + destination, 0 … 499.
 * Actions: 0 south, 1 north, 2 east, 3 west, 4 picks up, 5 drops off. Reward: 20 for the passenger
 * at the destination, −10 for picking up or dropping off where that cannot be, else −1. Terminal:
 * the passenger is brought to the destination. Truncated after 200 steps.
 *
 * In the rain a move that nothing blocks goes to either side of the intended way with half of
 * 1 − `rainyProbability` each. A fickle passenger names another destination when the taxi first
 * moves with them; whether they will is hidden, so the model then has two states for each
 * observation.
 *
 * All actions are legal, as in the source: its action mask is a hint there, and the penalties are
 * part of the task. With `masked` the same mask makes them illegal.
 *
 * Source: Dietterich (2000), "Hierarchical reinforcement learning with the MAXQ value function
 * decomposition", in the form of Gymnasium 1.4's Taxi-v4, order of outcomes and draws included.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function taxi(options: TaxiOptions = {}): Dynamics<Discrete, Discrete> {
  const resolved = resolveOptions('taxi', TAXI_DEFAULTS, options);
  checkBetween('taxi: rainyProbability', resolved.rainyProbability, 0, 1);
  checkBetween('taxi: fickleProbability', resolved.fickleProbability, 0, 1);
  const town = tabularDynamics({
    name: 'Taxi',
    model: taxiModel(resolved.rainy ? resolved.rainyProbability : 1),
    timeLimit: 200,
    actionLabels: LABELS,
    ...(resolved.masked && { actionMask: writeMask }),
    scene: taxiScene,
  });
  return resolved.ficklePassenger ? withFicklePassenger(town, resolved.fickleProbability) : town;
}

function encode({ row, column, passenger, destination }: Situation): number {
  return ((row * SIZE + column) * 5 + passenger) * 4 + destination;
}

function decode(state: number): Situation {
  const cell = Math.floor(state / 20);
  return {
    row: Math.floor(cell / SIZE),
    column: cell % SIZE,
    passenger: Math.floor(state / 4) % 5,
    destination: state % 4,
  };
}

/** Index of the location in the taxi's cell; −1 for none. */
function locationAt({ row, column }: Situation): number {
  return LOCATIONS.findIndex((place) => place.row === row && place.column === column);
}

/** The situation one cell further; the same object where an edge or a wall is in the way. */
function moved(from: Situation, [dx, dy]: readonly [number, number]): Situation {
  const row = from.row + dy;
  const column = from.column + dx;
  if (row < 0 || row >= SIZE || column < 0 || column >= SIZE) return from;
  const left = Math.min(column, from.column);
  const blocked = dx !== 0 && WALLS.some((wall) => wall.row === row && wall.column === left);
  return blocked ? from : { ...from, row, column };
}

function taxiModel(straightOn: number): TabularModel {
  const startDistribution = new Float64Array(NUM_STATES);
  for (let state = 0; state < NUM_STATES; state++) {
    const { passenger, destination } = decode(state);
    if (passenger !== IN_TAXI && passenger !== destination) startDistribution[state] = 1 / 300;
  }
  return createTabularModel(LABELS.length, startDistribution, (state, action) => {
    const from = decode(state);
    if (action === PICK_UP) return [pickUp(from)];
    if (action === DROP_OFF) return [dropOff(from)];
    return drive(from, action, straightOn);
  });
}

function drive(from: Situation, action: number, straightOn: number): Outcome[] {
  const [dx, dy] = DIRECTIONS[action];
  const ahead = moved(from, [dx, dy]);
  const arrival = (to: Situation, probability: number) => outcome(to, -1, false, probability);
  if (straightOn === 1) return [arrival(ahead, 1)];
  const sideways = (1 - straightOn) / 2;
  const blocked = ahead === from; // then there is no drift either
  return [
    arrival(ahead, straightOn),
    arrival(blocked ? from : moved(from, [dy, -dx]), sideways), // to the left of the way
    arrival(blocked ? from : moved(from, [-dy, dx]), sideways),
  ];
}

function pickUp(from: Situation): Outcome {
  const waits = from.passenger !== IN_TAXI && locationAt(from) === from.passenger;
  return waits ? outcome({ ...from, passenger: IN_TAXI }, -1) : outcome(from, -10);
}

function dropOff(from: Situation): Outcome {
  const passenger = locationAt(from);
  if (from.passenger !== IN_TAXI || passenger === -1) return outcome(from, -10);
  const arrived = passenger === from.destination;
  return outcome({ ...from, passenger }, arrived ? 20 : -1, arrived);
}

function outcome(to: Situation, reward: number, terminated = false, probability = 1): Outcome {
  return { probability, nextState: encode(to), reward, terminated };
}

/** Marks the actions that would change something. */
function writeMask(state: number, mask: Uint8Array): void {
  const from = decode(state);
  for (let action = 0; action < DIRECTIONS.length; action++) {
    mask[action] = moved(from, DIRECTIONS[action]) === from ? 0 : 1;
  }
  const place = locationAt(from);
  const aboard = from.passenger === IN_TAXI;
  mask[PICK_UP] = !aboard && place === from.passenger ? 1 : 0;
  mask[DROP_OFF] = aboard && place !== -1 ? 1 : 0;
}

/** The same town, with a passenger who may change the destination once. */
function withFicklePassenger(
  town: Dynamics<Discrete, Discrete, Float64Array>,
  probability: number,
): Dynamics<Discrete, Discrete, Float64Array> {
  const observed = (state: Float64Array) => Float64Array.of(state[0] % FICKLE, state[1], state[2]);
  return {
    ...town,

    reset(state, rng) {
      town.reset(state, rng);
      if (rng.uniform() < probability) state[0] += FICKLE;
    },

    step(state, action, rng) {
      const fickle = state[0] >= FICKLE;
      const before = state[0] % FICKLE;
      state[0] = before;
      const reward = town.step(state, action, rng);
      if (!fickle) return reward;
      if (hasDeparted(before, state[0])) state[0] = otherDestination(state[0], rng.below(3));
      else state[0] += FICKLE;
      return reward;
    },

    observe(state, observation) {
      observation[0] = state[0] % FICKLE;
    },

    ...(town.actionMask && {
      actionMask: (state: Float64Array, mask: Uint8Array) => writeMask(state[0] % FICKLE, mask),
    }),

    scene: (state) => town.scene(observed(state)),

    model: () => fickleModel(town.model?.() as TabularModel, probability),
  };
}

/** Whether a step from one state to the next moved the taxi with the passenger in it. */
function hasDeparted(before: number, after: number): boolean {
  const moves = Math.floor(before / 20) !== Math.floor(after / 20);
  return moves && decode(before).passenger === IN_TAXI;
}

/** The state with the `choice`-th of the three other destinations. */
function otherDestination(state: number, choice: number): number {
  const destination = state % 4;
  return state - destination + (choice < destination ? choice : choice + 1);
}

/** The states of the town twice: a change of mind will not, and will still come. */
function fickleModel(town: TabularModel, probability: number): TabularModel {
  const { numActions, rowStart, nextState, reward, terminated } = town;
  const start = new Float64Array(2 * NUM_STATES);
  town.startDistribution.forEach((chance, state) => {
    start[state] = chance * (1 - probability);
    start[state + FICKLE] = chance * probability;
  });
  const model = createTabularModel(numActions, start, (state, action) => {
    const before = state % FICKLE;
    const row = before * numActions + action;
    const outcomes: Outcome[] = [];
    for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
      const share = { reward: reward[i], terminated: terminated[i] === 1 };
      for (const next of fickleStates(state, nextState[i])) {
        const chance = town.probability[i] * next.chance;
        outcomes.push({ ...share, probability: chance, nextState: next.state });
      }
    }
    return outcomes;
  });
  const masks = town.actionMasks;
  return {
    ...model,
    observations: Int32Array.from(start, (_, state) => state % FICKLE),
    ...(masks && { actionMasks: Uint8Array.from([...masks, ...masks]) }),
  };
}

/** Where the model goes on when the town goes to `after`. */
function fickleStates(state: number, after: number): { state: number; chance: number }[] {
  if (state < FICKLE) return [{ state: after, chance: 1 }];
  if (!hasDeparted(state - FICKLE, after)) return [{ state: after + FICKLE, chance: 1 }];
  return [0, 1, 2].map((choice) => ({ state: otherDestination(after, choice), chance: 1 / 3 }));
}

function taxiScene(state: number, lastAction: number): GridScene {
  const situation = decode(state);
  const { row, column, passenger, destination } = situation;
  const facing = DIRECTIONS[lastAction];
  const tiles = new Array<Tile>(SIZE * SIZE).fill('floor');
  const labels = new Array<string>(SIZE * SIZE).fill('');
  LOCATIONS.forEach((place, i) => {
    labels[place.row * SIZE + place.column] = place.label;
    if (i === destination) tiles[place.row * SIZE + place.column] = 'goal';
  });
  const waiting = passenger === IN_TAXI ? situation : LOCATIONS[passenger];
  return {
    kind: 'grid',
    rows: SIZE,
    columns: SIZE,
    tiles,
    tokens: [
      { kind: 'agent', row, column, label: 'taxi', ...(facing ? { facing } : {}) },
      { kind: 'object', row: waiting.row, column: waiting.column, label: 'passenger' },
    ],
    walls: WALLS,
    labels,
    cellObservations: tiles.map((_, cell) => cell * 20 + (state % 20)),
    actionDirections: [...DIRECTIONS, [0, 0], [0, 0]],
    caption: `${passenger === IN_TAXI ? 'on board' : `waiting at ${LOCATIONS[passenger].label}`}, to ${LOCATIONS[destination].label}`,
  };
}
