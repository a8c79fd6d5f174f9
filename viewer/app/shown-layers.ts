import type { Scene } from '../../core/scene.ts';
import { sceneTheme } from '../color/theme.ts';
import { overlayOf } from '../episode/overlay-of.ts';
import { replayScene } from '../episode/replay.ts';
import { stepsPerSecond } from '../playback/speed.ts';
import { layoutScene } from '../scene/layout.ts';
import type { Layer, Size } from '../scene/mark.ts';
import { between } from '../scene/tokens.ts';
import type { Store } from './store.ts';

const FASTEST_GLIDE = 12; // steps a second; above, agents hop

/** What the pane shows now, as marks. */
export function shownLayers(store: Store, pane: Size): readonly Layer[] {
  const replay = store.replay.value;
  const scene = store.scene.value;
  if (replay === null || scene === null) return [];
  const { overlays, range, selected } = store.view.value;
  const theme = store.theme.value;
  const overlay = overlayOf(replay, store.step.value, scene, { overlays, range, selected }, theme);
  return layoutScene(gliding(store, scene), pane, sceneTheme(theme), overlay);
}

/** The scene with its agent on the way to the next step, where that can be followed by eye. */
function gliding(store: Store, scene: Scene): Scene {
  const { playing, position, speed } = store.clock.value;
  const step = store.step.value;
  const replay = store.replay.value;
  if (!playing || replay === null || store.reducedMotion.value || scene.kind !== 'grid') {
    return scene;
  }
  if (speed * stepsPerSecond(scene) > FASTEST_GLIDE || position <= step) return scene;
  const next = replayScene(replay, step + 1);
  return next?.kind === 'grid' ? between(scene, next, position - step) : scene;
}
