import { describe, expect, test } from 'vitest';
import { PLANNING_AGENTS } from '../../agents/planning/entries.ts';
import { agentEntries, makeAgent } from '../../agents/registry.ts';
import type { Policy } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel } from '../../core/tabular-model.ts';
import { bernoulliBandit } from '../../envs/bandits/bernoulli-bandit.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { gridWorld } from '../../envs/tabular/grid-world.ts';
import { tabularDynamics } from '../../envs/tabular/tabular-dynamics.ts';
import { windyGridworld } from '../../envs/tabular/windy-gridworld.ts';
import { exploringStarts } from '../../envs/wrappers/exploring-starts.ts';
import { evaluate } from '../../training/evaluate.ts';
import { modelOf, solve, evaluate as valuesOf } from '../envs/solve.ts';
import { learn } from '../helpers/learn.ts';

// Every agent that chooses comes to the best policy with every one of 20 seeds. Those that learn tables
// by temporal differences are in tabular/control-learning.test.ts.

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

type Options = Readonly<Record<string, unknown>>;

/** What a policy does in each of the states. */
function actionsOf(policy: Policy, numStates: number): number[] {
  const actions = new Int32Array(numStates);
  policy.act(
    Float32Array.from({ length: numStates }, (_, state) => state),
    actions,
  );
  return [...actions];
}

/** The policies that are learned, one for each seed. */
function learned(
  name: string,
  world: Dynamics<Discrete, Discrete>,
  steps: number,
  options: Options,
): Policy[] {
  return SEEDS.map((seed) => {
    const agent = makeAgent(name, world, { ...options, seed });
    learn(agent, world, { steps, seed });
    return agent.greedy();
  });
}

/** The most that a policy loses in any state that an episode can begin in, against the best. */
function lossOf(policy: Policy, world: Dynamics, discount: number): number {
  const model = modelOf(world);
  const actions = actionsOf(policy, model.numStates);
  const chances = (state: number) =>
    Array.from({ length: model.numActions }, (_, action) => (action === actions[state] ? 1 : 0));
  const own = valuesOf(model, chances, discount);
  const best = solve(world, discount).values;
  return best.reduce(
    (most, value, s) => (model.startDistribution[s] > 0 ? Math.max(most, value - own[s]) : most),
    0,
  );
}

const BANDITS: readonly [name: string, options: Options][] = [
  ['greedy', { initialValue: 5, stepSize: 0.1 }], // optimistic, else it stays with any arm
  ['epsilon-greedy', {}],
  ['softmax', {}],
  ['ucb1', {}],
  ['ucb-tuned', {}],
  ['gradient-bandit', {}],
  ['bernoulli-thompson', {}],
  ['gaussian-thompson', {}],
  ['exp3', {}],
  ['lin-ucb', {}],
  ['linear-thompson', {}],
];

describe('the best of four arms', () => {
  const world = bernoulliBandit({ probabilities: [0.2, 0.5, 0.8, 0.3], pulls: 10_000 });

  test.each(BANDITS)('is found by %s %j', (name, options) => {
    const arms = learned(name, world, 2000, options).map((policy) => actionsOf(policy, 1)[0]);
    expect(arms).toEqual(SEEDS.map(() => 2));
  });
});

const MONTE_CARLO: readonly [
  name: string,
  world: Dynamics<Discrete, Discrete>,
  steps: number,
  options: Options,
][] = [
  [
    'monte-carlo-control',
    gridWorld({ map: ['S...', '.##.', '...G'] }),
    40_000,
    { epsilon: { kind: 'linear', from: 0.3, to: 0.05, steps: 40_000 } },
  ],
  ['monte-carlo-exploring-starts', frozenLake({ slippery: false }), 20_000, {}],
  ['monte-carlo-off-policy-control', frozenLake({ slippery: false }), 40_000, { epsilon: 0.5 }],
];

test.each(MONTE_CARLO)('%s finds a best way from every cell', (name, world, steps, options) => {
  const start = exploringStarts({ ...world, timeLimit: 40 });
  for (const policy of learned(name, start, steps, { discount: 0.9, ...options })) {
    expect(lossOf(policy, start, 0.9)).toBeLessThan(1e-9);
  }
});

