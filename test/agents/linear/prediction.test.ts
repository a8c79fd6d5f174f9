import { describe, expect, test } from 'vitest';
import { GradientMonteCarlo } from '../../../agents/linear/gradient-monte-carlo.ts';
import { Gtd2 } from '../../../agents/linear/gtd2.ts';
import { SemiGradientTd } from '../../../agents/linear/semi-gradient-td.ts';
import { SemiGradientTdLambda } from '../../../agents/linear/semi-gradient-td-lambda.ts';
import { Tdc } from '../../../agents/linear/tdc.ts';
import { LinearTrueOnlineTdLambda } from '../../../agents/linear/true-online-td-lambda.ts';
import { NStepTd } from '../../../agents/tabular/n-step-td.ts';
import { Td0 } from '../../../agents/tabular/td-0.ts';
import { TdLambda } from '../../../agents/tabular/td-lambda.ts';
import { TrueOnlineTdLambda } from '../../../agents/tabular/true-online-td-lambda.ts';
import type { Agent } from '../../../core/agent.ts';
import { discrete } from '../../../core/space.ts';
import { createTabularModel } from '../../../core/tabular-model.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { endless } from '../../../envs/diagnostics/endless.ts';
import {
  BAIRDS_BEHAVIOR_POLICY,
  BAIRDS_FEATURES,
  BAIRDS_INITIAL_WEIGHTS,
  bairdsCounterexample,
} from '../../../envs/tabular/bairds-counterexample.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';
import { tabularDynamics } from '../../../envs/tabular/tabular-dynamics.ts';
import { evenly, modelOf, evaluate as valuesOf } from '../../envs/solve.ts';
import { learn, learnEpisodes } from '../../helpers/learn.ts';
import { transition } from '../../helpers/transitions.ts';
import { onPolicyDistribution, tdFixedPoint } from './exact.ts';

// Three states with two features each: x(0) = (1, 2), x(1) = (0, 1), x(2) = (3, 0).
const FEATURES = { kind: 'given', vectors: [[1, 2], [0, 1], [3, 0]] } as const; // biome-ignore format: one line
const TASK = { observationSpace: discrete(3), actionSpace: discrete(2) };
const COMMON = { features: FEATURES, stepSize: 0.1, discount: 0.5 } as const;

/** S = 0, A = 0, S′ = 1 with reward 3. */
const STEP = transition({ state: 0, action: 0, reward: 3, nextState: 1 });
const LAST = transition({ state: 1, action: 0, reward: 4, nextState: 2, terminated: true });
const CUT = transition({ state: 1, action: 0, reward: 4, nextState: 2, truncated: true });

function near(actual: ArrayLike<number>, expected: readonly number[], digits = 12): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i], `number ${i}`).toBeCloseTo(value, digits);
  });
}

