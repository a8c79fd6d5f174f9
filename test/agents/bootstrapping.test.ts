import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../agents/registry.ts';
import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { discrete } from '../../core/space.ts';
import { endless } from '../../envs/diagnostics/endless.ts';
import { learn } from '../helpers/learn.ts';
import { transition } from '../helpers/transitions.ts';

/** A feature for each of five states. */
const TABLE = { kind: 'state-aggregation', groups: 5 };

// Every agent that learns by temporal differences, with what makes it settle on one value.
const AGENTS: readonly [name: string, options: Readonly<Record<string, unknown>>][] = [
  ['td-0', {}],
  ['n-step-td', { numSteps: 3 }],
  ['n-step-td', { numSteps: 8 }], // longer than an episode
  ['td-lambda', { traces: 'accumulating' }],
  ['td-lambda', { traces: 'replacing' }],
  ['td-lambda', { traces: 'dutch' }],
  ['true-online-td-lambda', {}],
  ['off-line-lambda-return', {}],
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
  ['semi-gradient-td', { features: TABLE }],
  ['semi-gradient-td', { features: TABLE, numSteps: 3 }],
  ['semi-gradient-td', { features: TABLE, numSteps: 8 }],
  ['semi-gradient-td-lambda', { features: TABLE }],
  ['semi-gradient-td-lambda', { features: TABLE, traces: 'replacing' }],
  ['linear-true-online-td-lambda', { features: TABLE }],
  ['tdc', { features: TABLE }],
  ['gtd2', { features: TABLE, secondaryStepSize: 0.5 }],
  ['semi-gradient-sarsa', { features: TABLE, epsilon: 0.5 }],
  ['semi-gradient-sarsa', { features: TABLE, epsilon: 0.5, numSteps: 3 }],
  ['semi-gradient-sarsa', { features: TABLE, epsilon: 0.5, numSteps: 8 }],
  ['semi-gradient-sarsa-lambda', { features: TABLE, epsilon: 0.5 }],
  ['linear-true-online-sarsa-lambda', { features: TABLE, epsilon: 0.5 }],
];

/** Those that learn from whole episodes, which put an estimate for what a limit cut off. */
const MONTE_CARLO = [
  'monte-carlo-prediction',
  'monte-carlo-exploring-starts',
  'monte-carlo-control',
  'monte-carlo-off-policy-prediction',
  'monte-carlo-off-policy-control',
  'gradient-monte-carlo',
];

/** Those without a discount, which have tests of their own: here, and in `linear/control.test.ts`. */
const DIFFERENTIAL = ['differential-sarsa', 'differential-semi-gradient-sarsa'];

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
    const steps = name === 'tdc' || name === 'gtd2' ? 60_000 : 9000; // gradients are slower
    learn(agent, truncated, { steps: steps / numEnvs, numEnvs });
    for (const value of values(agent)) expect(value).toBeCloseTo(10, 1);
  });

  test('but not beyond an end', () => {
    const stepSize = { kind: 'exponential', from: 0.2, to: 0.002, steps: 20_000 };
    const agent = makeAgent(name, terminating, { stepSize, discount: DISCOUNT, ...options });
    learn(agent, terminating, { steps: 20_000 });
    // Five steps are left at most: 1 + γ + … + γ⁴ = 4.1; and one at least.
    for (const value of values(agent)) {
      // Models that take a world for deterministic take an end now and then for none.
      expect(value).toBeLessThan(name.startsWith('dyna') || name.startsWith('prior') ? 10 : 4.1);
      expect(value).toBeGreaterThan(1);
    }
  });
});

/** The options that an agent knows, of those given. */
function known(name: string, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const defaults = agentEntries().find((entry) => entry.name === name)?.defaults ?? {};
  return Object.fromEntries(
    Object.entries(options).filter(([key]) => Object.hasOwn(defaults, key)),
  );
}

/** Makes an agent whose estimates are all 8. */
function estimatingEight(name: string, options: Readonly<Record<string, unknown>>): Agent {
  const task = { observationSpace: discrete(3), actionSpace: discrete(1) };
  const agent = makeAgent(name, task, known(name, options));
  const saved = { ...agent.save() };
  const isLinear = agentEntries().find((entry) => entry.name === name)?.family === 'linear';
  // A Monte Carlo method has weights that are none of values.
  for (const key of isLinear ? ['weights'] : ['values', 'actionValues', 'first', 'second']) {
    const table = saved[key];
    if (table instanceof Float64Array) saved[key] = table.slice().fill(8);
  }
  agent.restore(saved);
  return agent;
}

/** How far one step takes an estimate to its target, with a step size of a half. */
function partOf(name: string): number {
  if (name === 'double-q-learning') return 0.25; // shared by two tables
  if (name.startsWith('dyna')) return 0.75; // what happened is imagined once more
  if (name.startsWith('monte-carlo')) return 1; // the average of one return
  return 0.5;
}

const ONE_STEP: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ...AGENTS.filter(([name]) => name !== 'gtd2'), // which moves when it has an estimate of the error
  ...MONTE_CARLO.map((name) => [name, {}] as const),
];

describe.each(ONE_STEP)('%s %j', (name, options) => {
  test('takes one step to an end and to a limit for what they are', () => {
    const features = { kind: 'state-aggregation', groups: 3 };
    const given = { ...options, features, stepSize: 0.5, discount: 0.5, planningSteps: 1 };
    const step = { state: 0, action: 0, reward: 2, nextState: 1 };
    const estimate = (end: 'terminated' | 'truncated') => {
      const settings = name.startsWith('monte-carlo')
        ? { ...given, stepSize: 'sample-average' }
        : given;
      const agent = estimatingEight(name, settings);
      agent.learn(transition({ ...step, [end]: true }));
      return agent.inspect(Float32Array.of(0)).value;
    };
    expect(estimate('terminated')).toBe(8 + partOf(name) * (2 - 8));
    expect(estimate('truncated')).toBe(8 + partOf(name) * (2 + 0.5 * 8 - 8));
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

test('every agent that learns values step by step is in a list', () => {
  const names = agentEntries()
    .filter(({ family }) => family === 'tabular' || family === 'linear')
    .map(({ name }) => name);
  const listed = [...AGENTS.map(([name]) => name), ...MONTE_CARLO, ...DIFFERENTIAL];
  expect(new Set(listed)).toEqual(new Set(names));
});
