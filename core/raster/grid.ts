import type { GridScene, GridWall } from '../scene.ts';
import type { Canvas } from './canvas.ts';
import type { RasterTheme } from './theme.ts';
import { type CellPlace, drawTile } from './tiles.ts';
import { drawAgent, drawObject, isCarried } from './tokens.ts';

/** Draws a board of square cells, as large as the picture allows, in its middle. */
export function drawGrid(canvas: Canvas, scene: GridScene, theme: RasterTheme): void {
  const { rows, columns, tiles, tokens, labels = [], walls = [] } = scene;
  const { width, height } = canvas.picture;
  const exact = Math.min(width / columns, height / rows);
  const side = exact >= 1 ? Math.floor(exact) : exact; // whole pixels: cells of one size, sharp
  const left = Math.round((width - columns * side) / 2);
  const top = Math.round((height - rows * side) / 2);
  const place = (row: number, column: number): CellPlace => ({
    x: left + (column + 0.5) * side,
    y: top + (row + 0.5) * side,
    side,
  });
  tiles.forEach((tile, cell) => {
    const at = place(Math.floor(cell / columns), cell % columns);
    const label = labels[cell] ?? '';
    drawTile(canvas, tile, at, theme, label);
  });
  for (const wall of walls) drawWall(canvas, wall, place(wall.row, wall.column), theme);
  for (const token of tokens) {
    if (token.kind === 'agent') drawAgent(canvas, token, place(token.row, token.column), theme);
  }
  for (const token of tokens) {
    if (token.kind === 'agent') continue;
    const at = place(token.row, token.column);
    drawObject(canvas, token, at, isCarried(scene, token), theme);
  }
}

function drawWall(canvas: Canvas, wall: GridWall, at: CellPlace, theme: RasterTheme): void {
  const { x, y, side } = at;
  const half = side / 2;
  const [x0, y0] = wall.side === 'right' ? [x + half, y - half] : [x - half, y + half];
  const width = Math.min(side, Math.max(2, side * 0.07));
  canvas.strokeLine([x0, y0, x + half, y + half], width, theme.roles.text);
}
