import { checkBetween, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Box, box } from '../../core/space.ts';
import {
  MAX_POSITION,
  MAX_SPEED,
  MIN_POSITION,
  mountainScene,
  pullOfSlope,
  START,
} from './mountain.ts';
import { clip, uniformBetween } from './range.ts';

const POWER = 0.0015; // m per step², of a push of 1
const GOAL = 0.45; // m
const PRIZE = 100; // reward of the goal
const FUEL = 0.1; // reward lost per push²

// Where each quantity lives in the state row.
const POSITION = 0; // m
const VELOCITY = 1; // m per step

/** How to build the continuous mountain car. */
export interface MountainCarContinuousOptions {
  /** Least velocity at which the goal counts, in ±0.07 m per step. Default 0. */
  readonly goalVelocity?: number;
}

/** The options that `mountainCarContinuous()` stands for. */
export const MOUNTAIN_CAR_CONTINUOUS_DEFAULTS: Required<MountainCarContinuousOptions> = {
  goalVelocity: 0,
};

/**
 * Mountain car with a throttle: leave the valley and spend little fuel.
 *
 * | observation | range        | unit   |
 * | ----------- | ------------ | ------ |
 * | position    | −1.2 … 0.6   | m      |
 * | velocity    | −0.07 … 0.07 | m/step |
 *
 * Action: one number, the push, −1 (left) … 1 (right); what lies beyond is clipped. Reward: 100 at
 * the goal, less 0.1 · push² each step; a push beyond the bounds costs as if it had not been
 * clipped. Terminal: position at least 0.45 m and velocity at least `goalVelocity`. Truncated after
 * 999 steps. Start: position uniform in −0.6 … −0.4, at rest.
 *
 * Source: Gymnasium 1.4's MountainCarContinuous-v0, after Moore (1990). As there, each step computes
 * in float64 and leaves the state rounded to float32; the start is not rounded. Differs from it under
 * NumPy 2, where the steps round within themselves too; and where rounding takes a position below the
 * goal, which Gymnasium counts as reached: once in a million episodes.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function mountainCarContinuous(
  options: MountainCarContinuousOptions = {},
): Dynamics<Box, Box, Float64Array> {
  const where = 'mountainCarContinuous';
  const { goalVelocity } = resolveOptions(where, MOUNTAIN_CAR_CONTINUOUS_DEFAULTS, options);
  checkBetween(`${where}: goalVelocity`, goalVelocity, -MAX_SPEED, MAX_SPEED);
  const isTerminal = (state: Float64Array) =>
    state[POSITION] >= GOAL && state[VELOCITY] >= goalVelocity;
  return {
    name: 'MountainCarContinuous',
    observationSpace: box(
      [MIN_POSITION, -MAX_SPEED],
      [MAX_POSITION, MAX_SPEED],
      ['position', 'velocity'],
    ),
    actionSpace: box([-1], [1], ['push']),
    stateSize: 2,
    timeLimit: 999,

    reset(state, rng) {
      state[POSITION] = uniformBetween(rng, START.low, START.high);
      state[VELOCITY] = 0;
    },

    step(state, action) {
      const push = clip(action[0], -1, 1);
      const acceleration = push * POWER - pullOfSlope(state[POSITION]);
      const velocity = clip(state[VELOCITY] + acceleration, -MAX_SPEED, MAX_SPEED);

      // Semi-implicit Euler: the position moves with the new velocity.
      const position = clip(state[POSITION] + velocity, MIN_POSITION, MAX_POSITION);
      const hitsWall = position === MIN_POSITION && velocity < 0;
      state[POSITION] = Math.fround(position);
      state[VELOCITY] = hitsWall ? 0 : Math.fround(velocity);
      return (isTerminal(state) ? PRIZE : 0) - action[0] * action[0] * FUEL;
    },

    isTerminal,

    observe(state, observation) {
      observation[POSITION] = state[POSITION];
      observation[VELOCITY] = state[VELOCITY];
    },

    scene: (state) => mountainScene(state[POSITION], state[VELOCITY], GOAL),
  };
}
