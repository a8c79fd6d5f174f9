import { describe, expect, test } from 'vitest';
import { LinUcb } from '../../../agents/bandits/lin-ucb.ts';
import { LinearThompson } from '../../../agents/bandits/linear-thompson.ts';
import { RidgeModels } from '../../../agents/bandits/ridge-models.ts';
import { makeAgent } from '../../../agents/registry.ts';
import type { Agent } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { erf } from '../../../core/math.ts';
import { box, discrete } from '../../../core/space.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { linearContextualBandit } from '../../../envs/bandits/linear-contextual-bandit.ts';
import { runBanditTestbed } from '../../../training/bandit-testbed.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: box([-9, -9], [9, 9]), actionSpace: discrete(2) };

/** A pull of `action` in the context, of one problem. */
function pull(context: readonly number[], action: number, reward: number): Transitions {
  return { ...transition({ action, reward }), observations: Float32Array.from(context) };
}

/** Solves A θ = b by elimination. */
function solve(matrix: number[][], vector: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, vector[i]]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      rows[i] = rows[i].map((value, j) => value - factor * rows[k][j]);
    }
  }
  return rows.map((row, k) => row[n] / row[k]);
}

const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  Array.from(x).reduce((sum, value, i) => sum + value * y[i], 0);

describe('ridge models', () => {
  test('solve the normal equations, and say how uncertain a prediction is', () => {
    const rng = new Alea(1);
    const [size, regularization] = [6, 0.7];
    const models = new RidgeModels(2, size, regularization);
    const matrix = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (__, j) => (i === j ? regularization : 0)),
    );
    const moments = new Array<number>(size).fill(0);
    for (let pair = 0; pair < 40; pair++) {
      const x = Array.from({ length: size }, () => rng.normal());
      const y = rng.normal();
      models.add(1, x, y);
      models.add(0, [1, 1, 1, 1, 1, 1], 5);
      matrix.forEach((row, i) => {
        moments[i] += y * x[i];
        for (let j = 0; j < size; j++) row[j] += x[i] * x[j];
      });
      const weights = solve(matrix, moments);
      const probe = Array.from({ length: size }, () => rng.normal());
      const [estimates, deviations] = [new Float64Array(3), new Float64Array(3)];
      models.predict(1, probe, 2, estimates, deviations);
      expect(estimates[2]).toBeCloseTo(dot(weights, probe), 10);
      expect(deviations[2]).toBeCloseTo(Math.sqrt(dot(probe, solve(matrix, probe))), 10);
    }
  });

  test('keep their precision over a million pairs that hardly differ', () => {
    const models = new RidgeModels(1, 2, 1);
    const [estimates, deviations] = [new Float64Array(1), new Float64Array(1)];
    for (let pair = 0; pair < 1e6; pair++) models.add(0, [1, pair % 2 === 0 ? 1 : 1.001], 1);
    models.predict(0, [1, 0], 0, estimates, deviations);
    // A = 10⁶ [[1, 1.0005], [1.0005, 1.0010005]] + I, whose determinant is 2,251,001.5
    const determinant = (1e6 + 1) * (1_001_000.5 + 1) - 1_000_500 ** 2;
    expect(deviations[0] ** 2 / (1_001_001.5 / determinant)).toBeCloseTo(1, 6);
  });

  test('forget', () => {
    const models = new RidgeModels(2, 2, 4);
    const [estimates, deviations] = [new Float64Array(2), new Float64Array(2)];
    for (const model of [0, 1]) models.add(model, [3, 4], 1);
    models.forget(0);
    for (const model of [0, 1]) models.predict(model, [3, 4], model, estimates, deviations);
    expect([estimates[0], deviations[0]]).toEqual([0, 2.5]); // |x| / √λ = 5 / 2
    expect(estimates[1]).toBeCloseTo(25 / 29, 12); // y x · x / (λ + x · x)
  });
});

