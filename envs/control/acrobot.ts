import { checkOneOf, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { cos, PI, sin, writeSinesAndCosines } from '../../core/math.ts'; // the same bits in every engine
import type { ShapesScene } from '../../core/scene.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import { clip, uniformBetween, wrapAngle } from './range.ts';
import { type Rates, rungeKutta } from './runge-kutta.ts';

const GRAVITY = 9.8; // m/s²
const MASS = 1.0; // kg, of either link
const LENGTH = 1.0; // m, of either link
const CENTER = 0.5; // m, from a link's joint to its center of mass
const INERTIA = 1.0; // kg m², of either link
const TORQUE = 1.0; // N m, at the joint between the links
const TIME_STEP = 0.2; // s

const MAX_SPEED_1 = 4 * PI; // rad/s
const MAX_SPEED_2 = 9 * PI; // rad/s
const TARGET = 1.0; // m above the pivot
const QUARTER_TURN = 1.57; // rad, a little less than π / 2
const START = 0.1; // rad and rad/s, either way

// Where each quantity lives in the state row.
const ANGLE_1 = 0; // rad, 0 hangs down, positive is counterclockwise
const ANGLE_2 = 1; // rad, of the outer link against the inner one
const SPEED_1 = 2; // rad/s
const SPEED_2 = 3; // rad/s

// What a step works with; nothing stays here from one to the next.
const ANGLES = new Float64Array(3);
const SINES = new Float64Array(3);
const COSINES = new Float64Array(3);

/** How to build the acrobot. */
export interface AcrobotOptions {
  /**
   * Equations of motion: `book` is complete and is what published results were made with, `nips` as
   * printed in the paper of 1996, which lacks a term. Default `book`.
   */
  readonly dynamics?: 'book' | 'nips';
}

/** The options that `acrobot()` stands for. */
export const ACROBOT_DEFAULTS: Required<AcrobotOptions> = { dynamics: 'book' };

/**
 * Acrobot: swing the free end of two hanging links up to a line, with torque on the middle joint.
 *
 * | observation                  | range            | unit  |
 * | ---------------------------- | ---------------- | ----- |
 * | cos, sin of the first angle  | −1 … 1           | –     |
 * | cos, sin of the second angle | −1 … 1           | –     |
 * | first angular velocity       | −12.566 … 12.566 | rad/s |
 * | second angular velocity      | −28.274 … 28.274 | rad/s |
 *
 * Actions: torque of 0: −1, 1: 0, 2: 1 N m for 0.2 s. Reward: −1 per step, 0 for the step that
 * reaches the line. Terminal: the free end more than 1 m above the pivot. Truncated after 500 steps.
 * Start: each of the four state numbers uniform in ±0.1, rounded to float32.
 *
 * Source: Sutton (1996), "Generalization in reinforcement learning: successful examples using sparse
 * coarse coding", with the equations of Sutton & Barto (1998), section 11.3. Time limit, start and
 * integration: Gymnasium 1.4's Acrobot-v1.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function acrobot(options: AcrobotOptions = {}): Dynamics<Box, Discrete, Float64Array> {
  const { dynamics } = resolveOptions('acrobot', ACROBOT_DEFAULTS, options);
  checkOneOf('acrobot: dynamics', dynamics, ['book', 'nips']);
  const integrate = rungeKutta(4, dynamics === 'book' ? bookRates : nipsRates);
  const high = [1, 1, 1, 1, MAX_SPEED_1, MAX_SPEED_2];
  const low = high.map((bound) => -bound);
  const labels = ['cos 1', 'sin 1', 'cos 2', 'sin 2', 'angular velocity 1', 'angular velocity 2'];
  return {
    name: 'Acrobot',
    observationSpace: box(low, high, { labels, units: ['', '', '', '', 'rad/s', 'rad/s'] }),
    actionSpace: discrete(3, ['torque −1', 'torque 0', 'torque 1']),
    stateSize: 4,
    timeLimit: 500,

    reset(state, rng) {
      for (let i = 0; i < 4; i++) state[i] = Math.fround(uniformBetween(rng, -START, START));
    },

    step(state, action) {
      integrate(state, (action - 1) * TORQUE, TIME_STEP);
      state[ANGLE_1] = wrapAngle(state[ANGLE_1]);
      state[ANGLE_2] = wrapAngle(state[ANGLE_2]);
      state[SPEED_1] = clip(state[SPEED_1], -MAX_SPEED_1, MAX_SPEED_1);
      state[SPEED_2] = clip(state[SPEED_2], -MAX_SPEED_2, MAX_SPEED_2);
      return isTerminal(state) ? 0 : -1;
    },

    isTerminal,

    observe(state, observation) {
      ANGLES[0] = state[ANGLE_1];
      ANGLES[1] = state[ANGLE_2];
      writeSinesAndCosines(ANGLES, SINES, COSINES);
      observation[0] = COSINES[0];
      observation[1] = SINES[0];
      observation[2] = COSINES[1];
      observation[3] = SINES[1];
      observation[4] = state[SPEED_1];
      observation[5] = state[SPEED_2];
    },

    scene: (state) => acrobotScene(state[ANGLE_1], state[ANGLE_2]),
  };
}

function isTerminal(state: Float64Array): boolean {
  if (Math.abs(state[ANGLE_1]) < QUARTER_TURN) return false; // the inner link hangs below the pivot
  return -cos(state[ANGLE_1]) - cos(state[ANGLE_2] + state[ANGLE_1]) > TARGET;
}

const bookRates: Rates = (state, torque, rates) => writeRates(state, torque, 1, rates);

const nipsRates: Rates = (state, torque, rates) => writeRates(state, torque, 0, rates);

/**
 * The equations of motion, with d₁, d₂, φ₁ and φ₂ as in the book.
 *
 * @param coupled 1 with the term m₂ l₁ c₂ θ̇₁² sin θ₂; 0 without it, as in the paper.
 */
function writeRates(
  state: Float64Array,
  torque: number,
  coupled: number,
  rates: Float64Array,
): void {
  const angle1 = state[ANGLE_1];
  const angle2 = state[ANGLE_2];
  const spin1 = state[SPEED_1];
  const spin2 = state[SPEED_2];
  ANGLES[0] = angle2;
  ANGLES[1] = angle1 + angle2 - PI / 2;
  ANGLES[2] = angle1 - PI / 2;
  writeSinesAndCosines(ANGLES, SINES, COSINES);
  const sine2 = SINES[0];
  const cosine2 = COSINES[0];

  const reach = LENGTH * LENGTH + CENTER * CENTER + 2 * LENGTH * CENTER * cosine2;
  const d1 = MASS * CENTER * CENTER + MASS * reach + INERTIA + INERTIA;
  const d2 = MASS * (CENTER * CENTER + LENGTH * CENTER * cosine2) + INERTIA;
  const phi2 = MASS * CENTER * GRAVITY * COSINES[1];
  const phi1 =
    -MASS * LENGTH * CENTER * spin2 * spin2 * sine2 -
    2 * MASS * LENGTH * CENTER * spin2 * spin1 * sine2 +
    (MASS * CENTER + MASS * LENGTH) * GRAVITY * COSINES[2] +
    phi2;
  const coupling = coupled * MASS * LENGTH * CENTER * spin1 * spin1 * sine2;

  const acceleration2 =
    (torque + (d2 / d1) * phi1 - coupling - phi2) /
    (MASS * CENTER * CENTER + INERTIA - (d2 * d2) / d1);
  rates[ANGLE_1] = spin1;
  rates[ANGLE_2] = spin2;
  rates[SPEED_1] = -(d2 * acceleration2 + phi1) / d1;
  rates[SPEED_2] = acceleration2;
}

function acrobotScene(angle1: number, angle2: number): ShapesScene {
  const elbowX = LENGTH * sin(angle1);
  const elbowY = -LENGTH * cos(angle1);
  const tipX = elbowX + LENGTH * sin(angle1 + angle2);
  const tipY = elbowY - LENGTH * cos(angle1 + angle2);
  return {
    kind: 'shapes',
    view: { left: -2.4, bottom: -2.3, width: 4.8, height: 4.6 },
    shapes: [
      { kind: 'line', points: [-2.3, TARGET, 2.3, TARGET], width: 0.03, color: 'goal' },
      { kind: 'line', points: [0, 0, elbowX, elbowY], width: 0.18, color: 'muted' },
      { kind: 'line', points: [elbowX, elbowY, tipX, tipY], width: 0.18, color: 'accent' },
      { kind: 'circle', x: 0, y: 0, radius: 0.06, color: 'text' },
      { kind: 'circle', x: elbowX, y: elbowY, radius: 0.12, color: 'highlight' },
      { kind: 'circle', x: tipX, y: tipY, radius: 0.1, color: 'agent' },
    ],
    caption: `free end at ${tipY.toFixed(2)} m, line at ${TARGET} m`,
  };
}
