import { batch } from '@preact/signals';
import type { Recording } from '../../training/recording/recording.ts';
import type { ByteSource } from '../../training/zip/byte-source.ts';
import { makeReplay, type Replay } from '../episode/replay.ts';
import { worldOf } from '../episode/world.ts';
import { httpSource } from '../net/http-source.ts';
import { isLiveRecording } from '../net/library.ts';
import { authorization, fileAddress } from '../net/server.ts';
import { seek } from '../playback/clock.ts';
import { parseSource } from '../view-state/source.ts';
import { readRecording } from './read-recording.ts';
import { changeView, type Store } from './store.ts';

let latest = 0; // number of the newest request: answers to older ones come too late

/** Opens what `store.src` names, at the episode and step of the view. */
export async function openSource(store: Store): Promise<void> {
  const request = ++latest;
  const src = store.src.peek();
  batch(() => {
    store.recording.value = null;
    store.replay.value = null;
    store.newest.value = null;
    store.opening.value = src === null ? { kind: 'nothing' } : { kind: 'opening' };
  });
  if (src === null) return;
  try {
    const recording = await readRecording(await sourceOf(store, src));
    if (request !== latest) return;
    await showEpisode(store, recording, store.view.peek().episode, request);
  } catch (error) {
    if (request === latest) fail(store, error);
  }
}

/** Opens another episode of the open recording, at its start. */
export async function openEpisode(store: Store, index: number): Promise<void> {
  const recording = store.recording.peek();
  if (recording === null) return;
  const request = ++latest;
  try {
    await showEpisode(store, recording, index, request);
  } catch (error) {
    if (request === latest) fail(store, error);
  }
}

/** Shows an episode of a recording that has been read; the nearest one where there is no such. */
export async function showEpisode(
  store: Store,
  recording: Recording,
  wanted: number,
  request: number = ++latest,
): Promise<void> {
  const numEpisodes = recording.episodes.length;
  if (numEpisodes === 0) throw new Error('The recording holds no episode yet.');
  const index = Math.min(wanted, numEpisodes - 1);
  const replay = await readReplay(recording, index);
  if (request !== latest) return;
  batch(() => {
    store.recording.value = recording;
    store.replay.value = replay;
    store.opening.value = { kind: 'open' };
    const { clock, view } = store;
    clock.value = seek(clock.peek(), replay.lastStep, clock.peek().position);
    if (view.peek().episode !== index) changeView(store, { episode: index });
  });
}

/** The bytes that a `src` stands for. */
export async function sourceOf(store: Store, src: string): Promise<ByteSource> {
  const { server } = store;
  const source = parseSource(src, server.token !== null, server.base);
  if (source === null) throw new Error('Only addresses that begin with http or https are opened.');
  if (source.kind === 'dropped') {
    const bytes = store.dropped.get(source.name);
    if (bytes !== undefined) return bytes;
    throw new Error(`${source.name} was dropped into the page before. Drop it again.`);
  }
  if (source.kind === 'url') return httpSource(source.url);
  const headers = authorization(server);
  const whole = isLiveRecording(source.path);
  return httpSource(fileAddress(server, source.path), { headers, whole });
}

async function readReplay(recording: Recording, index: number): Promise<Replay> {
  const episode = await recording.readEpisode(index);
  return makeReplay(recording.manifest, episode, worldOf(recording.manifest.env));
}

function fail(store: Store, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  batch(() => {
    store.replay.value = null;
    store.opening.value = { kind: 'failed', message };
  });
}