describe('LinUCB', () => {
  test('credits each arm with α √(xᵀ A⁻¹ x)', () => {
    // Arm 0: A = diag(5, 1), b = (3, 0), θ = (0.6, 0); arm 1: A = I, θ = 0. In (1, 0) the bounds are
    // 0.6 + α / √5 and α, which cross at α = 1.0854; in (1, 1) 0.6 + α √1.2 and α √2, at 1.8824.
    for (const [context, exploration, arm] of [
      [[1, 0], 1.0853, 0],
      [[1, 0], 1.0855, 1],
      [[1, 1], 1.882, 0],
      [[1, 1], 1.883, 1],
    ] as const) {
      const agent = new LinUcb(TASK, { exploration });
      agent.learn(pull([2, 0], 0, 1.5));
      const actions = new Int32Array(1);
      agent.act(Float32Array.from(context), actions);
      expect(actions[0]).toBe(arm);
      const { policy, actionValues, visitCounts } = agent.inspect(Float32Array.from(context));
      expect(policy?.[arm]).toBe(1);
      expect(actionValues?.[0]).toBeCloseTo(0.6, 12);
      expect([...(visitCounts ?? [])]).toEqual([1, 0]);
    }
  });

  test('is greedy in θ · x of the context, in the row of the problem', () => {
    const agent = new LinUcb({ ...TASK, numEnvs: 2 });
    const rows = (contexts: number[], actions: number[], rewards: number[]): Transitions => ({
      observations: Float32Array.from(contexts),
      actions: Int32Array.from(actions),
      rewards: Float64Array.from(rewards),
      nextObservations: new Float32Array(4),
      terminated: new Uint8Array(2),
      truncated: new Uint8Array(2),
    });
    agent.learn(rows([1, 0, 0, 1], [0, 1], [5, 5]));
    agent.learn(rows([0, 1, 1, 0], [1, 0], [5, -5]));
    const actions = new Int32Array(2);
    const policy = agent.greedy();
    policy.act(Float32Array.of(1, 0.1, 1, 0.1), actions);
    expect([...actions]).toEqual([0, 1]);
    policy.act(Float32Array.of(0.1, 1, 0, -1), actions);
    expect([...actions]).toEqual([1, 0]);
  });

  test('sees integers as contexts with one 1: a table of averages that begin at 0', () => {
    const agent = new LinUcb({ observationSpace: discrete(3), actionSpace: discrete(2) });
    for (const reward of [4, 6, 2]) agent.learn(transition({ state: 1, action: 0, reward }));
    agent.learn(transition({ state: 2, action: 1, reward: 8 }));
    const valuesIn = (state: number) => [
      ...(agent.inspect(Float32Array.of(state)).actionValues ?? []),
    ];
    // Σ r / (1 + n)
    expect(valuesIn(0)).toEqual([0, 0]);
    expect(valuesIn(1)).toEqual([expect.closeTo(3, 12), 0]);
    expect(valuesIn(2)).toEqual([0, expect.closeTo(4, 12)]);
  });

  test('refuses what is out of range', () => {
    expect(() => new LinUcb(TASK, { exploration: -1 })).toThrow('LinUcb: exploration must be');
    expect(() => new LinUcb(TASK, { regularization: 0 })).toThrow(
      'LinUcb: regularization must be a finite number above 0, got 0.',
    );
  });
});

test('linear Thompson sampling pulls an arm as often as its models find it the best', () => {
  const agent = new LinearThompson(TASK, { exploration: 2, regularization: 4 });
  agent.learn(pull([2, 0], 0, 6));
  // Arm 0: A = diag(8, 4), θ = (12 / 8, 0). In (1, 1): mean 1.5 and variance 4 (1/8 + 1/4) = 1.5;
  // arm 1: mean 0 and variance 4 · 2/4 = 2. Φ(1.5 / √3.5) = 0.789
  const chance = 0.5 * (1 + erf(1.5 / Math.sqrt(2 * 3.5)));
  const actions = new Int32Array(1);
  let first = 0;
  for (let i = 0; i < 20_000; i++) {
    agent.act(Float32Array.of(1, 1), actions);
    if (actions[0] === 0) first++;
  }
  const error = Math.sqrt((chance * (1 - chance)) / 20_000);
  expect(Math.abs(first / 20_000 - chance)).toBeLessThan(5 * error);
  agent.act(Float32Array.of(-1, -1), actions); // looking goes by the context that is shown
  const { policy } = agent.inspect(Float32Array.of(1, 1));
  expect(Math.abs((policy?.[0] ?? 0) - chance)).toBeLessThan(0.065);
});

test('linear Thompson sampling that does not explore breaks ties at random', () => {
  const agent = new LinearThompson(TASK, { exploration: 0 });
  const seen = new Set<number>();
  const actions = new Int32Array(1);
  for (let t = 0; t < 50; t++) {
    agent.act(Float32Array.of(1, 1), actions);
    seen.add(actions[0]);
  }
  expect([...seen].sort()).toEqual([0, 1]);
});

describe('on linear contextual bandits', () => {
  const PULLS = 4000;
  const regrets = (create: (task: object) => Agent) => {
    const world = linearContextualBandit({ pulls: PULLS });
    const { pulls } = runBanditTestbed(world, create, { numProblems: 30, pulls: PULLS });
    return (end: number) => pulls.regrets.subarray(0, end).reduce((sum, regret) => sum + regret, 0);
  };
  const uniform = regrets((task) => makeAgent('random', task as never))(PULLS);

  test.each(['lin-ucb', 'linear-thompson'])(
    'the regret of %s grows more slowly than √t',
    (name) => {
      const regret = regrets((task) => makeAgent(name, task as never));
      expect(regret(PULLS) / regret(PULLS / 4)).toBeLessThan(1.8); // √4 = 2
      expect(regret(PULLS)).toBeLessThan(0.1 * uniform);
    },
  );
});
