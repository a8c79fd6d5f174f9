import type { DrawnMark, PanePixels } from '../pixi/read-back.ts';
import type { ViewState } from '../view-state/view-state.ts';
import { currentView, type Store } from './store.ts';

/** What a script in the page can read of the viewer: for tests and for curious people. */
export interface ViewerHook {
  /** The view, and how far the opening of the recording has come. */
  state(): ViewState & {
    readonly opening: string;
    readonly lastStep: number;
    readonly numEpisodes: number;
    readonly renderer: string | null;
    readonly range: ViewState['range'];
  };
  /** What is drawn on the pane, read back from Pixi. */
  drawn(): DrawnMark[];
  /** The pane's pixels; `null` before there is a pane. */
  extractPixels(): PanePixels | null;
}

declare global {
  interface Window {
    palaestraViewer?: ViewerHook;
  }
}

/** Hangs the hook on the window. */
export function exposeHook(store: Store): void {
  window.palaestraViewer = {
    state: () => ({
      ...currentView(store),
      opening: store.opening.value.kind,
      lastStep: store.replay.value?.lastStep ?? 0,
      numEpisodes: store.recording.value?.episodes.length ?? 0,
      renderer: store.pane.value?.renderer ?? null,
      range: store.view.value.range,
    }),
    drawn: () => store.pane.value?.drawn() ?? [],
    extractPixels: () => store.pane.value?.extractPixels() ?? null,
  };
}
