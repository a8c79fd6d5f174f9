import type { Dynamics } from '../../core/dynamics.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';

/** The screen of `dodge`. */
export const DODGE_HEIGHT = 42;
/** The screen of `dodge`. */
export const DODGE_WIDTH = 32;

// Where each quantity lives in the state row.
const X = 0; // of the player
const ROW = 1; // of the falling stone, as its column
const COLUMN = 2;
const TIME = 3; // frames since the start
const LIVES = 4;

/**
 * A small arcade game: dodge falling stones. It shows a frame of its screen a step, uint8
 * `[42, 32, 3]`, on which the player is there every other frame, and the stone in between.
 *
 * Actions: noop, left, right. A stone lands every six frames: reward 1 if the player is more than 8
 * pixels away, else a life is lost. Two lives.
 *
 * The same game in Python is in bench/peers/make_image_golden.py.
 */
export function dodge(): Dynamics<Box<'uint8'>, Discrete, Int32Array> {
  return {
    name: 'Dodge',
    observationSpace: box(0, 255, { shape: [DODGE_HEIGHT, DODGE_WIDTH, 3], dtype: 'uint8' }),
    actionSpace: discrete(3, ['noop', 'left', 'right']),
    stateSize: 5,
    stateKind: 'int32',
    timeLimit: Infinity,
    reset(state, rng) {
      state.set([16, 0, rng.below(DODGE_WIDTH), 0, 2]);
    },
    step(state, action) {
      state[X] = Math.min(Math.max(state[X] + [0, -2, 2][action], 0), DODGE_WIDTH - 1);
      state[ROW] += 7;
      state[TIME]++;
      if (state[ROW] < DODGE_HEIGHT) return 0;
      const hit = Math.abs(state[COLUMN] - state[X]) <= 8;
      if (hit) state[LIVES]--;
      state[ROW] = 0;
      state[COLUMN] = (5 * state[COLUMN] + 7) % DODGE_WIDTH;
      return hit ? 0 : 1;
    },
    isTerminal: (state) => state[LIVES] === 0,
    lives: (state) => state[LIVES],
    observe: drawScreen,
    scene(state) {
      const pixels = new Uint8Array(3 * DODGE_HEIGHT * DODGE_WIDTH);
      drawScreen(state, pixels);
      return { kind: 'image', width: DODGE_WIDTH, height: DODGE_HEIGHT, pixels };
    },
  };
}

function drawScreen(state: Int32Array, pixels: Float32Array | Uint8Array): void {
  const paint = (row: number, column: number, color: readonly number[]) =>
    pixels.set(color, 3 * (row * DODGE_WIDTH + column));
  for (let row = 0; row < DODGE_HEIGHT; row++) {
    for (let column = 0; column < DODGE_WIDTH; column++) {
      const color = [5 * row + state[TIME], 7 * column + 40 * state[LIVES], 3 * state[TIME]];
      paint(
        row,
        column,
        color.map((part) => part % 256),
      );
    }
  }
  const [top, middle, reach, color] =
    state[TIME] % 2 === 0
      ? [DODGE_HEIGHT - 3, state[X], 2, [200, 72, 72]]
      : [state[ROW], state[COLUMN], 1, [236, 236, 30]];
  for (let row = top; row < Math.min(top + 3, DODGE_HEIGHT); row++) {
    const last = Math.min(middle + reach, DODGE_WIDTH - 1);
    for (let column = Math.max(middle - reach, 0); column <= last; column++) {
      paint(row, column, color as readonly number[]);
    }
  }
}
