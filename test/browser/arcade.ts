import { hashRow } from '../../core/hash.ts';
import type { ScreenScene } from '../../core/scene.ts';
import { discrete } from '../../core/space.ts';
import { spaceToJson } from '../../core/spaces/json.ts';
import type { Codec } from '../../training/recording/codec.ts';
import type { Manifest } from '../../training/recording/manifest.ts';
import { RecordingWriter } from '../../training/recording/writer.ts';

/** Side of the arcade's square screen. */
export const SCREEN = 10;

/**
 * A world that no registry knows, with a scene in every step: a ball that falls down its column.
 *
 * Episode e has 10 steps, in which the ball is at row t of column e.
 */
export function arcadeScene(episode: number, step: number): ScreenScene {
  const pixels = new Uint8Array(SCREEN * SCREEN);
  pixels[step * SCREEN + episode] = 1;
  pixels.fill(2, SCREEN * (SCREEN - 1));
  const palette = ['#101820', '#ff8000', '#3060c0'] as const;
  return { kind: 'screen', width: SCREEN, height: SCREEN, pixels, palette };
}

/** Three episodes of it in one recording. */
export function arcadeRecording(codec: Codec): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new RecordingWriter(MANIFEST, { codec, write: (chunk) => chunks.push(chunk) });
  for (let episode = 0; episode < 3; episode++) {
    writer.beginEpisode({ seed: 9, number: episode, agentSteps: 10 * episode, rng: {} });
    for (let step = 0; step < SCREEN; step++) {
      const scene = arcadeScene(episode, step);
      writer.step({
        state: step,
        hash: hashRow(Float64Array.of(step)),
        action: step % 3,
        reward: step === SCREEN - 1 ? 1 : 0,
        scene: { ...scene, pixels: [...scene.pixels], palette: [...scene.palette] },
      });
    }
    writer.endEpisode({
      length: SCREEN,
      episodeReturn: 1,
      outcome: 'terminated',
      finalState: [SCREEN],
      finalHash: hashRow(Float64Array.of(SCREEN)),
      tags: ['arcade'],
    });
  }
  writer.finish();
  return new Uint8Array(Buffer.concat(chunks));
}

const MANIFEST: Manifest = {
  format: 'rlrec',
  version: 1,
  env: {
    id: 'FallingBall-v0',
    options: {},
    wrappers: [],
    observationSpace: spaceToJson(discrete(SCREEN)),
    actionSpace: spaceToJson(discrete(3, ['left', 'stay', 'right'])),
  },
  agent: null,
  math: 'portable-1',
  writer: { name: 'test', version: '0' },
  channels: [
    { name: 'state', dtype: 'f64', shape: [1] },
    { name: 'hash', dtype: 'u32', shape: [] },
    { name: 'action', dtype: 'i32', shape: [] },
    { name: 'reward', dtype: 'f64', shape: [] },
    { name: 'scene', dtype: 'json', shape: [] },
  ],
  blockSteps: 4,
};
