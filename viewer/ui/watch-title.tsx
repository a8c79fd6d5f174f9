import type { JSX } from 'preact';
import { episodesBehind, liveRecordingOf } from '../app/following.ts';
import { formatCount } from '../format/number.ts';
import { sourceTitle } from '../view-state/source.ts';
import { useViewer } from './context.ts';

/** What is being watched: world, agent, recording, episode. */
export function WatchTitle(): JSX.Element | null {
  const { store } = useViewer();
  const replay = store.replay.value;
  if (replay === null) return null;
  const { manifest, episode } = replay;
  return (
    <header class="title">
      <h1>{manifest.env.id}</h1>
      <span class="fact strong">{manifest.agent?.name ?? 'unknown agent'}</span>
      <span class="fact">{sourceTitle(store.src.value ?? '')}</span>
      <span class="fact">seed {episode.meta.seed}</span>
      <span class="fact">episode {formatCount(episode.meta.number)}</span>
      <span class="fact">after {formatCount(episode.meta.agentSteps)} training steps</span>
      {(episode.end?.tags ?? []).map((tag) => (
        <span class="tag" key={tag}>
          {tag}
        </span>
      ))}
      {store.recording.value?.complete === false ? (
        <span class="tag warn" title="The file ends before its index; what could be read is shown.">
          incomplete
        </span>
      ) : null}
      <span class="spacer" />
      <LiveButton />
    </header>
  );
}

/** Says that the run is training now, and how far the shown episode lies behind. */
function LiveButton(): JSX.Element | null {
  const { store, actions } = useViewer();
  const live = liveRecordingOf(store.run.value);
  if (live === null) return null;
  const { following } = store.view.value;
  const behind = episodesBehind(store);
  const late = behind > 0 && !following;
  const title = following ? 'New episodes are shown as they come' : 'Follow the run (End)';
  return (
    <button
      type="button"
      class={following ? 'live on' : 'live'}
      aria-pressed={following}
      title={title}
      onClick={actions.followRun}
    >
      <span class="dot" aria-hidden="true" />
      LIVE
      {late ? <span class="behind"> ▸ {behind} behind</span> : null}
    </button>
  );
}
