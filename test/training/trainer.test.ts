import { describe, expect, test } from 'vitest';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import type { Agent } from '../../core/agent.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { make } from '../../envs/registry.ts';
import { cliffWalking } from '../../envs/tabular/cliff-walking.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { EpisodeStatistics } from '../../training/episode-statistics.ts';
import { type EvaluateOptions, evaluate } from '../../training/evaluate.ts';
import { type MetricsRecord, Trainer, type TrainerCallback } from '../../training/trainer.ts';
import { corridor, corridorFrom } from '../helpers/worlds.ts';

/** Always action 1, and remembers what it was shown. */
function scriptedAgent(): Agent & { learned: number[][] } {
  const learned: number[][] = [];
  const act = (_: Float32Array, actions: { fill(value: number): unknown }) => void actions.fill(1);
  return {
    name: 'scripted',
    options: {},
    learned,
    act,
    learn: ({ observations, nextObservations, rewards }) => {
      learned.push([observations[0], nextObservations[0], rewards[0]]);
    },
    greedy: () => ({ act }),
    inspect: () => ({}),
    metrics: () => ({ epsilon: 0.5 }),
    save: () => ({ count: learned.length }),
    restore: () => {},
  };
}

describe('the loop', () => {
  test('acts, steps and learns, in this order, until all steps are taken', () => {
    const order: string[] = [];
    const callback: TrainerCallback = {
      onAct: () => order.push('act'),
      onStep: () => order.push('step'),
      onEpisode: ({ length }) => order.push(`episode of ${length}`),
      onMetrics: ({ steps }) => order.push(`metrics at ${steps}`),
    };
    const world = corridorFrom(2);
    const agent = scriptedAgent();
    const envs = new VectorEnv(world);
    const trainer = new Trainer(agent, envs, {
      steps: 3,
      metricsEvery: 2,
      callbacks: { callback },
    });
    trainer.advance(100);
    expect(order).toEqual([
      ...['act', 'step', 'act', 'step', 'episode of 2', 'metrics at 2'],
      ...['act', 'step', 'metrics at 3'],
    ]);
    expect(agent.learned).toEqual([
      [2, 3, 0],
      [3, 4, 1],
      [2, 3, 0],
    ]);
    expect([trainer.done, trainer.steps, trainer.episodes]).toEqual([true, 3, 1]);
    trainer.advance(1);
    expect(trainer.steps).toBe(3);
  });

  test('counts the steps of every copy', () => {
    const trainer = new Trainer(scriptedAgent(), new VectorEnv(corridor(), { numEnvs: 4 }), {
      steps: 10,
    });
    trainer.advance(1);
    expect(trainer.steps).toBe(4);
    trainer.advance(100);
    expect(trainer.steps).toBe(12); // whole steps of every copy
  });

  test('reports averages since the last report, and null where no episode ended', () => {
    const records: MetricsRecord[] = [];
    const world = corridorFrom(2);
    const callbacks = { log: { onMetrics: (record: MetricsRecord) => records.push(record) } };
    const envs = new VectorEnv(world);
    const trainer = new Trainer(scriptedAgent(), envs, { steps: 5, metricsEvery: 1, callbacks });
    trainer.advance(5);
    const none = { meanReturn: null, minReturn: null, maxReturn: null, meanLength: null };
    const one = { meanReturn: 1, minReturn: 1, maxReturn: 1, meanLength: 2 };
    expect(records).toEqual([
      { steps: 1, episodes: 0, ...none, epsilon: 0.5 },
      { steps: 2, episodes: 1, ...one, epsilon: 0.5 },
      { steps: 3, episodes: 1, ...none, epsilon: 0.5 },
      { steps: 4, episodes: 2, ...one, epsilon: 0.5 },
      { steps: 5, episodes: 2, ...none, epsilon: 0.5 },
    ]);
  });

  test('refuses options that are none', () => {
    const envs = new VectorEnv(corridor());
    expect(() => new Trainer(scriptedAgent(), envs, { steps: 0 })).toThrow(
      'steps must be an integer',
    );
    expect(() => new Trainer(scriptedAgent(), envs, { steps: 1, metricsEvery: 0 })).toThrow(
      'metricsEvery',
    );
    expect(() => new Trainer(scriptedAgent(), envs, { steps: 1 }).advance(0)).toThrow('at least 1');
  });
});

