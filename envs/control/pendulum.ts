import { checkFinite, checkOneOf, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { cos, PI, sin, writeSinesAndCosines } from '../../core/math.ts'; // the same bits in every engine
import type { Shape, ShapesScene } from '../../core/scene.ts';
import { type Box, box } from '../../core/space.ts';
import { ARITHMETICS, type Arithmetic } from './arithmetic.ts';
import { clip, uniformBetween, wrapAngle } from './range.ts';

const MASS = 1.0; // kg
const LENGTH = 1.0; // m
const MAX_TORQUE = 2.0; // N m
const MAX_SPEED = 8.0; // rad/s
const START_SPEED = 1.0; // rad/s, either way
const TIME_STEP = 0.05; // s

// Cost of a step: angle² + 0.1 · (angular velocity)² + 0.001 · torque².
const SPEED_COST = 0.1;
const TORQUE_COST = 0.001;

// Where each quantity lives in the state row.
const ANGLE = 0; // rad, 0 is upright, positive is counterclockwise; not wrapped
const ANGULAR_VELOCITY = 1; // rad/s
const TORQUE = 2; // N m, of the last step, for the picture alone

// What a step works with; nothing stays here from one to the next.
const ANGLES = new Float64Array(1);
const SINES = new Float64Array(1);
const COSINES = new Float64Array(1);
const COST = new Float64Array(1);

/** How to build the pendulum. */
export interface PendulumOptions {
  /** Gymnasium's `g`, in m/s², finite. Default 10. */
  readonly gravity?: number;
  /** `numpy2` rounds what the torque adds as Gymnasium does under NumPy 2. Default `float64`. */
  readonly arithmetic?: Arithmetic;
}

/** The options that `pendulum()` stands for. */
export const PENDULUM_DEFAULTS: Required<PendulumOptions> = {
  gravity: 10,
  arithmetic: 'float64',
};

/**
 * Pendulum: swing a rod up and keep it upright, with torque on its pivot that cannot lift it at once.
 *
 * | observation         | range  | unit  |
 * | ------------------- | ------ | ----- |
 * | cosine of the angle | −1 … 1 | –     |
 * | sine of the angle   | −1 … 1 | –     |
 * | angular velocity    | −8 … 8 | rad/s |
 *
 * Action: one number, the torque, −2 … 2 N m for 0.05 s; what lies beyond is clipped. Reward: minus
 * angle² + 0.1 · (angular velocity)² + 0.001 · torque², of the state before the step, with the angle
 * in ±π from upright. Never terminal; truncated after 200 steps. Start: angle uniform in ±π, angular
 * velocity uniform in ±1. State row: `[angle, angular velocity, last torque]`.
 *
 * Source: Gymnasium 1.4's Pendulum-v1. Under NumPy 2, what the torque adds to motion and cost is rounded
 * to float32 there, which moves an episode by up to 1e-4; under NumPy 1 all is float64.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function pendulum(options: PendulumOptions = {}): Dynamics<Box, Box, Float64Array> {
  const { gravity, arithmetic } = resolveOptions('pendulum', PENDULUM_DEFAULTS, options);
  checkFinite('pendulum: gravity', gravity);
  checkOneOf('pendulum: arithmetic', arithmetic, ARITHMETICS);
  const round = arithmetic === 'numpy2' ? Math.fround : keep;
  const torqueCost = round(TORQUE_COST);
  /**
   * Moves the state, and leaves the cost in `COST`: where a number is returned, it may be allocated.
   * Longer than V8 inlines (460 bytecodes): so `step` stays short, and is inlined wherever it is called.
   */
  const swing = (state: Float64Array, action: Float32Array): void => {
    const torque = clip(action[0], -MAX_TORQUE, MAX_TORQUE);
    const angle = state[ANGLE];
    const spin = state[ANGULAR_VELOCITY];
    let tilt = angle; // in [−π, π], as `wrapAngle` has it
    if (angle > PI) tilt = angle - 2 * PI * Math.ceil((angle - PI) / (2 * PI));
    else if (angle < -PI) tilt = angle + 2 * PI * Math.ceil((-PI - angle) / (2 * PI));
    const effort = round(torqueCost * round(torque * torque));
    const cost = tilt * tilt + SPEED_COST * (spin * spin) + effort;

    ANGLES[0] = angle;
    writeSinesAndCosines(ANGLES, SINES, COSINES);

    // A rod turns about its end with inertia m l² / 3.
    const push = round((3 / (MASS * LENGTH * LENGTH)) * torque);
    const acceleration = ((3 * gravity) / (2 * LENGTH)) * SINES[0] + push;

    // Semi-implicit Euler: the angle moves with the new velocity.
    const faster = clip(spin + acceleration * TIME_STEP, -MAX_SPEED, MAX_SPEED);
    state[ANGLE] = angle + faster * TIME_STEP;
    state[ANGULAR_VELOCITY] = faster;
    state[TORQUE] = torque;
    COST[0] = cost;
  };

  return {
    name: 'Pendulum',
    observationSpace: box([-1, -1, -MAX_SPEED], [1, 1, MAX_SPEED], {
      labels: ['cosine', 'sine', 'angular velocity'],
      units: ['', '', 'rad/s'],
    }),
    actionSpace: box([-MAX_TORQUE], [MAX_TORQUE], { labels: ['torque'], units: ['N m'] }),
    stateSize: 3,
    timeLimit: 200,

    reset(state, rng) {
      state[ANGLE] = uniformBetween(rng, -PI, PI);
      state[ANGULAR_VELOCITY] = uniformBetween(rng, -START_SPEED, START_SPEED);
      state[TORQUE] = 0;
    },

    step(state, action) {
      swing(state, action);
      return -COST[0];
    },

    isTerminal: () => false,

    observe(state, observation) {
      ANGLES[0] = state[ANGLE];
      writeSinesAndCosines(ANGLES, SINES, COSINES);
      observation[0] = COSINES[0];
      observation[1] = SINES[0];
      observation[2] = state[ANGULAR_VELOCITY];
    },

    scene: (state) => pendulumScene(state[ANGLE], state[ANGULAR_VELOCITY], state[TORQUE]),
  };
}

