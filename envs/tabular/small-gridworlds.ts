import type { Dynamics } from '../../core/dynamics.ts';
import type { Discrete } from '../../core/space.ts';
import { namedGridWorld } from './grid-world.ts';

/**
 * A gridworld of 4x4 cells whose policies are evaluated by hand: get to a corner.
 *
 * | observation | range                                     |
 * | ----------- | ----------------------------------------- |
 * | cell        | row · 4 + column, 0 is the top left; 0 … 15 |
 *
 * Actions: 0 up, 1 right, 2 down, 3 left. Reward: −1 a step. Terminal: the top left and the bottom
 * right corner. The start is any other cell, evenly. No time limit.
 *
 * Source: Sutton & Barto (2018), Example 4.1.
 */
export function gridworld4x4(): Dynamics<Discrete, Discrete> {
  return namedGridWorld('Gridworld4x4', { map: ['G...', '....', '....', '...G'] });
}

/**
 * A gridworld of 5x5 cells with two cells that leap elsewhere, and no end.
 *
 * | observation | range                                     |
 * | ----------- | ----------------------------------------- |
 * | cell        | row · 5 + column, 0 is the top left; 0 … 24 |
 *
 * Actions: 0 up, 1 right, 2 down, 3 left; in A every action leads to A′, in B to B′. Reward: 10 for
 * leaving A, 5 for leaving B, −1 for a move against the edge, else 0. Never terminal; the start is
 * any cell, evenly. No time limit. The source discounts by 0.9.
 *
 * Source: Sutton & Barto (2018), Examples 3.5 and 3.8.
 */
export function gridworld5x5(): Dynamics<Discrete, Discrete> {
  return namedGridWorld('Gridworld5x5', {
    map: ['.A.B.', '.....', '...b.', '.....', '.a...'],
    cells: {
      A: { label: 'A', teleport: { to: 'a', on: 'leave', reward: 10 } },
      a: { label: 'A′' },
      B: { label: 'B', teleport: { to: 'b', on: 'leave', reward: 5 } },
      b: { label: 'B′' },
    },
    stepReward: 0,
    bumpReward: -1,
  });
}

/**
 * A gridworld of 4x3 cells around a wall, in which moves slip.
 *
 * | observation | range                                     |
 * | ----------- | ----------------------------------------- |
 * | cell        | row · 4 + column, 0 is the top left; 0 … 11 |
 *
 * Actions: 0 up, 1 right, 2 down, 3 left; with a chance of 0.1 each the move goes to its left or
 * right. Reward: 1 for entering the goal, −1 for the pit below it, else −0.04. Terminal: goal and
 * pit. No time limit.
 *
 * Source: Russell & Norvig (2021), "Artificial Intelligence: A Modern Approach", figure 16.1.
 */
export function gridworld4x3(): Dynamics<Discrete, Discrete> {
  return namedGridWorld('Gridworld4x3', {
    map: ['...G', '.#.H', 'S...'],
    cells: {
      G: { tile: 'goal', label: '+1', reward: 1, terminal: true },
      H: { tile: 'hole', label: '−1', reward: -1, terminal: true },
    },
    stepReward: -0.04,
    slip: 0.2,
  });
}
