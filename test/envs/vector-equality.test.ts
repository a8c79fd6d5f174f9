import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import type { EnvVector } from '../../core/env-vector.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { readRow, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { sampleRow } from '../../core/spaces/sample.ts';
import { SyncVectorEnv } from '../../core/sync-vector-env.ts';
import type { Transitions } from '../../core/transitions.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { isHandWritten } from '../../envs/make-vector.ts';
import { envEntries, makeDynamics } from '../../envs/registry.ts';
import { compound } from '../helpers/compound-world.ts';
import { hideDynamics } from '../helpers/hand-written.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

// Every world with rules in the registry, and those of its options that change how it is run.
const WORLDS: Dynamics[] = [
  ...envEntries()
    .filter((entry) => !isHandWritten(entry))
    .map(({ id }) => makeDynamics(id)),
  makeDynamics('FrozenLake-v1', { options: { slippery: false } }),
  makeDynamics('Taxi-v4', { options: { rainy: true, masked: true, ficklePassenger: true } }),
  makeDynamics('Blackjack-v1', { options: { sab: false, natural: true } }),
  makeDynamics('WindyGridworld-v0', { options: { moves: 'king-or-stay', stochasticWind: true } }),
  makeDynamics('BlockingMaze-v0', { options: { changeAfter: 100 } }),
  makeDynamics('Racetrack-v0', { options: { track: 'right' } }),
  makeDynamics('Acrobot-v1', { options: { dynamics: 'nips' } }),
  corridor(),
  pushedPoint(),
  compound(),
];

const SEED = 5;
const STEPS = 100;
const COPIES = [1, 3, 7];

/** What a copy showed and did over all steps, every number of it, as the bits of one row. */
interface Diary {
  readonly numbers: number[];
  ended: number;
}

/** Short episodes, so that several end within the steps. */
function shortened(world: Dynamics): Dynamics {
  return { ...world, timeLimit: Math.min(world.timeLimit, 25) };
}

/** The actions of copy i: drawn by a generator of its own, legal by its mask. */
class Chooser {
  readonly #space: Space;
  readonly #rng: Alea;
  readonly row: Float64Array;

  constructor(space: Space, copy: number) {
    this.#space = space;
    this.#rng = new Alea(99, `actions/${copy}`);
    this.row = new Float64Array(rowSize(space));
  }