describe('gradient Monte Carlo', () => {
  test('moves w along x towards the return, in the order of the steps', () => {
    const agent = new GradientMonteCarlo(TASK, { ...COMMON, initialWeights: [1, 1] });
    agent.learn(STEP);
    near(agent.weights, [1, 1]);
    agent.learn(LAST);
    // G₀ = 3 + 0.5 · 4 = 5; v̂(0) = 3: w ← (1, 1) + 0.1 · 2 · (1, 2) = (1.2, 1.4)
    // G₁ = 4; v̂(1) = 1.4: w ← (1.2, 1.4) + 0.1 · 2.6 · (0, 1)
    near(agent.weights, [1.2, 1.4 + 0.26]);
  });

  test('puts the estimate of the last state for what a time limit cut off', () => {
    const agent = new GradientMonteCarlo(TASK, { ...COMMON, initialWeights: [1, 1] });
    agent.learn(CUT);
    near(agent.weights, [1, 1 + 0.1 * (4 + 0.5 * 3 - 1)]);
    const strict = new GradientMonteCarlo(TASK, { ...COMMON, truncation: 'discard' });
    strict.learn(CUT);
    near(strict.weights, [0, 0]);
  });

  test('comes to the best aggregated values', () => {
    // Within a group, the mean of the true values by how often the states are visited.
    const walk = randomWalk({ numStates: 20, reach: 4, leftReward: -1 });
    const model = modelOf(walk);
    const exact = valuesOf(model, evenly(1), 1);
    const share = onPolicyDistribution(model, evenly(1));
    const features = { kind: 'state-aggregation', groups: 4, low: [1], high: [20] } as const;
    const agent = new GradientMonteCarlo(walk, {
      features,
      discount: 1,
      stepSize: { kind: 'inverse', from: 0.01, steps: 5000 },
      seed: 1,
    });
    learnEpisodes(agent, walk, { episodes: 40_000, seed: 1 });
    for (let group = 0; group < 4; group++) {
      const states = [1, 2, 3, 4, 5].map((k) => 5 * group + k);
      const sum = states.reduce((total, s) => total + share[s], 0);
      const best = states.reduce((total, s) => total + share[s] * exact[s], 0) / sum;
      expect(Math.abs(agent.weights[group] - best), `group ${group}`).toBeLessThan(0.03);
    }
  });
});

describe('semi-gradient TD', () => {
  test('moves w along x by the TD error', () => {
    const agent = new SemiGradientTd(TASK, { ...COMMON, initialWeights: [1, 1] });
    agent.learn(STEP);
    // δ = 3 + 0.5 · 1 − 3 = 0.5: w ← (1, 1) + 0.05 · (1, 2)
    near(agent.weights, [1.05, 1.1]);
    agent.learn(LAST);
    near(agent.weights, [1.05, 1.1 + 0.1 * (4 - 1.1)]);
    expect(agent.inspect(Float32Array.of(0)).value).toBeCloseTo(1.05 + 2 * 1.39, 12);
  });

  test('bootstraps where a time limit cut the episode', () => {
    const agent = new SemiGradientTd(TASK, { ...COMMON, initialWeights: [1, 1] });
    agent.learn(CUT);
    near(agent.weights, [1, 1 + 0.1 * (4 + 0.5 * 3 - 1)]);
  });

  test('of n steps sums n rewards, and at the end what is left', () => {
    const agent = new SemiGradientTd(TASK, { ...COMMON, numSteps: 2, initialWeights: [1, 1] });
    agent.learn(STEP);
    near(agent.weights, [1, 1]);
    agent.learn(transition({ state: 1, action: 0, reward: 2, nextState: 2 }));
    // G = 3 + 0.5 · 2 + 0.25 · v̂(2) = 3 + 1 + 0.75 = 4.75; v̂(0) = 3
    near(agent.weights, [1 + 0.175, 1 + 0.35]);
    agent.learn(transition({ state: 2, action: 0, reward: 8, nextState: 0, terminated: true }));
    // S = 1: G = 2 + 0.5 · 8 = 6; then S = 2: G = 8
    const second = 1.35 + 0.1 * (6 - 1.35);
    near(agent.weights, [1.175 + 0.1 * (8 - 3 * 1.175) * 3, second]);
    agent.learn(STEP);
    agent.learn(CUT); // both steps are learned from, each with the estimate of the last state
    expect(agent.save().windowLengths).toEqual(Int32Array.of(0));
  });

  test('off policy weighs by what the target would have done', () => {
    const policy = [[0.2, 0.8], [0.2, 0.8], [0.2, 0.8]]; // biome-ignore format: one line
    const agent = new SemiGradientTd(TASK, {
      ...COMMON,
      policy,
      behavior: 'random',
      initialWeights: [1, 1],
    });
    agent.learn(STEP); // ρ = 0.2 / 0.5
    near(agent.weights, [1 + 0.4 * 0.05, 1 + 0.4 * 0.1]);
    const two = new SemiGradientTd(TASK, {
      ...COMMON,
      policy,
      behavior: 'random',
      numSteps: 2,
      initialWeights: [1, 1],
    });
    two.learn(STEP);
    two.learn(transition({ state: 1, action: 1, reward: 2, nextState: 2 })); // ρ = 0.8 / 0.5
    near(two.weights, [1 + 0.4 * 1.6 * 0.175, 1 + 0.4 * 1.6 * 0.35]);
  });

  test('off policy, knows which actions were legal', () => {
    const policy = [[0.2, 0.8], [0.2, 0.8], [0.2, 0.8]]; // biome-ignore format: one line
    const agent = new SemiGradientTd(TASK, {
      ...COMMON,
      policy,
      behavior: 'random',
      initialWeights: [1, 1],
    });
    agent.act(Float32Array.of(0), new Int32Array(1), Uint8Array.of(1, 0));
    agent.learn(STEP); // both could take action 0 alone: ρ = 1
    near(agent.weights, [1.05, 1.1]);
  });

  test('refuses actions that the behavior never takes', () => {
    const agent = new SemiGradientTd(TASK, { policy: [1, 1, 1], behavior: [1, 1, 1] });
    expect(() => agent.learn(STEP)).toThrow(
      'the actions must be those of behavior, got 0 in row 0',
    );
  });
});

