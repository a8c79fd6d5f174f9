import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { cos, PI, sin } from '../../core/math.ts'; // the same bits in every engine
import type { ShapesScene } from '../../core/scene.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';

const GRAVITY = 9.8; // m/s²
const CART_MASS = 1.0; // kg
const POLE_MASS = 0.1; // kg
const TOTAL_MASS = CART_MASS + POLE_MASS;
const HALF_LENGTH = 0.5; // m, from the pivot to the pole's center of mass
const PUSH = 10.0; // N
const TIME_STEP = 0.02; // s

const MAX_POSITION = 2.4; // m
const MAX_ANGLE = (12 * 2 * PI) / 360; // rad

// Where each quantity lives in the state row.
const POSITION = 0; // m
const VELOCITY = 1; // m/s
const ANGLE = 2; // rad, 0 is upright, positive leans right
const ANGULAR_VELOCITY = 3; // rad/s

/** How to build the cart-pole. */
export interface CartPoleOptions {
  /** Steps after which an episode is truncated, at least 1; CartPole-v0 had 200. Default 500. */
  readonly timeLimit?: number;
}

/** The options that `cartPole()` stands for: CartPole-v1. */
export const CART_POLE_DEFAULTS: Required<CartPoleOptions> = { timeLimit: 500 };

/**
 * Cart-pole: keep a pole upright on a cart by pushing the cart left or right.
 *
 * | observation      | range          | unit  |
 * | ---------------- | -------------- | ----- |
 * | position         | −4.8 … 4.8     | m     |
 * | velocity         | unbounded      | m/s   |
 * | angle            | −0.419 … 0.419 | rad   |
 * | angular velocity | unbounded      | rad/s |
 *
 * Actions: 0 pushes left, 1 pushes right, with 10 N for 0.02 s. Reward: 1 per step, the last one
 * included. Terminal: position beyond ±2.4 m or angle beyond ±12°. Truncated after `timeLimit` steps.
 * Start: each of the four uniform in ±0.05.
 *
 * Source: Barto, Sutton & Anderson (1983), "Neuronlike adaptive elements that can solve difficult
 * learning control problems". Start and time limit: Gymnasium's CartPole-v1.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function cartPole(options: CartPoleOptions = {}): Dynamics<Box, Discrete, Float64Array> {
  const { timeLimit } = resolveOptions('cartPole', CART_POLE_DEFAULTS, options);
  checkInteger('cartPole: timeLimit', timeLimit, 1);
  const high = [2 * MAX_POSITION, Infinity, 2 * MAX_ANGLE, Infinity];
  const low = high.map((bound) => -bound);
  return {
    name: 'CartPole',
    observationSpace: box(low, high, {
      labels: ['position', 'velocity', 'angle', 'angular velocity'],
      units: ['m', 'm/s', 'rad', 'rad/s'],
    }),
    actionSpace: discrete(2, ['left', 'right']),
    stateSize: 4,
    timeLimit,

    reset(state, rng) {
      for (let i = 0; i < 4; i++) state[i] = -0.05 + 0.1 * rng.uniform();
    },

    step(state, action) {
      const force = action === 1 ? PUSH : -PUSH;
      const sine = sin(state[ANGLE]);
      const cosine = cos(state[ANGLE]);
      const spin = state[ANGULAR_VELOCITY];

      // Equations of motion: the paper's appendix, without friction.
      const thrust = (force + POLE_MASS * HALF_LENGTH * spin * spin * sine) / TOTAL_MASS;
      const angularAcceleration =
        (GRAVITY * sine - cosine * thrust) /
        (HALF_LENGTH * (4 / 3 - (POLE_MASS * cosine * cosine) / TOTAL_MASS));
      const acceleration =
        thrust - (POLE_MASS * HALF_LENGTH * angularAcceleration * cosine) / TOTAL_MASS;

      // Explicit Euler: positions move with the old velocities.
      state[POSITION] += TIME_STEP * state[VELOCITY];
      state[VELOCITY] += TIME_STEP * acceleration;
      state[ANGLE] += TIME_STEP * spin;
      state[ANGULAR_VELOCITY] += TIME_STEP * angularAcceleration;
      return 1;
    },

    isTerminal: (state) =>
      Math.abs(state[POSITION]) > MAX_POSITION || Math.abs(state[ANGLE]) > MAX_ANGLE,

    observe(state, observation) {
      for (let i = 0; i < 4; i++) observation[i] = state[i];
    },

    scene: (state) => cartPoleScene(state[POSITION], state[ANGLE]),
  };
}

const CART_HEIGHT = 0.3; // m, of the drawing only
const CART_WIDTH = 0.5;

function cartPoleScene(position: number, angle: number): ShapesScene {
  const pivot = CART_HEIGHT / 2;
  const tipX = position + 2 * HALF_LENGTH * sin(angle);
  const tipY = pivot + 2 * HALF_LENGTH * cos(angle);
  const limit = (x: number) =>
    ({ kind: 'line', points: [x, -0.3, x, 1.4], width: 0.02, color: 'hazard' }) as const;
  return {
    kind: 'shapes',
    view: { left: -3, bottom: -0.6, width: 6, height: 2.2 },
    shapes: [
      { kind: 'line', points: [-3, -0.2, 3, -0.2], width: 0.02, color: 'line' },
      limit(-MAX_POSITION),
      limit(MAX_POSITION),
      {
        kind: 'rectangle',
        x: position,
        y: 0,
        width: CART_WIDTH,
        height: CART_HEIGHT,
        color: 'agent',
      },
      { kind: 'circle', x: position - 0.15, y: -0.15, radius: 0.06, color: 'muted' },
      { kind: 'circle', x: position + 0.15, y: -0.15, radius: 0.06, color: 'muted' },
      { kind: 'line', points: [position, pivot, tipX, tipY], width: 0.08, color: 'accent' },
      { kind: 'circle', x: position, y: pivot, radius: 0.05, color: 'highlight' },
    ],
    caption: `position ${position.toFixed(2)} m, angle ${((angle * 180) / PI).toFixed(1)}°`,
  };
}
