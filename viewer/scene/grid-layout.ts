import type { GridScene, Tile } from '../../core/scene.ts';
import { type Fit, fitWhole, marginOf, unfit } from './fit.ts';
import type { Point, Size } from './mark.ts';

/** A cell of a grid; row 0 is the top, column 0 the left. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where the cells of a grid lie on the pane; `scale` is the side of a cell. */
export interface GridLayout extends Fit {
  readonly rows: number;
  readonly columns: number;
}

/** Square cells, as large as the pane allows. */
export function layoutGrid(scene: Pick<GridScene, 'rows' | 'columns'>, pane: Size): GridLayout {
  const { rows, columns } = scene;
  return { ...fitWhole({ width: columns, height: rows }, pane, marginOf(pane)), rows, columns };
}

/** The middle of a cell; fractions lie between cells. */
export function cellCenter(layout: GridLayout, row: number, column: number): Point {
  const { left, top, scale } = layout;
  return { x: left + (column + 0.5) * scale, y: top + (row + 0.5) * scale };
}

/** The cell under a point of the pane; `null` outside the board. */
export function cellAt(layout: GridLayout, point: Point): Cell | null {
  const { x, y } = unfit(layout, point);
  const row = Math.floor(y);
  const column = Math.floor(x);
  if (row < 0 || column < 0 || row >= layout.rows || column >= layout.columns) return null;
  return { row, column };
}

/** Whether an agent decides anything on such a tile; the others only look untouched. */
export function isDecisionTile(tile: Tile): boolean {
  return tile === 'floor' || tile === 'ice' || tile === 'start';
}

/**
 * The observation of an agent in a cell where it decides; −1 for cells that have none.
 *
 * Row-major index into the scene's tiles.
 */
export function decisionState(scene: GridScene, index: number): number {
  if (!isDecisionTile(scene.tiles[index])) return -1;
  return scene.cellObservations?.[index] ?? -1;
}