describe('TD(λ)', () => {
  test('spreads the TD error over what was seen before', () => {
    const agent = new SemiGradientTdLambda(TASK, {
      ...COMMON,
      lambda: 0.8,
      initialWeights: [1, 1],
    });
    agent.learn(STEP); // z = (1, 2), δ = 0.5
    near(agent.weights, [1.05, 1.1]);
    agent.learn(LAST);
    // z = 0.4 · (1, 2) + (0, 1) = (0.4, 1.8), δ = 4 − 1.1
    near(agent.weights, [1.05 + 0.29 * 0.4, 1.1 + 0.29 * 1.8]);
    agent.learn(CUT); // a new episode: z = (0, 1)
    const [first, second] = [1.05 + 0.29 * 0.4, 1.1 + 0.29 * 1.8];
    near(agent.weights, [first, second + 0.1 * (4 + 0.5 * 3 * first - second)]);
    const [a, b] = agent.weights;
    agent.learn(STEP); // and another one: z = (1, 2)
    const change = 0.1 * (3 + 0.5 * b - (a + 2 * b));
    near(agent.weights, [a + change, b + 2 * change]);
  });

  test('replaces traces where features are 0 and 1', () => {
    const features = { kind: 'given', vectors: [[1, 0], [1, 1], [0, 1]] } as const; // biome-ignore format: one line
    const agent = new SemiGradientTdLambda(TASK, {
      features,
      discount: 1,
      stepSize: 0.5,
      lambda: 0.5,
      traces: 'replacing',
    });
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
    agent.learn(transition({ state: 1, action: 0, reward: 8, nextState: 2 }));
    near(agent.weights, [4, 4]); // z = (1, 1), not (1.5, 1)
    expect(() => new SemiGradientTdLambda(TASK, { ...COMMON, traces: 'replacing' })).toThrow(
      'replacing traces must have features of 0 and 1',
    );
  });

  // The online λ-return algorithm by its definition: after each step, all steps so far are gone over
  // anew from the first weights, with the λ-returns that end there (section 12.4).
  test.each([0, 0.5, 0.9, 1])('true online, is the online λ-return algorithm, λ = %f', (lambda) => {
    const vectors = [[1, 0.5, 0], [0.2, 1, -0.3], [0, 0.7, 1], [-0.5, 0.1, 0.4]]; // biome-ignore format: one line
    const [stepSize, discount] = [0.3, 0.9];
    const states = [0, 1, 2, 1, 3, 0, 2];
    const rewards = [1, -2, 0.5, 3, 0, 4];
    const task = { observationSpace: discrete(4), actionSpace: discrete(1) };
    const agent = new LinearTrueOnlineTdLambda(task, {
      features: { kind: 'given', vectors },
      stepSize,
      discount,
      lambda,
      initialWeights: [0.5, -1, 2],
    });
    const dot = (w: readonly number[], state: number) =>
      w.reduce((sum, weight, i) => sum + weight * vectors[state][i], 0);
    const history: number[][] = [[0.5, -1, 2]]; // the weights with which Sₜ was valued, w at t
    rewards.forEach((reward, t) => {
      const terminated = t === rewards.length - 1;
      const [state, nextState] = [states[t], states[t + 1]];
      agent.learn(transition({ state, action: 0, reward, nextState, terminated }));

      const horizon = t + 1;
      const valueAt = (k: number) => {
        if (terminated && k === horizon) return 0;
        return dot(history[k - 1], states[k]); // v̂(Sₖ, wₖ₋₁)
      };
      const nStep = (from: number, to: number) => {
        let sum = discount ** (to - from) * valueAt(to);
        for (let k = from; k < to; k++) sum += discount ** (k - from) * rewards[k];
        return sum;
      };
      let weights = [0.5, -1, 2];
      for (let from = 0; from < horizon; from++) {
        let target = lambda ** (horizon - from - 1) * nStep(from, horizon);
        for (let n = 1; n < horizon - from; n++) {
          target += (1 - lambda) * lambda ** (n - 1) * nStep(from, from + n);
        }
        const error = target - dot(weights, states[from]);
        weights = weights.map((weight, i) => weight + stepSize * error * vectors[states[from]][i]);
      }
      near(agent.weights, weights, 10);
      history.push(weights);
    });
  });
});

