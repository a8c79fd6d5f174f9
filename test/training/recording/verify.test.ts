import { describe, expect, test } from 'vitest';
import type { Dynamics } from '../../../core/dynamics.ts';
import { createState } from '../../../core/dynamics.ts';
import { hashRow } from '../../../core/hash.ts';
import type { Rng } from '../../../core/rng.ts';
import type { SavedData } from '../../../core/saved.ts';
import { box, discrete, type Space } from '../../../core/space.ts';
import { multiDiscrete } from '../../../core/spaces/multi.ts';
import type { Channel, EpisodeEnd } from '../../../training/recording/manifest.ts';
import { openRecording } from '../../../training/recording/reader.ts';
import type { Column, ColumnValues, Recording } from '../../../training/recording/recording.ts';
import { verifyEpisode, verifyRecording } from '../../../training/recording/verify.ts';
import { RecordingWriter } from '../../../training/recording/writer.ts';
import { bytesSource } from '../../../training/zip/byte-source.ts';
import { codec, join, manifestOf, metaOf } from './sample.ts';

/** A generator that can be saved: the middle bits of a linear congruence. */
function smallRng(saved: SavedData): Rng {
  let state = saved.state as number;
  const uint32 = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  return {
    uint32,
    uniform: () => uint32() / 2 ** 32,
    below: (n) => Math.floor((uint32() / 2 ** 32) * n),
    normal: () => uint32() / 2 ** 32,
    snapshot: () => ({ state }),
    restore: (other) => {
      state = other.state as number;
    },
  };
}

/** A random walk with wind: it ends beyond ±2. The action, 0 or 1 or a real number, is its push. */
function walk(continuous: boolean, wind: number = 1): Dynamics {
  return {
    name: 'Walk',
    observationSpace: box([-3], [3]),
    actionSpace: continuous ? box([-1], [1]) : discrete(2),
    stateSize: 2,
    timeLimit: 40,
    reset(state, rng) {
      state[0] = rng.uniform() - 0.5;
      state[1] = 0;
    },
    step(state, action, rng) {
      const push = typeof action === 'number' ? action - 0.5 : (action as Float32Array)[0];
      state[0] += 0.3 * push + wind * (rng.uniform() - 0.5);
      state[1] += 1;
      return -Math.abs(state[0]) / 3;
    },
    isTerminal: (state) => Math.abs(state[0]) > 2,
    observe(state, observation) {
      observation[0] = state[0];
    },
    scene: () => ({ kind: 'text', lines: [] }) as never,
  };
}

function channelsOf(continuous: boolean): readonly Channel[] {
  return [
    { name: 'state', dtype: 'f64', shape: [2] },
    { name: 'hash', dtype: 'u32', shape: [] },
    { name: 'action', dtype: continuous ? 'f32' : 'i32', shape: continuous ? [1] : [] },
    { name: 'reward', dtype: 'f64', shape: [] },
  ];
}

interface Change {
  readonly reward?: (t: number, reward: number) => number;
  readonly end?: Partial<EpisodeEnd>;
  readonly hash?: (t: number, hash: number) => number;
}

/** Plays five episodes and records them, with what `change` falsifies in the third. */
async function play(continuous: boolean, change: Change = {}): Promise<Recording> {
  const dynamics = walk(continuous);
  const chunks: Uint8Array[] = [];
  const manifest = manifestOf(channelsOf(continuous), 16);
  const writer = new RecordingWriter(manifest, { codec, write: (chunk) => chunks.push(chunk) });
  const rng = smallRng({ state: 5 });
  const actions = smallRng({ state: 6 });
  for (let number = 0; number < 5; number++) {
    const state = createState(dynamics);
    dynamics.reset(state, rng);
    writer.beginEpisode({ ...metaOf(number), rng: rng.snapshot() });
    let t = 0;
    let episodeReturn = 0;
    const changed = number === 2 ? change : {};
    do {
      const before = state.slice();
      const action = continuous ? Float32Array.of(actions.uniform() - 0.5) : actions.below(2);
      const reward = dynamics.step(state, action, rng);
      const hash = hashRow(before);
      writer.step({
        state: before,
        hash: changed.hash?.(t, hash) ?? hash,
        action,
        reward: changed.reward?.(t, reward) ?? reward,
      });
      episodeReturn += reward;
      t++;
    } while (!dynamics.isTerminal(state) && t < 40);
    const outcome = dynamics.isTerminal(state) ? 'terminated' : 'truncated';
    const finalState = Array.from(state);
    const end = {
      length: t,
      episodeReturn,
      outcome,
      finalState,
      finalHash: hashRow(state),
    } as const;
    writer.endEpisode({ ...end, tags: [], ...changed.end });
  }
  writer.finish();
  return openRecording(bytesSource(join(chunks)), codec);
}

const verify = (recording: Recording, dynamics: Dynamics) =>
  verifyRecording(recording, () => dynamics, smallRng);

