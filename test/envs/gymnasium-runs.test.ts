import { describe, expect, test } from 'vitest';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { make, makeDynamics, resolveSpec } from '../../envs/registry.ts';
import { readGolden } from '../helpers/golden.ts';

type End = 'terminated' | 'truncated' | null;

interface Run<Episode> {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly episodes: readonly Episode[];
}

interface ToyTextEpisode {
  readonly start: number;
  readonly actions: readonly number[];
  readonly observations: readonly number[];
  readonly rewards: readonly number[];
  readonly end: End;
}

interface ControlEpisode {
  readonly observations: readonly (readonly number[])[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly end: End;
}

interface Fixture {
  readonly gymnasium: string;
  readonly numpy: string;
  readonly unit: number;
  readonly actionUnit: number;
  readonly toyText: readonly Run<ToyTextEpisode>[];
  readonly control: readonly Run<ControlEpisode>[];
  readonly vector: {
    readonly id: string;
    readonly copies: number;
    readonly seed: number;
    readonly actions: readonly (readonly number[])[];
    readonly observations: readonly (readonly number[])[];
    readonly ended: number;
  };
}

// Recorded by bench/peers/make_golden.py; test/fixtures/README.md says how.
const fixture = readGolden<Fixture>('../fixtures/gymnasium-runs.json.gz');

/** A column of the file as it was before its differences were taken. */
function column(differences: readonly number[]): number[] {
  let [slope, value] = [0, 0];
  return differences.map((difference) => {
    slope += difference;
    value += slope;
    return value * fixture.unit;
  });
}

const titled = <T>(runs: readonly Run<T>[]) =>
  runs.map((run) => [`${run.id} ${JSON.stringify(run.options)} from ${run.seed}`, run] as const);

describe(`with rng 'gymnasium', a seed gives the episodes of Gymnasium ${fixture.gymnasium}`, () => {
  test('recorded under NumPy 2, with ten seeds for each world', () => {
    expect(fixture.numpy).toMatch(/^2\./);
    for (const id of ['CartPole-v1', 'MountainCar-v0', 'MountainCarContinuous-v0', 'Acrobot-v1']) {
      expect(
        new Set(fixture.control.filter((run) => run.id === id).map(({ seed }) => seed)).size,
        id,
      ).toBe(10);
    }
    expect(fixture.toyText).toHaveLength(170);
  });

  test.each(titled(fixture.toyText))('to the bit: %s', (_, { id, options, seed, episodes }) => {
    const env = make(id, { rng: 'gymnasium', options });
    episodes.forEach((episode, number) => {
      const { observation } = env.reset(number === 0 ? { seed } : {});
      expect(observation, `start of episode ${number}`).toBe(episode.start);
      const steps = episode.actions.map((action) => env.step(action as never));
      expect(steps.map((step) => step.observation)).toEqual(episode.observations);
      expect(steps.map(({ reward }) => reward)).toEqual(episode.rewards);
      expect(endOf(steps)).toEqual([steps.length - (episode.end === null ? 0 : 1), episode.end]);
    });
  });

  test.each(titled(fixture.control))('within 1e-6: %s', (_, { id, options, seed, episodes }) => {
    const env = make(id, { rng: 'gymnasium', options });
    const continuous = env.actionSpace.kind === 'box';
    episodes.forEach((episode, number) => {
      const columns = episode.observations.map(column);
      const { observation } = env.reset(number === 0 ? { seed } : {});
      const steps = episode.actions.map((action) =>
        env.step((continuous ? Float32Array.of(action * fixture.actionUnit) : action) as never),
      );
      const seen = [observation, ...steps.map((step) => step.observation)] as Float32Array[];
      columns.forEach((expected, i) => {
        const got = seen.map((numbers) => numbers[i]);
        expect(farthest(got, expected), `number ${i} of episode ${number}`).toBeLessThan(1e-6);
      });
      const rewards = steps.map(({ reward }) => reward);
      expect(farthest(rewards, column(episode.rewards)), `rewards of ${number}`).toBeLessThan(1e-6);
      expect(endOf(steps)).toEqual([steps.length - (episode.end === null ? 0 : 1), episode.end]);
    });
  });

  test('in each copy of a vector environment, from the seeds seed + i', () => {
    const { id, copies, seed, actions, observations } = fixture.vector;
    const envs = new VectorEnv(makeDynamics(id), { numEnvs: copies, seed, rng: 'gymnasium' });
    const columns = observations.map(column);
    const compare = (t: number) => {
      const expected = columns.map((values) => values[t]);
      expect(farthest([...envs.observations], expected), `step ${t}`).toBeLessThan(1e-6);
    };
    compare(0);
    let ended = 0;
    actions.forEach((chosen, t) => {
      const { terminated, truncated } = envs.step(Int32Array.from(chosen));
      for (let i = 0; i < copies; i++) ended += terminated[i] + truncated[i];
      compare(t + 1);
    });
    expect(ended).toBe(fixture.vector.ended);
    expect(ended).toBeGreaterThan(0);
  });
});

describe("the arithmetic of NumPy 2 comes with rng 'gymnasium'", () => {
  test.each(['Pendulum-v1', 'MountainCarContinuous-v0'])('in %s, unless another is given', (id) => {
    const arithmetic = (env: ReturnType<typeof make>) => env.spec?.options.arithmetic;
    expect(arithmetic(make(id))).toBe('float64');
    expect(arithmetic(make(id, { rng: 'gymnasium' }))).toBe('numpy2');
    const given = { options: { arithmetic: 'float64' } };
    expect(arithmetic(make(id, { rng: 'gymnasium', ...given }))).toBe('float64');
    expect(arithmetic(make(resolveSpec(id), { rng: 'gymnasium' }))).toBe('float64');
    expect(resolveSpec(id, { rng: 'gymnasium' }).options.arithmetic).toBe('numpy2');
    const options = { arithmetic: 'numpy' };
    expect(() => make(id, { options })).toThrow(
      'arithmetic must be one of float64, numpy2, got "numpy". Did you mean "numpy2"?',
    );
  });

  test('and without it the recorded runs are missed by more than 1e-6', () => {
    const strays = (id: string) =>
      Math.max(
        ...fixture.control
          .filter((run) => run.id === id)
          .map(({ options, seed, episodes: [episode] }) => {
            const env = make(id, {
              rng: 'gymnasium',
              options: { ...options, arithmetic: 'float64' },
            });
            const seen = [env.reset({ seed }).observation as Float32Array];
            for (const action of episode.actions) {
              const given = Float32Array.of(action * fixture.actionUnit);
              seen.push(env.step(given as never).observation as Float32Array);
            }
            const off = episode.observations.map((differences, i) =>
              farthest(
                seen.map((numbers) => numbers[i]),
                column(differences),
              ),
            );
            return Math.max(...off);
          }),
      );
    expect(strays('Pendulum-v1')).toBeGreaterThan(1e-6);
    expect(strays('MountainCarContinuous-v0')).toBeGreaterThan(1e-6);
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
    expect(() => make('CartPole-v1', { rng })).toThrow(message);
    expect(() => new DynamicsEnv(cartPole(), { rng })).toThrow(`DynamicsEnv: ${message}`);
    expect(() => new VectorEnv(cartPole(), { rng })).toThrow(`VectorEnv: ${message}`);
  });
});

/** Which step is the first to say that the episode is over, and how; `[number of steps, null]` for none. */
function endOf(steps: readonly { terminated: boolean; truncated: boolean }[]): [number, End] {
  const last = steps.findIndex(({ terminated, truncated }) => terminated || truncated);
  if (last < 0) return [steps.length, null];
  return [last, steps[last].terminated ? 'terminated' : 'truncated'];
}

/** The largest difference; infinite where there is not as much of both. */
function farthest(got: readonly number[], expected: readonly number[]): number {
  if (got.length !== expected.length) return Infinity;
  return got.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i])), 0);
}
