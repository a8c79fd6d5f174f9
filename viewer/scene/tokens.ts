import type { GridScene, Token } from '../../core/scene.ts';
import type { SceneTheme } from '../color/theme.ts';
import { cellCenter, type GridLayout } from './grid-layout.ts';
import type { Mark } from './mark.ts';

/**
 * What stands on the board: agents as a disk with a nose toward where they face, objects as squares
 * with the first letter of their label. An object on an agent's cell rides small on its shoulder.
 */
export function tokenMarks(scene: GridScene, layout: GridLayout, theme: SceneTheme): Mark[] {
  const agents = scene.tokens.filter(({ kind }) => kind === 'agent');
  const objects = scene.tokens.filter(({ kind }) => kind === 'object');
  return [
    ...agents.flatMap((token) => agent(token, layout, theme)),
    ...objects.flatMap((token) => {
      const carried = agents.some(
        ({ row, column }) => row === token.row && column === token.column,
      );
      return object(token, layout, theme, carried);
    }),
  ];
}

function agent(token: Token, layout: GridLayout, theme: SceneTheme): Mark[] {
  const at = cellCenter(layout, token.row, token.column);
  const radius = Math.max(2, layout.scale * 0.24);
  const body: Mark = {
    kind: 'circle',
    role: 'agent',
    label: `agent at row ${token.row}, column ${token.column}`,
    ...at,
    radius,
    color: theme.roles.agent,
  };
  const width = Math.max(1, layout.scale / 28);
  const rim: Mark = { ...body, role: 'rim', radius: radius + width, color: theme.outline };
  const facing = token.facing;
  if (facing === undefined || (facing[0] === 0 && facing[1] === 0)) return [rim, body];
  return [rim, body, nose(body, radius, facing, theme)];
}

function nose(
  at: { readonly x: number; readonly y: number },
  radius: number,
  facing: readonly [number, number],
  theme: SceneTheme,
): Mark {
  const length = Math.hypot(facing[0], facing[1]);
  const [along, across] = [facing[0] / length, facing[1] / length];
  const point = (forward: number, side: number) => [
    radius * (forward * along - side * across),
    radius * (forward * across + side * along),
  ];
  const points = [...point(0.72, 0), ...point(-0.1, 0.5), ...point(-0.1, -0.5)];
  return { kind: 'polygon', role: 'facing', x: at.x, y: at.y, points, color: theme.outline };
}

function object(token: Token, layout: GridLayout, theme: SceneTheme, carried: boolean): Mark[] {
  const center = cellCenter(layout, token.row, token.column);
  const side = layout.scale * (carried ? 0.26 : 0.4);
  const shift = carried ? layout.scale * 0.26 : 0;
  const at = { x: center.x + shift, y: center.y - shift };
  const name = token.label ?? 'object';
  const label = `${name} at row ${token.row}, column ${token.column}`;
  const body = { kind: 'rectangle', ...at, radius: side / 5 } as const;
  const rim = side + 3;
  const color = theme.roles.accent;
  const marks: Mark[] = [
    { ...body, role: 'rim', width: rim, height: rim, color: theme.outline },
    { ...body, role: 'object', label, width: side, height: side, color },
  ];
  if (token.label === undefined || side < 12) return marks;
  const text = [...token.label].slice(0, 1).join('').toUpperCase();
  const ink = { text, size: side * 0.62, bold: true, color: theme.outline };
  return [...marks, { kind: 'text', role: 'object letter', ...at, ...ink }];
}

/**
 * The scene between two steps: agents on their way from `from` to `to`.
 *
 * Only moves to a neighboring cell are shown as moves; a jump stays a jump.
 *
 * @param fraction 0 … 1 of the time between the steps; the first half rests on `from`.
 */
export function between(from: GridScene, to: GridScene, fraction: number): GridScene {
  const progress = ease(Math.max(0, 2 * fraction - 1));
  const tokens = from.tokens.map((token, i): Token => {
    const target = to.tokens[i];
    if (target === undefined || target.kind !== token.kind) return token;
    const rows = target.row - token.row;
    const columns = target.column - token.column;
    if (Math.abs(rows) + Math.abs(columns) !== 1) return token;
    const place = { row: token.row + rows * progress, column: token.column + columns * progress };
    return { ...(progress > 0 ? target : token), ...place };
  });
  return { ...from, tokens };
}

function ease(fraction: number): number {
  return fraction * fraction * (3 - 2 * fraction);
}
