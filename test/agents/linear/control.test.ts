import { describe, expect, test } from 'vitest';
import { DifferentialSemiGradientSarsa } from '../../../agents/linear/differential-semi-gradient-sarsa.ts';
import { SemiGradientSarsa } from '../../../agents/linear/semi-gradient-sarsa.ts';
import { SemiGradientSarsaLambda } from '../../../agents/linear/semi-gradient-sarsa-lambda.ts';
import { LinearTrueOnlineSarsaLambda } from '../../../agents/linear/true-online-sarsa-lambda.ts';
import { LinearTrueOnlineTdLambda } from '../../../agents/linear/true-online-td-lambda.ts';
import type { Agent } from '../../../core/agent.ts';
import { discrete } from '../../../core/space.ts';
import type { TabularModel } from '../../../core/tabular-model.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { mountainCar } from '../../../envs/control/mountain-car.ts';
import { endless } from '../../../envs/diagnostics/endless.ts';
import { accessControl } from '../../../envs/tabular/access-control.ts';
import { cliffWalking } from '../../../envs/tabular/cliff-walking.ts';
import { evaluate } from '../../../training/evaluate.ts';
import { backup, modelOf } from '../../envs/solve.ts';
import { learn, learnEpisodes } from '../../helpers/learn.ts';
import { transition } from '../../helpers/transitions.ts';
import { corridor } from '../../helpers/worlds.ts';

// x(0) = (1, 2), x(1) = (0, 1), x(2) = (3, 0); the weights of action 0, then those of action 1.
const FEATURES = { kind: 'given', vectors: [[1, 2], [0, 1], [3, 0]] } as const; // biome-ignore format: one line
const TASK = { observationSpace: discrete(3), actionSpace: discrete(2) };
const COMMON = {
  features: FEATURES,
  stepSize: 0.1,
  discount: 0.5,
  initialWeights: [1, 1, /* action 1: */ 2, -1],
} as const;

/** S = 0, A = 0, S′ = 1 with reward 3. */
const STEP = transition({ state: 0, action: 0, reward: 3, nextState: 1 });
/** S = 1, A = 1, S′ = 2 with reward 4, and an end, or a cut. */
const LAST = transition({ state: 1, action: 1, reward: 4, nextState: 2, terminated: true });
/** In S′ = 2 only action 0 is legal, q̂(2, 0) = 3 at first; q̂(2, 1) = 6 is not. */
const CUT = transition({
  state: 1,
  action: 1,
  reward: 4,
  nextState: 2,
  truncated: true,
  nextMask: [1, 0],
});

function near(actual: ArrayLike<number>, expected: readonly number[], digits = 12): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i], `number ${i}`).toBeCloseTo(value, digits);
  });
}

describe('semi-gradient Sarsa', () => {
  test('moves the weights of an action by the TD error, once the next action is known', () => {
    const agent = new SemiGradientSarsa(TASK, COMMON);
    agent.learn(STEP);
    near(agent.weights, [1, 1, 2, -1]);
    agent.learn(LAST);
    // q̂(0, 0) = 3, q̂(1, 1) = −1: δ = 3 + 0.5 · (−1) − 3 = −0.5; then δ = 4 + 1
    near(agent.weights, [1 - 0.05, 1 - 0.1, 2, -1 + 0.1 * 5]);
  });

  test('draws the next action where a time limit cut the episode', () => {
    const agent = new SemiGradientSarsa(TASK, COMMON);
    agent.learn(CUT);
    near(agent.weights, [1, 1, 2, -1 + 0.1 * (4 + 0.5 * 3 + 1)]);
    agent.learn(STEP); // of another episode: it is not what followed
    near(agent.weights, [1, 1, 2, -1 + 0.1 * 6.5]);
  });

  test('of n steps sums n rewards, and at the end what is left', () => {
    const agent = new SemiGradientSarsa(TASK, { ...COMMON, numSteps: 2 });
    agent.learn(STEP);
    agent.learn(transition({ state: 1, action: 1, reward: 2, nextState: 2 }));
    near(agent.weights, [1, 1, 2, -1]);
    agent.learn(transition({ state: 2, action: 0, reward: 8, nextState: 0, terminated: true }));
    // G = 3 + 0.5 · 2 + 0.25 · q̂(2, 0) = 4.75, q̂(0, 0) = 3; then 2 + 0.5 · 8 for (1, 1), 8 for (2, 0)
    const first = 1 + 0.175;
    near(agent.weights, [first + 0.1 * (8 - 3 * first) * 3, 1.35, 2, -1 + 0.1 * (6 + 1)]);
  });
});

