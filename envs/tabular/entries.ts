import type { Discrete } from '../../core/space.ts';
import type { EnvEntry } from '../registry.ts';
import { ACCESS_CONTROL_DEFAULTS, accessControl } from './access-control.ts';
import { bairdsCounterexample } from './bairds-counterexample.ts';
import { BLACKJACK_DEFAULTS, blackjack } from './blackjack.ts';
import { CLIFF_WALKING_DEFAULTS, cliffWalking } from './cliff-walking.ts';
import { FROZEN_LAKE_DEFAULTS, frozenLake } from './frozen-lake.ts';
import { GAMBLERS_PROBLEM_DEFAULTS, gamblersProblem } from './gamblers-problem.ts';
import { GRID_WORLD_DEFAULTS, gridWorld } from './grid-world.ts';
import { infiniteVariance } from './infinite-variance.ts';
import { JACKS_CAR_RENTAL_DEFAULTS, jacksCarRental } from './jacks-car-rental.ts';
import { MAXIMIZATION_BIAS_DEFAULTS, maximizationBias } from './maximization-bias.ts';
import {
  BLOCKING_MAZE_DEFAULTS,
  blockingMaze,
  dynaMaze,
  SHORTCUT_MAZE_DEFAULTS,
  shortcutMaze,
} from './mazes.ts';
import { RACETRACK_DEFAULTS, racetrack } from './racetrack.ts';
import { RANDOM_WALK_DEFAULTS, randomWalk } from './random-walk.ts';
import { gridworld4x3, gridworld4x4, gridworld5x5 } from './small-gridworlds.ts';
import { TAXI_DEFAULTS, taxi } from './taxi.ts';
import { WINDY_GRIDWORLD_DEFAULTS, windyGridworld } from './windy-gridworld.ts';

/** The tabular worlds that `make` knows by id, with the types of their observations and actions. */
export interface TabularEnvTypes {
  'FrozenLake-v1': [Discrete, Discrete];
  'FrozenLake8x8-v1': [Discrete, Discrete];
  'CliffWalking-v1': [Discrete, Discrete];
  'CliffWalkingSlippery-v1': [Discrete, Discrete];
  'Taxi-v4': [Discrete, Discrete];
  'Blackjack-v1': [Discrete, Discrete];
  'GridWorld-v0': [Discrete, Discrete];
  'Gridworld4x3-v0': [Discrete, Discrete];
  'Gridworld4x4-v0': [Discrete, Discrete];
  'Gridworld5x5-v0': [Discrete, Discrete];
  'WindyGridworld-v0': [Discrete, Discrete];
  'RandomWalk-v0': [Discrete, Discrete];
  'RandomWalk19-v0': [Discrete, Discrete];
  'RandomWalk1000-v0': [Discrete, Discrete];
  'GamblersProblem-v0': [Discrete, Discrete];
  'JacksCarRental-v0': [Discrete, Discrete];
  'JacksCarRentalModified-v0': [Discrete, Discrete];
  'InfiniteVariance-v0': [Discrete, Discrete];
  'Racetrack-v0': [Discrete, Discrete];
  'DynaMaze-v0': [Discrete, Discrete];
  'BlockingMaze-v0': [Discrete, Discrete];
  'ShortcutMaze-v0': [Discrete, Discrete];
  'AccessControl-v0': [Discrete, Discrete];
  'MaximizationBias-v0': [Discrete, Discrete];
  'BairdsCounterexample-v0': [Discrete, Discrete];
}

