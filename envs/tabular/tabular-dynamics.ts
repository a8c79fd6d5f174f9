import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { Scene } from '../../core/scene.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import type { TabularModel } from '../../core/tabular-model.ts';

// Where each quantity lives in the state row.
const STATE = 0;
const LAST_ACTION = 1; // −1 at the start; only the drawing looks at it
const ENDED = 2; // 1 once an outcome has ended the episode

/** What a tabular world is made of. */
export interface TabularWorld {
  readonly name: string;
  readonly model: TabularModel;
  readonly timeLimit: number;
  /** A name for each action, `[numActions]`. */
  readonly actionLabels: readonly string[];
  /** Sets `mask[a]` to 1 if action `a` is legal in `state`, else 0. Leave out where all are. */
  actionMask?(state: number, mask: Uint8Array): void;
  /** @param lastAction −1 at the start of an episode. */
  scene(state: number, lastAction: number): Scene;
}

/**
 * The rules of a finite world, drawn from its explicit model: what the model says is what happens.
 *
 * State row: `[state, last action, ended]`. One uniform draw for the start and one for each step,
 * as in Gymnasium's toy-text worlds: the first outcome whose cumulative chance is above the draw.
 */
export function tabularDynamics(world: TabularWorld): Dynamics<Discrete, Discrete, Float64Array> {
  const model = withActionMasks(world);
  const { numActions, rowStart, nextState, reward, terminated } = model;
  const cumulative = runningSum(model.probability, rowStart);
  const cumulativeStart = runningSum(model.startDistribution, Int32Array.of(0, model.numStates));
  return {
    name: world.name,
    observationSpace: discrete(model.numStates),
    actionSpace: discrete(numActions, world.actionLabels),
    stateSize: 3,
    timeLimit: world.timeLimit,

    reset(state, rng) {
      state[STATE] = draw(cumulativeStart, 0, model.numStates, rng);
      state[LAST_ACTION] = -1;
      state[ENDED] = 0;
    },

    step(state, action, rng) {
      const row = state[STATE] * numActions + action;
      const outcome = draw(cumulative, rowStart[row], rowStart[row + 1], rng);
      state[STATE] = nextState[outcome];
      state[LAST_ACTION] = action;
      state[ENDED] = terminated[outcome];
      return reward[outcome];
    },

    isTerminal: (state) => state[ENDED] === 1,

    observe(state, observation) {
      observation[0] = state[STATE];
    },

    ...(world.actionMask && {
      actionMask: (state: Float64Array, mask: Uint8Array) => world.actionMask?.(state[STATE], mask),
    }),

    scene: (state) => world.scene(state[STATE], state[LAST_ACTION]),

    model: () => model,
  };
}

/** The model of a world, with the legal actions where some are not. */
function withActionMasks({ model, actionMask }: TabularWorld): TabularModel {
  if (actionMask === undefined) return model;
  const { numStates, numActions } = model;
  const actionMasks = new Uint8Array(numStates * numActions);
  for (let state = 0; state < numStates; state++) {
    const row = state * numActions;
    actionMask(state, actionMasks.subarray(row, row + numActions));
  }
  return { ...model, actionMasks };
}

/** The first entry from `start` whose cumulative chance is above a uniform draw. */
function draw(cumulative: Float64Array, start: number, end: number, rng: Rng): number {
  const chance = rng.uniform();
  let first = start;
  let last = end - 1;
  while (last - first > 8) {
    const middle = (first + last) >> 1; // halves long rows, the rest goes faster one by one
    if (cumulative[middle] <= chance) first = middle + 1;
    else last = middle;
  }
  while (first < last && cumulative[first] <= chance) first++;
  return first;
}

/** Sums up each row of `chances`, from its first entry on. */
function runningSum(chances: Float64Array, rowStart: Int32Array): Float64Array {
  const sums = chances.slice();
  for (let row = 0; row + 1 < rowStart.length; row++) {
    for (let i = rowStart[row] + 1; i < rowStart[row + 1]; i++) sums[i] += sums[i - 1];
  }
  return sums;
}
