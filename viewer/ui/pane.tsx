import { effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { shownLayers } from '../app/shown-layers.ts';
import { changeView } from '../app/store.ts';
import { sceneTheme } from '../color/theme.ts';
import { replayScene } from '../episode/replay.ts';
import type { SceneView } from '../pixi/scene-view.ts';
import { cellAt, layoutGrid } from '../scene/grid-layout.ts';
import type { Layer } from '../scene/mark.ts';
import { useViewer, type Viewer } from './context.ts';

/** The pane that the scene is drawn on. A click on a cell pins it. */
export function Pane(): JSX.Element {
  const viewer = useViewer();
  const host = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const element = host.current;
    return element === null ? undefined : mount(viewer, element, setProblem);
  }, [viewer]);
  const scene = viewer.store.scene.value;
  const missing = viewer.store.replay.value?.world.problem ?? 'This state cannot be drawn.';
  const said = problem || (scene === null ? missing : '');
  return (
    <div class="pane-frame">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the side panel's list pins cells by keyboard */}
      <div
        class={scene?.kind === 'grid' ? 'pane clickable' : 'pane'}
        ref={host}
        role="img"
        aria-label={`Step ${viewer.store.step.value}: ${scene?.caption ?? scene?.kind ?? missing}`}
        onClick={(event) => pin(viewer, event)}
      />
      {said ? <p class="pane-problem">{said}</p> : null}
    </div>
  );
}

/** Brings the pane to life in an element. @returns what takes it down again. */
function mount(viewer: Viewer, host: HTMLElement, fail: (why: string) => void): () => void {
  const { store } = viewer;
  let stop = () => {};
  let gone = false;
  import('../pixi/scene-view.ts')
    .then(({ createSceneView }) => createSceneView(host))
    .then((view) => {
      if (gone) return view.destroy();
      store.pane.value = view;
      stop = drive(viewer, host, view);
    })
    .catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  return () => {
    gone = true;
    stop();
    store.pane.peek()?.destroy();
    store.pane.value = null;
  };
}

/** Draws whenever something that is shown has changed, at most once a frame. */
function drive({ store }: Viewer, host: HTMLElement, view: SceneView): () => void {
  const sizeOf = () => ({ width: host.clientWidth, height: host.clientHeight });
  const size = signal(sizeOf());
  let layers: readonly Layer[] = [];
  let frame = 0;
  const draw = () => {
    frame = 0;
    view.draw(layers, sceneTheme(store.theme.peek()).roles.background);
  };
  const stop = effect(() => {
    layers = shownLayers(store, size.value);
    if (frame === 0) frame = requestAnimationFrame(draw);
  });
  const observer = new ResizeObserver(() => {
    view.resize(sizeOf());
    size.value = sizeOf();
    cancelAnimationFrame(frame);
    draw(); // at once: a resized canvas is blank until it is drawn
  });
  observer.observe(host);
  return () => {
    stop();
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}

function pin({ store }: Viewer, event: MouseEvent): void {
  const replay = store.replay.peek();
  const host = event.currentTarget;
  if (replay === null || !(host instanceof HTMLElement)) return;
  const scene = replayScene(replay, store.step.peek());
  if (scene?.kind !== 'grid') return;
  const box = host.getBoundingClientRect();
  const layout = layoutGrid(scene, { width: host.clientWidth, height: host.clientHeight });
  const cell = cellAt(layout, { x: event.clientX - box.left, y: event.clientY - box.top });
  const { selected } = store.view.peek();
  const again = cell?.row === selected?.row && cell?.column === selected?.column;
  changeView(store, { selected: again ? null : cell });
}
