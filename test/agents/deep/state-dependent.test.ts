import { describe, expect, test } from 'vitest';
import { Sac, type SacOptions } from '../../../agents/deep/off-policy/sac.ts';
import {
  StateDependentGaussian,
  type StateDependentOptions,
  stateDependentHeads,
} from '../../../agents/deep/policies/state-dependent-gaussian.ts';
import { Alea } from '../../../core/alea.ts';
import type { Rng } from '../../../core/rng.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { identityBox } from '../../../envs/diagnostics/identity-box.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { simdEngine } from '../../../networks/simd/engine.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { learn } from '../../helpers/learn.ts';

const LEAST_VARIANCE = 1e-6;

function policyOf(options: Partial<StateDependentOptions> = {}): StateDependentGaussian {
  return new StateDependentGaussian({
    rows: 1,
    size: 1,
    features: 2,
    copies: 1,
    logDeviation: -1,
    sampleEvery: 1,
    engine: simdEngine(),
    optimizer: sgd({ learningRate: 1 }),
    ...options,
  });
}

/** Always gives the same normal draws. */
function fixed(draws: readonly number[]): Rng {
  let next = 0;
  return { normal: () => draws[next++ % draws.length] } as unknown as Rng;
}

/** u − μ of each number that it does. */
function disturbances(
  policy: StateDependentGaussian,
  outputs: readonly number[],
  { rows = 1, size = 1, rng }: { rows?: number; size?: number; rng: Rng },
): number[] {
  const actions = new Float32Array(rows * size);
  policy.explore(Float32Array.from(outputs), rows, rng, actions);
  const stride = outputs.length / rows;
  return [...actions].map((action, i) => {
    const mean = outputs[Math.floor(i / size) * stride + (i % size)];
    return Math.atanh(action) - mean;
  });
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const productOf = (a: readonly number[], b: readonly number[]) =>
  meanOf(a.map((value, i) => value * b[i]));

describe('actions of a state-dependent policy', () => {
  test('lie around their mean with variance φ² σ², and are independent of each other', () => {
    // Two copies with two numbers each; means, then features.
    const outputs = [0.2, -0.1, 1, -0.5, 0, 0.3, 0.25, 2];
    const policy = policyOf({ size: 2, copies: 2 });
    policy.deviations.network.parameters.set([-1, -2, -1.5, -3]); // log σ [F × A]
    const rng = new Alea(1);
    const draws = Array.from({ length: 20_000 }, () =>
      disturbances(policy, outputs, { rows: 2, size: 2, rng }),
    );
    const columns = [0, 1, 2, 3].map((i) => draws.map((row) => row[i]));
    const square = (x: number) => x * x;
    const variance = (first: number, second: number, i: number) =>
      square(first * Math.exp([-1, -2][i])) + square(second * Math.exp([-1.5, -3][i]));
    const expected = [
      ...[variance(1, -0.5, 0), variance(1, -0.5, 1)],
      ...[variance(0.25, 2, 0), variance(0.25, 2, 1)],
    ];
    for (const [i, column] of columns.entries()) {
      const deviation = Math.sqrt(expected[i]);
      expect(Math.abs(meanOf(column)) / deviation, `mean ${i}`).toBeLessThan(0.03);
      expect(productOf(column, column) / expected[i], `variance ${i}`).toBeCloseTo(1, 1.2);
      for (const [j, other] of columns.slice(0, i).entries()) {
        const correlation = productOf(column, other) / Math.sqrt(expected[i] * expected[j]);
        expect(Math.abs(correlation), `correlation of ${i} and ${j}`).toBeLessThan(0.03);
      }
    }
  });

  test('have noise that is linear in the features, and stays for the steps that are said', () => {
    const policy = policyOf({ sampleEvery: 3 });
    const rng = new Alea(2);
    const at = (...features: number[]) => disturbances(policy, [0.1, ...features], { rng })[0];
    const [first, second] = [at(1, 0), at(0, 1)];
    expect(at(0.5, -2)).toBeCloseTo(0.5 * first - 2 * second, 5);
    const later = at(1, 0); // the fourth step: another function
    expect(later).not.toBeCloseTo(first, 2);
    expect([at(1, 0), at(1, 0)]).toEqual([later, later]);
    expect(at(1, 0)).not.toBeCloseTo(later, 2);
  });

  test('have other noise after an update where no number of steps is said, and only then', () => {
    const policy = policyOf({ sampleEvery: null });
    const counted = policyOf({ sampleEvery: 1000 });
    const [rng, other] = [new Alea(2), new Alea(2)];
    const at = () => disturbances(policy, [0, 1, 1], { rng })[0];
    const first = at();
    for (let t = 0; t < 100; t++) expect(at()).toBe(first);
    policy.update();
    expect(at()).not.toBeCloseTo(first, 2);

    const [before] = disturbances(counted, [0, 1, 1], { rng: other });
    counted.update();
    expect(disturbances(counted, [0, 1, 1], { rng: other })).toEqual([before]);
  });

  test('begin from a mean that is cut to −2 … 2, exploring or not', () => {
    const policy = policyOf();
    const action = new Float32Array(1);
    for (const [mean, cut] of [
      [7, 2],
      [-7, -2],
      [1.9, 1.9],
    ]) {
      policy.choose(Float32Array.of(mean, 1, 1), 1, action);
      expect(action[0]).toBeCloseTo(Math.tanh(cut), 6);
      policy.explore(Float32Array.of(mean, 0, 0), 1, fixed([1]), action);
      expect(action[0]).toBeCloseTo(Math.tanh(cut), 6);
    }
  });

  test('are refused for another number of copies', () => {
    expect(() =>
      policyOf().explore(new Float32Array(6), 2, fixed([1]), new Float32Array(2)),
    ).toThrow(
      'StateDependentGaussian.explore: the batch must have one row for each copy of the world, 1, got 2.',
    );
  });
});

describe('a draw of a state-dependent policy', () => {
  test('has the density of what tanh makes of a normal draw, by hand', () => {
    const policy = policyOf();
    policy.deviations.network.parameters.set([-1, -2]);
    policy.renew(fixed([0.3, -1.2]));
    policy.draw(Float32Array.of(0.4, 2, 0.5), 1);
    const [a, b] = [2 * Math.exp(-1), 0.5 * Math.exp(-2)]; // φ σ
    const distance = 0.3 * a - 1.2 * b;
    const variance = a * a + b * b + LEAST_VARIANCE;
    const u = 0.4 + distance;
    expect(policy.actions[0]).toBeCloseTo(Math.tanh(u), 6);
    const density = Math.exp((-0.5 * distance ** 2) / variance) / Math.sqrt(2 * Math.PI * variance);
    const expected = density / (1 - Math.tanh(u) ** 2 + 1e-6); // change of variables
    expect(policy.logProbabilities[0]).toBeCloseTo(Math.log(expected), 5);
  });

  test('is not quite certain where all features are 0', () => {
    const policy = policyOf();
    policy.renew(fixed([1, 1]));
    policy.draw(Float32Array.of(0, 0, 0), 1);
    expect(policy.actions[0]).toBe(0);
    const expected = -0.5 * Math.log(2 * Math.PI * LEAST_VARIANCE);
    expect(policy.logProbabilities[0]).toBeCloseTo(expected, 5);
  });

  test('has a density that is 1 over all actions', () => {
    const policy = policyOf({ features: 1 });
    // log π depends on the draw through a alone: the average of 1/π over π is the length of (−1, 1).
    const rng = new Alea(5);
    let sum = 0;
    const draws = 40_000;
    for (let i = 0; i < draws; i++) {
      policy.renew(rng);
      policy.draw(Float32Array.of(0.3, 2.5), 1);
      sum += Math.exp(-policy.logProbabilities[0]) / draws;
    }
    expect(sum).toBeCloseTo(2, 1);
  });

  test('has one function for all rows of an update', () => {
    const policy = policyOf({ rows: 2 });
    policy.renew(new Alea(1));
    policy.draw(Float32Array.of(0, 1, 1, 0, 1, 1), 2);
    expect(policy.actions[0]).toBe(policy.actions[1]);
    const before = policy.actions[0];
    policy.renew(new Alea(2));
    policy.draw(Float32Array.of(0, 1, 1, 0, 1, 1), 2);
    expect(policy.actions[0]).not.toBeCloseTo(before, 2);
  });

  test('has the gradient of α log π − Q, of means, features and deviations, by finite differences', () => {
    const size = 2;
    const features = 3;
    const rows = 2;
    const policy = policyOf({ rows, size, features });
    const outputs = Float32Array.from([
      ...[0.4, -0.2, 1.2, -0.5, 0.8],
      ...[-0.6, 0.3, 0.7, 0.9, -1.1],
    ]);
    const { parameters } = policy.deviations.network;
    parameters.set([-0.5, -1, -0.8, -0.3, -1.2, -0.6]);
    policy.renew(fixed([0.3, -1.2, 0.8, 0.1, -0.4, 1.1]));
    const slopes = Float32Array.of(0.5, -1, 2, 0.25); // Q(a) = Σ cᵢ aᵢ
    const value = () => {
      policy.draw(outputs, rows);
      const [p, q] = policy.logProbabilities;
      return 0.2 * (p + q) - policy.actions.reduce((sum, a, i) => sum + slopes[i] * a, 0);
    };
    const slope = (x: Float32Array, i: number) => {
      const before = x[i];
      x[i] = before + 1e-3;
      const above = value();
      x[i] = before - 1e-3;
      const below = value();
      x[i] = before;
      return (above - below) / 2e-3;
    };
    const byOutputs = [...outputs.keys()].map((i) => slope(outputs, i));
    const byDeviations = [...parameters.keys()].map((i) => slope(parameters, i));

    value();
    const gradients = new Float32Array(outputs.length).fill(99);
    const half = 0.5; // the scale
    policy.writeGradient(outputs, rows, 0.2, slopes, half, gradients);
    for (const [i, expected] of byOutputs.entries()) {
      expect(gradients[i] / half, `output ${i}`).toBeCloseTo(expected, 2.5);
    }
    const before = parameters.slice();
    policy.update(); // θ ← θ − 1 · gradient
    for (const [i, expected] of byDeviations.entries()) {
      expect(
        (before[i] - policy.deviations.network.parameters[i]) / half,
        `log σ ${i}`,
      ).toBeCloseTo(expected, 2.5);
    }
    const after = parameters.slice();
    policy.update(); // nothing is left of it
    expect(parameters).toEqual(after);
  });

  test('has no gradient of a mean that is cut', () => {
    const policy = policyOf();
    const outputs = Float32Array.of(2.5, 1, 1);
    policy.renew(fixed([0.1, 0.2]));
    policy.draw(outputs, 1);
    const gradients = new Float32Array(3);
    policy.writeGradient(outputs, 1, 0.2, Float32Array.of(1), 1, gradients);
    expect(gradients[0]).toBe(0);
    expect(gradients[1]).not.toBe(0);
  });
});

test('the actor gives what its body gives as features, and its gradient goes through both', () => {
  const engine = simdEngine();
  const layers = mlp({ hidden: [3], activation: 'tanh' });
  const net = engine.create(network({ input: [2], layers, heads: stateDependentHeads(1) }), {
    seed: 1,
  });
  const body = engine.create(network({ input: [2], layers, heads: { body: [] } }), { seed: 1 });
  body.parameters.set(net.parameters.subarray(0, body.parameters.length));
  const input = Float32Array.of(0.3, -0.7);
  const outputs = net.forward(input, 1).slice();
  expect(outputs).toHaveLength(4);
  expect(outputs.slice(1)).toEqual(body.forward(input, 1).slice());

  const byOutputs = Float32Array.of(0.5, 1, -2, 0.25);
  net.forward(input, 1, { training: true });
  net.backward(byOutputs);
  const gradients = net.gradients.slice();
  const value = () => net.forward(input, 1).reduce((sum, y, i) => sum + byOutputs[i] * y, 0);
  for (let i = 0; i < net.parameters.length; i++) {
    const before = net.parameters[i];
    net.parameters[i] = before + 1e-2;
    const above = value();
    net.parameters[i] = before - 1e-2;
    const below = value();
    net.parameters[i] = before;
    expect(gradients[i], `parameter ${i}`).toBeCloseTo((above - below) / 2e-2, 3);
  }
});

describe('SAC with state-dependent exploration', () => {
  const NUM_ENVS = 3;
  const OPTIONS: SacOptions = {
    layers: [dense(8, { activation: 'relu' })],
    capacity: 200,
    batchSize: 8,
    learningStarts: 6,
    updateEvery: 12,
    updatesAtOnce: 2,
    seed: 3,
  };
  const create = (
    exploration: SacOptions['exploration'] = { kind: 'state-dependent' },
    more: SacOptions = {},
  ) => new Sac({ ...identityBox(), numEnvs: NUM_ENVS }, { ...OPTIONS, exploration, ...more });

  test.each([null, 5])(
    'goes on from what it saved with the same bits (sampleEvery %s)',
    (sampleEvery) => {
      const agent = create({ kind: 'state-dependent', sampleEvery });
      learn(agent, identityBox(), { steps: 42, numEnvs: NUM_ENVS });
      const twin = create({ kind: 'state-dependent', sampleEvery });
      twin.restore(structuredClone(agent.save()));
      for (const one of [agent, twin]) {
        learn(one, identityBox(), { steps: 39, numEnvs: NUM_ENVS, seed: 1 });
      }
      expect(twin.save()).toEqual(agent.save());
    },
  );

  test('does the same in the same state until it learns', () => {
    const agent = create();
    const envs = new VectorEnv(identityBox(), { numEnvs: NUM_ENVS, seed: 1 });
    learn(agent, identityBox(), { steps: 8, numEnvs: NUM_ENVS }); // 24 steps: has just learned
    const act = () => {
      const actions = envs.createActions() as Float32Array;
      agent.act(envs.observations.slice(), actions);
      return actions;
    };
    const [first, again] = [act(), act()];
    expect(again).toEqual(first);
    const [stays] = agent.save().noise as Float32Array;
    learn(agent, identityBox(), { steps: 4, numEnvs: NUM_ENVS }); // learns
    act();
    expect((agent.save().noise as Float32Array)[0]).not.toBe(stays);
  });

  test('learns how much to explore, and its options say what they are', () => {
    const agent = create({ kind: 'state-dependent', logDeviation: -2 }, { temperature: 1e-6 });
    expect(agent.options.exploration).toEqual({
      kind: 'state-dependent',
      logDeviation: -2,
      sampleEvery: null,
    });
    const parameters = () =>
      (agent.save() as { deviations: { network: { parameters: Float32Array } } }).deviations.network
        .parameters;
    expect(new Set(parameters())).toEqual(new Set([-2]));
    learn(agent, identityBox(), { steps: 40, numEnvs: NUM_ENVS });
    expect(new Set(parameters()).size).toBeGreaterThan(4);
    expect(Math.min(...parameters())).toBeLessThan(-2); // what the draws of an update say goes both ways
    expect(Math.max(...parameters())).toBeGreaterThan(-2);
    expect([...parameters()].every((value) => Math.abs(value + 2) < 0.1)).toBe(true);
  });

  test.each([
    [{ kind: 'gaussian' }, 'Sac: exploration.kind must be one of'],
    [{ kind: 'independent', sampleEvery: 3 }, 'Sac: exploration: unknown option "sampleEvery".'],
    [
      { kind: 'state-dependent', sampleEvery: 0 },
      'Sac: exploration.sampleEvery must be an integer',
    ],
    [{ kind: 'state-dependent', logDeviation: 3 }, 'Sac: exploration.logDeviation must be'],
    [null, 'Sac: exploration.kind must be one of'],
  ])('refuses %j', (exploration, message) => {
    expect(() => create(exploration as never)).toThrow(message);
  });
});
