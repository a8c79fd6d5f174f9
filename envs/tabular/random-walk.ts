import { checkFinite, checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene, Tile } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** How to build a random walk. */
export interface RandomWalkOptions {
  /** States between the two ends, at least 1. Default 5. */
  readonly numStates?: number;
  /** States that a step can go to on either side, all with the same chance; at least 1. Default 1. */
  readonly reach?: number;
  /** Reward of reaching the left end. Default 0. */
  readonly leftReward?: number;
  /** Reward of reaching the right end. Default 1. */
  readonly rightReward?: number;
}

/** The options that `randomWalk()` stands for: Example 6.2. */
export const RANDOM_WALK_DEFAULTS: Required<RandomWalkOptions> = {
  numStates: 5,
  reach: 1,
  leftReward: 0,
  rightReward: 1,
};

const WIDEST_ROW = 40; // cells that one row of the picture holds

/**
 * A random walk: nothing to decide, only values to predict.
 *
 * | observation | range                                                         |
 * | ----------- | ------------------------------------------------------------- |
 * | state       | 1 … numStates from left to right; 0 and numStates + 1 are the ends |
 *
 * The one action goes to one of the `reach` states on either side; beyond an end is that end.
 * Reward: `leftReward` and `rightReward` for the ends, else 0. Terminal: the ends. The start is the
 * middle, (numStates + 1) / 2 rounded down. No time limit.
 *
 * Source: Sutton & Barto (2018), Examples 6.2 (5 states), 7.1 (19 states, −1 at the left end) and
 * 9.1 (1000 states, 100 on either side).
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function randomWalk(options: RandomWalkOptions = {}): Dynamics<Discrete, Discrete> {
  const resolved = resolveOptions('randomWalk', RANDOM_WALK_DEFAULTS, options);
  checkInteger('randomWalk: numStates', resolved.numStates, 1, 1_000_000);
  checkInteger('randomWalk: reach', resolved.reach, 1, 10_000);
  checkFinite('randomWalk: leftReward', resolved.leftReward);
  checkFinite('randomWalk: rightReward', resolved.rightReward);
  return tabularDynamics({
    name: 'RandomWalk',
    model: randomWalkModel(resolved),
    timeLimit: Infinity,
    actionLabels: ['walk'],
    scene: (state) => randomWalkScene(resolved.numStates, state),
  });
}

function randomWalkModel(options: Required<RandomWalkOptions>): TabularModel {
  const { numStates, reach, leftReward, rightReward } = options;
  const rightEnd = numStates + 1;
  const start = new Float64Array(numStates + 2);
  start[Math.floor(rightEnd / 2)] = 1;

  const outcome = (nextState: number, ways: number): Outcome => {
    const terminated = nextState === 0 || nextState === rightEnd;
    let reward = 0;
    if (nextState === 0) reward = leftReward;
    if (nextState === rightEnd) reward = rightReward;
    return { probability: ways / (2 * reach), nextState, reward, terminated };
  };

  return createTabularModel(1, start, (state) => {
    if (state === 0 || state === rightEnd) {
      return [{ probability: 1, nextState: state, reward: 0, terminated: true }];
    }
    const outcomes: Outcome[] = [];
    const toLeft = reach - state + 1; // ways to the left end
    if (toLeft > 0) outcomes.push(outcome(0, toLeft));
    for (
      let next = Math.max(1, state - reach);
      next <= Math.min(numStates, state + reach);
      next++
    ) {
      if (next !== state) outcomes.push(outcome(next, 1));
    }
    const toRight = reach - (rightEnd - state) + 1;
    if (toRight > 0) outcomes.push(outcome(rightEnd, toRight));
    return outcomes;
  });
}

function randomWalkScene(numStates: number, state: number): GridScene {
  const columns = Math.min(numStates + 2, WIDEST_ROW);
  const rows = Math.ceil((numStates + 2) / columns);
  const cells = Array.from({ length: rows * columns }, (_, cell) => cell);
  const tileOf = (cell: number): Tile => {
    if (cell > numStates + 1) return 'wall';
    return cell === 0 || cell === numStates + 1 ? 'goal' : 'floor';
  };
  return {
    kind: 'grid',
    rows,
    columns,
    tiles: cells.map(tileOf),
    tokens: [{ kind: 'agent', row: Math.floor(state / columns), column: state % columns }],
    cellObservations: cells.map((cell) => (cell > numStates + 1 ? -1 : cell)),
    actionDirections: [[0, 0]],
  };
}
