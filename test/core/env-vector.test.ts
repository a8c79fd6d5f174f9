import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { EnvVector } from '../../core/env-vector.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { sampleRow } from '../../core/spaces/sample.ts';
import { SyncVectorEnv } from '../../core/sync-vector-env.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { compound } from '../helpers/compound-world.ts';
import { hideDynamics, Ladder } from '../helpers/hand-written.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

type Make = (numEnvs: number, seed: number) => EnvVector;

// Every kind of `EnvVector` joins this list, and is held to every promise of that interface.
const VECTORS: [string, Make][] = [
  ['VectorEnv', (numEnvs, seed) => new VectorEnv(corridor(), { numEnvs, seed })],
  ['VectorEnv of vectors', (numEnvs, seed) => new VectorEnv(pushedPoint(), { numEnvs, seed })],
  ['VectorEnv of parts', (numEnvs, seed) => new VectorEnv(compound(), { numEnvs, seed })],
  ['SyncVectorEnv', (numEnvs, seed) => new SyncVectorEnv(() => new Ladder(), { numEnvs, seed })],
  [
    'SyncVectorEnv of parts',
    (numEnvs, seed) => new SyncVectorEnv(() => hideDynamics(compound()), { numEnvs, seed }),
  ],
];

/** Random legal actions for every copy. */
function act(envs: EnvVector, rng: Alea) {
  const { actionSpace, actionMasks, numEnvs } = envs;
  const actions = envs.createActions();
  const size = rowSize(actionSpace);
  const n = actionSpace.kind === 'discrete' ? actionSpace.n : 0;
  for (let i = 0; i < numEnvs; i++) {
    if (actionMasks && !actionMasks.subarray(i * n, (i + 1) * n).includes(1)) {
      throw new Error(`no action is legal in copy ${i}.`);
    }
    do sampleRow(actionSpace, rng, actions, i * size);
    while (actionMasks && actionMasks[i * n + actions[i]] === 0);
  }
  return actions;
}

/** Copies of all that some steps gave. */
function play(envs: EnvVector, steps: number, seed = 1) {
  const rng = new Alea(seed, 'actions');
  return Array.from({ length: steps }, () => {
    const transitions = structuredClone(envs.step(act(envs, rng)));
    return { transitions, shown: envs.observations.slice(), masks: envs.actionMasks?.slice() };
  });
}

describe.each(VECTORS)('a %s', (_, make) => {
  test('takes and gives columns of as many rows as it has copies', () => {
    const envs = make(3, 1);
    const [size, width] = [rowSize(envs.observationSpace), rowSize(envs.actionSpace)];
    const { observations, actions, rewards, nextObservations } = envs.step(act(envs, new Alea(1)));
    expect(envs.observations).toHaveLength(3 * size);
    expect(envs.createActions()).toHaveLength(3 * width);
    expect(observations).toHaveLength(3 * size);
    expect(nextObservations).toHaveLength(3 * size);
    expect(actions).toHaveLength(3 * width);
    expect(rewards).toHaveLength(3);
  });

  test('gives the same objects at every step', () => {
    const envs = make(2, 1);
    const { observations, actionMasks } = envs;
    const rng = new Alea(1);
    const first = envs.step(act(envs, rng));
    expect(envs.step(act(envs, rng))).toBe(first);
    expect(envs.observations).toBe(observations);
    expect(envs.actionMasks).toBe(actionMasks);
    envs.restore(make(2, 5).snapshot());
    expect(envs.observations).toBe(observations);
    expect(envs.actionMasks).toBe(actionMasks);
  });

  test('acts from what it showed, and shows the successor unless the episode ended', () => {
    const envs = make(3, 2);
    let shown = envs.observations.slice();
    let ended = 0;
    for (const { transitions, shown: now } of play(envs, 120)) {
      expect(transitions.observations).toEqual(shown);
      const size = now.length / 3;
      for (let i = 0; i < 3; i++) {
        const row = (matrix: Float32Array) => matrix.slice(i * size, (i + 1) * size);
        const flags = transitions.terminated[i] + transitions.truncated[i];
        expect(flags).toBeLessThan(2);
        if (flags === 0) expect(row(now)).toEqual(row(transitions.nextObservations));
        ended += flags;
      }
      shown = now;
    }
    expect(ended).toBeGreaterThan(5);
  });

  test('does the same with the same seed, and another thing with another', () => {
    expect(play(make(2, 3), 60)).toEqual(play(make(2, 3), 60));
    expect(play(make(2, 3), 60)).not.toEqual(play(make(2, 33), 60));
  });

  test('moves no copy where the action of the last one is no action', () => {
    const envs = make(4, 4);
    const before = envs.snapshot();
    const shown = envs.observations.slice();
    const actions = act(envs, new Alea(1));
    actions[actions.length - 1] = actions instanceof Int32Array ? 99 : Number.NaN;
    expect(() => envs.step(actions)).toThrow(RangeError);
    expect(() => envs.step(actions)).toThrow('in copy 3.');
    expect(() => envs.step(actions.slice(1))).toThrow('actions must have length');
    expect(envs.snapshot()).toEqual(before);
    expect(envs.observations).toEqual(shown);
  });

  test('goes on from a snapshot with the same bits, as often as one likes', () => {
    const envs = make(2, 5);
    play(envs, 33);
    const saved = envs.snapshot();
    const expected = play(envs, 60, 2);
    for (const other of [make(2, 6), envs]) {
      other.restore(saved);
      expect(other.snapshot()).toEqual(saved);
      expect(play(other, 60, 2)).toEqual(expected);
    }
  });

  test('refuses a snapshot of another number of copies, or of something else', () => {
    const envs = make(2, 7);
    const before = envs.snapshot();
    expect(() => envs.restore(make(3, 7).snapshot())).toThrow('must have length 2, got 3');
    expect(() => envs.restore({ kind: 'env', version: 1 })).toThrow('expected saved data of kind');
    expect(() => envs.restore({ ...before, name: 'Chess' })).toThrow('got "Chess"');
    expect(envs.snapshot()).toEqual(before);
  });
});