describe('gradient TD', () => {
  const options = { ...COMMON, secondaryStepSize: 0.2, initialWeights: [1, 1] } as const;

  test('TDC corrects the TD step by what the next state was expected to bring', () => {
    const agent = new Tdc(TASK, options);
    agent.secondaryWeights.set([2, -0.5]);
    agent.learn(STEP);
    // δ = 0.5, xᵀv = 2 − 1 = 1: w ← (1, 1) + 0.1 · [0.5 · (1, 2) − 0.5 · 1 · (0, 1)]
    near(agent.weights, [1 + 0.05, 1 + 0.1 - 0.05]);
    // v ← (2, −0.5) + 0.2 · (0.5 − 1) · (1, 2)
    near(agent.secondaryWeights, [2 - 0.1, -0.5 - 0.2]);
  });

  test('GTD2 follows the estimate of the error alone', () => {
    const agent = new Gtd2(TASK, options);
    agent.secondaryWeights.set([2, -0.5]);
    agent.learn(STEP);
    // xᵀv = 1: w ← (1, 1) + 0.1 · [(1, 2) − 0.5 · (0, 1)]
    near(agent.weights, [1 + 0.1, 1 + 0.2 - 0.05]);
    near(agent.secondaryWeights, [2 - 0.1, -0.5 - 0.2]);
  });

  test.each([Tdc, Gtd2])('%o bootstraps past a time limit, and not past an end', (Constructor) => {
    const [ended, cut] = [new Constructor(TASK, options), new Constructor(TASK, options)];
    for (const agent of [ended, cut]) agent.secondaryWeights.set([0, 1]);
    ended.learn(LAST); // x = (0, 1), xᵀv = 1; δ = 4 − 1 = 3
    cut.learn(CUT); // δ = 4 + 0.5 · 3 − 1 = 4.5, x′ = (3, 0)
    const isTdc = Constructor === Tdc;
    near(ended.weights, [1, 1 + 0.1 * (isTdc ? 3 : 1)]);
    near(cut.weights, [1 - 0.1 * 0.5 * 3, 1 + 0.1 * (isTdc ? 4.5 : 1)]);
    near(ended.secondaryWeights, [0, 1 + 0.2 * (3 - 1)]);
    near(cut.secondaryWeights, [0, 1 + 0.2 * (4.5 - 1)]);
  });

  test.each([Tdc, Gtd2])('%o weighs both steps by ρ', (Constructor) => {
    const policy = [[0.2, 0.8], [0.2, 0.8], [0.2, 0.8]]; // biome-ignore format: one line
    const plain = new Constructor(TASK, options);
    const weighted = new Constructor(TASK, { ...options, policy, behavior: 'random' });
    for (const agent of [plain, weighted]) {
      agent.secondaryWeights.set([2, -0.5]);
      agent.learn(STEP);
    }
    near(
      weighted.weights,
      [...plain.weights].map((w) => 1 + 0.4 * (w - 1)),
    );
    near(weighted.secondaryWeights, [2 - 0.4 * 0.1, -0.5 - 0.4 * 0.2]);
  });
});

