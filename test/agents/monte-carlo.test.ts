import { describe, expect, test } from 'vitest';
import { MonteCarloControl } from '../../agents/tabular/monte-carlo-control.ts';
import { MonteCarloExploringStarts } from '../../agents/tabular/monte-carlo-exploring-starts.ts';
import { MonteCarloOffPolicyControl } from '../../agents/tabular/monte-carlo-off-policy-control.ts';
import { MonteCarloOffPolicyPrediction } from '../../agents/tabular/monte-carlo-off-policy-prediction.ts';
import { MonteCarloPrediction } from '../../agents/tabular/monte-carlo-prediction.ts';
import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { endless } from '../../envs/diagnostics/endless.ts';
import { blackjack } from '../../envs/tabular/blackjack.ts';
import { randomWalk } from '../../envs/tabular/random-walk.ts';
import { tabularDynamics } from '../../envs/tabular/tabular-dynamics.ts';
import { exploringStarts } from '../../envs/wrappers/exploring-starts.ts';
import { evenly, modelOf, solve, evaluate as valuesOf } from '../envs/solve.ts';
import { transition } from '../helpers/transitions.ts';
import { corridor } from '../helpers/worlds.ts';

const TASK = { observationSpace: discrete(3), actionSpace: discrete(2) };

/** One step of an episode: state, action, reward, next state. */
type Step = readonly [state: number, action: number, reward: number, nextState: number];

/** Lets the agent live through an episode, one transition at a time. */
function live(agent: Agent, steps: readonly Step[], end: 'terminated' | 'truncated'): void {
  steps.forEach(([state, action, reward, nextState], t) => {
    const last = t === steps.length - 1;
    const ended = last ? { [end]: true } : {};
    agent.learn(transition({ state, action, reward, nextState, ...ended }));
  });
}

/** Plays until so many episodes have ended. */
function playEpisodes(
  agent: Agent,
  world: Dynamics,
  episodes: number,
  seed = 0,
  numEnvs = 1,
): void {
  const envs = new VectorEnv(world, { numEnvs, seed });
  const actions = envs.createActions();
  let ended = 0;
  while (ended < episodes) {
    agent.act(envs.observations, actions, envs.actionMasks);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    for (let i = 0; i < numEnvs; i++) {
      ended += transitions.terminated[i] + transitions.truncated[i];
    }
  }
}

/** The mean loss, over evenly drawn states on the way, of a policy against the best one. */
function lossOf(world: Dynamics, choose: (state: number) => number): number {
  const model = modelOf(world);
  const best = solve(world, 1).values;
  const own = valuesOf(
    model,
    (s) => {
      const chosen = choose(model.observations ? model.observations[s] : s);
      return Array.from({ length: model.numActions }, (_, a) => (a === chosen ? 1 : 0));
    },
    1,
  );
  return model.startDistribution.reduce((sum, p, s) => sum + p * (best[s] - own[s]), 0);
}

// S₀ = 0, S₁ = 1, S₂ = 0, S₃ = 1 with rewards 1, 2, 3, 4 and γ = 0.5, backwards:
//   G₃ = 4, G₂ = 3 + 2 = 5, G₁ = 2 + 2.5 = 4.5, G₀ = 1 + 2.25 = 3.25
const LOOP: readonly Step[] = [
  [0, 0, 1, 1],
  [1, 1, 2, 0],
  [0, 0, 3, 1],
  [1, 0, 4, 2],
];

