import type { Tile } from '../scene.ts';
import type { Canvas } from './canvas.ts';
import { drawText, measureText } from './text.ts';
import type { RasterTheme } from './theme.ts';

/** The middle of a cell on the picture, and the length of its sides, in pixels. */
export interface CellPlace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * Draws a tile: its square, and what tells its kind without color.
 *
 * @param label A few letters for its corner, where the S of a start gives way to them; `''` for none.
 */
export function drawTile(
  canvas: Canvas,
  tile: Tile,
  at: CellPlace,
  theme: RasterTheme,
  label: string,
): void {
  const { x, y, side } = at;
  const gap = side >= 12 ? 2 : 0; // neighbors leave a hairline between them
  const inner = side - gap;
  canvas.fillBox(x - inner / 2, y - inner / 2, inner, inner, theme.tiles[tile]);
  if (tile !== 'start' || label === '') drawTexture(canvas, tile, at, theme.texture[tile]);
  if (label !== '' && side >= 14) drawCornerText(canvas, label, at, inkOn(tile, theme));
}

/** Of the colors for text and for outlines the one that is further from the tile's in brightness. */
function inkOn(tile: Tile, { roles, outline, tiles }: RasterTheme): number {
  const distance = (ink: number) => Math.abs(brightness(ink) - brightness(tiles[tile]));
  return distance(roles.text) >= distance(outline) ? roles.text : outline;
}

/** 0 … 255,000. Source: ITU-R BT.601. */
function brightness(color: number): number {
  return 299 * (color >> 16) + 587 * ((color >> 8) & 255) + 114 * (color & 255);
}

function drawTexture(canvas: Canvas, tile: Tile, at: CellPlace, color: number): void {
  const { x, y, side } = at;
  if (tile === 'hole') {
    canvas.fillCircle(x, y, side * 0.34, color); // at any size: a hole must be told from floor
    return;
  }
  if (side < 14) return;
  switch (tile) {
    case 'ice':
      drawStroke(canvas, at, [-0.3, -0.12, -0.1, -0.32], color);
      drawStroke(canvas, at, [0.1, 0.34, 0.34, 0.1], color);
      return;
    case 'wall':
      for (const joint of JOINTS) drawStroke(canvas, at, joint, color);
      return;
    case 'cliff':
      for (const left of [-0.25, 0, 0.25]) {
        drawStroke(canvas, at, [left - 0.1, 0.34, left + 0.1, -0.34], color);
      }
      return;
    case 'start':
      drawCornerText(canvas, 'S', at, color);
      return;
    case 'goal':
      drawFlag(canvas, at, color);
      return;
    case 'floor':
      canvas.fillCircle(x, y, Math.max(1, side * 0.03), color);
  }
}

// Where bricks meet, in sides of the cell.
const JOINTS: readonly (readonly number[])[] = [
  [-0.42, -0.17, 0.42, -0.17],
  [-0.42, 0.17, 0.42, 0.17],
  [0, -0.42, 0, -0.17],
  [-0.23, -0.17, -0.23, 0.17],
  [0.23, -0.17, 0.23, 0.17],
  [0, 0.17, 0, 0.42],
];

/** Writes a few letters into the upper left corner of a cell, if it is wide enough for them. */
export function drawCornerText(canvas: Canvas, text: string, at: CellPlace, color: number): void {
  const { x, y, side } = at;
  const size = Math.max(10, side * 0.22);
  const margin = Math.max(2, side * 0.1);
  const { width, height } = measureText(text, size);
  if (margin + width > side) return;
  const left = x - side / 2 + margin;
  const top = y - side / 2 + margin;
  drawText(canvas, text, left + width / 2, top + height / 2, size, color);
}

function drawStroke(
  canvas: Canvas,
  { x, y, side }: CellPlace,
  points: readonly number[],
  color: number,
): void {
  const scaled = points.map((part, i) => (i % 2 === 0 ? x : y) + part * side);
  canvas.strokeLine(scaled, 1.5, color);
}

function drawFlag(canvas: Canvas, { x, y, side }: CellPlace, color: number): void {
  const place = (points: readonly number[]) =>
    points.map((part, i) => (i % 2 === 0 ? x : y) + part * side);
  canvas.strokeLine(place([-0.14, 0.3, -0.14, -0.3]), Math.max(1.5, side / 24), color);
  const cloth = place([-0.14, -0.3, 0.26, -0.16, -0.14, -0.02]);
  canvas.fill([{ kind: 'polygon', points: cloth }], color);
}