describe('Sarsa(λ)', () => {
  test('spreads the TD error over what was done before', () => {
    const agent = new SemiGradientSarsaLambda(TASK, { ...COMMON, lambda: 0.8 });
    agent.learn(STEP);
    near(agent.weights, [1, 1, 2, -1]);
    agent.learn(LAST);
    // δ = −0.5 with z = (1, 2 | 0, 0); then z = (0.4, 0.8 | 0, 1) and δ = 4 − q̂(1, 1) = 5
    near(agent.weights, [1 - 0.05 + 0.2, 1 - 0.1 + 0.4, 2, -1 + 0.5]);
    agent.learn(CUT); // a new episode: z = (0, 0 | 0, 1), δ = 4 + 0.5 · 3 · 1.15 + 0.5
    near(agent.weights, [1.15, 1.3, 2, -0.5 + 0.6225]);
    agent.learn(STEP); // nothing waits
    near(agent.weights, [1.15, 1.3, 2, 0.1225]);
  });

  test('replaces traces where features are 0 and 1', () => {
    const features = { kind: 'given', vectors: [[1, 0], [1, 1], [0, 1]] } as const; // biome-ignore format: one line
    const options = { features, discount: 1, stepSize: 0.5, lambda: 0.5 } as const;
    const agent = new SemiGradientSarsaLambda(TASK, { ...options, traces: 'replacing' });
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
    agent.learn(transition({ state: 1, action: 0, reward: 8, nextState: 2, terminated: true }));
    near(agent.weights, [4, 4, 0, 0]); // z = (1, 1), not (1.5, 1)
    expect(() => new SemiGradientSarsaLambda(TASK, { ...COMMON, traces: 'replacing' })).toThrow(
      'replacing traces must have features of 0 and 1',
    );
  });

  test('clears the traces of what else could have been done, if asked to', () => {
    const options = { ...COMMON, initialWeights: 0, discount: 1, lambda: 1 } as const;
    const [kept, cleared] = [false, true].map((clearOtherActions) => {
      const agent = new SemiGradientSarsaLambda(TASK, { ...options, clearOtherActions });
      agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
      agent.learn(transition({ state: 1, action: 1, reward: 1, nextState: 0, terminated: true }));
      return agent.weights;
    });
    near(kept, [0.1, 0.2, 0, 0.1]); // z = (1, 2 | 0, 1), δ = 1
    near(cleared, [0.1, 0, 0, 0.1]); // x(1) = (0, 1): z = (1, 0 | 0, 1)
  });

  test('true online, does by pairs what true online TD(λ) does by states', () => {
    // With one action in each state, q̂ is v̂: the same numbers.
    const task = { observationSpace: discrete(3), actionSpace: discrete(1) };
    const options = { ...COMMON, lambda: 0.7, initialWeights: [1, -1] } as const;
    const sarsa = new LinearTrueOnlineSarsaLambda(task, options);
    const td = new LinearTrueOnlineTdLambda(task, options);
    for (const agent of [sarsa, td] as Agent[]) {
      agent.learn(transition({ state: 0, action: 0, reward: 3, nextState: 1 }));
      agent.learn(transition({ state: 1, action: 0, reward: -2, nextState: 0 }));
      agent.learn(transition({ state: 0, action: 0, reward: 1, nextState: 2 }));
      agent.learn(transition({ state: 2, action: 0, reward: 5, nextState: 0, terminated: true }));
      agent.learn(transition({ state: 0, action: 0, reward: 2, nextState: 2, truncated: true }));
    }
    near(sarsa.weights, [...td.weights], 12);
  });

  test('true online, keeps the weights of actions apart', () => {
    const agent = new LinearTrueOnlineSarsaLambda(TASK, { ...COMMON, lambda: 0.8 });
    agent.learn(STEP);
    agent.learn(LAST);
    // First: Q = 3, Q′ = −1, δ = −0.5, Q_old = 0: z = x = (1, 2 | 0, 0);
    //   w ← w + 0.1 · (−0.5 + 3) z − 0.1 · 3 x = w − 0.05 x; Q_old = −1.
    // Then: Q = −1, δ = 5; z = (0.4, 0.8 | 0, 1), zᵀx = 0 before; Q − Q_old = 0.
    near(agent.weights, [1 - 0.05 + 0.5 * 0.4, 1 - 0.1 + 0.5 * 0.8, 2, -1 + 0.5]);
  });

  test('true online, draws the next action where a time limit cut the episode', () => {
    const agent = new LinearTrueOnlineSarsaLambda(TASK, { ...COMMON, lambda: 0.8 });
    agent.learn(CUT);
    // Q = −1, Q′ = 3, δ = 4 + 1.5 + 1 = 6.5, Q_old = 0: w + 0.1 · (6.5 − 1) x + 0.1 · x
    near(agent.weights, [1, 1, 2, -1 + 0.65]);
    agent.learn(STEP); // of another episode: it is not what followed
    near(agent.weights, [1, 1, 2, -1 + 0.65]);
  });

  test('with λ = 0 all are one-step Sarsa', () => {
    const world = corridor();
    const task = { ...world, numEnvs: 1 };
    const options = { features: { kind: 'fourier', order: 3 }, stepSize: 0.05, seed: 4 } as const;
    const agents = [
      new SemiGradientSarsa(task, options),
      new SemiGradientSarsaLambda(task, { ...options, lambda: 0 }),
      new LinearTrueOnlineSarsaLambda(task, { ...options, lambda: 0 }),
    ];
    for (const agent of agents) learn(agent, world, { steps: 300, seed: 4 });
    near(agents[1].weights, [...agents[0].weights], 10);
    near(agents[2].weights, [...agents[0].weights], 10);
    expect(Math.max(...agents[0].weights)).toBeGreaterThan(0.1);
  });
});

