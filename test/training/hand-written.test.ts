import { describe, expect, test } from 'vitest';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import { UniformRandom } from '../../agents/uniform-random.ts';
import type { Policy } from '../../core/agent.ts';
import { SyncVectorEnv } from '../../core/sync-vector-env.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { registerEnv } from '../../envs/registry.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { evaluate } from '../../training/evaluate.ts';
import { createSession, parseRunConfig, resolveRun } from '../../training/session.ts';
import { type MetricsRecord, Trainer } from '../../training/trainer.ts';
import { codec } from '../helpers/codec.ts';
import { LADDER_DEFAULTS, Ladder, type LadderOptions } from '../helpers/hand-written.ts';

registerEnv({
  id: 'Ladder-v6',
  family: 'other',
  description: 'A ladder.',
  defaults: { ...LADDER_DEFAULTS },
  rewardThreshold: null,
  createEnv: (options: LadderOptions, { seed, spec }) => new Ladder(options, seed, spec),
});

const meanReturn = (policy: Policy) =>
  evaluate(policy, () => new Ladder(), { episodes: 300, seed: 1000 }).meanReturn;

describe('a hand-written env in a trainer', () => {
  const ladders = () => new SyncVectorEnv(() => new Ladder(), { numEnvs: 4, seed: 2 });

  test('is learned by Q-learning, and not by who acts at random', () => {
    const envs = ladders();
    const agent = new QLearning({ ...envs, numEnvs: 4 }, { seed: 2 });
    const trainer = new Trainer(agent, envs, { steps: 8000 });
    trainer.advance(8000);
    expect(trainer.episodes).toBeGreaterThan(500);
    // From the rung 0 to 3 (1.5 on average) to 4, a step up slips with chance 0.2: the best is near
    // 1 − 0.01 · 4; at random some 15 steps are needed, and some episodes run out of time.
    expect(meanReturn(agent.greedy())).toBeGreaterThan(0.95);
    const random = new UniformRandom(envs, { seed: 2 });
    new Trainer(random, envs, { steps: 1000 }).advance(1000);
    expect(meanReturn(random)).toBeLessThan(0.9);
  });

  test('goes on from what a trainer saved with the same bits', () => {
    const make = () => {
      const envs = ladders();
      return new Trainer(new QLearning({ ...envs, numEnvs: 4 }, { seed: 1 }), envs, { steps: 900 });
    };
    const whole = make();
    whole.advance(400);
    const saved = whole.save();
    whole.advance(500);
    const resumed = make();
    resumed.restore(saved);
    resumed.advance(500);
    expect(resumed.save()).toEqual(whole.save());
  });
});

describe('a run with a hand-written env', () => {
  const request = { agent: 'q-learning', env: 'Ladder-v6', steps: 2000, numEnvs: 2, seed: 3 };

  function run(): { metrics: MetricsRecord[]; recordings: string[]; saved: unknown } {
    const metrics: MetricsRecord[] = [];
    const recordings: string[] = [];
    const session = createSession(resolveRun(request), {
      codec,
      onMetrics: (record) => metrics.push(record),
      onRecording: (name) => recordings.push(name),
    });
    expect(session.recorder).toBeNull();
    session.trainer.advance(2000);
    return { metrics, recordings, saved: session.trainer.save() };
  }

  test('gives the same bits for the same config, and records no episodes', () => {
    const { metrics, recordings, saved } = run();
    expect(metrics).toHaveLength(100);
    expect(metrics.at(-1)?.episodes).toBeGreaterThan(100);
    expect(recordings).toEqual([]);
    expect(run()).toEqual({ metrics, recordings, saved });
  });

  test('has the copies and the seeds that its config says', () => {
    const outputs = { codec, onMetrics: () => {}, onRecording: () => {} };
    const { envs } = createSession(resolveRun(request), outputs).trainer;
    expect((envs as SyncVectorEnv).seeds).toEqual([3, 4]);
    const rules = createSession(resolveRun({ ...request, env: 'FrozenLake-v1' }), outputs);
    const wanted = new VectorEnv(frozenLake(), { numEnvs: 2, seed: 3 });
    expect(rules.trainer.envs.snapshot()).toEqual(wanted.snapshot());
    expect(rules.recorder).not.toBeNull();
  });

  test('has a config that is JSON and read back', () => {
    const config = resolveRun(request);
    expect(config.env).toEqual({ id: 'Ladder-v6', options: LADDER_DEFAULTS, wrappers: [] });
    expect(parseRunConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  test.each([
    [
      { recordEvery: 10 },
      'recordEvery must be 0 for Ladder-v6, got 10: a recording holds state rows, and a hand-written env has none.',
    ],
    [{ agent: 'value-iteration' }, 'must have an explicit model'],
  ])('is refused with %j', (change, message) => {
    expect(() => resolveRun({ ...request, ...change })).toThrow(message);
  });
});