describe('prediction', () => {
  test('averages the returns of first visits', () => {
    const agent = new MonteCarloPrediction(TASK, { discount: 0.5 });
    live(agent, LOOP, 'terminated');
    expect([...agent.values]).toEqual([3.25, 4.5, 0]);
    live(agent, [[0, 0, 1, 2]], 'terminated');
    expect([...agent.values]).toEqual([(3.25 + 1) / 2, 4.5, 0]);
    expect([...agent.counts]).toEqual([2, 1, 0]);
  });

  test('averages the returns of every visit', () => {
    const agent = new MonteCarloPrediction(TASK, { discount: 0.5, visits: 'every' });
    live(agent, LOOP, 'terminated');
    expect([...agent.values]).toEqual([(3.25 + 5) / 2, (4.5 + 4) / 2, 0]);
  });

  test('begins at the initial value, which a sample average forgets', () => {
    const of = (stepSize: number | 'sample-average') => {
      const agent = new MonteCarloPrediction(TASK, { discount: 1, stepSize, initialValue: 0.5 });
      live(agent, [[0, 0, 1, 1]], 'terminated');
      return [...agent.values];
    };
    expect(of(0.25)).toEqual([0.5 + 0.25 * (1 - 0.5), 0.5, 0.5]);
    expect(of('sample-average')).toEqual([1, 0.5, 0.5]);
    expect(() => new MonteCarloPrediction(TASK, { initialValue: Number.NaN })).toThrow(
      'MonteCarloPrediction: initialValue must be a finite number, got NaN.',
    );
  });

  test('moves by a constant step size where one is given', () => {
    const agent = new MonteCarloPrediction(TASK, { discount: 1, stepSize: 0.25 });
    live(agent, [[0, 0, 8, 2]], 'terminated');
    live(agent, [[0, 0, 8, 2]], 'terminated');
    expect(agent.values[0]).toBe(2 + 0.25 * (8 - 2));
  });

  test('learns nothing before the episode has ended', () => {
    const agent = new MonteCarloPrediction(TASK);
    agent.learn(transition({ state: 0, action: 0, reward: 1, nextState: 1 }));
    expect([...agent.values]).toEqual([0, 0, 0]);
  });

  test('puts the estimate of the last state for what a time limit cut off', () => {
    const agent = new MonteCarloPrediction(TASK, { discount: 0.5 });
    agent.values[2] = 10;
    live(agent, [[0, 0, 1, 1], [1, 0, 2, 2]], 'truncated'); // biome-ignore format: one line
    expect([...agent.values]).toEqual([1 + 0.5 * 7, 2 + 0.5 * 10, 10]);
  });

  test('discards an episode that a time limit cut, if told so', () => {
    const agent = new MonteCarloPrediction(TASK, { discount: 0.5, truncation: 'discard' });
    agent.values[2] = 10;
    live(agent, [[0, 0, 1, 1], [1, 0, 2, 2]], 'truncated'); // biome-ignore format: one line
    live(agent, [[1, 0, 4, 2]], 'terminated');
    expect([...agent.values]).toEqual([0, 4, 10]);
  });

  test('cuts an episode that grows beyond its memory', () => {
    const agent = new MonteCarloPrediction(TASK, { discount: 0.5, maxEpisodeSteps: 2 });
    agent.values[2] = 10;
    agent.learn(transition({ state: 0, action: 0, reward: 1, nextState: 1 }));
    agent.learn(transition({ state: 1, action: 0, reward: 2, nextState: 2 }));
    expect([...agent.values]).toEqual([1 + 0.5 * 7, 2 + 0.5 * 10, 10]);
    agent.learn(transition({ state: 2, action: 0, reward: 6, nextState: 0, terminated: true }));
    expect(agent.values[2]).toBe(6);
  });

  test('keeps the episodes of several copies apart', () => {
    const agent = new MonteCarloPrediction({ ...TASK, numEnvs: 2 }, { discount: 1 });
    const rows = (states: number[], rewards: number[], terminated: number[]) => ({
      observations: Float32Array.from(states),
      actions: Int32Array.of(0, 0),
      rewards: Float64Array.from(rewards),
      nextObservations: Float32Array.of(2, 2),
      terminated: Uint8Array.from(terminated),
      truncated: Uint8Array.of(0, 0),
    });
    agent.learn(rows([0, 1], [1, 10], [0, 0]));
    agent.learn(rows([2, 2], [2, 20], [0, 1]));
    expect([...agent.values]).toEqual([0, 30, 20]);
    agent.learn(rows([2, 2], [4, 40], [1, 1]));
    // The first copy's S₁ = S₂ = 2 counts once, with 2 + 4; the second's new episode with 40.
    expect(agent.values[0]).toBe(7);
    expect(agent.values[2]).toBeCloseTo((20 + 6 + 40) / 3, 12);
  });

  test.each(['first', 'every'] as const)('of %s visits comes to the exact values', (visits) => {
    const walk = randomWalk();
    const exact = valuesOf(modelOf(walk), evenly(1), 1);
    const agent = new MonteCarloPrediction(walk, { discount: 1, visits, seed: 1 });
    playEpisodes(agent, walk, 40_000, 1);
    for (let state = 1; state <= 5; state++) {
      expect(Math.abs(agent.values[state] - exact[state])).toBeLessThan(0.012);
    }
  });

  test('of an endless world comes to the value with bootstrapping, to less without', () => {
    // What a policy is worth forever: 1 / (1 − γ) times the mean reward; cut off, much less.
    const world = { ...endless(), timeLimit: 20 };
    const model = world.model?.();
    if (model === undefined) throw new Error('the endless world has no model.');
    const exact = valuesOf(model, evenly(model.numActions), 0.9);
    const agent = new MonteCarloPrediction(world, { discount: 0.9, visits: 'every', seed: 2 });
    playEpisodes(agent, world, 5000, 2);
    exact.forEach((value, state) => {
      expect(Math.abs(agent.values[state] - value)).toBeLessThan(0.05 * Math.abs(value) + 0.02);
    });
  });

  test('reads the policy it is to follow', () => {
    const policy = [0, 1, [0.25, 0.75]] as const;
    const agent = new MonteCarloPrediction(TASK, { policy: [...policy], seed: 3 });
    const states = new Float32Array(4000).map((_, i) => i % 3);
    const actions = new Int32Array(4000);
    agent.act(states, actions);
    const share = (state: number) => {
      const chosen = actions.filter((_, i) => states[i] === state);
      return chosen.reduce((sum, action) => sum + action, 0) / chosen.length;
    };
    expect([share(0), share(1)]).toEqual([0, 1]);
    expect(share(2)).toBeCloseTo(0.75, 1);
    const watched = new Int32Array(4000);
    const before = agent.save();
    agent.greedy().act(states, watched);
    expect(agent.save()).toEqual(before); // to watch it changes nothing
    expect(watched.filter((_, i) => states[i] === 1).every((action) => action === 1)).toBe(true);
  });
});

