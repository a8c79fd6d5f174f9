import { effect } from '@preact/signals';
import type { EpisodeEntry, Recording } from '../../training/recording/recording.ts';
import { isLiveRecording, type ListedRun } from '../net/library.ts';
import { showEpisode, sourceOf } from './opening.ts';
import { readRecording } from './read-recording.ts';
import { changeView, type Newest, type Store } from './store.ts';

/** The recording that a live run rewrites with its newest episode; `null` where there is none. */
export function liveRecordingOf(run: ListedRun | null): string | null {
  if (run === null || !run.live) return null;
  return run.recordings.find(({ path }) => isLiveRecording(path))?.path ?? null;
}

/** How many episodes the shown one lies behind the newest of its live run. */
export function episodesBehind(store: Store): number {
  const newest = lastEpisode(store.newest.value?.recording ?? null);
  const shown = store.replay.value?.episode.meta.number;
  return newest && shown !== undefined ? Math.max(0, newest.meta.number - shown) : 0;
}

/** Keeps up with the live run of the open recording: reads its newest episode, and shows it. */
export function followRuns(store: Store): void {
  let readVersion = '';
  effect(() => {
    const src = store.src.value;
    const listed = store.run.value?.recordings.find(({ path }) => path === src);
    const live = src !== null && liveRecordingOf(store.run.value) === src;
    const version = live ? `${src} ${listed?.modified} ${listed?.size}` : '';
    if (version === readVersion) return;
    readVersion = version;
    if (live) void readNewest(store, src);
  });
  effect(() => {
    const newest = store.newest.value;
    const resting = !store.clock.value.playing;
    if (newest && resting && store.view.value.following) void showNewest(store, newest);
  });
}

/** Begins to follow the live run of the open recording, from its newest episode on. */
export function follow(store: Store): void {
  changeView(store, { following: true });
}

async function readNewest(store: Store, src: string): Promise<void> {
  try {
    const recording = await readRecording(await sourceOf(store, src));
    if (store.src.peek() === src) store.newest.value = { src, recording };
  } catch {
    // It was being replaced, or the server has gone; the next change is read again.
  }
}

/** Shows the newest episode from its start, unless it is on show already. */
async function showNewest(store: Store, newest: Newest): Promise<void> {
  const entry = lastEpisode(newest.recording);
  const shown = store.replay.peek()?.episode;
  if (entry === null || shown === undefined) return;
  const same = entry.meta.number === shown.meta.number && entry.length === shown.length;
  if (same) return;
  const grown = entry.meta.number === shown.meta.number;
  const position = grown ? store.clock.peek().position : 0;
  const playing = !store.reducedMotion.peek();
  try {
    await showEpisode(store, newest.recording, entry.index);
    const last = store.replay.peek()?.lastStep ?? 0;
    store.clock.value = { ...store.clock.peek(), position: playing ? position : last, playing };
  } catch {
    // Unreadable: what is on show stays, the next version may be better.
  }
}

function lastEpisode(recording: Recording | null): EpisodeEntry | null {
  return recording?.episodes[recording.episodes.length - 1] ?? null;
}