/** The average reward of a policy, by relative value iteration. Source: Puterman (1994), section 8.5. */
function averageReward(
  model: TabularModel,
  choose: (state: number, backups: readonly number[]) => number,
): number {
  let values = new Float64Array(model.numStates);
  for (let sweep = 0; sweep < 10_000; sweep++) {
    const next = values.map((_, state) =>
      choose(
        state,
        [0, 1].map((action) => backup(model, state * model.numActions + action, values, 1)),
      ),
    );
    const changes = next.map((value, state) => value - values[state]);
    values = next.map((value) => value - next[0]);
    if (Math.max(...changes) - Math.min(...changes) < 1e-9) return changes[0];
  }
  throw new Error('the average reward has not settled.');
}

describe('differential Sarsa', () => {
  test('learns the average reward beside the differential values', () => {
    const { discount: _, ...common } = COMMON;
    const agent = new DifferentialSemiGradientSarsa(TASK, {
      ...common,
      averageStepSize: 0.2,
      initialAverage: 1,
    });
    agent.learn(STEP);
    agent.learn(transition({ state: 1, action: 1, reward: 4, nextState: 0 }));
    // δ = 3 − 1 + q̂(1, 1) − q̂(0, 0) = 2 − 1 − 3 = −2: R̄ ← 1 − 0.4, w ← w − 0.2 · (1, 2)
    expect(agent.averageReward).toBeCloseTo(0.6, 12);
    near(agent.weights, [0.8, 0.6, 2, -1]);
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
    // δ = 4 − 0.6 + q̂(0, 0) − q̂(1, 1) = 3.4 + 2 + 1 = 6.4
    expect(agent.averageReward).toBeCloseTo(0.6 + 0.2 * 6.4, 12);
    near(agent.weights, [0.8, 0.6, 2, -1 + 0.64]);
    expect(agent.metrics().averageReward).toBe(agent.averageReward);
  });

  test('goes on past an end, and draws the next action where a time limit cut', () => {
    const { discount: _, ...common } = COMMON;
    const agent = new DifferentialSemiGradientSarsa(TASK, { ...common, averageStepSize: 0 });
    agent.learn(LAST);
    agent.learn(CUT); // S = 1, A = 1 is what follows the end: δ = 4 + (−1) + 1
    const after = [1, 1, 2, -1 + 0.4 + 0.1 * (4 + 3 - -0.6)];
    near(agent.weights, after);
    agent.learn(STEP); // of another episode: it is not what followed
    near(agent.weights, after);
  });

  test('comes to the average reward of a world without end', () => {
    const world = endless();
    const agent = new DifferentialSemiGradientSarsa(world, {
      features: { kind: 'state-aggregation', groups: 5 },
    });
    learn(agent, world, { steps: 5000 });
    expect(agent.averageReward).toBeCloseTo(1, 2);
  });

  test('fills the queue of example 10.2 with those who pay', () => {
    const world = accessControl();
    const agent = new DifferentialSemiGradientSarsa(world, {
      features: { kind: 'state-aggregation', groups: 44 },
      stepSize: 0.01,
      averageStepSize: 0.01,
      epsilon: 0.1,
      seed: 1,
    });
    learn(agent, world, { steps: 500_000, seed: 1 });
    // What its greedy policy earns a step, against the best: exact, by the model.
    const model = modelOf(world);
    const actions = new Int32Array(44);
    agent.greedy().act(
      Float32Array.from({ length: 44 }, (_, s) => s),
      actions,
    );
    const best = averageReward(model, (_, backups) => Math.max(...backups));
    const own = averageReward(model, (s, backups) => backups[actions[s]]);
    expect(best).toBeCloseTo(2.7476, 4);
    expect(own).toBeGreaterThan(0.98 * best);
    expect(agent.averageReward).toBeGreaterThan(2); // R̄ follows the last hundred steps or so
    expect(agent.averageReward).toBeLessThan(3.1);
  });
});