describe('on-policy control', () => {
  test('averages returns of pairs, and takes the greedy one with 1 − ε', () => {
    const agent = new MonteCarloControl(TASK, { discount: 0.5, epsilon: 0.2 });
    live(agent, LOOP, 'terminated');
    // (1, 1) is visited first, then (1, 0); (0, 0) twice.
    expect([...agent.actionValues.table]).toEqual([3.25, 0, 4, 4.5, 0, 0]);
    const { policy, value } = agent.inspect(Float32Array.of(1));
    expect([...(policy ?? [])]).toEqual([0.1, 0.8 + 0.1]);
    expect(value).toBe(4.5);
    const actions = new Int32Array(10_000);
    agent.act(new Float32Array(10_000).fill(1), actions);
    const other = actions.filter((action) => action === 0).length / 10_000;
    expect(Math.abs(other - 0.1)).toBeLessThan(5 * Math.sqrt((0.1 * 0.9) / 10_000));
  });

  test('expects of a cut episode what its own soft policy would bring', () => {
    const agent = new MonteCarloControl(TASK, { discount: 1, epsilon: 0.5 });
    agent.actionValues.table.set([0, 0, 0, 0, /* state 2: */ 4, 8]);
    live(agent, [[0, 1, 1, 2]], 'truncated');
    expect(agent.actionValues.table[1]).toBe(1 + 0.25 * 4 + 0.75 * 8);
    const masked = transition({
      state: 1,
      action: 0,
      reward: 1,
      nextState: 2,
      truncated: true,
      nextMask: [1, 0],
    });
    agent.learn(masked);
    expect(agent.actionValues.table[2]).toBe(1 + 4);
  });

  test.each([0, 1, 2, 3, 4])('finds the way out of the corridor, seed %i', (seed) => {
    const world = corridor();
    const agent = new MonteCarloControl(world, { discount: 0.9, epsilon: 0.2, seed });
    playEpisodes(agent, world, 300, seed);
    const best = [0, 1, 2, 3].map((state) => agent.actionValues.greedyAction(state));
    expect(best).toEqual([1, 1, 1, 1]);
  });

  test('plays blackjack almost as well as can be', () => {
    const world = exploringStarts(blackjack());
    const agent = new MonteCarloControl(world, { discount: 1, epsilon: 0.1, seed: 4 });
    playEpisodes(agent, world, 400_000, 4);
    expect(lossOf(world, (s) => agent.actionValues.greedyAction(s))).toBeLessThan(0.01);
  });
});

