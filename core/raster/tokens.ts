import type { GridScene, Token } from '../scene.ts';
import type { Canvas } from './canvas.ts';
import { drawText } from './text.ts';
import type { RasterTheme } from './theme.ts';
import type { CellPlace } from './tiles.ts';

/**
 * Draws an agent: a disk with a nose toward where it faces.
 *
 * On the smallest cells the disk fills them.
 */
export function drawAgent(
  canvas: Canvas,
  { facing }: Token,
  { x, y, side }: CellPlace,
  theme: RasterTheme,
): void {
  const radius = Math.max(side * 0.24, Math.min(2, side / 2));
  if (side >= 8) canvas.fillCircle(x, y, radius + Math.max(1, side / 28), theme.outline);
  canvas.fillCircle(x, y, radius, theme.roles.agent);
  if (facing === undefined || (facing[0] === 0 && facing[1] === 0)) return;
  const length = Math.sqrt(facing[0] * facing[0] + facing[1] * facing[1]);
  const [along, across] = [facing[0] / length, facing[1] / length];
  const points = NOSE.flatMap(([forward, sideward]) => [
    x + radius * (forward * along - sideward * across),
    y + radius * (forward * across + sideward * along),
  ]);
  canvas.fill([{ kind: 'polygon', points }], theme.outline);
}

// In radii: forward along the facing, and to its right.
const NOSE = [
  [0.72, 0],
  [-0.1, 0.5],
  [-0.1, -0.5],
] as const;

/**
 * Draws an object: a square with the first letter of its label.
 *
 * @param carried Whether an agent stands in its cell: then it rides small on the agent's shoulder.
 */
export function drawObject(
  canvas: Canvas,
  { label }: Token,
  cell: CellPlace,
  carried: boolean,
  theme: RasterTheme,
): void {
  const side = cell.side * (carried ? 0.3 : 0.44);
  const shift = carried ? cell.side * 0.26 : 0;
  const [x, y] = [cell.x + shift, cell.y - shift];
  const rim = side + (cell.side >= 8 ? 3 : 0);
  canvas.fillBox(x - rim / 2, y - rim / 2, rim, rim, theme.outline);
  canvas.fillBox(x - side / 2, y - side / 2, side, side, theme.roles.accent);
  if (label === undefined || side < 9) return;
  const letter = [...label].slice(0, 1).join('').toUpperCase();
  drawText(canvas, letter, x, y, Math.max(10, side * 0.7), theme.outline);
}

/** Whether an agent stands in the cell of an object. */
export function isCarried(scene: GridScene, object: Token): boolean {
  return scene.tokens.some(
    ({ kind, row, column }) => kind === 'agent' && row === object.row && column === object.column,
  );
}
