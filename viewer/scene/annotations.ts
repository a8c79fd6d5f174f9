import type { GridScene } from '../../core/scene.ts';
import { contrast, type Hex } from '../color/rgb.ts';
import type { SceneTheme } from '../color/theme.ts';
import { cellCenter, type GridLayout } from './grid-layout.ts';
import type { Mark } from './mark.ts';

/** The thin walls between cells, as thick lines on their common side. */
export function wallMarks(scene: GridScene, layout: GridLayout, theme: SceneTheme): Mark[] {
  const half = layout.scale / 2;
  return (scene.walls ?? []).map(({ row, column, side }) => {
    const at = cellCenter(layout, row, column);
    const points = side === 'right' ? [half, -half, half, half] : [-half, half, half, half];
    const label = `wall ${side === 'right' ? 'right of' : 'below'} row ${row}, column ${column}`;
    const width = Math.max(2, layout.scale * 0.07);
    return { kind: 'line', role: 'wall', label, ...at, points, width, color: theme.roles.text };
  });
}

/** Of the colors for text and for outlines the one that can be read better on a ground. */
function inkFor(ground: Hex, { roles, outline }: SceneTheme): Hex {
  return contrast(roles.text, ground) >= contrast(outline, ground) ? roles.text : outline;
}

/** What stands in the corners of the cells. */
export function cellLabelMarks(scene: GridScene, layout: GridLayout, theme: SceneTheme): Mark[] {
  const side = layout.scale;
  if (side < 14) return [];
  return (scene.labels ?? []).flatMap((text, cell): Mark[] => {
    if (text === '') return [];
    const row = Math.floor(cell / scene.columns);
    const { x, y } = cellCenter(layout, row, cell % scene.columns);
    const place = { x: x - side * 0.33, y: y - side * 0.33 };
    const size = Math.max(9, side * 0.2);
    const color = inkFor(theme.tiles[scene.tiles[cell]], theme);
    return [{ kind: 'text', role: 'cell label', ...place, text, size, bold: true, color }];
  });
}
