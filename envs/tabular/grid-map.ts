import { show } from '../../core/check.ts';
import type { GridScene, Tile } from '../../core/scene.ts';

/** A rectangle of cells read from a drawing; cell `row · columns + column` is state of that number. */
export interface GridMap {
  readonly rows: number;
  readonly columns: number;
  /** One letter a cell, `[rows × columns]`, row-major. */
  readonly letters: string;
}

/** The four moves of a gridworld, as `[columns, rows]`, by name. */
export const MOVES = { left: [-1, 0], down: [0, 1], right: [1, 0], up: [0, -1] } as const;

/**
 * Reads a map drawn with one letter a cell and one string a row.
 *
 * @param allowed The letters that a cell may be.
 * @throws RangeError if it is empty, a row has another length, or a letter is not allowed.
 */
export function parseGridMap(where: string, drawing: readonly string[], allowed: string): GridMap {
  if (!Array.isArray(drawing) || drawing.length === 0 || !drawing[0]) {
    throw new RangeError(`${where}: map must be a list of strings, got ${show(drawing)}.`);
  }
  const columns = drawing[0].length;
  drawing.forEach((line, row) => {
    if (typeof line !== 'string' || line.length !== columns) {
      throw new RangeError(
        `${where}: every row of the map must have ${columns} letters, got ${show(line)} in row ${row}.`,
      );
    }
    for (const letter of line) {
      if (allowed.includes(letter)) continue;
      throw new RangeError(
        `${where}: a cell of the map must be one of ${[...allowed].join(' ')}, got ${show(letter)} in row ${row}.`,
      );
    }
  });
  return { rows: drawing.length, columns, letters: drawing.join('') };
}

/** The cell one move away from `cell`; the edge stops the move. */
export function moveOnGrid(
  map: GridMap,
  cell: number,
  [dx, dy]: readonly [number, number],
): number {
  const column = (cell % map.columns) + dx;
  const row = Math.floor(cell / map.columns) + dy;
  const inside = column >= 0 && column < map.columns && row >= 0 && row < map.rows;
  return inside ? row * map.columns + column : cell;
}

/** How the picture of a grid varies from world to world. */
export interface GridLook {
  /** The tile of each letter. */
  readonly tiles: Readonly<Record<string, Tile>>;
  /** Where each action moves, as `[columns, rows]`. */
  readonly directions: readonly (readonly [number, number])[];
  /** What is written in the cells of a letter; nothing where left out. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The picture of an agent on a grid.
 *
 * @param cell Where the agent is.
 * @param lastAction The action that led there, −1 for none.
 */
export function gridScene(
  map: GridMap,
  look: GridLook,
  cell: number,
  lastAction: number,
): GridScene {
  const { rows, columns, letters } = map;
  const row = Math.floor(cell / columns);
  const facing = look.directions[lastAction];
  const { labels } = look;
  return {
    kind: 'grid',
    rows,
    columns,
    tiles: Array.from(letters, (letter) => look.tiles[letter]),
    tokens: [{ kind: 'agent', row, column: cell % columns, ...(facing ? { facing } : {}) }],
    cellObservations: Array.from(letters, (_, state) => state),
    actionDirections: look.directions,
    ...(labels && { labels: Array.from(letters, (letter) => labels[letter] ?? '') }),
  };
}
