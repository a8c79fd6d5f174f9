import { describe, expect, test } from 'vitest';
import { Sac } from '../../agents/deep/off-policy/sac.ts';
import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { SavedData } from '../../core/saved.ts';
import { box, type Space } from '../../core/space.ts';
import { createColumns } from '../../core/transitions.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { pendulum } from '../../envs/control/pendulum.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { NormalizeObservationVector } from '../../envs/wrappers/normalize-observation-vector.ts';
import { NormalizeRewardVector } from '../../envs/wrappers/normalize-reward-vector.ts';
import { NormalizedAgent, type NormalizeOptions } from '../../training/normalized-agent.ts';
import { openRecording } from '../../training/recording/reader.ts';
import { decodeSaved, encodeSaved } from '../../training/saved-file.ts';
import { createSession, parseRunConfig, resolveRun } from '../../training/session.ts';
import { bytesSource } from '../../training/zip/byte-source.ts';
import { codec } from '../helpers/codec.ts';

const FORMAT = { format: 'test', version: 1 };

/** What an agent was shown, and pushes by what it sees. */
interface Witness extends Agent {
  readonly seen: number[][];
  readonly learned: { rewards: number[]; observations: number[]; nextObservations: number[] }[];
}

function witness(): Witness {
  const seen: number[][] = [];
  const learned: Witness['learned'] = [];
  const act = (observations: Float32Array, actions: { [i: number]: number; length: number }) => {
    seen.push([...observations]);
    const size = observations.length / actions.length;
    for (let i = 0; i < actions.length; i++) {
      const push = Math.sign(observations[i * size + 1]);
      actions[i] = actions instanceof Int32Array ? Number(push > 0) : push;
    }
  };
  return {
    name: 'witness',
    options: {},
    seen,
    learned,
    act,
    learn: ({ rewards, observations, nextObservations }) => {
      learned.push({
        rewards: [...rewards],
        observations: [...observations],
        nextObservations: [...nextObservations],
      });
    },
    greedy: () => ({ act }),
    inspect: (observation) => ({ value: observation[0] }),
    metrics: () => ({ pushes: seen.length }),
    save: () => ({ count: seen.length }),
    restore: () => {},
  };
}

/** Runs a normalized witness in some copies; episodes of the pendulum are cut at step 200. */
function play(
  steps: number,
  numEnvs: number,
  options: NormalizeOptions = {},
  world: Dynamics = pendulum(),
) {
  const envs = new VectorEnv(world, { numEnvs, seed: 4 });
  const inner = witness();
  const agent = new NormalizedAgent({ ...world, numEnvs }, () => inner, options);
  const actions = envs.createActions();
  for (let t = 0; t < steps; t++) {
    agent.act(envs.observations, actions, envs.actionMasks);
    agent.learn(envs.step(actions));
  }
  return { envs, agent, inner };
}

