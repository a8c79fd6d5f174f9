/** Drawing scenes in a browser, and the plain functions behind the viewer. */

export { colorOf, type Range, rangeOf, type Scale, scaleFor } from './color/scale.ts';
export { chooseTheme, type SceneTheme, sceneTheme, type ThemeName } from './color/theme.ts';
export type { DrawnMark, PanePixels } from './pixi/read-back.ts';
export { createSceneView, type SceneView, type SceneViewOptions } from './pixi/scene-view.ts';
export { advance, type Clock, seek, stepBy, stepOf, togglePlay } from './playback/clock.ts';
export { checkScene } from './scene/check-scene.ts';
export { type Cell, cellAt, layoutGrid } from './scene/grid-layout.ts';
export { layoutScene, type Overlay } from './scene/layout.ts';
export type { Layer, Mark, Point, Size } from './scene/mark.ts';
export { drawScene, paintLayers } from './scene/paint.ts';
export { formatFragment, parseFragment } from './view-state/fragment.ts';
export { DEFAULT_VIEW, type ViewState } from './view-state/view-state.ts';