describe('exploring starts', () => {
  test('take a random first action, and greedy ones from there on', () => {
    const agent = new MonteCarloExploringStarts(TASK, { seed: 5 });
    agent.actionValues.table.set([0, 1, 0, 1, 0, 1]);
    const action = new Int32Array(1);
    const firsts = new Set<number>();
    for (let episode = 0; episode < 40; episode++) {
      agent.act(Float32Array.of(0), action);
      firsts.add(action[0]);
      agent.learn(transition({ state: 0, action: action[0], reward: 1, nextState: 1 }));
      agent.act(Float32Array.of(1), action);
      expect(action[0]).toBe(1);
      agent.learn(transition({ state: 1, action: 1, reward: 1, nextState: 2, terminated: true }));
    }
    expect([...firsts].sort()).toEqual([0, 1]);
  });

  test('average the returns of pairs', () => {
    const agent = new MonteCarloExploringStarts(TASK, { discount: 0.5 });
    live(agent, LOOP, 'terminated');
    expect([...agent.actionValues.table]).toEqual([3.25, 0, 4, 4.5, 0, 0]);
    agent.actionValues.table.set([0, 0, 0, 0, 4, 8]);
    live(agent, [[0, 1, 1, 2]], 'truncated');
    expect(agent.actionValues.table[1]).toBe(1 + 0.5 * 8);
  });

  test('begin episodes in every state on the way, evenly', () => {
    const world = exploringStarts(randomWalk());
    const envs = new VectorEnv(world, { numEnvs: 5000, seed: 1 });
    const counts = new Array<number>(7).fill(0);
    for (const state of envs.observations) counts[state]++;
    expect([counts[0], counts[6]]).toEqual([0, 0]);
    for (let state = 1; state <= 5; state++) {
      expect(Math.abs(counts[state] - 1000)).toBeLessThan(4 * Math.sqrt(800));
    }
    expect([...modelOf(world).startDistribution]).toEqual([0, 0.2, 0.2, 0.2, 0.2, 0.2, 0]);
  });

  test('begin episodes where they are told to', () => {
    const world = exploringStarts(blackjack(), { states: [(13 * 11 + 2) * 2 + 1] });
    const envs = new VectorEnv(world, { numEnvs: 10, seed: 1 });
    expect([...envs.observations]).toEqual(new Array(10).fill(291));
  });

  test('need a model and states of it', () => {
    expect(() => exploringStarts(corridor())).toThrow('Corridor must have an explicit model');
    expect(() => exploringStarts(randomWalk(), { states: [7] })).toThrow('from 0 to 6, got 7');
    expect(() => exploringStarts(randomWalk(), { states: [] })).toThrow('must name one at least');
  });

  test('play blackjack almost as well as can be', () => {
    const world = exploringStarts(blackjack());
    const agent = new MonteCarloExploringStarts(world, { discount: 1, seed: 6 });
    playEpisodes(agent, world, 400_000, 6);
    expect(lossOf(world, (s) => agent.actionValues.greedyAction(s))).toBeLessThan(0.01);
  });
});

