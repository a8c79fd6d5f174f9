import { describe, expect, test } from 'vitest';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import { UniformRandom } from '../../agents/uniform-random.ts';
import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { box } from '../../core/space.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { pendulum } from '../../envs/control/pendulum.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { FiniteGuard } from '../../training/finite-guard.ts';
import { findNaN, saveForInspection } from '../../training/inspectable.ts';
import { decodeSaved, encodeSaved } from '../../training/saved-file.ts';
import { Trainer } from '../../training/trainer.ts';
import { TrainingError } from '../../training/training-error.ts';
import { codec } from '../helpers/codec.ts';

const FORMAT = { format: 'test', version: 1 };

/** The steps 0, 1, 2, …, ended at every third, with some numbers in the place of what is right. */
function counting(broken: { reward?: number; shown?: number; start?: number }): Dynamics {
  return {
    name: 'Counting',
    observationSpace: box([-Infinity, -Infinity], [Infinity, Infinity], ['one', 'step']),
    actionSpace: frozenLake().actionSpace,
    stateSize: 2,
    timeLimit: Infinity,
    reset(state) {
      state[0] = 0;
      state[1]++;
    },
    step(state) {
      state[0]++;
      return state[1] === 2 && state[0] === 2 ? (broken.reward ?? 1) : 1;
    },
    isTerminal: (state) => state[0] === 3,
    observe(state, observation) {
      observation[0] = 1;
      observation[1] = state[0];
      if (state[1] === 2 && state[0] === 2) observation[1] = broken.shown ?? 2;
      if (state[1] === 3 && state[0] === 0) observation[0] = broken.start ?? 1;
    },
    scene: () => ({ kind: 'text', text: '' }) as never,
  };
}

/** Trains, under guard, an agent that remembers what it has learned from. */
function train(world: Dynamics, change: Partial<Agent> = {}) {
  const envs = new VectorEnv(world, { numEnvs: 2 });
  const learned: number[] = [];
  const agent: Agent = {
    ...new UniformRandom(world),
    name: 'probe',
    options: {},
    act: (_, actions) => void actions.fill(0),
    learn: ({ rewards }) => void learned.push(rewards[1]),
    greedy: () => ({ act: () => {} }),
    inspect: () => ({}),
    metrics: () => ({ loss: 0.5 }),
    save: () => ({ learned: learned.length }),
    restore: () => {},
    ...change,
  };
  const trainer = new Trainer(agent, envs, {
    steps: 100,
    metricsEvery: 40,
    callbacks: { guard: new FiniteGuard(envs) },
  });
  let error: unknown;
  try {
    trainer.advance(100);
  } catch (problem) {
    error = problem;
  }
  return { trainer, learned, error: error as TrainingError | undefined };
}

describe('training ends before the agent learns from', () => {
  test.each([
    ['a reward', { reward: Number.NaN }, 'rewards must be finite, got NaN in copy 0', 10, 4],
    ['an endless reward', { reward: -Infinity }, 'rewards must be finite, got -Infinity', 10, 4],
    [
      'an observation',
      { shown: Number.NaN },
      'nextObservations[1] (step) must be finite, got NaN in copy 0 of the world.',
      10,
      4,
    ],
    ['a start', { start: Infinity }, 'observations[0] (one) must be finite, got Infinity', 12, 5],
  ])('%s that is no number', (_, broken, message, step, learned) => {
    const run = train(counting(broken));
    expect(run.error).toBeInstanceOf(TrainingError);
    expect(run.error?.message).toContain(`Training failed at step ${step}: ${message}`);
    expect(run.error?.steps).toBe(step);
    expect(run.learned).toHaveLength(learned);
  });

  test('nothing, where all are', () => {
    const { error, trainer } = train(counting({}));
    expect([error, trainer.done]).toEqual([undefined, true]);
  });
});

test('the copy is named in which it happens', () => {
  const world = counting({});
  const envs = new VectorEnv(world, { numEnvs: 3 });
  const guard = new FiniteGuard(envs);
  const transitions = envs.step(envs.createActions());
  transitions.rewards[2] = Number.NaN;
  expect(() => guard.onMove(transitions)).toThrow('rewards must be finite, got NaN in copy 2');
  transitions.rewards[2] = 1;
  transitions.nextObservations[5] = Number.NaN;
  expect(() => guard.onMove(transitions)).toThrow('nextObservations[1] (step)');
});

test('a world that begins with what is no number is refused', () => {
  const world = { ...counting({}), observe: (_: unknown, row: Float32Array) => row.fill(NaN) };
  const envs = new VectorEnv(world as Dynamics, { numEnvs: 2 });
  expect(() => new FiniteGuard(envs)).toThrow('observations[0] (one) must be finite, got NaN');
});

test('a number of the agent that is none ends training where it is reported', () => {
  const { error } = train(counting({}), { metrics: () => ({ loss: Number.NaN }) });
  expect(error?.message).toBe(
    'Training failed at step 40: metrics: loss must be a finite number, got NaN.',
  );
});

test('whatever an agent throws is named with its step, and kept as the cause', () => {
  const cause = new Error('out of ideas.');
  let turn = 0;
  const learn = () => {
    if (++turn === 7) throw cause;
  };
  const { error, trainer } = train(counting({}), { learn });
  expect(error?.message).toBe('Training failed at step 14: out of ideas.');
  expect(error?.cause).toBe(cause);
  expect(trainer.steps).toBe(12);
});

describe('the first NaN in saved data', () => {
  test.each([
    [{ a: 1, b: [2, { c: Float32Array.of(0, Number.NaN) }] }, 'agent.b[1].c[1] of 2'],
    [{ a: { b: Number.NaN } }, 'agent.a.b'],
    [{ a: Infinity, b: Float64Array.of(-Infinity), c: null, d: 'NaN', e: true }, null],
  ])('is found in %j', (saved, path) => {
    expect(findNaN(saved, 'agent')).toBe(path);
  });
});

describe('what is kept for inspection', () => {
  test('can be written, with numbers that JSON cannot hold', () => {
    const lake = frozenLake();
    const agent = new QLearning(lake, { seed: 2 });
    const trainer = new Trainer(agent, new VectorEnv(lake), { steps: 10 });
    trainer.advance(5);
    const odd = { mean: Number.NaN, list: [1, Infinity], row: Float32Array.of(Number.NaN) };
    const kept = saveForInspection({
      ...trainer,
      agent: { save: () => odd },
      envs: trainer.envs,
    } as never);
    const read = decodeSaved(encodeSaved(kept, codec, FORMAT), codec, FORMAT);
    expect(read.agent).toEqual({
      mean: Float64Array.of(Number.NaN),
      list: [1, Float64Array.of(Infinity)],
      row: Float32Array.of(Number.NaN),
    });
    expect(read.envs).toEqual(trainer.envs.snapshot());
    expect(read.observations).toEqual(trainer.envs.observations);
  });

  test('has the error in the place of a part that cannot be saved', () => {
    const envs = new VectorEnv(pendulum());
    const agent = {
      save: () => {
        throw new Error('lost.');
      },
    };
    expect(saveForInspection({ agent, envs } as never)).toMatchObject({
      agent: { error: 'lost.' },
      envs: { kind: envs.snapshot().kind },
    });
  });
});
