import type { GridScene, Tile } from '../../core/scene.ts';
import { hexToRgb } from '../color/rgb.ts';
import type { SceneTheme } from '../color/theme.ts';
import { cellCenter, type GridLayout } from './grid-layout.ts';
import type { Mark, Point } from './mark.ts';

// Boards with more cells than this are drawn as one picture, a pixel a cell.
const MOST_TILES = 2500;

/** The board itself: a square for each tile, and what tells its kind without color. */
export function tileMarks(scene: GridScene, layout: GridLayout, theme: SceneTheme): Mark[] {
  if (scene.tiles.length > MOST_TILES) return [boardImage(scene, layout, theme)];
  return scene.tiles.flatMap((tile, index) => {
    const row = Math.floor(index / scene.columns);
    const column = index % scene.columns;
    const at = cellCenter(layout, row, column);
    const ground: Mark = {
      kind: 'rectangle',
      role: 'tile',
      label: `${tile} at row ${row}, column ${column}`,
      ...at,
      ...square(layout.scale),
      color: theme.tiles[tile],
    };
    // The S of a start gives way to a label, which stands in the same corner.
    if (tile === 'start' && scene.labels?.[index]) return [ground];
    return [ground, ...texture(tile, at, layout.scale, theme)];
  });
}

/** Side and corners of a tile's square: neighbors leave a hairline between them. */
export function square(side: number): { width: number; height: number; radius: number } {
  const gap = side >= 12 ? 2 : 0;
  return { width: side - gap, height: side - gap, radius: side >= 24 ? 4 : 0 };
}

function texture(tile: Tile, at: Point, side: number, theme: SceneTheme): Mark[] {
  if (side < 14) return [];
  const color = theme.texture[tile];
  switch (tile) {
    case 'ice':
      return [
        crack(at, side, color, [-0.3, -0.12, -0.1, -0.32]),
        crack(at, side, color, [0.1, 0.34, 0.34, 0.1]),
      ];
    case 'hole':
      return [{ kind: 'circle', role: 'texture', ...at, radius: side * 0.34, color }];
    case 'wall':
      return bricks(at, side, color);
    case 'cliff':
      return [-0.25, 0, 0.25].map((x) => crack(at, side, color, [x - 0.1, 0.34, x + 0.1, -0.34]));
    case 'start':
      return [letter(at, side, color, 'S')];
    case 'goal':
      return flag(at, side, color);
    case 'floor':
      return [{ kind: 'circle', role: 'texture', ...at, radius: Math.max(1, side * 0.03), color }];
  }
}

function crack(at: Point, side: number, color: Mark['color'], points: number[]): Mark {
  const scaled = points.map((part) => part * side);
  return { kind: 'line', role: 'texture', ...at, points: scaled, width: 1.5, color };
}

function bricks(at: Point, side: number, color: Mark['color']): Mark[] {
  const joints = [
    [-0.46, -0.17, 0.46, -0.17],
    [-0.46, 0.17, 0.46, 0.17],
    [0, -0.46, 0, -0.17],
    [-0.23, -0.17, -0.23, 0.17],
    [0.23, -0.17, 0.23, 0.17],
    [0, 0.17, 0, 0.46],
  ];
  return joints.map((points) => crack(at, side, color, points));
}

function letter(at: Point, side: number, color: Mark['color'], text: string): Mark {
  const corner = side * 0.33;
  const size = Math.max(9, side * 0.2);
  const place = { x: at.x - corner, y: at.y - corner };
  return { kind: 'text', role: 'texture', ...place, text, size, bold: true, color };
}

function flag(at: Point, side: number, color: Mark['color']): Mark[] {
  const pole = [-0.14, 0.3, -0.14, -0.3].map((part) => part * side);
  const cloth = [-0.14, -0.3, 0.26, -0.16, -0.14, -0.02].map((part) => part * side);
  return [
    { kind: 'line', role: 'texture', ...at, points: pole, width: Math.max(1.5, side / 24), color },
    { kind: 'polygon', role: 'texture', ...at, points: cloth, color },
  ];
}

function boardImage(scene: GridScene, layout: GridLayout, theme: SceneTheme): Mark {
  const { rows, columns } = scene;
  const pixels = new Uint8Array(rows * columns * 4);
  scene.tiles.forEach((tile, index) => {
    pixels.set([...hexToRgb(theme.tiles[tile]), 255], index * 4);
  });
  const center = cellCenter(layout, (rows - 1) / 2, (columns - 1) / 2);
  const size = { width: columns * layout.scale, height: rows * layout.scale };
  const color = theme.tiles.floor;
  return { kind: 'image', role: 'tiles', ...center, ...size, color, columns, rows, pixels };
}
