import { describe, expect, test } from 'vitest';
import { Dqn } from '../../../agents/deep/action-values/dqn.ts';
import { Iqn } from '../../../agents/deep/action-values/iqn.ts';
import type { ValueOptions } from '../../../agents/deep/action-values/value-options.ts';
import { Alea } from '../../../core/alea.ts';
import { discrete } from '../../../core/space.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: discrete(4), actionSpace: discrete(2) };
const OPTIONS: ValueOptions = {
  layers: [],
  optimizer: sgd({ learningRate: 1e-6 }),
  capacity: 4,
  batchSize: 16,
  learningStarts: 3,
  updateEvery: 1,
};

test.each([
  ['Dqn', Dqn],
  ['Iqn', Iqn],
] as const)('%s refuses a memory too small for a return of each copy', (name, Agent) => {
  const task = { ...TASK, numEnvs: 8 };
  expect(() => new Agent(task, { ...OPTIONS, numSteps: 3, capacity: 23 })).toThrow(
    `${name}: capacity must be at least 24, for 3 steps of 8 copies, got 23.`,
  );
  expect(() => new Agent(TASK, { ...OPTIONS, numSteps: 5 })).toThrow(
    `${name}: capacity must be at least 5, for 5 steps of 1 copy, got 4.`,
  );
  expect(new Agent(task, { ...OPTIONS, numSteps: 3, capacity: 24 }).replay.capacity).toBe(24);
});

describe.each([
  ['DQN', (options: ValueOptions) => new Dqn(TASK, { ...OPTIONS, ...options })],
  ['IQN', (options: ValueOptions) => new Iqn(TASK, { ...OPTIONS, ...options })],
] as const)('%s with priorities', (_, create) => {
  /** How often each of four states is drawn, after an update in which the third one was a surprise. */
  function shares(options: ValueOptions): number[] {
    const agent = create(options);
    for (let state = 0; state < 4; state++) {
      const reward = state === 2 ? 100 : 0;
      agent.learn(transition({ state, action: 0, reward, terminated: true }));
    }
    expect(agent.values.updates).toBe(1);
    const batch = agent.replay.createBatch(1000);
    agent.replay.sample(batch, new Alea(9));
    const counts = [0, 0, 0, 0];
    for (const state of batch.observations) counts[state]++;
    return counts.map((count) => count / 1000);
  }

  test('remembers best what surprised most', () => {
    const drawn = shares({ prioritized: true, priorityExponent: 1 });
    expect(drawn[2]).toBeGreaterThan(0.9);
  });

  test('remembers all alike without them', () => {
    for (const share of shares({})) expect(share).toBeCloseTo(0.25, 1);
    for (const share of shares({ prioritized: true, priorityExponent: 0 })) {
      expect(share).toBeCloseTo(0.25, 1);
    }
  });
});