describe('an agent is shown', () => {
  test.each([
    [1, 'Pendulum', pendulum(), 0.4],
    [3, 'Pendulum', pendulum(), 0.4],
    [2, 'CartPole', cartPole(), 2], // which terminates
  ])(
    'what the vector wrappers would show it, to the bit: %i copies of %s',
    (n, _, world, clipReward) => {
      const { inner } = play(450, n, { clipObservation: 1.5, clipReward, discount: 0.9 }, world);
      const inside = new VectorEnv<Space, Space>(world, { numEnvs: n, seed: 4 });
      const rewarded = new NormalizeRewardVector(inside, { clip: clipReward, discount: 0.9 });
      const envs = new NormalizeObservationVector(rewarded, { clip: 1.5 });
      const wanted = witness();
      const actions = envs.createActions();
      for (let t = 0; t < 450; t++) {
        wanted.act(envs.observations, actions);
        wanted.learn(envs.step(actions));
      }
      expect(inner.seen).toEqual(wanted.seen);
      expect(inner.learned).toEqual(wanted.learned);
      const shown = inner.seen.flat().map(Math.abs);
      expect(Math.max(...shown)).toBe(1.5);
      expect(Math.max(...inner.learned.flatMap(({ rewards }) => rewards.map(Math.abs)))).toBe(
        clipReward,
      );
    },
  );

  test('what there is, where only the rewards or only the observations are normalized', () => {
    const world = new VectorEnv(pendulum(), { numEnvs: 2, seed: 4 });
    const rewards = play(5, 2, { observations: false });
    expect(rewards.inner.seen[0]).toEqual([...world.observations]);
    expect(rewards.inner.learned[0].observations).toEqual([...world.observations]);
    const observations = play(5, 2, { rewards: false });
    expect(observations.inner.seen[0]).not.toEqual([...world.observations]);
    const actions = world.createActions();
    actions.set(observations.inner.seen[0].filter((_, i) => i % 3 === 1).map(Math.sign));
    expect(observations.inner.learned[0].rewards).toEqual([...world.step(actions).rewards]);
  });

  test('a box within the clip, and no model', () => {
    const lake = makeDynamics('FrozenLake-v1');
    let shown: unknown;
    new NormalizedAgent(
      lake,
      (task) => {
        shown = task;
        return witness();
      },
      { observations: false },
    );
    expect(shown).not.toHaveProperty('model');
    expect(shown).not.toHaveProperty('repeats');
    new NormalizedAgent(pendulum(), (task) => {
      shown = task.observationSpace;
      return witness();
    });
    expect(shown).toMatchObject({ kind: 'box', labels: pendulum().observationSpace.labels });
    expect((shown as { high: Float32Array }).high).toEqual(Float32Array.of(10, 10, 10));
    expect((shown as { low: Float32Array }).low).toEqual(Float32Array.of(-10, -10, -10));
  });
});

test('a memory has room for all transitions: what is normalized is shared with nothing', () => {
  const world = pendulum();
  const observationSpace = box(-10, 10, { shape: [24] }); // large enough to be shared else
  const memory = { capacity: 50, learningStarts: 1000, batchSize: 4 };
  let inner: Sac | undefined;
  const agent = new NormalizedAgent({ ...world, observationSpace }, (task) => {
    inner = new Sac(task, memory);
    return inner;
  });
  const transitions = createColumns({ ...world, observationSpace, masked: false }, 1);
  for (let t = 0; t < 60; t++) {
    transitions.observations.fill(t);
    transitions.nextObservations.fill(t + 1);
    agent.act(transitions.observations, new Float32Array(1));
    agent.learn(transitions);
  }
  expect(inner?.save().replay).toMatchObject({ layout: { shared: false } });
  expect(new Sac({ ...world, observationSpace }, memory).save().replay).toMatchObject({
    layout: { shared: true },
  });
});

describe('who looks from outside', () => {
  test('is shown the same by the greedy policy, which gathers nothing', () => {
    const { agent, inner, envs } = play(300, 2);
    const before = agent.save();
    const actions = envs.createActions();
    const greedy = agent.greedy();
    greedy.act(envs.observations, actions);
    greedy.act(envs.observations.slice(0, 3), actions.slice(0, 1));
    const [both, one] = inner.seen.slice(-2);
    expect(one).toEqual(both.slice(0, 3));
    expect(agent.inspect(envs.observations.slice(0, 3)).value).toBe(one[0]);
    expect(agent.save()).toEqual({ ...before, agent: { count: inner.seen.length } });
    // (x − mean) / √(variance + ε), by the statistics that are saved.
    const row = before.observations as Float64Array;
    const wanted = (envs.observations[0] - row[1]) / Math.sqrt(row[4] + 1e-8);
    expect(one[0]).toBe(Math.fround(wanted));
  });

  test('sees its name, its options and its numbers', () => {
    const { agent } = play(3, 1);
    expect([agent.name, agent.options, agent.metrics()]).toEqual(['witness', {}, { pushes: 3 }]);
  });
});

test('statistics are saved with the agent, and restored', () => {
  const { agent } = play(300, 2);
  const saved = agent.save();
  const other = new NormalizedAgent({ ...pendulum(), numEnvs: 2 }, witness);
  other.restore(decodeSaved(encodeSaved(saved, codec, FORMAT), codec, FORMAT));
  expect({ ...other.save(), agent: null }).toEqual({ ...saved, agent: null });
  const few = new NormalizedAgent({ ...pendulum(), numEnvs: 1 }, witness);
  expect(() => few.restore(saved)).toThrow('returns must be');
  expect(() => few.restore({ kind: 'x' })).toThrow('kind "normalized-agent"');
});

