import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Discrete } from '../../core/space.ts';
import { type GridWorldOptions, namedGridWorld } from './grid-world.ts';

/** The maze of figure 8.2. */
export const DYNA_MAZE_MAP: readonly string[] = [
  '.......#G',
  '..#....#.',
  'S.#....#.',
  '..#......',
  '.....#...',
  '.........',
];

/** The mazes of figures 8.4 and 8.5: with the way at the right, the left, and both. */
export const CHANGING_MAZE_MAPS: Readonly<Record<'right' | 'left' | 'both', readonly string[]>> = {
  right: ['........G', '.........', '.........', '########.', '.........', '...S.....'],
  left: ['........G', '.........', '.........', '.########', '.........', '...S.....'],
  both: ['........G', '.........', '.........', '.#######.', '.........', '...S.....'],
};

/** When a maze changes. */
export interface ChangingMazeOptions {
  /** Steps after which the walls move, an integer of at least 0. */
  readonly changeAfter?: number;
}

/** The options that `blockingMaze()` stands for. */
export const BLOCKING_MAZE_DEFAULTS: Required<ChangingMazeOptions> = { changeAfter: 1000 };

/** The options that `shortcutMaze()` stands for. */
export const SHORTCUT_MAZE_DEFAULTS: Required<ChangingMazeOptions> = { changeAfter: 3000 };

const REWARDS = {
  stepReward: 0,
  cells: { G: { tile: 'goal', reward: 1, terminal: true } },
} as const;

const STEPS = 3; // in the state row, after what a tabular world keeps there

/**
 * The Dyna maze: a maze of 6x9 cells, always the same.
 *
 * | observation | range                                     |
 * | ----------- | ----------------------------------------- |
 * | cell        | row · 9 + column, 0 is the top left; 0 … 53 |
 *
 * Actions: 0 up, 1 right, 2 down, 3 left. Reward: 1 for reaching the goal, else 0. Terminal: the
 * goal. No time limit. The shortest way takes 14 steps; the source discounts by 0.95.
 *
 * Source: Sutton & Barto (2018), Example 8.1.
 */
export function dynaMaze(): Dynamics<Discrete, Discrete> {
  return namedGridWorld('DynaMaze', { ...REWARDS, map: DYNA_MAZE_MAP });
}

/**
 * The blocking maze: after a while the short way to the goal is closed, and a longer one opens.
 *
 * Observations, actions and rewards are those of `dynaMaze`. The short way takes 10 steps, the other
 * one 16. The number of steps taken is part of the state but not of what is observed, so the world
 * has no model unless the change comes at once. Differs from the source in that reaching the goal
 * leads back to the start without ending the episode, so that steps are counted across all visits:
 * never terminal, no time limit.
 *
 * Source: Sutton & Barto (2018), Example 8.2.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function blockingMaze(options: ChangingMazeOptions = {}): Dynamics<Discrete, Discrete> {
  const { changeAfter } = resolveOptions('blockingMaze', BLOCKING_MAZE_DEFAULTS, options);
  checkInteger('blockingMaze: changeAfter', changeAfter, 0);
  const { right, left } = CHANGING_MAZE_MAPS;
  return changingMaze('BlockingMaze', right, left, changeAfter);
}

/**
 * The shortcut maze: after a while a shorter way opens, and the old one stays.
 *
 * As `blockingMaze`, with a way of 16 steps at first and one of 10 beside it later.
 *
 * Source: Sutton & Barto (2018), Example 8.3.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function shortcutMaze(options: ChangingMazeOptions = {}): Dynamics<Discrete, Discrete> {
  const { changeAfter } = resolveOptions('shortcutMaze', SHORTCUT_MAZE_DEFAULTS, options);
  checkInteger('shortcutMaze: changeAfter', changeAfter, 0);
  const { left, both } = CHANGING_MAZE_MAPS;
  return changingMaze('ShortcutMaze', left, both, changeAfter);
}

/** State row: `[cell, last action, 0, steps taken]`. Whoever stands where a wall comes can leave. */
function changingMaze(
  name: string,
  before: readonly string[],
  after: readonly string[],
  changeAfter: number,
): Dynamics<Discrete, Discrete, Float64Array> {
  const rules: GridWorldOptions = { ...REWARDS, continuing: true };
  const first = namedGridWorld(name, { ...rules, map: before });
  const second = namedGridWorld(name, { ...rules, map: after });
  const current = (state: Float64Array) => (state[STEPS] < changeAfter ? first : second);
  const { model, ...maze } = second;
  return {
    ...maze,
    stateSize: STEPS + 1,

    reset(state, rng) {
      first.reset(state, rng);
      state[STEPS] = 0;
    },

    step(state, action, rng) {
      const reward = current(state).step(state, action, rng);
      state[STEPS]++;
      return reward;
    },

    scene: (state) => current(state).scene(state),

    ...(changeAfter === 0 && model && { model }),
  };
}
