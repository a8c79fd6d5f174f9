import { resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { gridScene, MOVES, moveOnGrid, parseGridMap } from './grid-map.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** Sutton & Barto (2018), Example 6.6: the cliff-walking task. The best return is −13. */
export const CLIFF_WALKING_MAP: readonly string[] = [
  '............',
  '............',
  '............',
  'SCCCCCCCCCCG',
];

/** How to build the cliff. */
export interface CliffWalkingOptions {
  /** Whether a move goes to either side of the intended way with a chance of 1/3 each. Default false. */
  readonly slippery?: boolean;
}

/** The options that `cliffWalking()` stands for. */
export const CLIFF_WALKING_DEFAULTS: Required<CliffWalkingOptions> = { slippery: false };

const DIRECTIONS = [MOVES.up, MOVES.right, MOVES.down, MOVES.left];
const LABELS = ['up', 'right', 'down', 'left'];
const LOOK = {
  tiles: { S: 'start', '.': 'floor', C: 'cliff', G: 'goal' },
  directions: DIRECTIONS,
} as const;
const MAP = parseGridMap('cliffWalking', CLIFF_WALKING_MAP, 'S.CG');

/**
 * Cliff walking: go from start to goal along a cliff without stepping off it.
 *
 * | observation | range                                   |
 * | ----------- | --------------------------------------- |
 * | cell        | row · 12 + column, 0 is the top left; 0 … 47 |
 *
 * Actions: 0 up, 1 right, 2 down, 3 left. Reward: −1 a step, −100 for stepping off the cliff, which
 * leads back to the start. Terminal: the goal. No time limit.
 *
 * Source: Sutton & Barto (2018), Example 6.6, in the form of Gymnasium 1.4's CliffWalking-v1.
 *
 * @throws RangeError if an option is unknown.
 */
export function cliffWalking(options: CliffWalkingOptions = {}): Dynamics<Discrete, Discrete> {
  const { slippery } = resolveOptions('cliffWalking', CLIFF_WALKING_DEFAULTS, options);
  return tabularDynamics({
    name: 'CliffWalking',
    model: cliffModel(slippery),
    timeLimit: Infinity,
    actionLabels: LABELS,
    scene: (cell, lastAction) => gridScene(MAP, LOOK, cell, lastAction),
  });
}

function cliffModel(slippery: boolean): TabularModel {
  const { letters } = MAP;
  const start = letters.indexOf('S');
  const startDistribution = new Float64Array(letters.length);
  startDistribution[start] = 1;

  const outcome = (cell: number, direction: number, probability: number): Outcome => {
    const reached = moveOnGrid(MAP, cell, DIRECTIONS[(direction + 4) % 4]);
    if (letters[reached] === 'C') {
      return { probability, nextState: start, reward: -100, terminated: false };
    }
    return { probability, nextState: reached, reward: -1, terminated: letters[reached] === 'G' };
  };

  return createTabularModel(4, startDistribution, (cell, action) => {
    if (!slippery) return [outcome(cell, action, 1)];
    return [action - 1, action, action + 1].map((direction) => outcome(cell, direction, 1 / 3));
  });
}