// With a feature for each state the methods are those of tables, to the last bit but one.
describe('with a feature for each state', () => {
  const walk = { ...randomWalk({ numStates: 19, leftReward: -1 }), timeLimit: 60 };
  const table = { kind: 'state-aggregation', groups: 21 } as const;
  const common = { stepSize: 0.2, discount: 0.95, seed: 3 };

  test.each<[string, (task: typeof walk & { numEnvs: number }) => [Agent, Agent]]>([
    [
      'TD(0)',
      (task) => [new SemiGradientTd(task, { ...common, features: table }), new Td0(task, common)],
    ],
    [
      '5-step TD',
      (task) => [
        new SemiGradientTd(task, { ...common, features: table, numSteps: 5 }),
        new NStepTd(task, { ...common, numSteps: 5 }),
      ],
    ],
    [
      'TD(λ)',
      (task) => [
        new SemiGradientTdLambda(task, { ...common, features: table, lambda: 0.8 }),
        new TdLambda(task, { ...common, lambda: 0.8, traces: 'accumulating' }),
      ],
    ],
    [
      'TD(λ) with replacing traces',
      (task) => [
        new SemiGradientTdLambda(task, {
          ...common,
          features: table,
          lambda: 0.8,
          traces: 'replacing',
        }),
        new TdLambda(task, { ...common, lambda: 0.8, traces: 'replacing' }),
      ],
    ],
    [
      'true online TD(λ)',
      (task) => [
        new LinearTrueOnlineTdLambda(task, { ...common, features: table, lambda: 0.8 }),
        new TrueOnlineTdLambda(task, { ...common, lambda: 0.8 }),
      ],
    ],
  ])('%s is the method of tables', (_, make) => {
    const pair = make({ ...walk, numEnvs: 3 });
    for (const agent of pair) learn(agent, walk, { steps: 500, numEnvs: 3, seed: 5 });
    const [linear, tabular] = pair.map((agent) =>
      Array.from({ length: 21 }, (_, s) => agent.inspect(Float32Array.of(s)).value ?? Number.NaN),
    );
    near(linear, tabular, 12);
    expect(Math.max(...linear)).toBeGreaterThan(0.1);
  });
});

/** Five states in a row between two ends, which are left at the sides; action 1 goes right with 0.9. */
function slope() {
  const model = createTabularModel(2, Float64Array.of(0, 0.25, 0.5, 0.25, 0), (state, action) => {
    const move = (step: number, probability: number) => {
      const nextState = state + step;
      const terminated = nextState < 0 || nextState > 4;
      const reward = nextState > 4 ? 10 : -1;
      return { probability, nextState: terminated ? state : nextState, reward, terminated };
    };
    const right = action === 1 ? 0.9 : 0.1;
    return [move(1, right), move(-1, 1 - right)];
  });
  return tabularDynamics({
    name: 'Slope',
    model,
    timeLimit: Infinity,
    actionLabels: ['left', 'right'],
    scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
  });
}

