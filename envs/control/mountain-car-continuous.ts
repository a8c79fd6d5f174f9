import { checkBetween, checkOneOf, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { cos } from '../../core/math.ts'; // the same bits in every engine
import { type Box, box } from '../../core/space.ts';
import { ARITHMETICS, type Arithmetic } from './arithmetic.ts';
import {
  GRAVITY,
  MAX_POSITION,
  MAX_SPEED,
  MIN_POSITION,
  mountainScene,
  PULL,
  START,
  writePull,
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
  /** `numpy2` rounds within the step as Gymnasium does under NumPy 2. Default `float64`. */
  readonly arithmetic?: Arithmetic;
}

/** The options that `mountainCarContinuous()` stands for. */
export const MOUNTAIN_CAR_CONTINUOUS_DEFAULTS: Required<MountainCarContinuousOptions> = {
  goalVelocity: 0,
  arithmetic: 'float64',
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
 * Source: Gymnasium 1.4's MountainCarContinuous-v0, after Moore (1990). As there, each step leaves the
 * state rounded to float32; the start is not rounded. Within the step it computes in float64, as it does
 * there under NumPy 1, or with `numpy2` in float32 too. Differs from it where rounding takes a position
 * below the goal, which Gymnasium counts as reached: once in a million episodes with `float64`.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function mountainCarContinuous(
  options: MountainCarContinuousOptions = {},
): Dynamics<Box, Box, Float64Array> {
  const where = 'mountainCarContinuous';
  const resolved = resolveOptions(where, MOUNTAIN_CAR_CONTINUOUS_DEFAULTS, options);
  checkBetween(`${where}: goalVelocity`, resolved.goalVelocity, -MAX_SPEED, MAX_SPEED);
  checkOneOf(`${where}: arithmetic`, resolved.arithmetic, ARITHMETICS);
  const numpy2 = resolved.arithmetic === 'numpy2';
  const [goal, goalVelocity] = [GOAL, resolved.goalVelocity].map(numpy2 ? Math.fround : Number);
  const move = numpy2 ? moveAsNumpy2 : moveInFloat64;
  const isTerminal = (state: Float64Array) =>
    state[POSITION] >= goal && state[VELOCITY] >= goalVelocity;
  return {
    name: 'MountainCarContinuous',
    observationSpace: box([MIN_POSITION, -MAX_SPEED], [MAX_POSITION, MAX_SPEED], {
      labels: ['position', 'velocity'],
      units: ['m', 'm/step'],
    }),
    actionSpace: box([-1], [1], ['push']),
    stateSize: 2,
    timeLimit: 999,

    reset(state, rng) {
      state[POSITION] = uniformBetween(rng, START.low, START.high);
      state[VELOCITY] = 0;
    },

    step(state, action) {
      move(state, action);
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

/** Semi-implicit Euler: the position moves with the new velocity. */
function moveInFloat64(state: Float64Array, action: Float32Array): void {
  writePull(state);
  const acceleration = clip(action[0], -1, 1) * POWER - PULL[0];
  const velocity = clip(state[VELOCITY] + acceleration, -MAX_SPEED, MAX_SPEED);
  const position = clip(state[POSITION] + velocity, MIN_POSITION, MAX_POSITION);
  const hitsWall = position === MIN_POSITION && velocity < 0;
  state[POSITION] = Math.fround(position);
  state[VELOCITY] = hitsWall ? 0 : Math.fround(velocity);
}

const { fround } = Math;
const [POWER_32, MAX_SPEED_32] = [POWER, MAX_SPEED].map(fround);
const [MIN_POSITION_32, MAX_POSITION_32] = [MIN_POSITION, MAX_POSITION].map(fround);

/**
 * The same with the roundings of NumPy 2: every sum and product with a float32 in it is one.
 *
 * The start is in float64, and so is the first step; it is known by a position that no float32 holds,
 * which a start drawn at random is but for one in 500 million. A push that has been clipped is a number
 * of Python's and rounds nothing.
 */
function moveAsNumpy2(state: Float64Array, action: Float32Array): void {
  const push = action[0];
  const round = fround(state[POSITION]) === state[POSITION] ? fround : Number;
  const slope = GRAVITY * cos(round(3 * state[POSITION]));
  const clipped = clip(push, -1, 1);
  const acceleration =
    clipped === push ? fround(fround(push * POWER_32) - fround(slope)) : clipped * POWER - slope;
  const faster = round(state[VELOCITY] + round(acceleration));
  const velocity = clip(faster, -MAX_SPEED_32, MAX_SPEED_32);
  const moved = round(state[POSITION] + velocity);
  const position = clip(moved, MIN_POSITION_32, MAX_POSITION_32);
  const hitsWall = position === MIN_POSITION_32 && velocity < 0;
  state[POSITION] = fround(position);
  state[VELOCITY] = hitsWall ? 0 : fround(velocity);
}