describe('stopping and going on', () => {
  const lake = frozenLake();
  function newTrainer(records: MetricsRecord[]): Trainer {
    const agent = new QLearning(lake, { seed: 3 });
    const envs = new VectorEnv(lake, { numEnvs: 3, seed: 3 });
    const callbacks = { log: { onMetrics: (record: MetricsRecord) => records.push(record) } };
    return new Trainer(agent, envs, { steps: 9000, metricsEvery: 500, callbacks });
  }

  test.each([1, 499, 500, 501, 4321, 8999])('at step %i gives the same bits', (stop) => {
    const whole: MetricsRecord[] = [];
    const unbroken = newTrainer(whole);
    unbroken.advance(9000);

    const parts: MetricsRecord[] = [];
    const first = newTrainer(parts);
    first.advance(stop);
    const second = newTrainer(parts);
    second.restore(first.save());
    expect(second.steps).toBe(first.steps);
    while (!second.done) second.advance(777);
    expect(second.save()).toEqual(unbroken.save());
    expect(parts).toEqual(whole);
  });

  test('refuses the state of another agent or world', () => {
    const trainer = newTrainer([]);
    const other = new Trainer(new QLearning(cliffWalking()), new VectorEnv(cliffWalking()), {
      steps: 10,
    });
    expect(() => trainer.restore(other.save())).toThrow(/QLearning.restore: values must be/);
    expect(() => trainer.restore({ kind: 'x' })).toThrow('expected saved data of kind "trainer"');
  });
});

describe('episode statistics', () => {
  test('are kept apart for each copy', () => {
    const statistics = new EpisodeStatistics(2);
    const ended: unknown[] = [];
    const step = (rewards: number[], terminated: number[], truncated: number[]) =>
      statistics.add(
        {
          observations: new Float32Array(2),
          actions: new Int32Array(2),
          rewards: Float64Array.from(rewards),
          nextObservations: new Float32Array(2),
          terminated: Uint8Array.from(terminated),
          truncated: Uint8Array.from(truncated),
        },
        (summary) => ended.push(summary),
      );
    step([1, 10], [0, 0], [0, 0]);
    step([2, 20], [1, 0], [0, 0]);
    step([4, 40], [0, 0], [0, 1]);
    expect(ended).toEqual([
      { copy: 0, episodeReturn: 3, length: 2, outcome: 'terminated' },
      { copy: 1, episodeReturn: 70, length: 3, outcome: 'truncated' },
    ]);
    expect(statistics.takeAverages()).toEqual({
      episodes: 2,
      meanReturn: 36.5,
      minReturn: 3,
      maxReturn: 70,
      meanLength: 2.5,
    });
  });
});

describe('evaluation', () => {
  test('plays the asked number of episodes, each whole', () => {
    const right = {
      act: (_: Float32Array, actions: Int32Array | Float32Array) => void actions.fill(1),
    };
    const { returns, lengths, meanReturn } = evaluate(right, corridor(), { episodes: 7, seed: 2 });
    expect([...returns]).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(2); // from cell 0, 1 or 2 to cell 4
    expect(Math.max(...lengths)).toBeLessThanOrEqual(4);
    expect(meanReturn).toBe(1);
  });

  test('draws from other streams than training with the same seed', () => {
    const seen: number[] = [];
    const spy = {
      act: (observations: Float32Array, actions: Int32Array | Float32Array) => {
        seen.push(observations[0]);
        actions.fill(1);
      },
    };
    evaluate(spy, cartPole(), { episodes: 1, seed: 5 });
    expect(seen[0]).not.toBe(new VectorEnv(cartPole(), { seed: 5 }).observations[0]);

    evaluate(spy, cartPole(), { episodes: 1, seed: 5, rng: 'gymnasium' });
    const gymnasium = make('CartPole-v1', { rng: 'gymnasium' }).reset({ seed: 5 }).observation;
    expect(seen).toContain(gymnasium[0]);
  });

  test.each([
    [{ episodes: 0 }, 'evaluate: episodes must be an integer of at least 1, got 0.'],
    [{ seed: -1 }, 'evaluate: seed must be an integer of at least 0, got -1.'],
    [{ rng: 'numpy' }, 'evaluate: rng must be one of alea, gymnasium, got "numpy".'],
    [{ episode: 5 }, 'evaluate: unknown option "episode". Did you mean "episodes"?'],
  ])('refuses %j', (options, message) => {
    const policy = { act: () => {} };
    expect(() => evaluate(policy, corridor(), options as EvaluateOptions)).toThrow(message);
  });
});
