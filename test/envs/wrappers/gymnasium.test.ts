import { describe, expect, test } from 'vitest';
import type { Env } from '../../../core/env.ts';
import type { WrapperSpec } from '../../../core/env-spec.ts';
import { rowSize, writeRow } from '../../../core/spaces/rows.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { pendulum } from '../../../envs/control/pendulum.ts';
import { make } from '../../../envs/registry.ts';
import { EpisodeStatisticsVector } from '../../../envs/wrappers/episode-statistics-vector.ts';
import { NormalizeObservationVector } from '../../../envs/wrappers/normalize-observation-vector.ts';
import { NormalizeRewardVector } from '../../../envs/wrappers/normalize-reward-vector.ts';
import { readGolden } from '../../helpers/golden.ts';

interface GoldenEpisode {
  readonly start: readonly number[];
  readonly actions: readonly (number | readonly number[])[];
  readonly observations: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  readonly end: 'terminated' | 'truncated' | null;
}

interface Golden {
  readonly runs: readonly {
    readonly id: string;
    readonly wrappers: readonly WrapperSpec[];
    readonly seed: number;
    readonly episodes: readonly GoldenEpisode[];
  }[];
  readonly normalizedObservations: GoldenVector & {
    readonly observations: readonly (readonly number[])[];
  };
  readonly rewards: GoldenVector & {
    readonly rewards: readonly (readonly number[])[];
    readonly ended: readonly (readonly [step: number, copy: number, r: number, l: number])[];
  };
}

interface GoldenVector {
  readonly copies: number;
  readonly seed: number;
  readonly actions: readonly (readonly number[])[];
}

// Recorded by bench/peers/make_gymnasium_wrappers.py.
const golden = readGolden<Golden>('gymnasium-wrappers.json.gz');

// Gymnasium keeps statistics of observations in float32, which they are divided by.
const TOLERANCE: Readonly<Record<string, number>> = { 'normalize-observation': 1e-4 };

describe("with rng 'gymnasium', a wrapped world gives what Gymnasium 1.4.0 gives", () => {
  test.each(
    golden.runs.map((run) => [`${run.id} ${describeWrappers(run.wrappers)}`, run] as const),
  )('%s', (_, { id, wrappers, seed, episodes }) => {
    const env = make(id as string, { rng: 'gymnasium', wrappers });
    const tolerance = Math.max(1e-6, ...wrappers.map(({ name }) => TOLERANCE[name] ?? 0));
    episodes.forEach((episode, number) => {
      const where = `episode ${number}`;
      const { observation } = env.reset(number === 0 ? { seed } : {});
      expectNear(rowOf(env, observation), episode.start, tolerance, where);
      episode.actions.forEach((action, t) => {
        const step = env.step(action as never);
        const at = `${where}, step ${t}`;
        // A step that is cut short shows there the maximum with observations of earlier steps.
        if (!step.terminated || wrappers[0].name !== 'max-and-skip-observation') {
          expectNear(rowOf(env, step.observation), episode.observations[t], tolerance, at);
        }
        expectNear([step.reward], [episode.rewards[t]], tolerance, `${at}, reward`);
        const end = step.terminated ? 'terminated' : step.truncated ? 'truncated' : null;
        expect(end, at).toBe(t === episode.actions.length - 1 ? episode.end : null);
      });
    });
  });

  test('in every copy of a vector whose observations are normalized together', () => {
    const { copies, seed, actions, observations } = golden.normalizedObservations;
    const options = { numEnvs: copies, seed, rng: 'gymnasium' as const };
    const envs = new NormalizeObservationVector(new VectorEnv(pendulum(), options));
    expectNear(envs.observations, observations[0], 1e-4, 'start');
    actions.forEach((chosen, t) => {
      envs.step(Float32Array.from(chosen));
      expectNear(envs.observations, observations[t + 1], 1e-4, `step ${t}`);
    });
  });

  test('in every copy of a vector whose rewards are normalized together, and whose episodes are followed', () => {
    const { copies, seed, actions, rewards, ended } = golden.rewards;
    const options = { numEnvs: copies, seed, rng: 'gymnasium' as const };
    const statistics = new EpisodeStatisticsVector(new VectorEnv(cartPole(), options));
    const envs = new NormalizeRewardVector(statistics, { discount: 0.9 });
    const seen: number[][] = [];
    actions.forEach((chosen, t) => {
      const transitions = envs.step(Int32Array.from(chosen));
      // There the returns are kept in float32.
      expectNear(transitions.rewards, rewards[t], 1e-5, `step ${t}`);
      for (let i = 0; i < copies; i++) {
        const { endedReturns, endedLengths } = statistics;
        if (statistics.ended[i]) seen.push([t, i, endedReturns[i], endedLengths[i]]);
      }
    });
    expect(seen).toEqual(ended);
    expect(ended.length).toBeGreaterThan(5);
    expect([...statistics.lastReturns]).toEqual(ended.map(([, , episodeReturn]) => episodeReturn));
  });
});

function describeWrappers(wrappers: readonly WrapperSpec[]): string {
  return wrappers.map(({ name, options }) => `${name} ${JSON.stringify(options)}`).join(', ');
}

/** An observation as Gymnasium's is recorded: all its numbers, none of them counted from 0. */
function rowOf(env: Env, observation: unknown): ArrayLike<number> {
  const row = new Float64Array(rowSize(env.observationSpace));
  writeRow(env.observationSpace, observation as never, row);
  return row;
}

function expectNear(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  where: string,
): void {
  expect(got.length, where).toBe(expected.length);
  for (let i = 0; i < got.length; i++) {
    const scale = Math.max(1, Math.abs(expected[i]));
    expect(Math.abs(got[i] - expected[i]) / scale, `${where}, number ${i}`).toBeLessThan(tolerance);
  }
}
