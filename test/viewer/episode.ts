import type { EnvSpec } from '../../core/env-spec.ts';
import { discrete } from '../../core/space.ts';
import { spaceToJson } from '../../core/spaces/json.ts';
import type { Channel, Manifest } from '../../training/recording/manifest.ts';
import type { Column, Episode } from '../../training/recording/recording.ts';
import { makeReplay, type Replay } from '../../viewer/episode/replay.ts';
import { worldOf } from '../../viewer/episode/world.ts';

/** A column of numbers, for episodes made in a test. */
export function column(
  name: string,
  dtype: Channel['dtype'],
  shape: readonly number[],
  values: Column['values'],
): [string, Column] {
  const rowSize = shape.reduce((product, extent) => product * extent, 1);
  return [name, { channel: { name, dtype, shape }, rowSize, values }];
}

/** Three steps along the safe lake: down, down, right; the last one explores. */
export function lakeReplay(
  spec: EnvSpec = { id: 'FrozenLake-v1', options: { slippery: false }, wrappers: [] },
  extra: readonly [string, Column][] = [],
): Replay {
  const table = new Float32Array(3 * 16 * 4);
  table[1 * 64 + 4 * 4 + 1] = 0.5; // at step 1, Q(4, down)
  const columns = new Map([
    column('state', 'f64', [3], Float64Array.of(0, -1, 0, 4, 1, 0, 8, 1, 0)),
    column('action', 'i32', [], Int32Array.of(1, 1, 2)),
    column('reward', 'f64', [], Float64Array.of(0, 0.25, -1)),
    column('q', 'f32', [4], Float32Array.of(0, 1, 0, 0, 0, 0.5, 0, 0.5, 3, 0, 1, 0)),
    column('policy', 'f32', [4], Float32Array.of(0, 1, 0, 0, 0, 0.5, 0, 0.5, 1, 0, 0, 0)),
    column('q-table', 'f32', [16, 4], table),
    ...extra,
  ]);
  const episode: Episode = {
    meta: { seed: 7, number: 41, agentSteps: 900, rng: {} },
    end: {
      length: 3,
      episodeReturn: -0.75,
      outcome: 'truncated',
      finalState: [9, 2, 0],
      finalHash: 0,
      tags: ['best'],
    },
    length: 3,
    columns,
  };
  return makeReplay(lakeManifest(spec), episode, worldOf(spec));
}

function lakeManifest(spec: EnvSpec): Manifest {
  const observationSpace = spaceToJson(discrete(16));
  const actionSpace = spaceToJson(discrete(4, ['left', 'down', 'right', 'up']));
  return {
    format: 'rlrec',
    version: 1,
    env: { ...spec, observationSpace, actionSpace },
    agent: { name: 'q-learning', options: {} },
    math: 'portable-1',
    writer: { name: 'test', version: '0' },
    channels: [],
    blockSteps: 256,
  };
}
