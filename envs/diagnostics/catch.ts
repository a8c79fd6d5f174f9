import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import { type Box, box, type Discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from '../tabular/tabular-dynamics.ts';
import { showAs } from './show-as.ts';

/** How to build the world. */
export interface CatchOptions {
  /** Height of the board, 2 … 100. Default 10. */
  readonly rows?: number;
  /** Width of the board, 1 … 50. Default 5. */
  readonly columns?: number;
}

/** The options that `catchBall()` stands for: bsuite's. */
export const CATCH_DEFAULTS: Required<CatchOptions> = { rows: 10, columns: 5 };

const LABELS = ['left', 'stay', 'right'];

/** What is on the board. */
interface Board {
  readonly ballRow: number;
  readonly ballColumn: number;
  /** Column of the paddle; it stays in the bottom row. */
  readonly paddle: number;
}

/**
 * Catch: a ball falls straight down, a cell a step; have the paddle below it when it lands.
 *
 * | observation | range                                                               |
 * | ----------- | ------------------------------------------------------------------- |
 * | board       | `[rows × columns]`: 1 for the ball and for the paddle, 0 elsewhere  |
 *
 * Actions: 0 moves the paddle left, 1 leaves it, 2 moves it right; the edge stops it. Reward: 1 for
 * the ball caught, −1 for the ball missed, else 0; the best return is 1. Terminal: the ball in the
 * bottom row, after `rows` − 1 steps. Start: the ball anywhere in the top row, the paddle in the
 * middle.
 *
 * Source: Osband et al. (2020), "Behaviour suite for reinforcement learning", `catch`; after Mnih,
 * Heess, Graves & Kavukcuoglu (2014), "Recurrent models of visual attention", section 4.2.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function catchBall(options: CatchOptions = {}): Dynamics<Box, Discrete, Float64Array> {
  const { rows, columns } = resolveCatch(options);
  const low = new Float32Array(rows * columns);
  const high = low.map(() => 1);
  const space = box(low, high, { shape: [rows, columns] });
  return showAs(tabularCatch(options), space, (state, observation) => {
    observation.fill(0);
    observation[Math.floor(state / columns)] = 1; // the cell of the ball
    observation[(rows - 1) * columns + (state % columns)] = 1;
  });
}

/**
 * `catchBall` for tables and planners: it shows the number of the state, and has a model.
 *
 * | observation | range                                                              |
 * | ----------- | ------------------------------------------------------------------ |
 * | state       | (row of the ball · columns + its column) · columns + paddle        |
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function tabularCatch(
  options: CatchOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveCatch(options);
  return tabularDynamics({
    name: 'Catch',
    model: catchModel(resolved),
    timeLimit: Infinity,
    actionLabels: LABELS,
    scene: (state, lastAction) => catchScene(resolved, state, lastAction),
  });
}

function resolveCatch(options: CatchOptions): Required<CatchOptions> {
  const resolved = resolveOptions('catchBall', CATCH_DEFAULTS, options);
  checkInteger('catchBall: rows', resolved.rows, 2, 100);
  checkInteger('catchBall: columns', resolved.columns, 1, 50);
  return resolved;
}

function encode({ ballRow, ballColumn, paddle }: Board, columns: number): number {
  return (ballRow * columns + ballColumn) * columns + paddle;
}

function decode(state: number, columns: number): Board {
  const cell = Math.floor(state / columns);
  const ballRow = Math.floor(cell / columns);
  return { ballRow, ballColumn: cell % columns, paddle: state % columns };
}

function catchModel({ rows, columns }: Required<CatchOptions>): TabularModel {
  const start = new Float64Array(rows * columns * columns);
  const paddle = Math.floor(columns / 2);
  for (let ballColumn = 0; ballColumn < columns; ballColumn++) {
    start[encode({ ballRow: 0, ballColumn, paddle }, columns)] = 1 / columns;
  }
  return createTabularModel(LABELS.length, start, (state, action) => {
    const { ballRow, ballColumn, paddle } = decode(state, columns);
    if (ballRow === rows - 1) {
      return [{ probability: 1, nextState: state, reward: 0, terminated: true }];
    }
    const moved = Math.min(Math.max(paddle + action - 1, 0), columns - 1);
    const nextState = encode({ ballRow: ballRow + 1, ballColumn, paddle: moved }, columns);
    const terminated = ballRow + 1 === rows - 1;
    let reward = 0;
    if (terminated) reward = moved === ballColumn ? 1 : -1;
    return [{ probability: 1, nextState, reward, terminated }];
  });
}

const DIRECTIONS = [
  [-1, 0],
  [0, 0],
  [1, 0],
] as const;

function catchScene(
  { rows, columns }: Required<CatchOptions>,
  state: number,
  lastAction: number,
): GridScene {
  const { ballRow, ballColumn, paddle } = decode(state, columns);
  const facing = DIRECTIONS[lastAction];
  return {
    kind: 'grid',
    rows,
    columns,
    tiles: new Array(rows * columns).fill('floor'),
    tokens: [
      { kind: 'agent', row: rows - 1, column: paddle, ...(facing ? { facing } : {}) },
      { kind: 'object', row: ballRow, column: ballColumn, label: 'ball' },
    ],
    caption: catchCaption(rows - 1 - ballRow, paddle === ballColumn),
  };
}

function catchCaption(height: number, below: boolean): string {
  if (height > 0) return `the ball lands in ${height} ${height === 1 ? 'step' : 'steps'}`;
  return below ? 'caught' : 'missed';
}
