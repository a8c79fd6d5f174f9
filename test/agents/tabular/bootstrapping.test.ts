import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import type { Agent } from '../../../core/agent.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { discrete } from '../../../core/space.ts';
import { endless } from '../../../envs/diagnostics/endless.ts';
import { learn } from '../../helpers/learn.ts';
import { transition } from '../../helpers/transitions.ts';

// Every agent that learns by temporal differences, with what makes it settle on one value.
const AGENTS: readonly [name: string, options: Readonly<Record<string, unknown>>][] = [
  ['td-0', {}],
  ['n-step-td', { numSteps: 3 }],
  ['n-step-td', { numSteps: 8 }], // longer than an episode
  ['td-lambda', { traces: 'accumulating' }],
  ['td-lambda', { traces: 'replacing' }],
  ['td-lambda', { traces: 'dutch' }],
  ['true-online-td-lambda', {}],
  ['sarsa', { epsilon: 0.5 }],
  ['expected-sarsa', { epsilon: 0.5 }],
  ['n-step-sarsa', { epsilon: 0.5, numSteps: 3 }],
  ['n-step-sarsa', { epsilon: 0.5, numSteps: 8 }],
  ['sarsa-lambda', { epsilon: 0.5 }],
  ['q-learning', { epsilon: 0.5 }],
  ['double-q-learning', { epsilon: 0.5 }],
  ['q-lambda', { epsilon: 0.5 }],
  ['tree-backup', { epsilon: 0.5, numSteps: 3 }],
  ['tree-backup', { epsilon: 0.5, numSteps: 8 }],
  ['dyna-q', { epsilon: 0.5 }],
  ['dyna-q-plus', { epsilon: 0.5, bonus: 0 }],
  ['prioritized-sweeping', { epsilon: 0.5, threshold: 0 }],
];

const DISCOUNT = 0.9;
const LIMIT = 5;

/** The ring of reward 1 where an episode of `LIMIT` steps is truncated, and where it terminates. */
const truncated = endless({ timeLimit: LIMIT });
const terminating = endlessThatTerminates();

function endlessThatTerminates(): Dynamics {
  const ring = endless({ timeLimit: LIMIT + 1 });
  return {
    ...ring,
    stateSize: ring.stateSize + 1, // the last number counts the steps
    reset(state, rng) {
      ring.reset(state as Float64Array, rng);
      state[ring.stateSize] = 0;
    },
    step(state, action, rng) {
      state[ring.stateSize]++;
      return ring.step(state as Float64Array, action as number, rng);
    },
    isTerminal: (state) => state[ring.stateSize] === LIMIT,
  };
}

function values(agent: Agent): number[] {
  return [0, 1, 2, 3, 4].map((s) => agent.inspect(Float32Array.of(s)).value ?? Number.NaN);
}

describe.each(AGENTS)('%s %j in the endless ring', (name, options) => {
  test.each([1, 3])('looks beyond a truncation: v = 1 / (1 − γ) = 10, in %i copies', (numEnvs) => {
    const agent = makeAgent(
      name,
      { ...truncated, numEnvs },
      { stepSize: 0.1, discount: DISCOUNT, ...options },
    );
    learn(agent, truncated, { steps: 9000 / numEnvs, numEnvs });
    for (const value of values(agent)) expect(value).toBeCloseTo(10, 1);
  });

  test('but not beyond an end', () => {
    const stepSize = { kind: 'exponential', from: 0.2, to: 0.002, steps: 20_000 };
    const agent = makeAgent(name, terminating, { stepSize, discount: DISCOUNT, ...options });
    learn(agent, terminating, { steps: 20_000 });
    // Five steps are left at most: 1 + γ + … + γ⁴ = 4.1; and one at least.
    for (const value of values(agent)) {
      expect(value).toBeLessThan(name.startsWith('dyna') || name.startsWith('prior') ? 10 : 4.1);
      expect(value).toBeGreaterThan(1);
    }
  });

  test('takes one step to an end and to a limit for what they are', () => {
    const task = { observationSpace: discrete(3), actionSpace: discrete(1) };
    const first = (end: 'terminated' | 'truncated') => {
      const initial = { stepSize: 0.5, discount: 0.5, initialValue: 8, planningSteps: 1 };
      const known = agentEntries().find((entry) => entry.name === name)?.defaults ?? {};
      const fitting = Object.entries({ ...options, ...initial }).filter(([key]) =>
        Object.hasOwn(known, key),
      );
      const agent = makeAgent(name, task, Object.fromEntries(fitting));
      agent.learn(transition({ state: 0, action: 0, reward: 2, nextState: 1, [end]: true }));
      return agent.inspect(Float32Array.of(0)).value;
    };
    // Half way to 2, and to 2 + 0.5 · 8: a quarter where two tables share one step; three quarters
    // where what happened is imagined once more.
    const part = name === 'double-q-learning' ? 0.25 : name.startsWith('dyna') ? 0.75 : 0.5;
    expect(first('terminated')).toBe(8 + part * (2 - 8));
    expect(first('truncated')).toBe(8 + part * (2 + 4 - 8));
  });
});

describe('differential SARSA in the endless ring', () => {
  test('finds the average reward, 1, and nothing above it', () => {
    const agent = makeAgent('differential-sarsa', truncated, { initialValue: 3, epsilon: 0.5 });
    learn(agent, truncated, { steps: 30_000 });
    expect(agent.metrics().averageReward).toBeCloseTo(1, 3);
    const seen = values(agent);
    expect(Math.max(...seen) - Math.min(...seen)).toBeLessThan(0.05);
  });

  test('takes one step to an end and to a limit for what they are', () => {
    const task = { observationSpace: discrete(3), actionSpace: discrete(1) };
    const first = (end: 'terminated' | 'truncated') => {
      const agent = makeAgent('differential-sarsa', task, { stepSize: 0.5, initialValue: 8 });
      agent.learn(transition({ state: 0, action: 0, reward: 2, nextState: 1, [end]: true }));
      return agent.inspect(Float32Array.of(0)).value;
    };
    expect(first('terminated')).toBe(8 + 0.5 * (2 - 0 - 8));
    expect(first('truncated')).toBe(8 + 0.5 * (2 - 0 + 8 - 8));
  });
});

test.each([...new Set([...AGENTS.map(([name]) => name), 'differential-sarsa'])])(
  '%s refuses a reward that is no finite number, and says at which step',
  (name) => {
    const agent = makeAgent(name, truncated);
    agent.learn(transition({ action: 0, reward: 1, nextState: 1 }));
    for (const reward of [Number.NaN, Infinity]) {
      expect(() => agent.learn(transition({ state: 1, action: 0, reward }))).toThrow(
        `learn: the reward of step 1 must be a finite number, got ${reward}.`,
      );
    }
  },
);

test('every agent of the family that bootstraps is in the list', () => {
  const others = ['differential-sarsa']; // which has no discount, and a test of its own
  const names = agentEntries()
    .filter(({ family, name }) => family === 'tabular' && !name.startsWith('monte-carlo'))
    .map(({ name }) => name)
    .filter((name) => !others.includes(name));
  expect(new Set(AGENTS.map(([name]) => name))).toEqual(new Set(names));
});