function keep(x: number): number {
  return x;
}

function pendulumScene(angle: number, spin: number, torque: number): ShapesScene {
  const tip = [-LENGTH * sin(angle), LENGTH * cos(angle)];
  const degrees = (wrapAngle(angle) * 180) / PI;
  return {
    kind: 'shapes',
    view: { left: -1.4, bottom: -1.3, width: 2.8, height: 2.6 },
    shapes: [
      { kind: 'circle', x: 0, y: LENGTH, radius: 0.13, color: 'goal' },
      { kind: 'circle', x: 0, y: LENGTH, radius: 0.1, color: 'background' },
      { kind: 'line', points: [0, 0, ...tip], width: 0.16, color: 'agent' },
      ...torqueArrow(angle, torque),
      { kind: 'circle', x: 0, y: 0, radius: 0.05, color: 'text' },
    ],
    caption: `angle ${degrees.toFixed(1)}°, ${spin.toFixed(2)} rad/s, torque ${torque.toFixed(2)} N m`,
  };
}

const ARROW_RADIUS = 0.5; // m, of the drawing only
const ARROW_TURN = PI / 4; // rad per N m
const ARROW_HEAD = 0.2; // rad

/** An arc from the rod in the direction of the torque, as long as it is strong; none for none. */
function torqueArrow(angle: number, torque: number): Shape[] {
  if (torque === 0) return [];
  const along = (turn: number, radius = ARROW_RADIUS) => [
    -radius * sin(angle + turn),
    radius * cos(angle + turn),
  ];
  const end = torque * ARROW_TURN;
  const tip = end + (torque > 0 ? ARROW_HEAD : -ARROW_HEAD);
  const arc = Array.from({ length: 17 }, (_, i) => along((end * i) / 16)).flat();
  const head = [along(tip), along(end, ARROW_RADIUS - 0.08), along(end, ARROW_RADIUS + 0.08)];
  return [
    { kind: 'line', points: arc, width: 0.04, color: 'highlight' },
    { kind: 'polygon', points: head.flat(), color: 'highlight' },
  ];
}