describe('fixed points', () => {
  const world = slope();
  const model = modelOf(world);
  const vectors = [[1, 0], [0.8, 0.3], [0.5, 0.5], [0.3, 0.8], [0, 1]]; // biome-ignore format: one line
  const policy = vectors.map(() => [0.3, 0.7]);
  const features = { kind: 'given', vectors } as const;
  const slow = { kind: 'inverse', from: 0.05, steps: 4000 } as const;
  const target = () => [0.3, 0.7];

  test.each([SemiGradientTd, Tdc, Gtd2])('%o comes to w = A⁻¹b, on policy', (Constructor) => {
    const exact = tdFixedPoint(
      model,
      target,
      onPolicyDistribution(model, target),
      (s) => vectors[s],
      0.9,
    );
    const agent = new Constructor(world, {
      features,
      policy,
      discount: 0.9,
      stepSize: slow,
      seed: 2,
    });
    learn(agent, world, { steps: 300_000, seed: 2 });
    exact.forEach((weight, i) => {
      expect(Math.abs(agent.weights[i] - weight)).toBeLessThan(0.12);
    });
  });

  // Without ρ the answer would be another one: off by more than 1 in both weights.
  test.each([SemiGradientTd, Tdc, Gtd2])('%o comes to w = A⁻¹b, off policy', (Constructor) => {
    const share = onPolicyDistribution(model, evenly(2));
    const exact = tdFixedPoint(model, target, share, (s) => vectors[s], 0.9);
    const wrong = tdFixedPoint(model, evenly(2), share, (s) => vectors[s], 0.9);
    exact.forEach((weight, i) => {
      expect(Math.abs(weight - wrong[i])).toBeGreaterThan(1);
    });
    const options = { features, policy, behavior: 'random', discount: 0.9, seed: 4 } as const;
    const agent = new Constructor(world, { ...options, stepSize: slow });
    learn(agent, world, { steps: 400_000, seed: 4 });
    exact.forEach((weight, i) => {
      expect(Math.abs(agent.weights[i] - weight)).toBeLessThan(0.15);
    });
  });
});

describe("Baird's counterexample", () => {
  const world = bairdsCounterexample();
  const options = {
    features: { kind: 'given', vectors: BAIRDS_FEATURES },
    policy: BAIRDS_FEATURES.map(() => 1), // always the solid action
    behavior: BAIRDS_FEATURES.map(() => BAIRDS_BEHAVIOR_POLICY),
    initialWeights: BAIRDS_INITIAL_WEIGHTS,
    discount: 0.99,
  } as const;
  const valuesBy = (weights: Float64Array) =>
    BAIRDS_FEATURES.map((x) => x.reduce((sum, value, i) => sum + value * weights[i], 0));
  /** √VE, and √PBE: the features can stand for any values, so Π changes nothing. */
  const errorsOf = (weights: Float64Array) => {
    const values = valuesBy(weights);
    const root = (numbers: number[]) =>
      Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);
    return { value: root(values), bellman: root(values.map((v) => 0.99 * values[6] - v)) };
  };

  test('makes semi-gradient TD diverge (figure 11.2)', () => {
    const agent = new SemiGradientTd(world, { ...options, stepSize: 0.01, seed: 1 });
    learn(agent, world, { steps: 1000, seed: 1 });
    const early = Math.max(...agent.weights.map(Math.abs));
    expect(early).toBeGreaterThan(50);
    learn(agent, world, { steps: 2000, seed: 1 });
    expect(Math.max(...agent.weights.map(Math.abs))).toBeGreaterThan(10 * early);
  });

  test.each([Tdc, Gtd2])('does not make %o diverge (figure 11.5)', (Constructor) => {
    const agent = new Constructor(world, {
      ...options,
      stepSize: 0.005,
      secondaryStepSize: 0.05,
      seed: 1,
    });
    const begin = errorsOf(agent.weights);
    learn(agent, world, { steps: 1000, seed: 1 });
    const after = errorsOf(agent.weights);
    // As in the figure: the projected Bellman error falls fast, the value error stays near 2 for long.
    expect(after.bellman).toBeLessThan(0.3 * begin.bellman);
    expect(after.value).toBeLessThan(begin.value);
    learn(agent, world, { steps: 20_000, seed: 2 });
    expect(errorsOf(agent.weights).bellman).toBeLessThan(0.1);
    expect(errorsOf(agent.weights).value).toBeLessThan(after.value);
  });
});