describe('mountain car (figures 10.1 and 10.2)', () => {
  const world = { ...mountainCar(), timeLimit: Infinity }; // the source knows no limit
  const features = {
    kind: 'tile-coding',
    tilings: 8,
    tiles: [9, 8],
    low: [-1.275, -0.07], // where the tiles of the source lie: 1.7 / 8 wide, a bound at 0
    high: [0.6375, 0.07],
  } as const;
  const common = { features, epsilon: 0, discount: 1, stepSize: 0.5 / 8 } as const;
  const late = (lengths: readonly number[]) =>
    lengths.slice(-50).reduce((sum, length) => sum + length, 0) / 50;

  test.each<[string, () => Agent]>([
    ['Sarsa', () => new SemiGradientSarsa(world, common)],
    [
      'Sarsa with hashed tiles',
      () => new SemiGradientSarsa(world, { ...common, features: { ...features, hashSize: 4096 } }),
    ],
    [
      '8-step Sarsa',
      () => new SemiGradientSarsa(world, { ...common, numSteps: 8, stepSize: 0.3 / 8 }),
    ],
    [
      'Sarsa(λ) with replacing traces',
      () => new SemiGradientSarsaLambda(world, { ...common, traces: 'replacing' }),
    ],
    ['true online Sarsa(λ)', () => new LinearTrueOnlineSarsaLambda(world, common)],
  ])('%s comes out in 100 to 150 steps after 500 episodes', (_, make) => {
    const agent = make();
    const lengths = learnEpisodes(agent, world, { episodes: 500 });
    expect(late(lengths)).toBeLessThan(150);
    expect(late(lengths)).toBeGreaterThan(95);
    expect(lengths[0]).toBeGreaterThan(250);
    const limited = { ...world, timeLimit: 1000 };
    const { meanLength } = evaluate(agent.greedy(), limited, { episodes: 20 });
    expect(meanLength).toBeLessThan(170);
  });

  test('is solved within the limit of 200 steps too, which bootstraps', () => {
    const limited = mountainCar();
    const agent = new SemiGradientSarsaLambda(
      { ...limited, numEnvs: 4 },
      { ...common, stepSize: 0.5 / 8 / 4, traces: 'replacing' }, // four copies' steps add up
    );
    learn(agent, limited, { steps: 40_000, numEnvs: 4 });
    expect(evaluate(agent.greedy(), limited, { episodes: 50 }).meanReturn).toBeGreaterThan(-150);
  });
});

const AGENTS = [
  SemiGradientSarsa,
  SemiGradientSarsaLambda,
  LinearTrueOnlineSarsaLambda,
  DifferentialSemiGradientSarsa,
];

