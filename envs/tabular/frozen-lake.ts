import {
  checkBetween,
  checkFinite,
  checkInteger,
  checkLength,
  resolveOptions,
  show,
} from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { type GridMap, gridScene, MOVES, moveOnGrid, parseGridMap } from './grid-map.ts';
import {
  goalIsReachable,
  RANDOM_LAKE_MAP_DEFAULTS,
  randomFrozenLakeMap,
} from './random-lake-map.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** The maps that come with the world: S start, F frozen, H hole, G goal. */
export const FROZEN_LAKE_MAPS: Readonly<Record<string, readonly string[]>> = {
  '4x4': ['SFFF', 'FHFH', 'FFFH', 'HFFG'],
  '8x8': [
    'SFFFFFFF',
    'FFFFFFFF',
    'FFFHFFFF',
    'FFFFFHFF',
    'FFFHFFFF',
    'FHHFFFHF',
    'FHFFHFHF',
    'FFFHFFFG',
  ],
};

/** How to build a frozen lake. */
export interface FrozenLakeOptions {
  /** `4x4`, `8x8`, `random`, or rows of the letters S F H G. Default `4x4`. */
  readonly map?: string | readonly string[];
  /** Rows and columns of a random map, 2 … 100. Default 8. */
  readonly size?: number;
  /** Chance of ice rather than a hole in each cell of a random map, in [0, 1]. Default 0.8. */
  readonly frozenProbability?: number;
  /** Which random map, an integer of at least 0: Gymnasium's seed of a map. Default 0. */
  readonly mapSeed?: number;
  /** Whether the ice is slippery. Default true. */
  readonly slippery?: boolean;
  /** Chance of going the intended way on slippery ice, in [0, 1]. Default 1/3. */
  readonly successRate?: number;
  /** Rewards of reaching the goal, a hole, and ice. Default `[1, 0, 0]`. */
  readonly rewardSchedule?: readonly [number, number, number];
  /** Steps after which an episode is truncated, at least 1; FrozenLake8x8-v1 has 200. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `frozenLake()` stands for. */
export const FROZEN_LAKE_DEFAULTS: Required<FrozenLakeOptions> = {
  map: '4x4',
  size: RANDOM_LAKE_MAP_DEFAULTS.size,
  frozenProbability: RANDOM_LAKE_MAP_DEFAULTS.frozenProbability,
  mapSeed: RANDOM_LAKE_MAP_DEFAULTS.seed,
  slippery: true,
  successRate: 1 / 3,
  rewardSchedule: [1, 0, 0],
  timeLimit: 100,
};

const DIRECTIONS = [MOVES.left, MOVES.down, MOVES.right, MOVES.up];
const LABELS = ['left', 'down', 'right', 'up'];
const LOOK = {
  tiles: { S: 'start', F: 'ice', H: 'hole', G: 'goal' },
  directions: DIRECTIONS,
} as const;

/**
 * Frozen lake: cross the ice from start to goal without falling into a hole.
 *
 * | observation | range               |
 * | ----------- | ------------------- |
 * | cell        | row · columns + column, 0 is the top left |
 *
 * Actions: 0 left, 1 down, 2 right, 3 up. On slippery ice the move goes the intended way with
 * `successRate` and to either side of it with half the rest each. Reward: 1 for reaching the goal,
 * else 0, unless `rewardSchedule` says otherwise. Terminal: goal and holes. Truncated after `timeLimit`
 * steps, whatever the map.
 *
 * Source: Gymnasium 1.4's FrozenLake-v1, rules, order of the outcomes and random maps.
 *
 * @throws RangeError if an option is unknown or out of range, or the map has no start, or no goal that
 *   can be reached from there.
 */
export function frozenLake(options: FrozenLakeOptions = {}): Dynamics<Discrete, Discrete> {
  const resolved = resolveOptions('frozenLake', FROZEN_LAKE_DEFAULTS, options);
  checkBetween('frozenLake: successRate', resolved.successRate, 0, 1);
  checkLength('frozenLake: rewardSchedule', resolved.rewardSchedule, 3);
  for (const reward of resolved.rewardSchedule) checkFinite('frozenLake: rewardSchedule', reward);
  checkInteger('frozenLake: timeLimit', resolved.timeLimit, 1);
  const map = readMap(resolved);
  return tabularDynamics({
    name: 'FrozenLake',
    model: frozenLakeModel(map, resolved),
    timeLimit: resolved.timeLimit,
    actionLabels: LABELS,
    scene: (cell, lastAction) => gridScene(map, LOOK, cell, lastAction),
  });
}

function readMap(options: Required<FrozenLakeOptions>): GridMap {
  const where = 'frozenLake';
  const drawing = drawingOf(options);
  const map = parseGridMap(where, drawing, 'SFHG');
  for (const letter of 'SG') {
    if (map.letters.includes(letter)) continue;
    throw new RangeError(`${where}: the map must have a cell ${letter}, got ${show(drawing)}.`);
  }
  if (goalIsReachable(drawing)) return map;
  throw new RangeError(
    `${where}: the map must have a way from each S to a G around the holes, got ${show(drawing)}.`,
  );
}

function drawingOf(options: Required<FrozenLakeOptions>): readonly string[] {
  const { map, size, frozenProbability, mapSeed } = options;
  checkInteger('frozenLake: size', size, 2, 100);
  checkBetween('frozenLake: frozenProbability', frozenProbability, 0, 1);
  checkInteger('frozenLake: mapSeed', mapSeed, 0);
  if (map === 'random') return randomFrozenLakeMap({ size, frozenProbability, seed: mapSeed });
  const named = typeof map !== 'string' || Object.hasOwn(FROZEN_LAKE_MAPS, map);
  if (named) return typeof map === 'string' ? FROZEN_LAKE_MAPS[map] : map;
  const names = [...Object.keys(FROZEN_LAKE_MAPS), 'random'].join(', ');
  throw new RangeError(
    `frozenLake: map must be one of ${names}, or a list of rows, got ${show(map)}.`,
  );
}

function frozenLakeModel(map: GridMap, options: Required<FrozenLakeOptions>): TabularModel {
  const { letters } = map;
  const successRate = options.slippery ? options.successRate : 1;
  const [goalReward, holeReward, iceReward] = options.rewardSchedule;
  const rewards: Record<string, number> = { G: goalReward, H: holeReward };
  const starts = Array.from(letters, (letter) => (letter === 'S' ? 1 : 0) as number);
  const numStarts = starts.reduce((sum, start) => sum + start, 0);
  const startDistribution = Float64Array.from(starts, (start) => start / numStarts);
  const sideways = (1 - successRate) / 2;

  const outcome = (cell: number, direction: number, probability: number): Outcome => {
    const nextState = moveOnGrid(map, cell, DIRECTIONS[(direction + 4) % 4]);
    const letter = letters[nextState];
    const terminated = letter === 'G' || letter === 'H';
    return { probability, nextState, reward: rewards[letter] ?? iceReward, terminated };
  };

  return createTabularModel(4, startDistribution, (cell, action) => {
    const absorbing = letters[cell] === 'G' || letters[cell] === 'H';
    if (absorbing) return [{ probability: 1, nextState: cell, reward: 0, terminated: true }];
    if (successRate === 1) return [outcome(cell, action, 1)];
    return [
      outcome(cell, action - 1, sideways),
      outcome(cell, action, successRate),
      outcome(cell, action + 1, sideways),
    ];
  });
}