describe('verifyRecording', () => {
  for (const continuous of [false, true]) {
    test(`finds every step exact, ${continuous ? 'real' : 'whole'} actions`, async () => {
      const recording = await play(continuous);
      const steps = recording.episodes.reduce((sum, { length }) => sum + length, 0);
      expect(steps).toBeGreaterThan(60);
      expect(await verify(recording, walk(continuous))).toEqual({
        episodes: 5,
        steps,
        exact: steps,
        firstDifference: null,
      });
    });
  }

  test('builds the world from the spec of the recording', async () => {
    const recording = await play(false);
    let spec: unknown;
    const makeDynamics = (given: unknown) => {
      spec = given;
      return walk(false);
    };
    await verifyRecording(recording, makeDynamics, smallRng);
    expect(spec).toMatchObject({ id: 'Sample-v0', options: { size: 4 } });
  });

  test('finds a world that has changed in its last bits, at the first step that shows it', async () => {
    const recording = await play(false);
    const result = await verify(recording, walk(false, 1 + 1e-15));
    expect(result.exact).toBeLessThan(result.steps);
    expect(result.firstDifference).toMatchObject({ episode: 0, what: 'reward' });
  });

  test('finds a reward that differs in its last bit', async () => {
    const recording = await play(false, { reward: (t, r) => (t === 3 ? r * (1 + 2 ** -52) : r) });
    const { steps, exact, firstDifference } = await verify(recording, walk(false));
    expect(steps - exact).toBe(1);
    expect(firstDifference).toMatchObject({ episode: 2, step: 3, what: 'reward' });
  });

  test('finds a wrong hash', async () => {
    const recording = await play(false, { hash: (t, hash) => (t === 1 ? hash ^ 1 : hash) >>> 0 });
    const { firstDifference } = await verify(recording, walk(false));
    expect(firstDifference).toMatchObject({ episode: 2, step: 1, what: 'state' });
  });

  const ends: readonly (readonly [Partial<EpisodeEnd>, string])[] = [
    [{ finalState: [0, 0] }, 'final state'],
    [{ finalState: [0] }, 'final state'],
    [{ finalHash: 1 }, 'final state'],
    [{ episodeReturn: 0 }, 'return'],
  ];
  for (const [end, what] of ends) {
    test(`finds a wrong end: ${JSON.stringify(end)}`, async () => {
      const recording = await play(false, { end });
      const { length } = recording.episodes[2];
      const { exact, steps, firstDifference } = await verify(recording, walk(false));
      expect(exact).toBe(steps);
      expect(firstDifference).toMatchObject({ episode: 2, step: length, what });
    });
  }

  test('finds an outcome that the world does not confirm', async () => {
    const recording = await play(false);
    const never = { ...walk(false), isTerminal: () => false };
    const always = { ...walk(false), isTerminal: () => true };
    const found = await Promise.all([verify(recording, never), verify(recording, always)]);
    const whats = found.map(({ firstDifference }) => firstDifference?.what);
    expect(whats).toContain('outcome');
  });

  test('refuses actions that the world does not know, but for real numbers that it clips', async () => {
    const recording = await play(false);
    const { actionSpace } = walk(false);
    const pair: Space = multiDiscrete([2, 2]);
    const episode = await recording.readEpisode(0);
    const action = episode.columns.get('action') as Column;
    const values = Int32Array.from(action.values as ColumnValues);
    values[3] = 2;
    const columns = new Map([...episode.columns, ['action', { ...action, values }]]);
    expect(() =>
      verifyEpisode({ ...episode, columns }, walk(false), smallRng({ state: 1 })),
    ).toThrow(
      'verifyEpisode: Walk, step 3: action must be an integer from 0 to 1, got 2. The recording is damaged, or of another world.',
    );
    await expect(verify(recording, { ...walk(false), actionSpace: pair })).rejects.toThrow(
      'verifyEpisode: an action of Walk must have 2 numbers, got 1. The recording is of another world.',
    );
    expect((await verify(recording, { ...walk(false), actionSpace })).firstDifference).toBeNull();
    const narrow = { ...walk(true), actionSpace: box([-0.1], [0.1]) };
    expect((await verify(await play(true), narrow)).firstDifference).toBeNull();
  });

  test('refuses a recording of another world, or without the channels', async () => {
    const recording = await play(false);
    await expect(verify(recording, { ...walk(false), stateSize: 3 })).rejects.toThrow(
      'verifyEpisode: a state of Walk must have 3 numbers, got 2. The recording is of another world.',
    );
    const episode = await recording.readEpisode(0);
    const columns = new Map([...episode.columns].filter(([name]) => name !== 'hash'));
    expect(() =>
      verifyEpisode({ ...episode, columns }, walk(false), smallRng({ state: 1 })),
    ).toThrow(
      'verifyEpisode: there must be a channel "hash" of numbers, got state, action, reward.',
    );
  });
});