/**
 * Example 5.5: `back` leads back to the one state with 0.9, else ends with reward 1; `end` ends with 0.
 */
function infiniteVariance(): Dynamics {
  const model: TabularModel = createTabularModel(2, Float64Array.of(1), (_, action) => {
    const end = (probability: number, reward: number) => {
      return { probability, nextState: 0, reward, terminated: true };
    };
    if (action === 1) return [end(1, 0)];
    return [{ probability: 0.9, nextState: 0, reward: 0, terminated: false }, end(0.1, 1)];
  });
  return tabularDynamics({
    name: 'InfiniteVariance',
    model,
    timeLimit: Infinity,
    actionLabels: ['back', 'end'],
    scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
  });
}

describe('off-policy prediction', () => {
  // π takes action 1 alone, b each with 1/2, so that ρ = 2 for each action 1, and 0 for action 0.
  const options = { target: [1, 1, 1], behavior: 'random', discount: 1 } as const;

  test('weights returns by what the target would have done, for V and Q', () => {
    const agent = new MonteCarloOffPolicyPrediction(TASK, { ...options });
    live(agent, [[0, 1, 0, 1], [1, 1, 6, 2]], 'terminated'); // biome-ignore format: one line
    live(agent, [[1, 1, 2, 2]], 'terminated');
    // V(1): G = 6 and 2, both with ρ = 2; V(0): 6 with ρ = 4.
    expect([...agent.values]).toEqual([6, 4, 0]);
    // Q(0, 1): 6, with the weight of A₁ alone; Q(1, 1): 6 and 2 with weight 1.
    expect([...agent.actionValues.table]).toEqual([0, 6, 0, 4, 0, 0]);
    live(agent, [[0, 0, 0, 1], [1, 1, 2, 2]], 'terminated'); // biome-ignore format: one line
    // ρ = 0 for V(0), which stays; Q(0, 0) learns all the same, and Q(1, 1) has a third return.
    expect([...agent.values]).toEqual([6, (2 * 6 + 2 * 2 + 2 * 2) / 6, 0]);
    const seen = [...agent.actionValues.table];
    expect(seen.slice(0, 2)).toEqual([2, 6]);
    expect(seen[3]).toBeCloseTo((6 + 2 + 2) / 3, 12);
  });

  test('divides by the number of returns where importance sampling is ordinary', () => {
    const agent = new MonteCarloOffPolicyPrediction(TASK, {
      ...options,
      importanceSampling: 'ordinary',
    });
    live(agent, [[0, 1, 0, 1], [1, 1, 6, 2]], 'terminated'); // biome-ignore format: one line
    live(agent, [[0, 0, 5, 2]], 'terminated');
    expect([...agent.values]).toEqual([(4 * 6 + 0 * 5) / 2, 2 * 6, 0]);
    expect([...agent.actionValues.table]).toEqual([5, 2 * 6, 0, 6, 0, 0]);
  });

  test('counts first visits alone, if told so', () => {
    const episode: readonly Step[] = [[0, 1, 1, 0], [0, 1, 1, 2]]; // biome-ignore format: one line
    const every = new MonteCarloOffPolicyPrediction(TASK, { ...options });
    const first = new MonteCarloOffPolicyPrediction(TASK, { ...options, visits: 'first' });
    live(every, episode, 'terminated');
    live(first, episode, 'terminated');
    expect(every.values[0]).toBeCloseTo((4 * 2 + 2 * 1) / 6, 12);
    expect(first.values[0]).toBe(2);
  });

  test('puts the estimate of the last state for what a time limit cut off', () => {
    const agent = new MonteCarloOffPolicyPrediction(TASK, { ...options });
    agent.values[2] = 10;
    live(agent, [[0, 1, 1, 2]], 'truncated');
    expect(agent.values[0]).toBe(11);
  });

  test('estimates without bias: the mean over many runs is the exact value', () => {
    const walk = blackjack();
    const exact = valuesOf(modelOf(walk), (s) => (s < 20 * 22 ? [0, 1] : [1, 0]), 1);
    const state = (13 * 11 + 2) * 2 + 1; // the dealer shows a deuce; 13 with a usable ace
    const world = exploringStarts(walk, { states: [state] });
    const target = Array.from({ length: 704 }, (_, s) => (s < 20 * 22 ? 1 : 0));
    expect(exact[state]).toBeCloseTo(-0.27726, 2); // the source, from 100 million episodes
    for (const importanceSampling of ['ordinary', 'weighted'] as const) {
      const agent = new MonteCarloOffPolicyPrediction(world, {
        target,
        discount: 1,
        importanceSampling,
        seed: 7,
      });
      playEpisodes(agent, world, 200_000, 7);
      expect(Math.abs(agent.values[state] - exact[state])).toBeLessThan(0.015);
    }
  });

  test('shows the infinite variance of ordinary importance sampling (figure 5.4)', () => {
    const world = infiniteVariance();
    const run = (importanceSampling: 'ordinary' | 'weighted', seed: number) => {
      const agent = new MonteCarloOffPolicyPrediction(world, {
        target: [0],
        discount: 1,
        visits: 'first',
        importanceSampling,
        seed,
      });
      playEpisodes(agent, world, 20_000, seed);
      return agent.values[0];
    };
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    // The true value is 1. Every return that counts at all is 1, so weighted estimates are exact.
    expect(seeds.map((seed) => run('weighted', seed))).toEqual(seeds.map(() => 1));
    const ordinary = seeds.map((seed) => run('ordinary', seed)).sort((a, b) => a - b);
    // Ordinary ones are not near it even so: most below it, for rare returns of huge weight lack.
    expect(ordinary.filter((value) => value < 1).length).toBeGreaterThanOrEqual(12);
    expect(ordinary.filter((value) => Math.abs(value - 1) > 0.1).length).toBeGreaterThanOrEqual(5);
  });

  test('refuses a behavior that lacks what the target does, and actions that are not its own', () => {
    expect(
      () => new MonteCarloOffPolicyPrediction(TASK, { target: [0, 0, 0], behavior: [1, 1, 1] }),
    ).toThrow('behavior must give every action that target takes a chance, got 0 for action 0');
    const agent = new MonteCarloOffPolicyPrediction(TASK, {
      target: [1, 1, 1],
      behavior: [1, 1, 1],
    });
    expect(() => agent.learn(transition({ action: 0, reward: 0 }))).toThrow(
      'the actions must be those of behavior, got 0 in state 0',
    );
  });
});