describe.each(AGENTS)('%o', (Constructor) => {
  test('walks along the cliff', () => {
    if (Constructor === DifferentialSemiGradientSarsa) return; // an end is worth nothing to it
    const cliff = cliffWalking();
    const agent = new Constructor(cliff, {
      features: { kind: 'state-aggregation', groups: 48 },
      stepSize: 0.1,
      discount: 1,
      seed: 1,
    });
    learn(agent, cliff, { steps: 100_000, seed: 1 });
    const limited = { ...cliff, timeLimit: 100 };
    expect(evaluate(agent.greedy(), limited, { episodes: 1 }).meanReturn).toBeGreaterThan(-25);
  });

  test('values an endless world by what comes after the limit', () => {
    if (Constructor === DifferentialSemiGradientSarsa) return; // it does not discount
    const world = endless();
    const agent = new Constructor(world, {
      features: { kind: 'state-aggregation', groups: 5 },
      discount: 0.9,
      stepSize: 0.1,
      epsilon: 0.5,
      seed: 1,
    });
    learn(agent, world, { steps: 40_000, seed: 1 });
    for (let cell = 0; cell < 5; cell++) {
      for (const value of agent.inspect(Float32Array.of(cell)).actionValues ?? [Number.NaN]) {
        expect(value).toBeCloseTo(10, 1);
      }
    }
  });

  test('goes on from what it saved in the middle of episodes, hashed tiles and all', () => {
    const world = corridor();
    const task = { ...world, numEnvs: 2 };
    const features = { kind: 'tile-coding', tilings: 4, tiles: 3, hashSize: 12 } as const;
    const agent = new Constructor(task, { features, seed: 1 });
    const envs = new VectorEnv(world, { numEnvs: 2, seed: 1 });
    const actions = envs.createActions();
    const step = (...agents: Agent[]) => {
      for (const each of agents) each.act(envs.observations, actions, envs.actionMasks);
      const transitions = envs.step(actions);
      for (const each of agents) each.learn(transitions);
    };
    for (let t = 0; t < 77; t++) step(agent);
    const twin = new Constructor(task, { features, seed: 1 });
    learn(twin, world, { steps: 50, numEnvs: 2, seed: 9 }); // which leaves no trace
    twin.restore(agent.save());
    for (let t = 0; t < 300; t++) step(agent, twin);
    expect(twin.save()).toEqual(agent.save());
  });

  test('watching its greedy policy changes nothing', () => {
    const world = mountainCar();
    const agent = new Constructor(world, {
      features: { kind: 'tile-coding', hashSize: 500 },
      seed: 1,
    });
    learn(agent, world, { steps: 200 });
    const before = agent.save();
    evaluate(agent.greedy(), world, { episodes: 2 });
    agent.inspect(Float32Array.of(0.4, 0.05));
    expect(agent.save()).toEqual(before);
  });

  test('says so when the estimates have diverged', () => {
    if (Constructor === DifferentialSemiGradientSarsa) return; // here its errors cancel
    const agent = new Constructor(TASK, { features: FEATURES, stepSize: 100 });
    const forever = transition({ state: 0, action: 0, reward: 1, nextState: 0 });
    const actions = new Int32Array(1);
    const diverge = () => {
      for (let t = 0; t < 1000; t++) {
        agent.act(Float32Array.of(0), actions);
        agent.learn(forever);
      }
    };
    expect(diverge).toThrow(`${Constructor.name}: the estimates have diverged, got q̂ = `);
  });

  test('refuses what it cannot learn from', () => {
    const agent = new Constructor(TASK, { features: FEATURES });
    expect(() => agent.learn(transition({ action: 0, reward: Number.NaN }))).toThrow(
      `${Constructor.name}.learn: the reward of step 0 must be a finite number, got NaN.`,
    );
    const pair = new Constructor({ ...TASK, numEnvs: 2 }, { features: FEATURES });
    expect(() => pair.learn(STEP)).toThrow(`${Constructor.name}.learn: the batch must have`);
    expect(() => new Constructor(TASK, { epsilon: 2 })).toThrow('epsilon');
    expect(() => new Constructor(TASK, { stepSize: -1 })).toThrow('stepSize');
    expect(() => new Constructor(TASK, { initialWeights: [1] })).toThrow('initialWeights');
    expect(
      () => new Constructor(mountainCar(), { features: { kind: 'given', vectors: [[1]] } }),
    ).toThrow('observations must be Discrete');
    const before = agent.save();
    expect(() => agent.restore({ ...before, weights: new Float64Array(1) })).toThrow('weights');
    expect(() => agent.restore({ ...before, rng: {} })).toThrow('expected saved data of kind');
    expect(agent.save()).toEqual(before);
  });
});
