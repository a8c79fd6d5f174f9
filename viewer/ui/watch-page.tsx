import type { JSX } from 'preact';
import { useViewer } from './context.ts';
import { EpisodeStrip } from './episode-strip.tsx';
import { OverlayBar } from './overlay-bar.tsx';
import { Pane } from './pane.tsx';
import { SidePanel } from './side-panel.tsx';
import { Spoken } from './spoken.tsx';
import { TimeBar } from './time-bar.tsx';
import { WatchTitle } from './watch-title.tsx';

/** An episode: its scene, what the agent thinks, its curves, and the time bar. */
export function WatchPage(): JSX.Element {
  const { store } = useViewer();
  const opening = store.opening.value;
  if (opening.kind === 'failed') return <Failure message={opening.message} />;
  if (opening.kind === 'nothing') return <Failure message="No recording is open." />;
  if (store.replay.value === null) {
    return (
      <p class="waiting" role="status">
        Opening…
      </p>
    );
  }
  return (
    <div class="watch">
      <WatchTitle />
      <section class="stage" aria-label="Scene">
        <OverlayBar />
        <Pane />
        <Caption />
      </section>
      <SidePanel />
      <EpisodeStrip />
      <TimeBar />
      <Spoken />
    </div>
  );
}

function Caption(): JSX.Element | null {
  const { store } = useViewer();
  const caption = store.scene.value?.caption;
  return caption ? <p class="caption">{caption}</p> : null;
}

function Failure({ message }: { readonly message: string }): JSX.Element {
  const { actions } = useViewer();
  return (
    <div class="failure" role="alert">
      <h1>This cannot be shown</h1>
      <p>{message}</p>
      <button type="button" onClick={actions.showLibrary}>
        Back to the library
      </button>
    </div>
  );
}
