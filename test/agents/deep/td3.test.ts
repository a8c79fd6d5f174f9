import { describe, expect, test } from 'vitest';
import { Ddpg, type DdpgOptions } from '../../../agents/deep/off-policy/ddpg.ts';
import { Td3 } from '../../../agents/deep/off-policy/td3.ts';
import { Alea } from '../../../core/alea.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { farthest, gradientTaken, mean, slopesOf, twinOf } from '../../helpers/float64-twin.ts';
import {
  drawBatch,
  join,
  REAL_EXPERIENCE,
  REAL_TASK,
  type RealBatch,
  shake,
} from '../../helpers/real-experience.ts';

const [RATE, CRITIC_RATE] = [0.5, 0.25];
const DISCOUNT = 0.9;
const TARGET_STEP = 0.25;
const ROWS = 6;
const SEED = 4;
const OPTIONS: DdpgOptions = {
  layers: [dense(3, { activation: 'tanh' })],
  discount: DISCOUNT,
  targetStepSize: TARGET_STEP,
  optimizer: sgd({ learningRate: RATE }),
  criticOptimizer: sgd({ learningRate: CRITIC_RATE }),
  capacity: 10,
  batchSize: ROWS,
  learningStarts: 3,
  seed: SEED,
};

/** The parameters of all four networks. */
function parametersOf({ actor, critic }: Td3 | Ddpg) {
  return {
    actor: actor.actor.network.parameters.slice(),
    targetActor: actor.target.parameters.slice(),
    critic: critic.critic.network.parameters.slice(),
    targetCritic: critic.target.parameters.slice(),
  };
}

/** Gives all networks, targets too, parameters of their own, and lets the agent learn. */
function learned<T extends Td3 | Ddpg>(agent: T) {
  const { actor, critic } = agent;
  const rng = new Alea(9);
  for (const { parameters } of [actor.actor.network, actor.target]) shake(parameters, rng);
  for (const { parameters } of [critic.critic.network, critic.target]) shake(parameters, rng);
  const before = parametersOf(agent);
  agent.learn(REAL_EXPERIENCE);
  const policyOf = twinOf(actor.actor.network.specification);
  const valuesOf = twinOf(critic.critic.network.specification);
  return { agent, before, after: parametersOf(agent), policyOf, valuesOf };
}

type Learned = ReturnType<typeof learned<Td3 | Ddpg>>;

/** The gradient of ½ Σᵢ mean (Qᵢ(s, a) − y)², y = r + γ minᵢ Q̂ᵢ(s′, ã). */
function criticSlopes(
  { before, valuesOf }: Learned,
  { states, actions, rewards, nextStates, goesOn }: RealBatch,
  nextActions: readonly number[][],
): number[] {
  const next = valuesOf(before.targetCritic, join(nextStates, nextActions));
  const targets = rewards.map(
    (reward, row) => reward + DISCOUNT * goesOn[row] * Math.min(...next[row]),
  );
  return slopesOf(before.critic, (parameters) =>
    mean(
      valuesOf(parameters, join(states, actions)).map((values, row) =>
        values.reduce((sum, q) => sum + 0.5 * (q - targets[row]) ** 2, 0),
      ),
    ),
  );
}

/** The gradient of −mean Q₁(s, μ(s)), of critics that have learned already. */
function actorSlopes({ before, after, policyOf, valuesOf }: Learned, { states }: RealBatch) {
  return slopesOf(before.actor, (parameters) => {
    const values = valuesOf(after.critic, join(states, policyOf(parameters, states)));
    return -mean(values.map(([first]) => first));
  });
}

/** Where a target comes to that follows by τ. */
function followed(target: Float32Array, leader: Float32Array): Float32Array {
  return target.map((old, i) => old + TARGET_STEP * (leader[i] - old));
}

const clamp = (x: number, reach: number) => Math.max(-reach, Math.min(reach, x));