describe('off-policy control', () => {
  test('weights returns up to the last action that is not greedy', () => {
    const agent = new MonteCarloOffPolicyControl(TASK, { behavior: 'random', discount: 1 });
    live(agent, [[0, 1, 0, 1], [1, 0, 6, 2]], 'terminated'); // biome-ignore format: one line
    // Q(1, 0) = 6 with W = 1, greedy; Q(0, 1) = 6 with W = 1 / b = 2.
    expect([...agent.actionValues.table]).toEqual([0, 6, 6, 0, 0, 0]);
    expect([...agent.weights]).toEqual([0, 2, 1, 0, 0, 0]);
    live(agent, [[0, 1, 0, 1], [1, 1, 3, 2]], 'terminated'); // biome-ignore format: one line
    // Q(1, 1) = 3 is not greedy, so nothing is learned of state 0.
    expect([...agent.actionValues.table]).toEqual([0, 6, 6, 3, 0, 0]);
    live(agent, [[0, 1, 0, 1], [1, 0, 2, 2]], 'terminated'); // biome-ignore format: one line
    // Q(1, 0) = (6 + 2) / 2; Q(0, 1): 6 with C = 2, then 2 with W = 2.
    expect([...agent.actionValues.table]).toEqual([0, 4, 4, 3, 0, 0]);
  });

  test('knows the chances of the ε-greedy policy that acted, before Q changed', () => {
    const agent = new MonteCarloOffPolicyControl(TASK, { epsilon: 0.5, discount: 1 });
    agent.actionValues.table.set([0, 0, 9, 0, 0, 0]);
    live(agent, [[0, 0, 1, 1], [1, 0, 20, 2]], 'terminated'); // biome-ignore format: one line
    // b(0 | 1) = 0.75 where 0 is greedy.
    expect(agent.weights[0]).toBeCloseTo(1 / 0.75, 12);
    expect(agent.inspect(Float32Array.of(1)).policy).toEqual(Float64Array.of(0.75, 0.25));
  });

  test('puts the best estimate of the last state for what a time limit cut off', () => {
    const agent = new MonteCarloOffPolicyControl(TASK, { discount: 0.5 });
    agent.actionValues.table.set([0, 0, 0, 0, 4, 8]);
    live(agent, [[0, 1, 1, 2]], 'truncated');
    expect(agent.actionValues.table[1]).toBe(1 + 0.5 * 8);
  });

  /** Acts in state 0, where action 0 is illegal, and lives through 1 → 0 → end with rewards of −1. */
  function liveMasked(agent: MonteCarloOffPolicyControl): void {
    agent.act(Float32Array.of(0), new Int32Array(1), Uint8Array.of(0, 1));
    live(agent, [[1, 0, -1, 0], [0, 1, -1, 2]], 'terminated'); // biome-ignore format: one line
  }

  test('takes no illegal action for a greedy one', () => {
    const agent = new MonteCarloOffPolicyControl(TASK, { behavior: 'random', discount: 1 });
    liveMasked(agent);
    // Q(0, 0) = 0 is above Q(0, 1) = −1, but illegal; b(1 | 0) = 1.
    expect([...agent.actionValues.table]).toEqual([0, -1, -2, 0, 0, 0]);
    expect(agent.weights[2]).toBe(1);
  });

  test('saves what it has seen to be legal', () => {
    const agent = new MonteCarloOffPolicyControl(TASK, { behavior: 'random', discount: 1 });
    liveMasked(agent);
    const twin = new MonteCarloOffPolicyControl(TASK, { behavior: 'random', discount: 1 });
    twin.restore(agent.save());
    for (const each of [agent, twin]) {
      live(each, [[1, 0, -1, 0], [0, 1, -1, 2]], 'terminated'); // biome-ignore format: one line
    }
    expect(twin.save()).toEqual(agent.save());
  });

  test('stops where a weight is beyond all numbers', () => {
    const agent = new MonteCarloOffPolicyControl(TASK, { behavior: 'random', discount: 1 });
    const long = Array.from({ length: 1200 }, (): Step => [0, 0, 1, 0]);
    live(agent, long, 'terminated');
    live(agent, long, 'terminated');
    expect(agent.actionValues.table[0]).toBeGreaterThan(1000);
    expect([...(agent.save().values as Float64Array)].every(Number.isFinite)).toBe(true);
  });

  test.each([0, 1, 2, 3, 4])('learns the best policy while it acts at random, seed %i', (seed) => {
    const world = corridor();
    const agent = new MonteCarloOffPolicyControl(world, {
      behavior: 'random',
      discount: 0.9,
      seed,
    });
    playEpisodes(agent, world, 2000, seed);
    for (let state = 0; state < 4; state++) {
      expect(agent.actionValues.greedyAction(state)).toBe(1);
      // From each state on, the way out is certain, and so is its value.
      expect(agent.actionValues.table[2 * state + 1]).toBeCloseTo(0.9 ** (3 - state), 12);
    }
  });

  test('learns to play blackjack while it acts at random', () => {
    const world = exploringStarts(blackjack());
    const agent = new MonteCarloOffPolicyControl(world, {
      behavior: 'random',
      discount: 1,
      seed: 8,
    });
    playEpisodes(agent, world, 400_000, 8);
    expect(lossOf(world, (s) => agent.actionValues.greedyAction(s))).toBeLessThan(0.015);
  });

  test('refuses a behavior that is not soft', () => {
    expect(() => new MonteCarloOffPolicyControl(TASK, { behavior: [0, 0, 0] })).toThrow(
      'behavior must be soft, with a chance above 0 of every action, got 0 for action 1 in state 0',
    );
  });
});

