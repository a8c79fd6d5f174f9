import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { Mt19937 } from '../../core/mt19937.ts';
import type { Rng } from '../../core/rng.ts';
import type { GridScene, Tile } from '../../core/scene.ts';
import { type Box, box, type Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from '../tabular/tabular-dynamics.ts';
import { showAs } from './show-as.ts';

/** How to build the world. */
export interface DeepSeaOptions {
  /** N, rows and columns of the sea, 2 … 500. Default 10. */
  readonly size?: number;
  /** Whether going right fails with chance 1 / N, and the last row's ends have noise. Default false. */
  readonly stochastic?: boolean;
  /** Whether which action goes right is drawn for each cell; if not, 1 does. Default true. */
  readonly randomizeActions?: boolean;
  /** Seed of that drawing, 0 … 2³² − 1. Default 42, as in bsuite's experiments. */
  readonly mappingSeed?: number;
}

/** The options that `deepSea()` stands for: the smallest of bsuite's experiments. */
export const DEEP_SEA_DEFAULTS: Required<DeepSeaOptions> = {
  size: 10,
  stochastic: false,
  randomizeActions: true,
  mappingSeed: 42,
};

const NOISE = new Float64Array(1); // of a step; nothing stays here from one to the next

const MOVE_COST = 0.01; // of N moves to the right

/**
 * Deep sea: a diver sinks a row a step and drifts left or right; only N moves to the right, one after
 * the other, reach the treasure, and each of them costs. Random actions need about 2ᴺ episodes.
 *
 * | observation | range                                                          |
 * | ----------- | -------------------------------------------------------------- |
 * | sea         | `[N × N]`: 1 for the cell of the diver; all 0 on the sea floor |
 *
 * Actions: in each cell one of 0 and 1 goes left, the other right; which one is drawn once for each
 * cell from `mappingSeed`, so that a network cannot carry over what is right. The edge stops a move.
 * Reward: −0.01 / N for going right, and 1 for going right in the bottom right cell; the best
 * return is 0.99. Terminal: the sea floor, after N steps. Start: the top left cell.
 *
 * If `stochastic`, going right leads right only with chance 1 − 1 / N (it costs all the same), and
 * leaving the two outer cells of the last row earns a draw from N(0, 1) on top. The best return is
 * (1 − 1 / N)ᴺ⁻¹ − 0.01 then.
 *
 * Source: Osband et al. (2020), "Behaviour suite for reinforcement learning", `deep_sea` and
 * `deep_sea_stochastic`, the drawn actions included to the bit; after Osband, Van Roy, Russo & Wen
 * (2019), "Deep exploration via randomized value functions".
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function deepSea(options: DeepSeaOptions = {}): Dynamics<Box, Discrete, Float64Array> {
  const { size } = resolveDeepSea(options);
  const low = new Float32Array(size * size);
  const high = low.map(() => 1);
  return showAs(
    tabularDeepSea(options),
    box(low, high, { shape: [size, size] }),
    (cell, observation) => {
      observation.fill(0);
      if (cell < size * size) observation[cell] = 1;
    },
  );
}

/**
 * `deepSea` for tables and planners: it shows the number of the cell. It has a model unless it is
 * `stochastic`: the noise of the rewards is a real number.
 *
 * | observation | range                                                  |
 * | ----------- | ------------------------------------------------------ |
 * | cell        | row · N + column, 0 is the top left; row N is the floor |
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function tabularDeepSea(
  options: DeepSeaOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveDeepSea(options);
  const { size, stochastic } = resolved;
  const { model, ...rules } = tabularDynamics({
    name: 'DeepSea',
    model: deepSeaModel(resolved),
    timeLimit: Infinity,
    actionLabels: resolved.randomizeActions ? [] : ['left', 'right'],
    scene: (cell) => deepSeaScene(resolved, cell),
  });
  if (!stochastic) return { ...rules, ...(model && { model }) };
  return {
    ...rules,
    step(state, action, rng) {
      NOISE[0] = 0;
      if (isNoisy(state[0], size)) writeNoise(rng);
      return rules.step(state, action, rng) + NOISE[0];
    },
  };
}

/**
 * The action that goes right in each cell, `[size × size]`, row-major, as bsuite draws it:
 * `RandomState(seed).binomial(1, 0.5, [size, size])`.
 */
export function rightActions(size: number, seed: number): Uint8Array {
  const rng = new Mt19937(seed);
  return Uint8Array.from({ length: size * size }, () => (rng.uniform() > 0.5 ? 1 : 0));
}

function resolveDeepSea(options: DeepSeaOptions): Required<DeepSeaOptions> {
  const resolved = resolveOptions('deepSea', DEEP_SEA_DEFAULTS, options);
  checkInteger('deepSea: size', resolved.size, 2, 500);
  checkInteger('deepSea: mappingSeed', resolved.mappingSeed, 0, 2 ** 32 - 1);
  return resolved;
}

function isNoisy(cell: number, size: number): boolean {
  const bottomLeft = (size - 1) * size;
  return cell === bottomLeft || cell === bottomLeft + size - 1;
}

/** Draws into `NOISE`: so few steps come here that a number it returned would be allocated. */
function writeNoise(rng: Rng): void {
  NOISE[0] = rng.normal();
}

function deepSeaModel(options: Required<DeepSeaOptions>): TabularModel {
  const { size, stochastic, randomizeActions, mappingSeed } = options;
  const treasure = size * size - 1;
  const right = randomizeActions
    ? rightActions(size, mappingSeed)
    : new Uint8Array(size * size).fill(1);
  const start = new Float64Array((size + 1) * size);
  start[0] = 1;

  return createTabularModel(2, start, (cell, action) => {
    const row = Math.floor(cell / size);
    const column = cell % size;
    const sink = (to: number, probability: number, reward: number): Outcome => {
      const nextState = (row + 1) * size + Math.min(Math.max(to, 0), size - 1);
      return { probability, nextState, reward, terminated: row + 1 === size };
    };
    if (row === size) return [{ probability: 1, nextState: cell, reward: 0, terminated: true }];
    if (action !== right[cell]) return [sink(column - 1, 1, 0)];
    const reward = (cell === treasure ? 1 : 0) - MOVE_COST / size;
    if (!stochastic) return [sink(column + 1, 1, reward)];
    return [sink(column, 1 / size, reward), sink(column + 1, 1 - 1 / size, reward)];
  });
}

/** The sea, and its floor as one more row. */
function deepSeaScene(
  { size, randomizeActions }: Required<DeepSeaOptions>,
  cell: number,
): GridScene {
  const cells = Array.from({ length: (size + 1) * size }, (_, i) => i);
  const row = Math.floor(cell / size);
  const column = cell % size;
  const tileOf = (i: number): Tile => {
    if (i >= size * size) return 'wall';
    if (i === size * size - 1) return 'goal';
    return i === 0 ? 'start' : 'floor';
  };
  return {
    kind: 'grid',
    rows: size + 1,
    columns: size,
    tiles: cells.map(tileOf),
    tokens: [{ kind: 'agent', row, column }],
    cellObservations: cells,
    ...(!randomizeActions && { actionDirections: [[-1, 1] as const, [1, 1] as const] }),
    caption: deepSeaCaption(size - row, row === column),
  };
}

function deepSeaCaption(stepsLeft: number, onTheWay: boolean): string {
  if (stepsLeft === 0) return 'on the sea floor';
  return onTheWay ? 'on the way to the treasure' : 'off the way to the treasure';
}
