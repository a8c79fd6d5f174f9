import { describe, expect, test } from 'vitest';
import { agentEntries } from '../../agents/registry.ts';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import type { Agent } from '../../core/agent.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { SavedData } from '../../core/saved.ts';
import { SyncVectorEnv } from '../../core/sync-vector-env.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { make, makeDynamics, registerEnv } from '../../envs/registry.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { playEpisodes } from '../../training/evaluate.ts';
import { evaluationWorlds } from '../../training/evaluation-worlds.ts';
import { Evaluator } from '../../training/evaluator.ts';
import { decodeSaved, encodeSaved } from '../../training/saved-file.ts';
import { createSession, type RunRequest, resolveRun } from '../../training/session.ts';
import type { MetricsRecord } from '../../training/trainer.ts';
import { codec } from '../helpers/codec.ts';
import { LADDER_DEFAULTS, Ladder, type LadderOptions } from '../helpers/hand-written.ts';

registerEnv({
  id: 'Ladder-v8',
  family: 'other',
  description: 'A ladder.',
  defaults: { ...LADDER_DEFAULTS },
  rewardThreshold: null,
  createEnv: (options: LadderOptions, { seed, spec }) => new Ladder(options, seed, spec),
});

const FORMAT = { format: 'test', version: 1 };
const LAKE: RunRequest = { agent: 'q-learning', env: 'FrozenLake-v1', steps: 3000, seed: 6 };

/** Runs a session up to `steps`, from a checkpoint if there is one. */
function run(request: RunRequest, steps = request.steps ?? 0, saved?: SavedData) {
  const records: MetricsRecord[] = [];
  const best: SavedData[] = [];
  const session = createSession(resolveRun(request), {
    codec,
    onMetrics: (record) => records.push(record),
    onRecording: () => {},
    onBest: () => best.push(session.trainer.save()),
  });
  const { trainer } = session;
  if (saved) trainer.restore(decodeSaved(encodeSaved(saved, codec, FORMAT), codec, FORMAT));
  while (!trainer.done && trainer.steps < steps) trainer.advance(steps - trainer.steps);
  return { ...session, records, best, evaluations: records.filter(isEvaluation) };
}

const isEvaluation = (record: MetricsRecord) => record.evaluationReturn !== undefined;

/** An agent that goes to the right in as many evaluations as its turn says, else to the left. */
function turning(turns: readonly number[]): Agent {
  let turn = 0;
  return {
    ...new QLearning(frozenLake()),
    greedy: () => {
      const action = turns[turn++];
      return {
        act: (_: Float32Array, actions: Int32Array | Float32Array) => void actions.fill(action),
      };
    },
  } as unknown as Agent;
}

