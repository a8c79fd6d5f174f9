import { inkOn } from '../color/rgb.ts';
import { colorOf } from '../color/scale.ts';
import type { SceneTheme } from '../color/theme.ts';
import type { Mark, Point } from '../scene/mark.ts';
import { greedyActions } from './action-values.ts';
import type { GridOverlay } from './grid-overlay.ts';
import type { CellValues } from './grid-values.ts';

// An arrow pointing along +x in units of its length: a shaft and a head.
const SHAPE = [0.12, -0.07, 0.62, -0.07, 0.62, -0.22, 1, 0, 0.62, 0.22, 0.62, 0.07, 0.12, 0.07];
const FAINT = 0.3; // opacity where every action ties: nothing is known there yet

/** An arrow from the middle of a cell for each best action; ties give several. */
export function arrowMarks(
  cell: CellValues,
  at: Point,
  side: number,
  directions: readonly (readonly [number, number])[],
  overlay: GridOverlay,
  theme: SceneTheme,
): Mark[] {
  const best = greedyActions(cell.actionValues);
  const ground = overlay.values ? colorOf(overlay.scale, cell.value) : theme.tiles.floor;
  const unsure = best.length === cell.actionValues.length;
  const alpha = unsure ? FAINT : 1;
  return best.flatMap((action): Mark[] => {
    const direction = directions[action];
    if (direction === undefined || (direction[0] === 0 && direction[1] === 0)) return [];
    const label = `state ${cell.state}: action ${action}`;
    const points = turn(SHAPE, direction, side * (unsure ? 0.26 : 0.36));
    const color = inkOn(ground);
    return [{ kind: 'polygon', role: 'arrow', label, ...at, points, color, alpha }];
  });
}

/** Points along +x turned to a direction and scaled; the direction's y points down, as the pane's. */
function turn(
  points: readonly number[],
  [dx, dy]: readonly [number, number],
  length: number,
): number[] {
  const norm = Math.hypot(dx, dy);
  const [cosine, sine] = [dx / norm, dy / norm];
  const turned: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] * length, points[i + 1] * length];
    turned.push(x * cosine - y * sine, x * sine + y * cosine);
  }
  return turned;
}
