import { inkOn } from '../color/rgb.ts';
import { colorOf } from '../color/scale.ts';
import { formatShort } from '../format/number.ts';
import type { Mark, Point } from '../scene/mark.ts';
import { greedyActions } from './action-values.ts';
import { fitNumber } from './fit-number.ts';
import type { GridOverlay } from './grid-overlay.ts';
import type { CellValues } from './grid-values.ts';

const LEAST_SIDE_FOR_NUMBERS = 52; // CSS pixels of a cell: four numbers need room

/**
 * A triangle of the cell for each action that moves along an axis, painted by Q(s, a).
 *
 * The best ones are marked by bold numbers, or by a dot where there are no numbers.
 */
export function triangleMarks(
  cell: CellValues,
  at: Point,
  side: number,
  directions: readonly (readonly [number, number])[],
  overlay: GridOverlay,
): Mark[] {
  const best = greedyActions(cell.actionValues);
  return directions.flatMap(([dx, dy], action): Mark[] => {
    if (Math.abs(dx) + Math.abs(dy) !== 1 || action >= cell.actionValues.length) return [];
    const value = cell.actionValues[action];
    const color = colorOf(overlay.scale, value);
    const half = side / 2 - 1;
    // Toward the side that the action moves to, and along that side.
    const points = [0, 0, half * (dx + dy), half * (dy - dx), half * (dx - dy), half * (dy + dx)];
    const label = `state ${cell.state}: Q of action ${action} ${formatShort(value)}`;
    const inner: Point = { x: at.x + dx * side * 0.27, y: at.y + dy * side * 0.36 };
    const ink = { ...inner, color: inkOn(color) };
    const isBest = best.includes(action) && best.length < cell.actionValues.length;
    return [
      { kind: 'polygon', role: 'action-value', label, ...at, points, color },
      ...valueMark(ink, value, { side, room: dx === 0 ? 0.6 : 0.44, isBest, overlay }),
    ];
  });
}

function valueMark(
  ink: Point & Pick<Mark, 'color'>,
  value: number,
  look: { side: number; room: number; isBest: boolean; overlay: GridOverlay },
): Mark[] {
  const { side, room, isBest, overlay } = look;
  const size = Math.min(14, Math.max(9, side * 0.15));
  const fits = overlay.numbers && side >= LEAST_SIDE_FOR_NUMBERS;
  const text = fits ? fitNumber(value, side * room, size) : null;
  if (text !== null) return [{ kind: 'text', role: 'number', ...ink, text, size, bold: isBest }];
  if (!isBest) return [];
  return [{ kind: 'circle', role: 'best', ...ink, radius: Math.max(1.5, side * 0.05) }];
}
