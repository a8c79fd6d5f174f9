import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { Shape, ShapesScene } from '../../core/scene.ts';
import { type Box, box } from '../../core/space.ts';

/** How to build the world. */
export interface IdentityBoxOptions {
  /** d, numbers to repeat, 1 … 1,000,000. Default 2. */
  readonly size?: number;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identityBox()` stands for. */
export const IDENTITY_BOX_DEFAULTS: Required<IdentityBoxOptions> = { size: 2, timeLimit: 100 };

/**
 * Identity with real numbers: do the vector that is shown.
 *
 * | observation | range                                     |
 * | ----------- | ----------------------------------------- |
 * | vector o    | −1 … 1 each, `[size]`, drawn at each step |
 *
 * Action: a vector a, −1 … 1 each, `[size]`. Reward: −|a − o|², at best 0, and −2 · size / 3 on average
 * for a uniformly random a. The next vector does not depend on the action, so v* = 0. Never
 * terminal; truncated after `timeLimit` steps. Observations are rounded to float32, so that an action
 * can equal them. State row: `[o, last o, last action, whether there was one]`.
 *
 * Source: after the IdentityEnvBox of Stable-Baselines (Hill et al., 2018), which rewards being near with 1.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityBox(options: IdentityBoxOptions = {}): Dynamics<Box, Box, Float64Array> {
  const { size, timeLimit } = resolveOptions('identityBox', IDENTITY_BOX_DEFAULTS, options);
  checkInteger('identityBox: size', size, 1, 1_000_000);
  checkInteger('identityBox: timeLimit', timeLimit, 1);
  const high = new Float32Array(size).fill(1);
  const low = high.map((bound) => -bound);
  const draw = (state: Float64Array, rng: Rng) => {
    for (let i = 0; i < size; i++) state[i] = Math.fround(2 * rng.uniform() - 1);
  };
  return {
    name: 'IdentityBox',
    observationSpace: box(low, high),
    actionSpace: box(low, high),
    stateSize: 3 * size + 1,
    timeLimit,

    reset(state, rng) {
      state.fill(0);
      draw(state, rng);
    },

    step(state, action, rng) {
      let squares = 0;
      for (let i = 0; i < size; i++) {
        const error = action[i] - state[i];
        squares += error * error;
        state[size + i] = state[i];
        state[2 * size + i] = action[i];
      }
      state[3 * size] = 1;
      draw(state, rng);
      return 0 - squares; // 0, not −0, for the very vector
    },

    isTerminal: () => false,

    observe(state, observation) {
      for (let i = 0; i < size; i++) observation[i] = state[i];
    },

    scene: (state) => identityScene(state, size),
  };
}

/** The first two numbers as a point: the goal now, and how far the last action was from its own. */
function identityScene(state: Float64Array, size: number): ShapesScene {
  const point = (start: number): [number, number] => [
    state[start],
    size > 1 ? state[start + 1] : 0,
  ];
  const [x, y] = point(0);
  const shapes: Shape[] = [
    { kind: 'line', points: FRAME, width: 0.01, color: 'line' },
    { kind: 'circle', x, y, radius: 0.08, color: 'goal' },
  ];
  if (state[3 * size] === 1) {
    const [target, action] = [point(size), point(2 * size)];
    shapes.push({ kind: 'line', points: [...target, ...action], width: 0.02, color: 'muted' });
    shapes.push({ kind: 'circle', x: target[0], y: target[1], radius: 0.04, color: 'muted' });
    shapes.push({ kind: 'circle', x: action[0], y: action[1], radius: 0.05, color: 'agent' });
  }
  return {
    kind: 'shapes',
    view: { left: -1.2, bottom: -1.2, width: 2.4, height: 2.4 },
    shapes,
    caption: `do (${[...state.subarray(0, Math.min(size, 4))].map((v) => v.toFixed(2)).join(', ')}${size > 4 ? ', …' : ''})`,
  };
}

const FRAME = [-1, -1, 1, -1, 1, 1, -1, 1, -1, -1];
