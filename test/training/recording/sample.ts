import type {
  Channel,
  EpisodeEnd,
  EpisodeMeta,
  Manifest,
} from '../../../training/recording/manifest.ts';
import { RecordingWriter, type StepRow } from '../../../training/recording/writer.ts';
import { codec } from '../../helpers/codec.ts';

export { codec };

/** One channel of each type. */
export const EVERY_TYPE: readonly Channel[] = [
  { name: 'a', dtype: 'u8', shape: [] },
  { name: 'b', dtype: 'u16', shape: [2] },
  { name: 'c', dtype: 'u32', shape: [] },
  { name: 'd', dtype: 'i8', shape: [3] },
  { name: 'e', dtype: 'i16', shape: [] },
  { name: 'f', dtype: 'i32', shape: [2, 2] },
  { name: 'g', dtype: 'f32', shape: [2] },
  { name: 'h', dtype: 'f64', shape: [] },
  { name: 'bits', dtype: 'bit', shape: [11] },
  { name: 'heat', dtype: 'u8n', shape: [4] },
  { name: 'note', dtype: 'json', shape: [] },
];

/** A manifest with these channels. */
export function manifestOf(channels: readonly Channel[], blockSteps: number): Manifest {
  return {
    format: 'rlrec',
    version: 1,
    env: {
      id: 'Sample-v0',
      options: { size: 4 },
      wrappers: [{ name: 'TimeLimit', options: { steps: 9 } }],
      observationSpace: { kind: 'discrete', n: 4 },
      actionSpace: { kind: 'discrete', n: 2 },
    },
    agent: { name: 'q-learning', options: { stepSize: 0.5 } },
    math: 'portable-1',
    writer: { name: 'palaestra', version: '0.1.0' },
    channels,
    blockSteps,
  };
}

/** What is known at the beginning of the episode of this number. */
export function metaOf(number: number): EpisodeMeta {
  return { seed: 7, number, agentSteps: 10 * number, rng: { kind: 'alea', version: 1, c: number } };
}

/** What is known at the end of an episode of this length. */
export function endOf(length: number): EpisodeEnd {
  return {
    length,
    episodeReturn: -length / 3,
    outcome: length % 2 === 0 ? 'terminated' : 'truncated',
    finalState: [length, -0, 0.1],
    finalHash: 0xffff0000 + length,
    tags: ['best'],
  };
}

/** A step of the channels `EVERY_TYPE`; different for every `t`. */
export function everyTypeRow(t: number): StepRow {
  return {
    a: t % 256,
    b: [t, 65535 - t],
    c: 4294967295 - t,
    d: [-128, 127, (t % 100) - 50],
    e: -32768 + t,
    f: [t, 0 - t, 2147483647, -2147483648],
    g: [t / 7, -Infinity],
    h: Math.sqrt(t) / 3,
    bits: Array.from({ length: 11 }, (_, i) => (t >> i) & 1),
    heat: [0, t, 2 * t, t / 2],
    note: t % 3 === 0 ? null : { t, words: ['é', '🏛', `${t}`] },
  };
}

/** A recording with an episode of each of the lengths; `finish` false leaves it interrupted. */
export function record(
  manifest: Manifest,
  lengths: readonly number[],
  row: (t: number) => StepRow,
  finish: boolean = true,
  zip64From?: { readonly offset: number; readonly entries: number },
): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  const options = { codec, write: (chunk: Uint8Array) => chunks.push(chunk) };
  const writer = new RecordingWriter(manifest, zip64From ? { ...options, zip64From } : options);
  for (const [number, length] of lengths.entries()) {
    writer.beginEpisode(metaOf(number));
    for (let t = 0; t < length; t++) writer.step(row(1000 * number + t));
    if (finish || number < lengths.length - 1) writer.endEpisode(endOf(length));
  }
  if (finish) writer.finish();
  return join(chunks);
}

/** The pieces of a file as one array. */
export function join(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
