import type { Scene } from '../../core/scene.ts';
import { INSPECTION_CHANNELS } from '../../training/recording/manifest.ts';
import { type Range, scaleFor } from '../color/scale.ts';
import type { ThemeName } from '../color/theme.ts';
import { bestValue } from '../overlay/action-values.ts';
import type { Estimates } from '../overlay/estimates.ts';
import type { GridOverlay } from '../overlay/grid-overlay.ts';
import { type CellValues, gridValues, valueRange } from '../overlay/grid-values.ts';
import { decisionState } from '../scene/grid-layout.ts';
import type { Overlay } from '../scene/layout.ts';
import type { OverlayName, ViewState } from '../view-state/view-state.ts';
import { numbersAt } from './columns.ts';
import { type Replay, tableAt } from './replay.ts';

/** The part of the view that decides what is laid over the scene. */
export type OverlayChoice = Pick<ViewState, 'overlays' | 'range' | 'selected'>;

/** The overlay of a step: what the agent's recorded numbers say, as far as it was asked for. */
export function overlayOf(
  replay: Replay,
  step: number,
  scene: Scene,
  choice: OverlayChoice,
  theme: ThemeName,
): Overlay {
  if (scene.kind === 'grid') {
    const grid = gridOverlay(replay, step, scene, choice, theme);
    return { pinned: choice.selected, ...(grid ? { grid } : {}) };
  }
  const estimates = scene.kind === 'shapes' && scene.actionPositions;
  return estimates ? { estimates: estimatesAt(replay, step, choice.overlays) } : {};
}

/** Which overlays a recording has something to show for, with this kind of scene. */
export function availableOverlays(replay: Replay, scene: Scene | null): readonly OverlayName[] {
  const { columns } = replay.episode;
  const hasValues = columns.has(INSPECTION_CHANNELS.actionValues);
  if (scene?.kind === 'grid') {
    if (!hasValues && !columns.has(INSPECTION_CHANNELS.actionValueTable)) return [];
    return scene.actionDirections ? ['v', 'p', 'q', 'g'] : ['v', 'g'];
  }
  if (scene?.kind !== 'shapes' || !scene.actionPositions) return [];
  const counts = columns.has(INSPECTION_CHANNELS.visitCounts);
  return [...(hasValues ? (['q'] as const) : []), ...(counts ? (['g'] as const) : [])];
}

/** The values of the cells: of all where the agent has a table, else of the agent's own. */
export function cellsAt(replay: Replay, step: number, scene: Scene): CellValues[] {
  if (scene.kind !== 'grid') return [];
  const table = tableAt(replay, step);
  if (table !== null) return gridValues(scene, table);
  const values = numbersAt(replay.episode, INSPECTION_CHANNELS.actionValues, step);
  const agent = scene.tokens.find((token) => token.kind === 'agent');
  if (values === null || agent === undefined) return [];
  const index = agent.row * scene.columns + agent.column;
  const actionValues = Array.from(values);
  const state = decisionState(scene, index);
  return [{ index, state, actionValues, value: bestValue(actionValues) }];
}

/** The span that the legend shows when it is not locked. */
export function freeRange(cells: readonly CellValues[], overlays: readonly OverlayName[]): Range {
  return valueRange(cells, overlays.includes('q')) ?? { low: 0, high: 0 };
}

function gridOverlay(
  replay: Replay,
  step: number,
  scene: Scene,
  { overlays, range }: OverlayChoice,
  theme: ThemeName,
): GridOverlay | null {
  const cells = cellsAt(replay, step, scene);
  if (cells.length === 0) return null;
  return {
    cells,
    scale: scaleFor(range ?? freeRange(cells, overlays), theme),
    values: overlays.includes('v'),
    arrows: overlays.includes('p'),
    actionValues: overlays.includes('q'),
    numbers: overlays.includes('g'),
  };
}

// Default overlays are v, p and g: on a chart, v stands for the estimates as q does.
function estimatesAt(replay: Replay, step: number, overlays: readonly OverlayName[]): Estimates {
  const last = Math.min(step, replay.episode.length - 1);
  const read = (name: string) => numbersAt(replay.episode, name, last);
  return {
    actionValues: overlays.includes('q') ? read(INSPECTION_CHANNELS.actionValues) : null,
    visitCounts: overlays.includes('g') ? read(INSPECTION_CHANNELS.visitCounts) : null,
  };
}
