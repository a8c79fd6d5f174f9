import { checkBetween, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import {
  MAX_POSITION,
  MAX_SPEED,
  MIN_POSITION,
  mountainScene,
  PULL,
  START,
  writePull,
} from './mountain.ts';
import { clip, uniformBetween } from './range.ts';

const PUSH = 0.001; // m per step²
const GOAL = 0.5; // m

// Where each quantity lives in the state row.
const POSITION = 0; // m
const VELOCITY = 1; // m per step

/** How to build the mountain car. */
export interface MountainCarOptions {
  /** Least velocity at which the goal counts, in ±0.07 m per step. Default 0. */
  readonly goalVelocity?: number;
}

/** The options that `mountainCar()` stands for. */
export const MOUNTAIN_CAR_DEFAULTS: Required<MountainCarOptions> = { goalVelocity: 0 };

/**
 * Mountain car: leave a valley with an engine that is weaker than its slope, by swinging up.
 *
 * | observation | range        | unit   |
 * | ----------- | ------------ | ------ |
 * | position    | −1.2 … 0.6   | m      |
 * | velocity    | −0.07 … 0.07 | m/step |
 *
 * Actions: 0 pushes left, 1 does nothing, 2 pushes right. Reward: −1 per step, the last one
 * included. Terminal: position at least 0.5 m and velocity at least `goalVelocity`. The wall on the
 * left stops the car. Truncated after 200 steps. Start: position uniform in −0.6 … −0.4, at rest.
 *
 * Source: Moore (1990), "Efficient memory-based learning for robot control", with the constants of
 * Sutton & Barto (2018), Example 10.1. Time limit and goal: Gymnasium 1.4's MountainCar-v0.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function mountainCar(
  options: MountainCarOptions = {},
): Dynamics<Box, Discrete, Float64Array> {
  const { goalVelocity } = resolveOptions('mountainCar', MOUNTAIN_CAR_DEFAULTS, options);
  checkBetween('mountainCar: goalVelocity', goalVelocity, -MAX_SPEED, MAX_SPEED);
  return {
    name: 'MountainCar',
    observationSpace: box([MIN_POSITION, -MAX_SPEED], [MAX_POSITION, MAX_SPEED], {
      labels: ['position', 'velocity'],
      units: ['m', 'm/step'],
    }),
    actionSpace: discrete(3, ['left', 'coast', 'right']),
    stateSize: 2,
    timeLimit: 200,

    reset(state, rng) {
      state[POSITION] = uniformBetween(rng, START.low, START.high);
      state[VELOCITY] = 0;
    },

    step(state, action) {
      writePull(state);
      const acceleration = (action - 1) * PUSH - PULL[0];
      const velocity = clip(state[VELOCITY] + acceleration, -MAX_SPEED, MAX_SPEED);

      // Semi-implicit Euler: the position moves with the new velocity.
      const position = clip(state[POSITION] + velocity, MIN_POSITION, MAX_POSITION);
      const hitsWall = position === MIN_POSITION && velocity < 0;
      state[POSITION] = position;
      state[VELOCITY] = hitsWall ? 0 : velocity;
      return -1;
    },

    isTerminal: (state) => state[POSITION] >= GOAL && state[VELOCITY] >= goalVelocity,

    observe(state, observation) {
      observation[POSITION] = state[POSITION];
      observation[VELOCITY] = state[VELOCITY];
    },

    scene: (state) => mountainScene(state[POSITION], state[VELOCITY], GOAL),
  };
}