describe('evaluation in the course of training', () => {
  test('comes every so many steps and at the end, with what the episodes came to', () => {
    const request = { ...LAKE, evaluateEvery: 700, evaluateEpisodes: 30 };
    const { evaluations, config, trainer } = run(request);
    expect(evaluations.map(({ steps }) => steps)).toEqual([700, 1400, 2100, 2800, 3000]);
    for (const { evaluationReturn, evaluationLength, ...rest } of evaluations) {
      expect(evaluationReturn).toBeGreaterThanOrEqual(0);
      expect(Number(evaluationReturn) * 30).toBeCloseTo(Math.round(Number(evaluationReturn) * 30));
      expect(evaluationLength).toBeGreaterThan(1);
      expect([0, 1]).toContain(rest.evaluationMaxReturn);
      expect(rest.evaluationMinReturn).toBeLessThanOrEqual(rest.evaluationMaxReturn ?? -1);
    }
    // The same again from outside: what the agent came to, in the world of evaluation 5.
    const worlds = evaluationWorlds({ ...config, training: trainer.envs });
    const { meanReturn } = playEpisodes(run(request).agent.greedy(), worlds(5), 30);
    expect(evaluations[4].evaluationReturn).toBe(meanReturn);
  });

  test('tells the mean, the least and the greatest return, and the mean length', () => {
    const records: MetricsRecord[] = [];
    const evaluator = new Evaluator(turning([0]), returnsOf([3, -1, 4]), {
      steps: 10,
      every: 10,
      episodes: 3,
      onEvaluation: (record) => records.push(record),
    });
    evaluator.onStepEnd(10, 7);
    expect(records).toEqual([
      {
        steps: 10,
        episodes: 7,
        evaluationReturn: 2,
        evaluationMinReturn: -1,
        evaluationMaxReturn: 4,
        evaluationLength: 1,
      },
    ]);
  });

  test('with copies counts their steps together', () => {
    const request = { ...LAKE, numEnvs: 16, steps: 1000, evaluateEvery: 300 };
    const { evaluations } = run(request);
    expect(evaluations.map(({ steps }) => steps)).toEqual([304, 608, 912, 1008]);
  });

  test('says how many episodes of training have ended', () => {
    const { records } = run({ ...LAKE, evaluateEvery: 300, metricsEvery: 300 });
    const at = (steps: number) => records.filter((record) => record.steps === steps);
    expect(at(600)).toHaveLength(2);
    expect(at(600)[0].episodes).toBe(at(600)[1].episodes);
  });

  const trained = agentEntries().filter(({ name }) => {
    try {
      // The policy of `random` is itself, and draws what it draws.
      return name !== 'random' && resolveRun({ agent: name, env: 'FrozenLake-v1' }) !== null;
    } catch {
      return false; // it plans, or predicts, or needs features
    }
  });

  test.each(trained.map(({ name }) => name))('changes nothing of what %s learns', (agent) => {
    const request = { agent, env: 'FrozenLake-v1', steps: 200, seed: 3 };
    const plain = run(request);
    const evaluated = run({ ...request, evaluateEvery: 50, evaluateEpisodes: 2 });
    expect(evaluated.evaluations).toHaveLength(4);
    expect(evaluated.agent.save()).toEqual(plain.agent.save());
    expect(evaluated.trainer.envs.snapshot()).toEqual(plain.trainer.envs.snapshot());
    expect(evaluated.records.filter((record) => !isEvaluation(record))).toEqual(plain.records);
  });

  test('keeps an agent that is better than in all evaluations before, and no other', () => {
    const found: (number | null)[] = [];
    const returns = [0, 1, 1, 0.5, 2];
    const agent = turning([0, 0, 0, 0, 0]);
    const evaluator = new Evaluator(agent, returnsOf(returns), {
      steps: 50,
      every: 10,
      episodes: 1,
      onBest: () => found.push(evaluator.best),
    });
    for (let steps = 1; steps <= 50; steps++) evaluator.onStepEnd(steps, 0);
    expect(found).toEqual([0, 1, 2]);
  });

  test.each([100, 299, 300, 301, 1234])('goes on after a stop at step %i the same', (stop) => {
    const request = { ...LAKE, evaluateEvery: 300, evaluateEpisodes: 20 };
    const whole = run(request);
    const first = run(request, stop);
    const second = run(request, 3000, first.trainer.save());
    expect([...first.records, ...second.records]).toEqual(whole.records);
    expect(second.trainer.save()).toEqual(whole.trainer.save());
    expect([...first.best, ...second.best]).toEqual(whole.best);
    expect(whole.best.length).toBeGreaterThan(1);
  });
});

/** Worlds in which each episode, of one step, comes to the next of the returns. */
function returnsOf(returns: readonly number[]) {
  let next = 0;
  return () => {
    const env = {
      ...make('FrozenLake-v1'),
      numEnvs: 1,
      observations: new Float32Array(1),
      actionMasks: undefined,
      createActions: () => new Int32Array(1),
      step: () => ({
        rewards: Float64Array.of(returns[next++]),
        terminated: Uint8Array.of(1),
        truncated: Uint8Array.of(0),
      }),
    };
    return env as unknown as VectorEnv;
  };
}

describe('training ends early', () => {
  const request: RunRequest = {
    ...LAKE,
    agentOptions: { stepSize: 0.2, epsilon: 0.3 },
    env: { id: 'FrozenLake-v1', options: { slippery: false }, wrappers: [] },
    steps: 20_000,
    evaluateEvery: 500,
    metricsEvery: 900,
    evaluateEpisodes: 5,
    stopAt: 'threshold',
  };

  test('at an evaluation that reaches the threshold, with a last line of metrics', () => {
    const { trainer, records, evaluations, config } = run(request);
    expect(config.stopAt).toBe(0.7);
    expect([trainer.done, trainer.stopped]).toEqual([true, true]);
    expect(trainer.steps).toBeLessThan(20_000);
    expect(evaluations.slice(0, -1).every((e) => Number(e.evaluationReturn) < 0.7)).toBe(true);
    expect(evaluations.at(-1)).toMatchObject({ steps: trainer.steps, evaluationReturn: 1 });
    expect(records.at(-1)?.steps).toBe(trainer.steps);
    expect(records.at(-1)?.epsilon).toBe(0.3);
    const steps = trainer.steps;
    trainer.advance(100);
    expect(trainer.steps).toBe(steps);
  });

  test('not before all steps were taken, where that is at their end', () => {
    const { trainer } = run({ ...request, steps: 500, stopAt: -1 });
    expect([trainer.done, trainer.stopped, trainer.steps]).toEqual([true, false, 500]);
  });

  test('and is over when it is restored, too', () => {
    const { trainer } = run(request);
    const again = run(request, 20_000, trainer.save());
    expect([again.trainer.done, again.trainer.stopped]).toEqual([true, true]);
    expect(again.records).toEqual([]);
  });

  test('not below the number that was given, though close', () => {
    const stay = run({ ...request, steps: 2000, stopAt: 1.001 });
    expect([stay.trainer.steps, stay.trainer.stopped]).toEqual([2000, false]);
  });

  test.each([
    [{ evaluateEvery: 0 }, 'stopAt must be null without evaluations, got 0.7. Give evaluateEvery'],
    [{ env: 'Ladder-v8' }, 'stopAt: Ladder-v8 has no reward threshold.'],
    [{ stopAt: Number.NaN }, 'stopAt must be a finite number, got NaN.'],
    [{ evaluateEvery: -1 }, 'evaluateEvery must be an integer of at least 0, got -1.'],
    [{ evaluateEpisodes: 0 }, 'evaluateEpisodes must be an integer of at least 1, got 0.'],
  ])('unless %j, which is refused', (change, message) => {
    expect(() => resolveRun({ ...request, ...change })).toThrow(message);
  });
});

