import type { ShapesScene } from '../../core/scene.ts';
import type { SceneTheme } from '../color/theme.ts';
import { formatCount, formatShort } from '../format/number.ts';
import type { Layer, Mark } from '../scene/mark.ts';
import { type ShapesLayout, worldToPane } from '../scene/shapes-layout.ts';

/** What an agent thinks of the actions of a chart whose y axis is the reward. */
export interface Estimates {
  /** Q(a), `[numActions]`; `null` to draw none. */
  readonly actionValues: ArrayLike<number> | null;
  /** N(a), `[numActions]`; `null` to write none. */
  readonly visitCounts: ArrayLike<number> | null;
}

/** A diamond at (position of a, Q(a)), and how often a was taken at the foot of the chart. */
export function estimateLayers(
  scene: ShapesScene,
  layout: ShapesLayout,
  estimates: Estimates,
  theme: SceneTheme,
): Layer[] {
  const positions = scene.actionPositions ?? [];
  const { actionValues, visitCounts } = estimates;
  const spacing = spacingOf(positions, layout);
  return [
    {
      name: 'estimates',
      marks: actionValues
        ? positions.flatMap((x, action) => diamond(x, action, actionValues, layout, theme, spacing))
        : [],
    },
    {
      name: 'counts',
      marks: visitCounts
        ? positions.flatMap((x, action) => count(x, action, visitCounts, layout, theme, spacing))
        : [],
    },
  ];
}

function diamond(
  x: number,
  action: number,
  values: ArrayLike<number>,
  layout: ShapesLayout,
  theme: SceneTheme,
  spacing: number,
): Mark[] {
  const value = values[action];
  if (!Number.isFinite(value)) return [];
  const { bottom, height } = layout.view;
  const shown = Math.min(bottom + height, Math.max(bottom, value)); // stays in sight
  const at = worldToPane(layout, x, shown);
  const radius = Math.min(9, Math.max(4, spacing * 0.16));
  const label = `action ${action}: Q ${formatShort(value)}`;
  const shape = { kind: 'polygon', ...at } as const;
  return [
    { ...shape, role: 'estimate-rim', points: rhombus(radius + 2), color: theme.outline },
    { ...shape, role: 'estimate', label, points: rhombus(radius), color: theme.roles.accent },
  ];
}

function count(
  x: number,
  action: number,
  counts: ArrayLike<number>,
  layout: ShapesLayout,
  theme: SceneTheme,
  spacing: number,
): Mark[] {
  if (!Number.isFinite(counts[action]) || spacing < 18) return [];
  const foot = worldToPane(layout, x, layout.view.bottom);
  const size = Math.min(13, Math.max(10, spacing * 0.3));
  const text = formatCount(counts[action]);
  const place = { x: foot.x, y: foot.y - size };
  return [{ kind: 'text', role: 'count', ...place, text, size, color: theme.roles.text }];
}

function rhombus(radius: number): number[] {
  return [0, -radius, radius, 0, 0, radius, -radius, 0];
}

/** CSS pixels between neighboring actions. */
function spacingOf(positions: readonly number[], layout: ShapesLayout): number {
  if (positions.length < 2) return layout.view.width * layout.scale;
  const sorted = [...positions].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((x, i) => x - sorted[i]);
  return Math.min(...gaps) * layout.scale;
}
