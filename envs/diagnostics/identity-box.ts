import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Shape, ShapesScene } from '../../core/scene.ts';
import { type Box, box } from '../../core/space.ts';
import { identity } from './identity.ts';

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
 * Identity with real numbers: do the vector that is shown; `identity(box(−1, 1))` with a picture of points.
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
  return identity(box(-1, 1, { shape: [size] }), {
    name: 'IdentityBox',
    timeLimit,
    scene: (state) => pointScene(state, size),
  });
}

/** The first two numbers as a point: the goal now, and how far the last action was from its own. */
function pointScene(state: Float64Array, size: number): ShapesScene {
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
