import type { GridScene, Scene, ShapesScene } from '../../core/scene.ts';
import type { SceneTheme } from '../color/theme.ts';
import { type Estimates, estimateLayers } from '../overlay/estimates.ts';
import { type GridOverlay, gridOverlayLayers, pinMarks } from '../overlay/grid-overlay.ts';
import { cellLabelMarks, wallMarks } from './annotations.ts';
import { type Cell, layoutGrid } from './grid-layout.ts';
import type { Layer, Size } from './mark.ts';
import { screenMarks } from './screen-layout.ts';
import { layoutShapes, shapeMarks } from './shapes-layout.ts';
import { tileMarks } from './tiles.ts';
import { tokenMarks } from './tokens.ts';

/** What to draw over a scene; leave out what does not apply. */
export interface Overlay {
  readonly grid?: GridOverlay;
  readonly pinned?: Cell | null;
  readonly estimates?: Estimates;
}

/** A scene and its overlay as marks on a pane of a given size, lowest layer first. */
export function layoutScene(
  scene: Scene,
  pane: Size,
  theme: SceneTheme,
  overlay: Overlay = {},
): Layer[] {
  switch (scene.kind) {
    case 'grid':
      return gridLayers(scene, pane, theme, overlay);
    case 'shapes':
      return shapesLayers(scene, pane, theme, overlay);
    case 'screen':
    case 'image':
      return [{ name: 'screen', marks: screenMarks(scene, pane, theme) }];
  }
}

function gridLayers(scene: GridScene, pane: Size, theme: SceneTheme, overlay: Overlay): Layer[] {
  const layout = layoutGrid(scene, pane);
  return [
    { name: 'tiles', marks: tileMarks(scene, layout, theme) },
    { name: 'labels', marks: cellLabelMarks(scene, layout, theme) },
    ...(overlay.grid ? gridOverlayLayers(scene, layout, overlay.grid, theme) : []),
    { name: 'walls', marks: wallMarks(scene, layout, theme) },
    { name: 'tokens', marks: tokenMarks(scene, layout, theme) },
    { name: 'pin', marks: pinMarks(overlay.pinned ?? null, layout, theme) },
  ];
}

function shapesLayers(
  scene: ShapesScene,
  pane: Size,
  theme: SceneTheme,
  overlay: Overlay,
): Layer[] {
  const layout = layoutShapes(scene.view, pane);
  return [
    { name: 'shapes', marks: shapeMarks(scene, layout, theme) },
    ...(overlay.estimates ? estimateLayers(scene, layout, overlay.estimates, theme) : []),
  ];
}
