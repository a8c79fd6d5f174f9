import { describe, expect, test } from 'vitest';
import { KlPenalty } from '../../../agents/deep/policy-gradient/kl-penalty.ts';
import { Ppo, type PpoOptions } from '../../../agents/deep/policy-gradient/ppo.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { learn } from '../../helpers/learn.ts';
import { corridor } from '../../helpers/worlds.ts';

const NUM_ENVS = 4;
const TASK = { ...corridor(), numEnvs: NUM_ENVS };
const OPTIONS: PpoOptions = {
  policyLayers: [],
  valueLayers: [],
  numSteps: 4,
  epochs: 3,
  minibatches: 2,
  clip: null,
  klPenalty: { target: 0.01, initial: 3 },
  optimizer: sgd({ learningRate: 0 }),
};

/** An agent that has learned from so many rollouts, of four steps each. */
function learned(rollouts: number, options: PpoOptions = {}): Ppo {
  const agent = new Ppo(TASK, { ...OPTIONS, ...options });
  learn(agent, corridor(), { steps: 4 * rollouts, numEnvs: NUM_ENVS, seed: 1 });
  return agent;
}

describe('the weight of the penalty', () => {
  test.each([
    [0, 1],
    [0.0199, 1], // 0.03 / 1.5 = 0.02
    [0.0201, 2],
    [0.0449, 2], // 0.03 · 1.5 = 0.045
    [0.0451, 4],
    [9, 4],
  ])('of 2 becomes after a divergence of %f: %i', (divergence, expected) => {
    const penalty = new KlPenalty({ target: 0.03, initial: 2 });
    penalty.adapt(divergence);
    expect(penalty.weight).toBe(expected);
    expect(penalty.metrics()).toEqual({ klWeight: expected, exactDivergence: divergence });
  });

  test.each([
    [0, 3 / 1024, 6 / 1024],
    [1, 3 * 1024, 1.5 * 1024],
  ])('comes back at once from where it ends after many of %f', (divergence, farthest, back) => {
    const penalty = new KlPenalty({ target: 0.01, initial: 3 });
    for (let i = 0; i < 2000; i++) penalty.adapt(divergence);
    expect(penalty.weight).toBe(farthest);
    penalty.adapt(1 - divergence);
    expect(penalty.weight).toBe(back);
  });
});

describe('PPO with a penalty', () => {
  test('halves its weight once a rollout where the policy stays as it is', () => {
    for (const [rollouts, klWeight] of [
      [1, 3 / 2],
      [3, 3 / 8],
    ]) {
      const metrics = learned(rollouts).metrics();
      expect(metrics.klWeight).toBe(klWeight);
      expect(metrics.exactDivergence).toBeCloseTo(0, 7);
    }
  });

  test('doubles it where the policy moves far', () => {
    const far = { optimizer: sgd({ learningRate: 3 }), normalizeAdvantages: true };
    const { klWeight, exactDivergence } = learned(1, far).metrics();
    expect(exactDivergence).toBeGreaterThan(0.015);
    expect(klWeight).toBe(6);
  });

  test('tells the divergence of all that it learned from, worked out row by row', () => {
    const optimizer = sgd({ learningRate: 0.5 });
    const agent = new Ppo(TASK, { ...OPTIONS, optimizer });
    const states = [0, 1, 2, 3].map((state) => Float32Array.of(state));
    const legal = (state: Float32Array) => Uint8Array.of(state[0] === 0 ? 0 : 1, 1);
    const policies = () => states.map((state) => agent.inspect(state, legal(state)).policy ?? []);
    const before = policies();
    const visited: number[] = [];
    const learnFrom = agent.learn.bind(agent);
    agent.learn = (transitions) => {
      visited.push(...transitions.observations);
      learnFrom(transitions);
    };
    learn(agent, corridor(), { steps: 4, numEnvs: NUM_ENVS, seed: 1 });
    const after = policies();
    const divergences = before.map((old, s) =>
      [...old].reduce((sum, p, a) => sum + (p > 0 ? p * Math.log(p / after[s][a]) : 0), 0),
    );
    const mean = visited.reduce((sum, s) => sum + divergences[s], 0) / visited.length;
    expect(visited).toHaveLength(16);
    expect(mean).toBeGreaterThan(1e-3);
    expect(agent.metrics().exactDivergence).toBeCloseTo(mean, 6);
  });

  test('moves the less the larger the weight is', () => {
    const optimizer = sgd({ learningRate: 0.05 });
    const divergence = (initial: number) =>
      learned(1, { optimizer, epochs: 20, klPenalty: { initial } }).metrics().exactDivergence;
    expect(divergence(10)).toBeLessThan(0.2 * divergence(0.001));
  });

  test('goes on with the weight that was saved', () => {
    const agent = learned(3);
    const twin = new Ppo(TASK, OPTIONS);
    twin.restore(agent.save());
    expect(twin.metrics().klWeight).toBe(3 / 8);
    learn(twin, corridor(), { steps: 4, numEnvs: NUM_ENVS, seed: 2 });
    expect(twin.metrics().klWeight).toBe(3 / 16);
  });

  test('goes on from the middle of a rollout with the same bits', () => {
    const create = () => new Ppo(TASK, { ...OPTIONS, optimizer: sgd({ learningRate: 0.3 }) });
    const [agent, twin] = [create(), create()];
    learn(agent, corridor(), { steps: 6, numEnvs: NUM_ENVS, seed: 1 });
    twin.restore(agent.save());
    for (const each of [agent, twin]) {
      learn(each, corridor(), { steps: 7, numEnvs: NUM_ENVS, seed: 2 });
    }
    expect(twin.save()).toEqual(agent.save());
    expect(twin.metrics()).toEqual(agent.metrics());
  });

  test('notes no policy, and has no weight, where there is no penalty', () => {
    expect(learned(1, { clip: 0.2, klPenalty: null }).metrics()).not.toHaveProperty('klWeight');
  });

  test.each([
    [{ clip: null }, 'Ppo: clip must be a number or a schedule where there is no klPenalty'],
    [{ klPenalty: { target: 0 } }, 'Ppo: klPenalty.target must be'],
    [{ klPenalty: { initial: -1 } }, 'Ppo: klPenalty.initial must be'],
    [{ klPenalty: { targt: 1 } }, 'Did you mean "target"?'],
  ])('refuses %o', (options, message) => {
    expect(() => new Ppo(TASK, options as PpoOptions)).toThrow(message);
  });

  test('says all of its options', () => {
    expect(new Ppo(TASK, { klPenalty: {} }).options.klPenalty).toEqual({
      target: 0.01,
      initial: 1,
    });
  });
});

describe('a target of the divergence', () => {
  test('ends the epochs of a rollout where it is passed', () => {
    const optimizer = sgd({ learningRate: 3 });
    const options = { clip: 0.2, klPenalty: null, optimizer };
    expect(learned(2, options).metrics().updates).toBe(2 * 3 * 2);
    expect(learned(2, { ...options, targetDivergence: 1e-6 }).metrics().updates).toBe(2 * 1 * 2);
    expect(learned(2, { ...options, targetDivergence: 1e6 }).metrics().updates).toBe(2 * 3 * 2);
  });
});