describe('the worlds of evaluation', () => {
  const training = (id: string, seed: number, rng: 'alea' | 'gymnasium') =>
    new VectorEnv(makeDynamics(id, { rng }), { numEnvs: 64, seed, rng });

  test.each(['alea', 'gymnasium'] as const)('draw what no copy in training draws: %s', (rng) => {
    const run = { env: make('CartPole-v1').spec as never, seed: 5, rng };
    const worlds = evaluationWorlds({ ...run, training: training('CartPole-v1', 5, rng) });
    const starts = new Set<string>();
    for (let number = 1; number <= 64; number++) starts.add(String(worlds(number).observations));
    expect(starts.size).toBe(64);
    for (const seed of [4, 5, 6]) {
      const { observations } = training('CartPole-v1', seed, rng);
      for (let i = 0; i < 64; i++) {
        expect(starts).not.toContain(String(observations.subarray(4 * i, 4 * i + 4)));
      }
    }
    expect(worlds(3).observations).toEqual(worlds(3).observations);
  });

  test('of a hand-written env have seeds apart from those of training', () => {
    const request = { agent: 'q-learning', env: 'Ladder-v8', steps: 900, seed: 3, numEnvs: 2 };
    const plain = run(request);
    const evaluated = run({ ...request, evaluateEvery: 300 });
    expect(evaluated.evaluations.map(({ steps }) => steps)).toEqual([300, 600, 900]);
    expect(evaluated.agent.save()).toEqual(plain.agent.save());
    const worlds = evaluationWorlds({ ...evaluated.config, training: evaluated.trainer.envs });
    expect((worlds(2) as unknown as { seeds: number[] }).seeds).toEqual([3 + 2 ** 31 + 2]);
  });
});

describe('a world without a time limit', () => {
  test.each([
    ['q-learning', 'CliffWalking-v1'],
    ['differential-sarsa', 'AccessControl-v0'],
  ])('is evaluated with %s in episodes that end', (agent, env) => {
    const { evaluations } = run({ agent, env, steps: 1000, evaluateEvery: 500 });
    expect(evaluations.map(({ steps }) => steps)).toEqual([500, 1000]);
    expect(evaluations[0].evaluationLength).toBe(10_000);
  });

  test('is so for as many steps as are asked for, by rules and by hand', () => {
    const { config, trainer } = run({ agent: 'q-learning', env: 'Ladder-v8', steps: 30, seed: 3 });
    const act = (_: Float32Array, actions: Int32Array | Float32Array) => void actions.fill(1);
    for (const env of [config.env, make('CliffWalking-v1').spec as never]) {
      const worlds = evaluationWorlds({ ...config, env, training: trainer.envs, maxSteps: 3 });
      expect(playEpisodes({ act }, worlds(1), 2).meanLength).toBe(3);
    }
    const bad = { ...config, training: trainer.envs, maxSteps: 0 };
    expect(() => evaluationWorlds(bad)).toThrow(
      'evaluationWorlds: maxSteps must be an integer of at least 1, got 0.',
    );
  });
});

