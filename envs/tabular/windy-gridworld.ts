import { resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Discrete } from '../../core/space.ts';
import { type GridMoves, namedGridWorld } from './grid-world.ts';

/** The book's map: the start is at the left, the goal where the wind blows. */
export const WINDY_GRIDWORLD_MAP: readonly string[] = [
  '..........',
  '..........',
  '..........',
  'S......G..',
  '..........',
  '..........',
  '..........',
];

/** Cells that the wind of each column carries upward. */
export const WINDY_GRIDWORLD_WIND: readonly number[] = [0, 0, 0, 1, 1, 1, 2, 2, 1, 0];

/** How to build the windy gridworld. */
export interface WindyGridworldOptions {
  /** `four`, `king` or `king-or-stay`. Default `four`. */
  readonly moves?: GridMoves;
  /** Whether the wind is one cell more or less a third of the time each. Default false. */
  readonly stochasticWind?: boolean;
}

/** The options that `windyGridworld()` stands for. */
export const WINDY_GRIDWORLD_DEFAULTS: Required<WindyGridworldOptions> = {
  moves: 'four',
  stochasticWind: false,
};

/**
 * Windy gridworld: get to the goal across a wind that carries upward.
 *
 * | observation | range                                      |
 * | ----------- | ------------------------------------------ |
 * | cell        | row · 10 + column, 0 is the top left; 0 … 69 |
 *
 * Actions: 0 up, 1 right, 2 down, 3 left, and for a king 4 up right, 5 down right, 6 down left, 7 up
 * left, 8 stay. A step adds the move and the wind of the column it starts in; the edge stops it.
 * Reward: −1 a step. Terminal: the goal. No time limit. The shortest way takes 15 steps, a king's 7.
 *
 * Source: Sutton & Barto (2018), Example 6.5, Exercises 6.9 (king's moves) and 6.10 (stochastic wind).
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function windyGridworld(options: WindyGridworldOptions = {}): Dynamics<Discrete, Discrete> {
  const resolved = resolveOptions('windyGridworld', WINDY_GRIDWORLD_DEFAULTS, options);
  return namedGridWorld('WindyGridworld', {
    ...resolved,
    map: WINDY_GRIDWORLD_MAP,
    wind: WINDY_GRIDWORLD_WIND,
  });
}
