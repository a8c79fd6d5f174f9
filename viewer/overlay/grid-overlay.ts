import type { GridScene } from '../../core/scene.ts';
import { inkOn } from '../color/rgb.ts';
import { colorOf, type Scale } from '../color/scale.ts';
import type { SceneTheme } from '../color/theme.ts';
import { formatShort } from '../format/number.ts';
import { type Cell, cellCenter, type GridLayout } from '../scene/grid-layout.ts';
import type { Layer, Mark, Point } from '../scene/mark.ts';
import { square } from '../scene/tiles.ts';
import { arrowMarks } from './arrows.ts';
import { fitNumber, textWidth } from './fit-number.ts';
import type { CellValues } from './grid-values.ts';
import { triangleMarks } from './triangles.ts';

const LEAST_SIDE_FOR_NUMBER = 30; // CSS pixels of a cell: below, a number cannot be read

/** What is shown on top of a board. */
export interface GridOverlay {
  readonly cells: readonly CellValues[];
  readonly scale: Scale;
  /** Paint each cell by V(s). */
  readonly values: boolean;
  /** An arrow for each best action. */
  readonly arrows: boolean;
  /** Each action's value in its own part of the cell. */
  readonly actionValues: boolean;
  /** Write the numbers. */
  readonly numbers: boolean;
}

/** Everything that the overlay adds, between the tiles and the tokens. */
export function gridOverlayLayers(
  scene: GridScene,
  layout: GridLayout,
  overlay: GridOverlay,
  theme: SceneTheme,
): Layer[] {
  const { cells, actionValues } = overlay;
  const at = (cell: CellValues): Point =>
    cellCenter(layout, Math.floor(cell.index / layout.columns), cell.index % layout.columns);
  const each = (draw: (cell: CellValues, at: Point) => Mark[]): Mark[] =>
    cells.flatMap((cell) => draw(cell, at(cell)));
  const directions = scene.actionDirections ?? [];
  const triangles = actionValues && directions.length > 0;
  return [
    {
      name: 'values',
      marks:
        overlay.values && !triangles ? each((cell, c) => [heat(cell, c, layout, overlay)]) : [],
    },
    {
      name: 'action-values',
      marks: triangles
        ? each((cell, c) => triangleMarks(cell, c, layout.scale, directions, overlay))
        : [],
    },
    {
      name: 'arrows',
      marks:
        overlay.arrows && !triangles
          ? each((cell, c) => arrowMarks(cell, c, layout.scale, directions, overlay, theme))
          : [],
    },
    {
      name: 'numbers',
      marks:
        overlay.numbers && !triangles
          ? each((cell, c) => number(cell, c, layout, overlay, theme))
          : [],
    },
  ];
}

function heat(cell: CellValues, at: Point, layout: GridLayout, overlay: GridOverlay): Mark {
  const color = colorOf(overlay.scale, cell.value);
  const label = `state ${cell.state}: V ${formatShort(cell.value)}`;
  return { kind: 'rectangle', role: 'value', label, ...at, ...square(layout.scale), color };
}

function number(
  cell: CellValues,
  at: Point,
  layout: GridLayout,
  overlay: GridOverlay,
  theme: SceneTheme,
): Mark[] {
  const side = layout.scale;
  if (side < LEAST_SIDE_FOR_NUMBER) return [];
  const ground = overlay.values ? colorOf(overlay.scale, cell.value) : theme.tiles.floor;
  const size = Math.min(15, Math.max(9, side * 0.16));
  const text = fitNumber(cell.value, side * 0.44, size);
  if (text === null) return [];
  // In the lower right corner, out of the way of the arrows.
  const x = at.x + side / 2 - 4 - textWidth(text, size) / 2;
  const y = at.y + side / 2 - 3 - size / 2;
  return [{ kind: 'text', role: 'number', x, y, text, size, color: inkOn(ground) }];
}

/** A ring around the pinned cell. */
export function pinMarks(cell: Cell | null, layout: GridLayout, theme: SceneTheme): Mark[] {
  if (cell === null || cell.row >= layout.rows || cell.column >= layout.columns) return [];
  const at = cellCenter(layout, cell.row, cell.column);
  const half = layout.scale / 2 - 1;
  const points = [-half, -half, half, -half, half, half, -half, half, -half, -half];
  const label = `pinned: row ${cell.row}, column ${cell.column}`;
  const ring = { kind: 'line', role: 'pin', label, ...at, points } as const;
  return [
    { ...ring, width: 6, color: theme.outline },
    { ...ring, width: 3, color: theme.roles.highlight },
  ];
}