describe('wrappers that gather statistics', () => {
  const normalized = (id: string) => ({
    ...(make(id).spec ?? { id, options: {} }),
    wrappers: [
      { name: 'normalize-observation', options: {} },
      { name: 'normalize-reward', options: {} },
    ],
  });

  /** Mean and variance of the position, in the memory that follows the state of 4 numbers. */
  const statistics = (state: ArrayLike<number>) => Array.from(state).slice(4);

  test('have those of training in evaluation, and gather none there', () => {
    const { trainer, config } = run({
      agent: 'random',
      env: normalized('CartPole-v1'),
      steps: 500,
      seed: 2,
    });
    const envs = trainer.envs as VectorEnv;
    const gathered = statistics(envs.states[0]);
    expect(gathered[0]).toBeGreaterThan(500); // observations
    const world = evaluationWorlds({ ...config, training: envs })(1) as VectorEnv;
    expect(statistics(world.states[0])).toEqual(gathered);
    expect(world.elapsed(0)).toBe(0);
    const actions = world.createActions();
    for (let t = 0; t < 200; t++) world.step(actions.fill(t % 2));
    expect(statistics(world.states[0]).slice(0, 9)).toEqual(gathered.slice(0, 9));
    expect(statistics(world.states[0]).slice(9, 12)).toEqual(gathered.slice(9, 12));
    expect(statistics(envs.states[0])).toEqual(gathered);
    // What is shown is (x − mean) / √(variance + ε) with these numbers.
    const fresh = evaluationWorlds({ ...config, training: envs })(1) as VectorEnv;
    const [x] = fresh.states[0];
    const wanted = (Math.fround(x) - gathered[1]) / Math.sqrt(gathered[5] + 1e-8);
    expect(fresh.observations[0]).toBeCloseTo(wanted, 6);
  });

  test('have those of whatever vector trains, and say so where they cannot', () => {
    const env = normalized('CartPole-v1');
    const dynamics = makeDynamics(env);
    const training = new SyncVectorEnv(() => new DynamicsEnv(dynamics), { numEnvs: 2, seed: 5 });
    const actions = training.createActions();
    for (let t = 0; t < 100; t++) training.step(actions.fill(t % 2));
    const config = { env, seed: 5, rng: 'alea' as const };
    const world = evaluationWorlds({ ...config, training })(1) as VectorEnv;
    const { state } = (training.snapshot().copies as SavedData[])[0] as { state: Float64Array };
    expect(statistics(world.states[0])).toEqual(statistics(state));
    expect(statistics(state)[0]).toBeGreaterThan(90);

    const strange = { numEnvs: 2 };
    const worlds = evaluationWorlds({ ...config, training: strange as never });
    expect(() => worlds(1)).toThrow('evaluationWorlds: training must be a VectorEnv, a WorkerVec');
    const ladder = { id: 'Ladder-v8', options: {}, wrappers: env.wrappers.slice(1) };
    const other = evaluationWorlds({ ...config, env: ladder, training: strange as never });
    expect(() => other(1)).toThrow(
      'evaluationWorlds: training must be a SyncVectorEnv of the same',
    );
  });

  test('do so around a hand-written env too', () => {
    const env = {
      id: 'Ladder-v8',
      options: {},
      wrappers: [{ name: 'normalize-reward', options: {} }],
    };
    const request = { agent: 'q-learning', env, steps: 600, seed: 2 };
    const { trainer, config } = run(request);
    const snapshot = (envs: unknown) =>
      (envs as { envs: { snapshot(): SavedData }[] }).envs[0].snapshot();
    const memory = ({ memory }: SavedData) => [...(memory as Float64Array)].slice(0, 3);
    const gathered = memory(snapshot(trainer.envs));
    expect(gathered[0]).toBe(600);
    const world = evaluationWorlds({ ...config, training: trainer.envs })(1);
    const actions = world.createActions();
    for (let t = 0; t < 20; t++) world.step(actions.fill(1));
    expect(memory(snapshot(world).inner as SavedData)).toEqual(gathered); // inside the time limit
    expect(memory(snapshot(trainer.envs))).toEqual(gathered);
  });
});

test('an evaluation whose return is no number ends training', () => {
  const evaluator = new Evaluator(turning([0]), returnsOf([Number.NaN]), { steps: 10, every: 10 });
  expect(() => evaluator.onStepEnd(10, 0)).toThrow(
    'the mean return of the evaluation must be a finite number, got NaN.',
  );
});

test('an error in an evaluation says that it was there', () => {
  const agent = {
    ...new QLearning(frozenLake()),
    greedy: () => ({
      act: () => {
        throw new Error('physics exploded');
      },
    }),
  } as unknown as Agent;
  const evaluator = new Evaluator(agent, returnsOf([0]), { steps: 30, every: 10 });
  expect(() => evaluator.onStepEnd(20, 0)).toThrow('evaluation 1 failed: physics exploded');
});