const AGENTS = [
  MonteCarloPrediction,
  MonteCarloControl,
  MonteCarloExploringStarts,
  MonteCarloOffPolicyPrediction,
  MonteCarloOffPolicyControl,
];

/** The values that an agent has learned, to be changed. */
function tableOf(agent: InstanceType<(typeof AGENTS)[number]>): Float64Array {
  return 'values' in agent ? agent.values : agent.actionValues.table;
}

describe.each(AGENTS)('%o', (Constructor) => {
  test('refuses what it cannot learn from', () => {
    const agent = new Constructor(TASK);
    agent.learn(transition({ action: 0, reward: 1 }));
    expect(() => agent.learn(transition({ action: 0, reward: Number.NaN }))).toThrow(
      `${Constructor.name}.learn: the reward of step 1 must be a finite number, got NaN.`,
    );
    const pair = new Constructor({ ...TASK, numEnvs: 2 });
    expect(() => pair.learn(transition({ action: 0, reward: 1 }))).toThrow(
      `${Constructor.name}.learn: the batch must have`,
    );
    expect(() => new Constructor(TASK, { discount: 2 })).toThrow(
      'discount must be between 0 and 1',
    );
    expect(() => new Constructor(TASK, { truncation: 'ignore' as never })).toThrow('truncation');
    expect(() => new Constructor(TASK, { maxEpisodeSteps: 0 })).toThrow('maxEpisodeSteps');
    expect(() => new Constructor(TASK, { seed: -1 })).toThrow('seed');
    expect(() => new Constructor(TASK, { visit: 'first' } as never)).toThrow(
      'unknown option "visit"',
    );
  });

  test('expects nothing after an end', () => {
    const agent = new Constructor(TASK, { discount: 0.5 });
    tableOf(agent).fill(8); // what a table says of a terminal state does not count
    live(agent, [[0, 0, 1, 1], [1, 0, 2, 2]], 'terminated'); // biome-ignore format: one line
    const seen = agent.inspect(Float32Array.of(1));
    expect(seen.actionValues?.[0] ?? seen.value).toBe(2);
  });

  test('takes nothing over from data that is broken', () => {
    const agent = new Constructor(TASK);
    live(agent, LOOP, 'terminated');
    agent.learn(transition({ state: 1, action: 1, reward: 5, nextState: 2 }));
    const before = agent.save();
    const other = new Constructor(TASK).save();
    expect(() => agent.restore({ ...other, rng: {} })).toThrow('expected saved data of kind');
    expect(() => agent.restore({ ...other, steps: {} })).toThrow('expected saved data of kind');
    expect(() => agent.restore({ ...other, episodes: { list: [] } })).toThrow('length 1, got 0');
    expect(agent.save()).toEqual(before);
  });

  test('grows its memory with an episode, not with their number', () => {
    const agent = new Constructor(TASK);
    const long = Array.from({ length: 200 }, (): Step => [0, 1, 1, 0]);
    for (let episode = 0; episode < 3; episode++) live(agent, long, 'terminated');
    const { list } = agent.save().episodes as unknown as { list: { length: number }[] };
    expect(list.map(({ length }) => length)).toEqual([0]);
  });

  test('remembers the first step of a long episode', () => {
    const agent = new Constructor(TASK, { discount: 1 });
    const long = Array.from(
      { length: 200 },
      (_, t): Step => (t === 0 ? [1, 0, 7, 0] : [0, 0, 1, 0]),
    );
    live(agent, long, 'terminated');
    const seen = agent.inspect(Float32Array.of(1));
    expect(Math.max(seen.value ?? 0, seen.actionValues?.[0] ?? 0)).toBe(7 + 199);
  });
});