describe('an update of TD3', () => {
  const options = { ...OPTIONS, policyDelay: 1, targetNoise: 0.8, targetNoiseClip: 0.5 };
  const rng = new Alea(SEED, 'agent');
  const batch = drawBatch(rng, ROWS);
  const noise = batch.states.map(() => [0.8 * rng.normal(), 0.8 * rng.normal()]);
  const result = learned(new Td3(REAL_TASK, options));
  const { agent, before, after, policyOf, valuesOf } = result;
  const nextActions = policyOf(before.targetActor, batch.nextStates).map((actions, row) =>
    actions.map((action, i) => clamp(action + clamp(noise[row][i], 0.5), 1)),
  );

  test('has a batch that tells lines apart', () => {
    expect(new Set(batch.goesOn)).toEqual(new Set([0, 1]));
    expect(noise.flat().some((each) => Math.abs(each) > 0.5)).toBe(true);
    expect(nextActions.flat().some((each) => Math.abs(each) === 1)).toBe(true);
    const next = valuesOf(before.targetCritic, join(batch.nextStates, nextActions));
    expect(new Set(next.map(([first, second]) => first < second))).toEqual(new Set([true, false]));
  });

  test('moves both critics towards r + γ min Q̂ of a noisy target action, and r at an end', () => {
    const taken = gradientTaken(before.critic, after.critic, CRITIC_RATE);
    const slopes = criticSlopes(result, batch, nextActions);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.5);
    expect(farthest(taken, slopes)).toBeLessThan(1e-5);
  });

  test('moves the actor up the first critic', () => {
    const taken = gradientTaken(before.actor, after.actor, RATE);
    const slopes = actorSlopes(result, batch);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.05);
    expect(farthest(taken, slopes)).toBeLessThan(2e-6);
  });

  test('lets the targets follow by τ', () => {
    expect(farthest(after.targetActor, followed(before.targetActor, after.actor))).toBeLessThan(
      1e-6,
    );
    expect(farthest(after.targetCritic, followed(before.targetCritic, after.critic))).toBeLessThan(
      1e-6,
    );
  });

  test('tells its losses', () => {
    const values = valuesOf(after.critic, join(batch.states, policyOf(before.actor, batch.states)));
    expect(agent.metrics().actorLoss).toBeCloseTo(-mean(values.map(([first]) => first)), 5);
  });

  test('leaves actor and targets as they are but for every other one', () => {
    const delayed = learned(new Td3(REAL_TASK, { ...options, policyDelay: 2 }));
    expect(delayed.after).toEqual({ ...delayed.before, critic: delayed.after.critic });
    expect(delayed.after.critic).toEqual(after.critic);
    const agent = delayed.agent;
    const updates = Array.from({ length: 4 }, () => {
      const before = parametersOf(agent);
      agent.learn({ ...REAL_EXPERIENCE, ...firstRow() });
      const after = parametersOf(agent);
      return Object.entries(after).map(([name, numbers]) =>
        farthest(numbers, before[name as keyof typeof before]) > 0 ? name : '',
      );
    });
    const all = ['actor', 'targetActor', 'critic', 'targetCritic'];
    expect(updates).toEqual([all, ['', '', 'critic', ''], all, ['', '', 'critic', '']]);
  });
});

/** The first of the transitions alone. */
function firstRow() {
  const { observations, actions, rewards, nextObservations, terminated, truncated } =
    REAL_EXPERIENCE;
  return {
    observations: observations.slice(0, 2),
    actions: actions.slice(0, 2),
    rewards: rewards.slice(0, 1),
    nextObservations: nextObservations.slice(0, 2),
    terminated: terminated.slice(0, 1),
    truncated: truncated.slice(0, 1),
  };
}

describe('an update of DDPG', () => {
  const batch = drawBatch(new Alea(SEED, 'agent'), ROWS);
  const result = learned(new Ddpg(REAL_TASK, OPTIONS));
  const { agent, before, after, policyOf, valuesOf } = result;

  test('moves the critic towards r + γ Q̂ of the target action, and r at an end', () => {
    const nextActions = policyOf(before.targetActor, batch.nextStates);
    const taken = gradientTaken(before.critic, after.critic, CRITIC_RATE);
    const slopes = criticSlopes(result, batch, nextActions);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.5);
    expect(farthest(taken, slopes)).toBeLessThan(1e-5);
  });

  test('moves the actor up the critic, and lets the targets follow by τ', () => {
    const taken = gradientTaken(before.actor, after.actor, RATE);
    expect(farthest(taken, actorSlopes(result, batch))).toBeLessThan(2e-6);
    expect(farthest(after.targetActor, followed(before.targetActor, after.actor))).toBeLessThan(
      1e-6,
    );
    expect(farthest(after.targetCritic, followed(before.targetCritic, after.critic))).toBeLessThan(
      1e-6,
    );
    const values = valuesOf(after.critic, join(batch.states, policyOf(before.actor, batch.states)));
    expect(agent.metrics().actorLoss).toBeCloseTo(-mean(values.map(([first]) => first)), 5);
  });
});
