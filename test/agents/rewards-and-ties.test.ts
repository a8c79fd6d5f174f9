import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../agents/registry.ts';
import { discrete } from '../../core/space.ts';
import type { Transitions } from '../../core/transitions.ts';
import { transition } from '../helpers/transitions.ts';

const NUM_ACTIONS = 5;
const TASK = { observationSpace: discrete(2), actionSpace: discrete(NUM_ACTIONS) };
const FEATURES = { kind: 'state-aggregation', groups: 2 };

/** Options that fit the agent: those of `wanted` that it knows. */
function optionsOf(defaults: object, wanted: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(wanted).filter(([key]) => Object.hasOwn(defaults, key)));
}

/** Σ (observed − expected)² / expected, over actions that are expected equally often. */
function chiSquare(actions: Int32Array, expected: readonly number[]): number {
  const mean = actions.length / expected.length;
  return expected
    .map((action) => actions.filter((other) => other === action).length)
    .reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

/** A step of each copy, from state 1 to state 0 for nothing. */
function stepsOf(numEnvs: number): Transitions {
  return {
    observations: new Float32Array(numEnvs).fill(1),
    actions: new Int32Array(numEnvs),
    rewards: new Float64Array(numEnvs),
    nextObservations: new Float32Array(numEnvs),
    terminated: new Uint8Array(numEnvs),
    truncated: new Uint8Array(numEnvs),
  };
}

// All without a network that learn from rewards: not those that plan, nor the one that acts at random.
const LEARNERS = agentEntries().filter(({ family }) => /^(bandits|tabular|linear)$/.test(family));

describe.each(LEARNERS)('$name', ({ name }) => {
  test.each([Number.NaN, Infinity, -Infinity])(
    'refuses a reward of %d, and says at which step',
    (reward) => {
      const agent = makeAgent(name, TASK);
      agent.learn(transition({ action: 0, reward: 1, nextState: 1 }));
      agent.learn(transition({ state: 1, action: 1, reward: 0, nextState: 0 }));
      expect(() => agent.learn(transition({ action: 0, reward }))).toThrow(
        `learn: the reward of step 2 must be a finite number, got ${reward}.`,
      );
    },
  );
});

// All that choose among actions by what they think of them. Those who plan take the lowest of the best.
const CHOOSERS = LEARNERS.filter(
  ({ defaults }) => !Object.hasOwn(defaults, 'policy') && !Object.hasOwn(defaults, 'target'),
);

describe.each(CHOOSERS)('$name, which knows nothing yet,', ({ name, defaults }) => {
  test('chooses each action as often as another (chi-square)', () => {
    const numEnvs = 3000;
    const options = optionsOf(defaults, { epsilon: 1e-12, features: FEATURES });
    const agent = makeAgent(name, { ...TASK, numEnvs }, options);
    const actions = new Int32Array(numEnvs);
    agent.act(new Float32Array(numEnvs), actions);
    expect(chiSquare(actions, [0, 1, 2, 3, 4])).toBeLessThan(23.5); // p = 10⁻⁴, 4 degrees of freedom
  });
});

// Those of action values, in a table or as one weight for each action and state.
const VALUERS = CHOOSERS.filter(({ family }) => family === 'tabular' || family === 'linear');

describe.each(VALUERS)('$name', ({ name, family, defaults }) => {
  test('breaks ties of the best actions evenly (chi-square), and takes no other', () => {
    const numEnvs = 3000;
    const options = optionsOf(defaults, { epsilon: 1e-12, features: FEATURES });
    const agent = makeAgent(name, { ...TASK, numEnvs }, options);
    const saved = agent.save();
    const key = family === 'linear' ? 'weights' : 'values';
    const values = Float64Array.of(1, 3, -2, 3, 3, 0, 0, 0, 0, 0);
    // Tables hold a row for each state, linear weights one for each action.
    const weights = values.map((_, i) => values[NUM_ACTIONS * (i % 2) + (i >> 1)]);
    agent.restore({ ...saved, [key]: family === 'linear' ? weights : values });
    const actions = new Int32Array(numEnvs);
    // One explores with the first action of an episode, and with no other.
    if (name === 'monte-carlo-exploring-starts') agent.learn(stepsOf(numEnvs));
    agent.act(new Float32Array(numEnvs), actions);
    expect(actions.every((action) => values[action] === 3)).toBe(true);
    expect(chiSquare(actions, [1, 3, 4])).toBeLessThan(18.5); // p = 10⁻⁴, 2 degrees of freedom
  });
});