const AGENTS = [
  GradientMonteCarlo,
  SemiGradientTd,
  SemiGradientTdLambda,
  LinearTrueOnlineTdLambda,
  Tdc,
  Gtd2,
];

describe.each(AGENTS)('%o', (Constructor) => {
  test('comes to 1 / (1 − γ) in a world without end', () => {
    const world = endless();
    const agent = new Constructor(world, {
      features: { kind: 'state-aggregation', groups: 5 },
      discount: 0.9,
      stepSize: 0.1,
      seed: 1,
    });
    learn(agent, world, { steps: 60_000, seed: 1 });
    for (let cell = 0; cell < 5; cell++) {
      expect(agent.inspect(Float32Array.of(cell)).value).toBeCloseTo(10, 1);
    }
  });

  test('looks at real-valued observations, and follows its policy there', () => {
    const world = { ...randomWalk({ numStates: 9 }) };
    const agent = new Constructor(world, { features: { kind: 'fourier', order: 2 }, seed: 1 });
    learn(agent, world, { steps: 50, seed: 1 });
    const box = { kind: 'box', shape: [2], dtype: 'float32', low: Float32Array.of(0, 0), high: Float32Array.of(1, 1), labels: [] } as const; // biome-ignore format: one line
    const real = new Constructor(
      { observationSpace: box, actionSpace: discrete(3), numEnvs: 2 },
      { policy: [[0, 0.5, 0.5]] },
    );
    const actions = new Int32Array(200);
    const observations = new Float32Array(400).map((_, i) => (i % 10) / 10);
    for (const policy of [real, real.greedy()]) {
      policy.act(observations, actions);
      expect(new Set(actions)).toEqual(new Set([1, 2]));
    }
    expect(real.inspect(Float32Array.of(0.5, 0.5)).policy).toEqual(Float64Array.of(0, 0.5, 0.5));
  });

  test('goes on from what it saved in the middle of episodes, hashed tiles and all', () => {
    const world = { ...randomWalk({ numStates: 19 }), timeLimit: 30 };
    const task = { ...world, numEnvs: 2 };
    const features = { kind: 'tile-coding', tilings: 4, tiles: 4, hashSize: 40 } as const;
    const agent = new Constructor(task, { features, seed: 1 });
    const envs = new VectorEnv(world, { numEnvs: 2, seed: 1 });
    const actions = envs.createActions();
    const step = (...agents: Agent[]) => {
      for (const each of agents) each.act(envs.observations, actions);
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

  test('refuses what it cannot learn from', () => {
    const agent = new Constructor(TASK, { features: FEATURES });
    expect(() => agent.learn(transition({ action: 0, reward: Number.NaN }))).toThrow(
      `${Constructor.name}.learn: the reward of step 0 must be a finite number, got NaN.`,
    );
    expect(() => new Constructor(TASK, { stepSize: -1 })).toThrow('stepSize');
    expect(() => new Constructor(TASK, { discount: 2 })).toThrow('discount');
    expect(() => new Constructor(TASK, { initialWeights: [1] })).toThrow('initialWeights');
    expect(() => new Constructor(TASK, { initialWeights: Infinity })).toThrow('initialWeights');
    expect(() => new Constructor(TASK, { policy: [0] })).toThrow('policy must have length 3');
    expect(() => new Constructor(TASK, { features: { kind: 'tiles' } as never })).toThrow(
      'features.kind',
    );
    const before = agent.save();
    expect(() => agent.restore({ ...before, weights: new Float64Array(1) })).toThrow('weights');
    expect(() => agent.restore({ ...before, rng: {} })).toThrow('expected saved data of kind');
    expect(agent.save()).toEqual(before);
  });
});
