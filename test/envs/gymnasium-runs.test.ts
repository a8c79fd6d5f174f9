import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { make, makeDynamics } from '../../envs/registry.ts';

type Observation = number | readonly number[];

interface GoldenEpisode {
  readonly start: Observation;
  readonly actions: readonly number[];
  readonly observations: readonly Observation[];
  readonly rewards: readonly number[];
  readonly end: 'terminated' | 'truncated' | null;
}

interface Golden {
  readonly runs: readonly {
    readonly id: string;
    readonly options: Readonly<Record<string, unknown>>;
    readonly seed: number;
    readonly episodes: readonly GoldenEpisode[];
  }[];
  readonly vector: {
    readonly id: string;
    readonly copies: number;
    readonly seed: number;
    readonly actions: readonly (readonly number[])[];
    readonly observations: readonly (readonly (readonly number[])[])[];
    readonly ended: number;
  };
}

// Recorded by bench/peers/make_gymnasium_runs.py.
const golden = JSON.parse(
  readFileSync(new URL('../golden/gymnasium-runs.json', import.meta.url), 'utf8'),
) as Golden;

describe("with rng 'gymnasium', a seed gives the episodes of Gymnasium 1.4.0", () => {
  test.each(golden.runs)('$id $options from $seed', ({ id, options, seed, episodes }) => {
    const env = make(id, { rng: 'gymnasium', options });
    episodes.forEach((episode, number) => {
      const where = `episode ${number}`;
      const { observation } = env.reset(number === 0 ? { seed } : {});
      expectSame(observation, episode.start, where);
      episode.actions.forEach((action, t) => {
        const continuous = env.actionSpace.kind === 'box';
        const step = env.step((continuous ? Float32Array.of(action) : action) as never);
        expectSame(step.observation, episode.observations[t], `${where}, step ${t}`);
        expect(Math.abs(step.reward - episode.rewards[t]), where).toBeLessThan(1e-6);
        const end = step.terminated ? 'terminated' : step.truncated ? 'truncated' : null;
        const last = t === episode.actions.length - 1;
        expect(end, `${where}, step ${t}`).toBe(last ? episode.end : null);
      });
    });
  });

  test('in each copy of a vector environment, from the seeds seed + i', () => {
    const { id, copies, seed, actions, observations } = golden.vector;
    const envs = new VectorEnv(makeDynamics(id), { numEnvs: copies, seed, rng: 'gymnasium' });
    expectSame(envs.observations, observations[0].flat(), 'start');
    let ended = 0;
    actions.forEach((chosen, t) => {
      const { terminated, truncated } = envs.step(Int32Array.from(chosen));
      for (let i = 0; i < copies; i++) ended += terminated[i] + truncated[i];
      expectSame(envs.observations, observations[t + 1].flat(), `step ${t}`);
    });
    expect(ended).toBe(golden.vector.ended);
    expect(ended).toBeGreaterThan(0);
  });
});

describe("with rng 'gymnasium'", () => {
  test('the seed of make and VectorEnv counts as that of reset does', () => {
    const env = make('CartPole-v1', { seed: 42, rng: 'gymnasium' });
    const first = env.reset().observation;
    expect(make('CartPole-v1', { rng: 'gymnasium' }).reset({ seed: 42 }).observation).toEqual(
      first,
    );
    const envs = new VectorEnv(cartPole(), { seed: 42, rng: 'gymnasium', stream: 'evaluation' });
    expect(envs.observations).toEqual(first);
    expect(make('CartPole-v1', { seed: 42 }).reset().observation).not.toEqual(first);
  });

  test('a snapshot goes on with the same numbers, whatever the other one drew from', () => {
    const env = make('FrozenLake-v1', { seed: 3, rng: 'gymnasium' });
    env.reset();
    const saved = env.snapshot();
    expect(saved.rng).toMatchObject({ kind: 'pcg64' });
    const play = (which: typeof env) =>
      Array.from({ length: 20 }, () => {
        const { observation, terminated } = which.step(2);
        if (terminated) which.reset();
        return observation;
      });
    const expected = play(env);
    const other = make('FrozenLake-v1');
    other.restore(saved);
    expect(play(other)).toEqual(expected);

    const options = { numEnvs: 2, seed: 3 };
    const envs = new VectorEnv(cartPole(), { ...options, rng: 'gymnasium' });
    const others = new VectorEnv(cartPole(), options);
    others.restore(envs.snapshot());
    const right = Int32Array.of(1, 1);
    for (let t = 0; t < 40; t++) {
      envs.step(right);
      others.step(right);
      expect(others.observations).toEqual(envs.observations);
    }
  });

  test('another name of a generator is refused', () => {
    const rng = 'gymnasum' as 'gymnasium';
    const message = 'rng must be one of alea, gymnasium, got "gymnasum". Did you mean "gymnasium"?';
    expect(() => make('CartPole-v1', { rng })).toThrow(`DynamicsEnv: ${message}`);
    expect(() => new VectorEnv(cartPole(), { rng })).toThrow(`VectorEnv: ${message}`);
  });
});

function expectSame(got: unknown, expected: Observation, where: string): void {
  if (typeof expected === 'number') {
    expect(got, where).toBe(expected);
    return;
  }
  const numbers = got as Float32Array;
  expect(numbers.length, where).toBe(expected.length);
  expected.forEach((x, i) => {
    expect(Math.abs(numbers[i] - x), `${where}, number ${i}`).toBeLessThan(1e-6);
  });
}