  draw(mask: Uint8Array | null): Float64Array {
    if (mask !== null && !mask.includes(1)) throw new Error('no action is legal.');
    do sampleRow(this.#space, this.#rng, this.row);
    while (mask !== null && mask[this.row[0]] !== 1);
    return this.row;
  }
}

/** A single env, reset after each end, step by step. */
function diaryOfEnv(env: Env, seed: number, copy: number, states: boolean): Diary {
  const size = rowSize(env.observationSpace);
  const chooser = new Chooser(env.actionSpace, copy);
  const diary: Diary = { numbers: [], ended: 0 };
  const flat = (observation: ElementOf<Space>) => {
    const row = new Float32Array(size);
    writeRow(env.observationSpace, observation, row);
    return row;
  };
  const stateOf = () => (states ? (env.snapshot().state as Float64Array) : []);
  diary.numbers.push(...flat(env.reset({ seed }).observation), ...(env.actionMask() ?? []));
  for (let t = 0; t < STEPS; t++) {
    const row = chooser.draw(env.actionMask());
    const float = Float32Array.from(row); // as columns of actions hold it
    const { observation, reward, terminated, truncated } = env.step(
      readRow(env.actionSpace, float),
    );
    diary.numbers.push(...flat(observation), reward, Number(terminated), Number(truncated));
    diary.numbers.push(...(env.actionMask() ?? []), ...stateOf());
    const ended = terminated || truncated;
    diary.ended += Number(ended);
    const now = ended ? env.reset().observation : observation;
    diary.numbers.push(...flat(now), ...(env.actionMask() ?? []), ...(ended ? stateOf() : []));
  }
  return diary;
}

/** Copy by copy what a vector does. */
function diariesOfVector(envs: EnvVector, rules: VectorEnv | null): Diary[] {
  const { numEnvs, actionSpace, actionMasks } = envs;
  const width = rowSize(actionSpace);
  const choosers = Array.from({ length: numEnvs }, (_, i) => new Chooser(actionSpace, i));
  const diaries: Diary[] = choosers.map(() => ({ numbers: [], ended: 0 }));
  const actions = envs.createActions();
  const rowOf = (matrix: Float32Array | Uint8Array | undefined, i: number) =>
    matrix?.subarray((i * matrix.length) / numEnvs, ((i + 1) * matrix.length) / numEnvs) ?? [];
  const masks = (i: number) => (actionMasks ? (rowOf(actionMasks, i) as Uint8Array) : null);
  diaries.forEach(({ numbers }, i) => {
    numbers.push(...rowOf(envs.observations, i), ...(masks(i) ?? []));
  });
  for (let t = 0; t < STEPS; t++) {
    choosers.forEach((chooser, i) => {
      actions.set(chooser.draw(masks(i)), i * width);
    });
    const before = envs.observations.slice();
    const step: Transitions = envs.step(actions);
    if (!same(step.observations, before) || !same(step.actions, actions)) {
      throw new Error(`step ${t} does not say what the copies saw and did.`);
    }
    diaries.forEach((diary, i) => {
      const { numbers } = diary;
      const ended = step.terminated[i] + step.truncated[i];
      numbers.push(...rowOf(step.nextObservations, i), step.rewards[i]);
      numbers.push(step.terminated[i], step.truncated[i], ...rowOf(step.nextActionMasks, i));
      if (rules) numbers.push(...(ended ? rules.finalStates[i] : rules.states[i]));
      diary.ended += ended;
      numbers.push(...rowOf(envs.observations, i), ...(masks(i) ?? []));
      if (rules && ended) numbers.push(...rules.states[i]);
    });
  }
  return diaries;
}

/** Equal to the bit: −0 is not 0. */
function same(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return one.length === other.length;
}

/** A comparison of arrays of this length by `toEqual` takes seconds. */
function expectSameBits(got: Diary, expected: Diary, where: string): void {
  expect(got.numbers.length, where).toBe(expected.numbers.length);
  const other = expected.numbers.findIndex((x, i) => !Object.is(x, got.numbers[i]));
  expect(other, `${where}: the first number that differs`).toBe(-1);
  expect(got.ended, where).toBe(expected.ended);
}

describe.each(WORLDS.map((world, i) => [`${i} ${world.name}`, shortened(world)] as const))(
  '%s',
  (_, world) => {
    test('copy i of a vector does what a single env does with stream i, to the bit', () => {
      const singles = Array.from({ length: 7 }, (_, i) =>
        diaryOfEnv(new DynamicsEnv(world, { stream: `env/${i}` }), SEED, i, true),
      );
      for (const single of singles) expect(single.ended).toBeGreaterThan(2);
      for (const numEnvs of COPIES) {
        const envs = new VectorEnv(world, { numEnvs, seed: SEED });
        diariesOfVector(envs, envs).forEach((diary, i) => {
          expectSameBits(diary, singles[i], `copy ${i} of ${numEnvs}`);
        });
      }
    });

    test('so does copy i of hand-written envs, with seed + i', () => {
      const singles = Array.from({ length: 7 }, (_, i) =>
        diaryOfEnv(hideDynamics(world), SEED + i, i, false),
      );
      for (const numEnvs of COPIES) {
        const envs = new SyncVectorEnv(() => hideDynamics(world), { numEnvs, seed: SEED });
        diariesOfVector(envs, null).forEach((diary, i) => {
          expectSameBits(diary, singles[i], `copy ${i} of ${numEnvs}`);
        });
      }
    });
  },
);