/** The registry's entries for the tabular worlds. */
export const TABULAR_ENTRIES: readonly EnvEntry[] = [
  {
    id: 'FrozenLake-v1',
    family: 'tabular',
    description: 'Cross slippery ice from start to goal without falling into a hole.',
    source: 'Gymnasium 1.4, FrozenLake-v1',
    defaults: FROZEN_LAKE_DEFAULTS,
    rewardThreshold: 0.7,
    create: frozenLake,
  },
  {
    id: 'FrozenLake8x8-v1',
    family: 'tabular',
    description: 'The frozen lake on the map of 8x8 cells.',
    source: 'Gymnasium 1.4, FrozenLake8x8-v1',
    defaults: { ...FROZEN_LAKE_DEFAULTS, map: '8x8', timeLimit: 200 },
    rewardThreshold: 0.85,
    create: frozenLake,
  },
  {
    id: 'CliffWalking-v1',
    family: 'tabular',
    description: 'Walk along a cliff from start to goal; a step off it costs 100.',
    source: 'Sutton & Barto (2018), Example 6.6; Gymnasium 1.4',
    defaults: CLIFF_WALKING_DEFAULTS,
    rewardThreshold: null,
    create: cliffWalking,
  },
  {
    id: 'CliffWalkingSlippery-v1',
    family: 'tabular',
    description: 'The cliff where every move may slip to a side.',
    source: 'Sutton & Barto (2018), Example 6.6; Gymnasium 1.4',
    defaults: { ...CLIFF_WALKING_DEFAULTS, slippery: true },
    rewardThreshold: null,
    create: cliffWalking,
  },
  {
    id: 'Taxi-v4',
    family: 'tabular',
    description: 'Fetch a passenger by taxi and bring them where they want to go.',
    source: 'Dietterich (2000), MAXQ value function decomposition; Gymnasium 1.4',
    defaults: TAXI_DEFAULTS,
    rewardThreshold: 8,
    create: taxi,
  },
  {
    id: 'Blackjack-v1',
    family: 'tabular',
    description: 'Draw cards to come nearer to 21 than the dealer, without exceeding it.',
    source: 'Sutton & Barto (2018), Example 5.1; Gymnasium 1.4',
    defaults: BLACKJACK_DEFAULTS,
    rewardThreshold: null,
    create: blackjack,
  },
  {
    id: 'GridWorld-v0',
    family: 'tabular',
    description:
      'A world of cells that you draw: walls, rewards, wind, teleports, slippery ground.',
    source: 'our own',
    defaults: GRID_WORLD_DEFAULTS,
    rewardThreshold: null,
    create: gridWorld,
  },
  {
    id: 'Gridworld4x3-v0',
    family: 'tabular',
    description: 'Russell and Norvig’s world of 4x3 cells, in which moves slip.',
    source: 'Russell & Norvig (2021), figure 16.1',
    defaults: {},
    rewardThreshold: null,
    create: gridworld4x3,
  },
  {
    id: 'Gridworld4x4-v0',
    family: 'tabular',
    description: 'Get to one of two corners of 4x4 cells (Sutton and Barto, Example 4.1).',
    source: 'Sutton & Barto (2018), Example 4.1',
    defaults: {},
    rewardThreshold: null,
    create: gridworld4x4,
  },
  {
    id: 'Gridworld5x5-v0',
    family: 'tabular',
    description: 'Two cells leap elsewhere and pay for it; no end (Example 3.5).',
    source: 'Sutton & Barto (2018), Examples 3.5 and 3.8',
    defaults: {},
    rewardThreshold: null,
    create: gridworld5x5,
  },
  {
    id: 'WindyGridworld-v0',
    family: 'tabular',
    description: 'Get to the goal across a wind that carries upward (Example 6.5).',
    source: 'Sutton & Barto (2018), Example 6.5',
    defaults: WINDY_GRIDWORLD_DEFAULTS,
    rewardThreshold: null,
    create: windyGridworld,
  },
  {
    id: 'RandomWalk-v0',
    family: 'tabular',
    description: 'A random walk of five states, to predict values (Example 6.2).',
    source: 'Sutton & Barto (2018), Example 6.2',
    defaults: RANDOM_WALK_DEFAULTS,
    rewardThreshold: null,
    create: randomWalk,
  },
  {
    id: 'RandomWalk19-v0',
    family: 'tabular',
    description: 'A random walk of 19 states between −1 and 1 (Example 7.1).',
    source: 'Sutton & Barto (2018), Example 7.1',
    defaults: { ...RANDOM_WALK_DEFAULTS, numStates: 19, leftReward: -1 },
    rewardThreshold: null,
    create: randomWalk,
  },
  {
    id: 'RandomWalk1000-v0',
    family: 'tabular',
    description: 'A random walk of 1000 states in steps of up to 100 (Example 9.1).',
    source: 'Sutton & Barto (2018), Example 9.1',
    defaults: { ...RANDOM_WALK_DEFAULTS, numStates: 1000, reach: 100, leftReward: -1 },
    rewardThreshold: null,
    create: randomWalk,
  },
  {
    id: 'GamblersProblem-v0',
    family: 'tabular',
    description: 'Stake capital on the toss of a coin until it is 100, or nothing (Example 4.3).',
    source: 'Sutton & Barto (2018), Example 4.3',
    defaults: GAMBLERS_PROBLEM_DEFAULTS,
    rewardThreshold: null,
    create: gamblersProblem,
  },
  {
    id: 'JacksCarRental-v0',
    family: 'tabular',
    description: 'Move cars overnight between two places that rent them out (Example 4.2).',
    source: 'Sutton & Barto (2018), Example 4.2',
    defaults: JACKS_CAR_RENTAL_DEFAULTS,
    rewardThreshold: null,
    create: jacksCarRental,
  },
  {
    id: 'JacksCarRentalModified-v0',
    family: 'tabular',
    description: 'The car rental with a free move and a price for parking (Exercise 4.7).',
    source: 'Sutton & Barto (2018), Exercise 4.7',
    defaults: { ...JACKS_CAR_RENTAL_DEFAULTS, modified: true },
    rewardThreshold: null,
    create: jacksCarRental,
  },
  {
    id: 'InfiniteVariance-v0',
    family: 'tabular',
    description: 'A state in which importance sampling has no finite variance (Example 5.5).',
    source: 'Sutton & Barto (2018), Example 5.5',
    defaults: {},
    rewardThreshold: null,
    create: infiniteVariance,
  },
  {
    id: 'Racetrack-v0',
    family: 'tabular',
    description: 'Drive a car around a bend as fast as the track allows (Exercise 5.12).',
    source: 'Sutton & Barto (2018), Exercise 5.12',
    defaults: RACETRACK_DEFAULTS,
    rewardThreshold: null,
    create: racetrack,
  },
  {
    id: 'DynaMaze-v0',
    family: 'tabular',
    description: 'Find the goal of a maze of 6x9 cells (Example 8.1).',
    source: 'Sutton & Barto (2018), Example 8.1',
    defaults: {},
    rewardThreshold: null,
    create: dynaMaze,
  },
  {
    id: 'BlockingMaze-v0',
    family: 'tabular',
    description: 'A maze whose short way is closed after a while (Example 8.2).',
    source: 'Sutton & Barto (2018), Example 8.2',
    defaults: BLOCKING_MAZE_DEFAULTS,
    rewardThreshold: null,
    create: blockingMaze,
  },
  {
    id: 'ShortcutMaze-v0',
    family: 'tabular',
    description: 'A maze in which a shorter way opens after a while (Example 8.3).',
    source: 'Sutton & Barto (2018), Example 8.3',
    defaults: SHORTCUT_MAZE_DEFAULTS,
    rewardThreshold: null,
    create: shortcutMaze,
  },
  {
    id: 'AccessControl-v0',
    family: 'tabular',
    description: 'Give servers to customers who pay differently, without end (Example 10.2).',
    source: 'Sutton & Barto (2018), Example 10.2',
    defaults: ACCESS_CONTROL_DEFAULTS,
    rewardThreshold: null,
    create: accessControl,
  },
  {
    id: 'MaximizationBias-v0',
    family: 'tabular',
    description: 'A trap for the best of many noisy estimates (Example 6.7).',
    source: 'Sutton & Barto (2018), Example 6.7',
    defaults: MAXIMIZATION_BIAS_DEFAULTS,
    rewardThreshold: null,
    create: maximizationBias,
  },
  {
    id: 'BairdsCounterexample-v0',
    family: 'tabular',
    description: 'Seven states on which off-policy learning diverges (section 11.2).',
    source: 'Sutton & Barto (2018), section 11.2; Baird (1995)',
    defaults: {},
    rewardThreshold: null,
    create: bairdsCounterexample,
  },
];
