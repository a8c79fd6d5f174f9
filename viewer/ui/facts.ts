import { type Signal, signal } from '@preact/signals';
import type { Scene } from '../../core/scene.ts';
import type { EpisodeEntry, Recording } from '../../training/recording/recording.ts';
import type { RecordingFacts } from '../app/library-rows.ts';
import { sourceOf } from '../app/opening.ts';
import { readRecording } from '../app/read-recording.ts';
import type { Store } from '../app/store.ts';
import { SCENE_CHANNEL, sceneAt, sceneOf, worldOf } from '../episode/world.ts';

const MOST_AT_ONCE = 3;
const SMALL = 400; // steps of an episode that is read in whole for its picture

const facts = new Map<string, Signal<RecordingFacts | undefined>>();
const pictures = new Map<string, Signal<Scene | null>>();
const looked = new Map<string, string>();
const waiting: (() => Promise<void>)[] = [];
let running = 0;

/** What is known of a recording so far. */
export function factsOf(path: string): Signal<RecordingFacts | undefined> {
  return remembered(facts, path, undefined);
}

/** The last picture of a recording; `null` until it is known, or where it costs too much. */
export function pictureOf(path: string): Signal<Scene | null> {
  return remembered(pictures, path, null);
}

/** Reads what the library shows of a recording, a few at a time; a version is read only once. */
export function lookInto(store: Store, path: string, version: string): void {
  if (looked.get(path) === version) return;
  looked.set(path, version);
  waiting.push(() => read(store, path));
  next();
}

function next(): void {
  if (running >= MOST_AT_ONCE) return;
  const job = waiting.shift();
  if (job === undefined) return;
  running++;
  void job().finally(() => {
    running--;
    next();
  });
}

async function read(store: Store, path: string): Promise<void> {
  try {
    const recording = await readRecording(await sourceOf(store, path));
    const best = bestEpisode(recording);
    factsOf(path).value = summarize(recording, best);
    if (best) pictureOf(path).value = await lastPicture(recording, best);
  } catch {
    // It stays a line without figures; opening it says what is wrong.
  }
}

function summarize(recording: Recording, best: EpisodeEntry | null): RecordingFacts {
  const { manifest, episodes } = recording;
  return {
    agent: manifest.agent?.name ?? null,
    env: manifest.env.id,
    numEpisodes: episodes.length,
    bestReturn: best?.end?.episodeReturn ?? null,
    length: best?.length ?? null,
    outcome: best?.end?.outcome ?? null,
    tags: [...new Set(episodes.flatMap((episode) => episode.end?.tags ?? []))].slice(0, 6),
  };
}

/** The episode with the highest return; the first one where none has ended. */
function bestEpisode({ episodes }: Recording): EpisodeEntry | null {
  const value = (entry: EpisodeEntry) => entry.end?.episodeReturn ?? -Infinity;
  return episodes.reduce<EpisodeEntry | null>(
    (best, entry) => (best === null || value(entry) > value(best) ? entry : best),
    null,
  );
}

async function lastPicture(recording: Recording, entry: EpisodeEntry): Promise<Scene | null> {
  const { manifest } = recording;
  const world = worldOf(manifest.env);
  const recorded = manifest.channels.some(({ name }) => name === SCENE_CHANNEL);
  if (entry.end && !recorded) return sceneOf(world, entry.end.finalState);
  if (entry.length > SMALL) return null;
  const episode = await recording.readEpisode(entry.index);
  return sceneAt(world, episode, Math.max(0, episode.length - 1));
}

function remembered<T>(map: Map<string, Signal<T>>, path: string, initial: T): Signal<T> {
  const known = map.get(path);
  if (known !== undefined) return known;
  const made = signal<T>(initial);
  map.set(path, made);
  return made;
}