test.each([
  [{ clipReward: 0 }, 'NormalizedAgent: clipReward must be a finite number above 0, got 0.'],
  [{ discount: 2 }, 'NormalizedAgent: discount must be between 0 and 1, got 2.'],
  [{ epsilon: -1 }, 'NormalizedAgent: epsilon must be a finite number above 0, got -1.'],
  [{ observations: false, rewards: false }, 'observations or rewards must be true, got both'],
  [{ clip: 3 }, 'unknown option "clip"'],
])('%j is refused', (options, message) => {
  expect(() => new NormalizedAgent(pendulum(), witness, options as never)).toThrow(message);
});

test('copies that it does not follow, and a reward that is no number, are refused', () => {
  const envs = new VectorEnv(pendulum(), { numEnvs: 2 });
  const alone = new NormalizedAgent(pendulum(), witness);
  const actions = envs.createActions();
  expect(() => alone.act(envs.observations, actions)).toThrow(
    'NormalizedAgent.act: the batch must',
  );
  expect(() => alone.learn(envs.step(actions))).toThrow('NormalizedAgent.learn: the batch must');
  expect(() => new NormalizedAgent({ ...pendulum(), numEnvs: 1.5 }, witness)).toThrow(
    'NormalizedAgent: numEnvs must be an integer of at least 1, got 1.5.',
  );
  const { agent } = play(3, 2);
  const before = agent.save();
  const rewards = Float64Array.of(0, Infinity);
  expect(() => agent.learn({ ...envs.step(actions), rewards })).toThrow(
    'NormalizedAgent.learn: the reward of step 7 must be a finite number, got Infinity.',
  );
  expect(agent.save()).toEqual(before);
});

test('observations that are no numbers are refused', () => {
  expect(() => new NormalizedAgent(makeDynamics('FrozenLake-v1'), witness)).toThrow(
    'NormalizedAgent: observations must be arrays of numbers, got Discrete(16).',
  );
});

describe('a run with normalization', () => {
  const request = {
    agent: 'semi-gradient-sarsa',
    agentOptions: { features: { kind: 'polynomial', order: 1 } },
    env: 'MountainCar-v0',
    steps: 1500,
    numEnvs: 2,
    seed: 1,
    normalize: {},
  };

  function run(steps: number, saved?: SavedData) {
    const recordings = new Map<string, Uint8Array>();
    const metrics: unknown[] = [];
    const session = createSession(resolveRun({ ...request, evaluateEvery: 500 }), {
      codec,
      onMetrics: (record) => metrics.push(record),
      onRecording: (name, bytes) => recordings.set(name, bytes),
    });
    if (saved) session.trainer.restore(saved);
    session.trainer.advance(steps - session.trainer.steps);
    return { ...session, recordings, metrics };
  }

  test('has it in its config, with the discount of the agent', () => {
    const config = resolveRun({
      ...request,
      agentOptions: { ...request.agentOptions, discount: 0.8 },
    });
    expect(config.normalize).toEqual({
      observations: true,
      rewards: true,
      clipObservation: 10,
      clipReward: 10,
      discount: 0.8,
      epsilon: 1e-8,
    });
    expect(parseRunConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
    expect(resolveRun({ ...request, normalize: { discount: 0.5 } }).normalize?.discount).toBe(0.5);
  });

  test('reports and records rewards as the world gives them', async () => {
    const { metrics, recordings } = run(1500);
    expect(metrics).toContainEqual(expect.objectContaining({ minReturn: -200 }));
    expect(metrics).toContainEqual(expect.objectContaining({ evaluationReturn: -200 }));
    const bytes = recordings.get('first') as Uint8Array;
    const recording = await openRecording(bytesSource(bytes), codec);
    const { columns } = await recording.readEpisode(0);
    expect(new Set(columns.get('reward')?.values)).toEqual(new Set([-1]));
  });

  test('goes on from a checkpoint as if it had not stopped', () => {
    const whole = run(1500);
    const resumed = run(1500, run(734).trainer.save());
    expect(resumed.trainer.save()).toEqual(whole.trainer.save());
    expect(whole.recordings.get('episode-1')?.length).toBeGreaterThan(1000);
    expect(resumed.recordings.get('episode-1')).toEqual(whole.recordings.get('episode-1'));
  });
});
