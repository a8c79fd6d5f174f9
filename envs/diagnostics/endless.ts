import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from '../tabular/tabular-dynamics.ts';

/** How to build the world. */
export interface EndlessOptions {
  /** Cells of the ring, 1 … 100,000. Default 5. */
  readonly numCells?: number;
  /** T, steps after which an episode is truncated, at least 1. Default 20. */
  readonly timeLimit?: number;
}

/** The options that `endless()` stands for. */
export const ENDLESS_DEFAULTS: Required<EndlessOptions> = { numCells: 5, timeLimit: 20 };

/**
 * Endless: a ring of cells that rewards every step with 1, for ever, though episodes are cut short.
 *
 * | observation | range                                     |
 * | ----------- | ----------------------------------------- |
 * | cell        | 0 … numCells − 1; the last is next to 0   |
 *
 * Actions: 0 goes left, 1 right, around the ring. Reward: 1. Never terminal; truncated after
 * T = `timeLimit` steps. The start is any cell, evenly. Whatever is done, v = 1 / (1 − γ): a learner
 * that takes the truncation for an end comes to about 1 / (1 − γ (1 − 1 / T)) instead, which for
 * γ = 0.99 and T = 20 is 17 and not 100.
 *
 * Source: our own; the matter is that of Pardo, Tavakoli, Levdik & Kormushev (2018), "Time limits in
 * reinforcement learning".
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function endless(options: EndlessOptions = {}): Dynamics<Discrete, Discrete, Float64Array> {
  const { numCells, timeLimit } = resolveOptions('endless', ENDLESS_DEFAULTS, options);
  checkInteger('endless: numCells', numCells, 1, 100_000);
  checkInteger('endless: timeLimit', timeLimit, 1);
  return tabularDynamics({
    name: 'Endless',
    model: ringModel(numCells),
    timeLimit,
    actionLabels: ['left', 'right'],
    scene: (cell, lastAction) => ringScene(numCells, cell, lastAction),
  });
}

function ringModel(numCells: number): TabularModel {
  const start = new Float64Array(numCells).fill(1 / numCells);
  return createTabularModel(2, start, (cell, action) => {
    const nextState = (cell + (action === 1 ? 1 : numCells - 1)) % numCells;
    return [{ probability: 1, nextState, reward: 1, terminated: false }];
  });
}

const DIRECTIONS = [
  [-1, 0],
  [1, 0],
] as const;
const WIDEST_ROW = 40; // cells that one row of the picture holds

function ringScene(numCells: number, cell: number, lastAction: number): GridScene {
  const columns = Math.min(numCells, WIDEST_ROW);
  const rows = Math.ceil(numCells / columns);
  const cells = Array.from({ length: rows * columns }, (_, i) => i);
  const facing = DIRECTIONS[lastAction];
  const [row, column] = [Math.floor(cell / columns), cell % columns];
  return {
    kind: 'grid',
    rows,
    columns,
    tiles: cells.map((i) => (i < numCells ? 'floor' : 'wall')),
    tokens: [{ kind: 'agent', row, column, ...(facing ? { facing } : {}) }],
    cellObservations: cells.map((i) => (i < numCells ? i : -1)),
    actionDirections: DIRECTIONS,
  };
}