const LINEAR: readonly [name: string, options: Options][] = [
  ['semi-gradient-sarsa', {}],
  ['semi-gradient-sarsa', { numSteps: 2 }],
  ['semi-gradient-sarsa-lambda', { lambda: 0.5 }],
  ['linear-true-online-sarsa-lambda', { lambda: 0.5 }],
];

/** All 20 seeds in `npm run test:long`. */
const isLong = process.env.PALAESTRA_LONG === '1';

test.each(LINEAR)('%s %j crosses the wind in 15 steps, when ε falls to 0', (name, options) => {
  const steps = 60_000;
  const falling = {
    features: { kind: 'state-aggregation', groups: 70 }, // one for each cell
    discount: 1,
    stepSize: { kind: 'exponential', from: 0.3, to: 0.01, steps },
    epsilon: { kind: 'linear', from: 0.3, to: 0, steps },
  };
  const world = windyGridworld();
  const seeds = isLong ? SEEDS : SEEDS.slice(0, 4);
  const lengths = seeds.map((seed) => {
    const agent = makeAgent(name, world, { ...falling, ...options, seed });
    learn(agent, world, { steps, seed });
    return evaluate(agent.greedy(), { ...world, timeLimit: 100 }, { episodes: 1 }).meanLength;
  });
  expect(lengths).toEqual(seeds.map(() => 15));
});

/** To stay in 0 earns 1 a step; to go on to 1, 2 and back earns 5 in three steps. It never ends. */
const loopModel = createTabularModel(2, Float64Array.of(1, 0, 0), (state, action) => {
  const stays = state === 0 && action === 0;
  const nextState = stays ? 0 : (state + 1) % 3;
  const reward = stays ? 1 : state === 2 ? 5 : 0;
  return [{ probability: 1, nextState, reward, terminated: false }];
});
const loop = tabularDynamics({
  name: 'Loop',
  model: loopModel,
  timeLimit: 50,
  actionLabels: ['stay', 'go'],
  scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
});

const DIFFERENTIAL: readonly [name: string, options: Options][] = [
  ['differential-sarsa', {}],
  ['differential-semi-gradient-sarsa', { features: { kind: 'state-aggregation', groups: 3 } }],
];

test.each(DIFFERENTIAL)(
  '%s leaves 1 a step for 5 in three steps, that never end',
  (name, options) => {
    const given = { epsilon: 0.2, stepSize: 0.1, averageStepSize: 0.01, ...options };
    const choices = learned(name, loop, 20_000, given).map((policy) => actionsOf(policy, 3)[0]);
    expect(choices).toEqual(SEEDS.map(() => 1));
  },
);

test('relative value iteration plans to do so', () => {
  const agent = makeAgent('relative-value-iteration', loop);
  expect(actionsOf(agent.greedy(), 3)[0]).toBe(1);
});

// The others plan for returns, not for the average reward.
const PLANNERS = PLANNING_AGENTS.filter(({ defaults }) => Object.hasOwn(defaults, 'discount'));

test.each(PLANNERS)('$name crosses the ice as well as can be, whatever its seed', (entry) => {
  const world = frozenLake();
  const seeds = Object.hasOwn(entry.defaults, 'seed') ? SEEDS.map((seed) => ({ seed })) : [{}];
  for (const seed of seeds) {
    const agent = makeAgent(entry.name, world, { discount: 1, ...seed });
    expect(lossOf(agent.greedy(), world, 1)).toBeLessThan(1e-8);
  }
});

test('every agent that chooses is in a list', () => {
  const lists = [BANDITS, MONTE_CARLO, LINEAR, DIFFERENTIAL];
  const listed = lists.flatMap((list) => list.map(([name]) => name));
  const chooses = ({ defaults }: { defaults: object }) =>
    !Object.hasOwn(defaults, 'policy') && !Object.hasOwn(defaults, 'target');
  const names = agentEntries()
    .filter(({ family }) => /^(bandits|tabular|linear)$/.test(family))
    .filter(({ family, name }) => family !== 'tabular' || /^monte-carlo|^differential/.test(name))
    .filter(chooses)
    .map(({ name }) => name);
  expect(new Set(listed)).toEqual(new Set(names));
});
