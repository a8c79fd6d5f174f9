import { atan, cos, sin, writeCosines } from '../../core/math.ts';
import type { Shape, ShapesScene } from '../../core/scene.ts';

// The valley that both mountain cars drive in. Height at x: 0.45 sin 3x + 0.55, in m.

/** The wall on the left, m. */
export const MIN_POSITION = -1.2;

/** The end of the world on the right, m. */
export const MAX_POSITION = 0.6;

/** In either direction, m per step. */
export const MAX_SPEED = 0.07;

/** Speed that the steepest slope gives or takes, m per step². */
export const GRAVITY = 0.0025;

// What a step works with; nothing stays here from one to the next.
const ANGLES = new Float64Array(1);
const COSINES = new Float64Array(1);

/** Where `writePull` leaves its result: a number that is returned may have to be allocated. */
export const PULL: Float64Array = new Float64Array(1);

/**
 * Writes the speed that the slope takes where the car is, m per step², to `PULL`: in proportion to
 * the derivative of the height.
 *
 * @param state The position, m, is its first number.
 */
export function writePull(state: Float64Array): void {
  ANGLES[0] = 3 * state[0];
  writeCosines(ANGLES, COSINES);
  PULL[0] = GRAVITY * COSINES[0];
}

/** The start is uniform between these, m; the car stands. */
export const START = { low: -0.6, high: -0.4 } as const;

const VIEW = { left: -1.4, bottom: 0, width: 2.1, height: 1.3 };

const CAR_LENGTH = 0.16; // m, of the drawing only
const CAR_HEIGHT = 0.06;
const WHEEL_RADIUS = 0.025;
const RIGHT = VIEW.left + VIEW.width;
const WALL = MIN_POSITION - 0.035; // where the tilted car's wheel and bumper are at the wall

const GROUND: readonly number[] = Array.from({ length: 71 }, (_, i) => {
  const x = WALL + (i * (RIGHT - WALL)) / 70;
  return [x, height(x)];
}).flat();
const EARTH: readonly number[] = [...GROUND, RIGHT, VIEW.bottom, WALL, VIEW.bottom];

/** The valley with the car on its slope and a flag at the goal. */
export function mountainScene(position: number, velocity: number, goal: number): ShapesScene {
  return {
    kind: 'shapes',
    view: VIEW,
    shapes: [
      { kind: 'polygon', points: EARTH, color: 'surface' },
      { kind: 'line', points: GROUND, width: 0.012, color: 'line' },
      {
        kind: 'rectangle',
        x: (VIEW.left + WALL) / 2,
        y: VIEW.height / 2,
        width: WALL - VIEW.left,
        height: VIEW.height,
        color: 'muted',
      },
      ...flagShapes(goal),
      ...carShapes(position),
    ],
    caption: `position ${position.toFixed(2)} m, velocity ${velocity.toFixed(4)} m/step`,
  };
}

function height(x: number): number {
  return 0.45 * sin(3 * x) + 0.55;
}

function flagShapes(x: number): Shape[] {
  const foot = height(x);
  const top = foot + 0.2;
  return [
    { kind: 'line', points: [x, foot, x, top], width: 0.015, color: 'goal' },
    { kind: 'polygon', points: [x, top, x + 0.12, top - 0.04, x, top - 0.08], color: 'goal' },
  ];
}

function carShapes(position: number): Shape[] {
  const slope = atan(1.35 * cos(3 * position)); // rad; 1.35 cos 3x is the derivative of the height
  const ground = height(position);
  const at = (along: number, above: number) => ({
    x: position + along * cos(slope) - above * sin(slope),
    y: ground + along * sin(slope) + above * cos(slope),
  });
  const wheel = (along: number): Shape => ({
    kind: 'circle',
    ...at(along, WHEEL_RADIUS),
    radius: WHEEL_RADIUS,
    color: 'text',
  });
  const body: Shape = {
    kind: 'rectangle',
    ...at(0, WHEEL_RADIUS + CAR_HEIGHT / 2),
    width: CAR_LENGTH,
    height: CAR_HEIGHT,
    rotation: slope,
    color: 'agent',
  };
  return [body, wheel(-CAR_LENGTH / 4), wheel(CAR_LENGTH / 4)];
}
