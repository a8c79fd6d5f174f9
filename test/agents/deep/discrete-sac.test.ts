import { describe, expect, test } from 'vitest';
import { randomAction } from '../../../agents/deep/action-values/greedy-action.ts';
import { DiscreteSac } from '../../../agents/deep/off-policy/discrete-sac.ts';
import { Alea } from '../../../core/alea.ts';
import { box, discrete } from '../../../core/space.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import {
  farthest,
  gradientTaken,
  mean,
  rowsOf,
  slopesOf,
  twinOf,
} from '../../helpers/float64-twin.ts';
import { shake } from '../../helpers/real-experience.ts';

const N = 3; // actions
const TASK = {
  observationSpace: box([-9, -9], [9, 9]),
  actionSpace: discrete(N),
  masked: true,
};
const RATE = 0.5;
const DISCOUNT = 0.9;
const TARGET_STEP = 0.25;
const START = 0.3; // α
const SHARE = 0.8; // H̄, of the greatest entropy
const ROWS = 8;

/** The last but one ends its episode, the last is cut off; some actions behind are illegal. */
const EXPERIENCE: Transitions = {
  observations: Float32Array.of(1, 0.5, -0.5, 2, 0.25, -1, 1.5, 1),
  actions: Int32Array.of(0, 2, 1, 2),
  rewards: Float64Array.of(1, -0.5, 2, 0.25),
  nextObservations: Float32Array.of(-0.5, 2, 0.25, -1, 1.5, 1, -1, -1.5),
  terminated: Uint8Array.of(0, 0, 1, 0),
  truncated: Uint8Array.of(0, 0, 0, 1),
  nextActionMasks: Uint8Array.of(1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1),
};

/** π and log π of logits; illegal actions have chance 0. */
function softmax(logits: readonly number[], legal: readonly number[]) {
  const weights = logits.map((z, a) => legal[a] * Math.exp(z));
  const sum = weights.reduce((all, each) => all + each, 0);
  return weights.map((weight) => ({ chance: weight / sum, log: Math.log(weight / sum) }));
}

/** Σₐ π(a) (minᵢ Qᵢ(a) − α log π(a)) of outputs with both critics side by side. */
function softValue(logits: readonly number[], legal: readonly number[], values: readonly number[]) {
  return softmax(logits, legal).reduce((sum, { chance, log }, a) => {
    if (chance === 0) return sum;
    return sum + chance * (Math.min(values[a], values[N + a]) - START * log);
  }, 0);
}

/** What is legal in the states themselves. */
const MASKS = Uint8Array.of(1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1);

describe('an update of discrete SAC', () => {
  const agent = new DiscreteSac(TASK, {
    layers: [dense(3, { activation: 'tanh' })],
    discount: DISCOUNT,
    targetStepSize: TARGET_STEP,
    initialTemperature: START,
    entropyShare: SHARE,
    optimizer: sgd({ learningRate: RATE }),
    capacity: 10,
    batchSize: ROWS,
    learningStarts: 3,
    updateEvery: 1,
    seed: 4,
  });
  const rng = new Alea(9);
  const networks = [agent.actor.network, agent.critic.network, agent.targetCritic];
  for (const { parameters } of networks) shake(parameters, rng);
  const look = () => networks.map(({ parameters }) => parameters.slice());
  const [actorBefore, criticBefore, targetBefore] = look();
  const drawn = new Alea(4, 'agent');
  agent.act(EXPERIENCE.observations, new Int32Array(4), MASKS);
  for (let row = 0; row < 4; row++) randomAction(drawn, row, N, MASKS);
  agent.learn(EXPERIENCE);
  const [actorAfter, criticAfter, targetAfter] = look();
  const policyOf = twinOf(agent.actor.network.specification);
  const valuesOf = twinOf(agent.critic.network.specification);

  const replay = new ReplayBuffer(TASK, 10, { stateMasks: true });
  replay.add(EXPERIENCE, MASKS);
  const batch = replay.createBatch(ROWS);
  replay.sample(batch, drawn);
  const states = rowsOf(batch.observations, 2);
  const nextStates = rowsOf(batch.nextObservations, 2);
  const nextLegal = rowsOf(batch.nextActionMasks ?? [], N);
  const legal = rowsOf(batch.actionMasks ?? [], N);

  // y = r + γ Σₐ π(a | s′) (minᵢ Q̂ᵢ(s′, a) − α log π(a | s′)).
  const nextLogits = policyOf(actorBefore, nextStates);
  const nextValues = valuesOf(targetBefore, nextStates);
  const targets = nextStates.map((_, row) =>
    batch.terminated[row] === 1
      ? batch.rewards[row]
      : batch.rewards[row] + DISCOUNT * softValue(nextLogits[row], nextLegal[row], nextValues[row]),
  );
  const criticLoss = (parameters: ArrayLike<number>) =>
    mean(
      valuesOf(parameters, states).map((values, row) => {
        const action = batch.actions[row];
        const errors = [values[action], values[N + action]].map((q) => q - targets[row]);
        return 0.5 * errors[0] ** 2 + 0.5 * errors[1] ** 2;
      }),
    );
  const actorLoss = (parameters: ArrayLike<number>) => {
    const values = valuesOf(criticAfter, states);
    return -mean(
      policyOf(parameters, states).map((logits, row) => softValue(logits, legal[row], values[row])),
    );
  };

  test('has a batch that tells lines apart', () => {
    expect(new Set(batch.terminated)).toEqual(new Set([0, 1]));
    expect(new Set(legal.map((row) => row.join('')))).toEqual(new Set(['111', '101', '011']));
    expect(new Set(nextLegal.map((row) => row.join('')))).toEqual(
      new Set(['111', '101', '000', '011']),
    );
  });

  test('moves both critics of the action taken towards the soft value behind, and r at an end', () => {
    const slopes = slopesOf(criticBefore, criticLoss);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.5);
    expect(farthest(gradientTaken(criticBefore, criticAfter, RATE), slopes)).toBeLessThan(5e-6);
    expect(agent.metrics().criticLoss).toBeCloseTo(criticLoss(criticBefore), 5);
  });

  test('moves the actor up the soft value of the critics', () => {
    const slopes = slopesOf(actorBefore, actorLoss);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.05);
    expect(farthest(gradientTaken(actorBefore, actorAfter, RATE), slopes)).toBeLessThan(2e-6);
    expect(agent.metrics().actorLoss).toBeCloseTo(actorLoss(actorBefore), 5);
  });

  test('moves log α towards the entropy that is sought, and lets the targets follow', () => {
    const entropy = mean(
      policyOf(actorBefore, states).map((logits, row) =>
        softmax(logits, legal[row]).reduce(
          (sum, { chance, log }) => (chance === 0 ? sum : sum - chance * log),
          0,
        ),
      ),
    );
    const numLegal = legal.map((row) => row.reduce((sum, each) => sum + each, 0));
    const sought = SHARE * mean(numLegal.map(Math.log));
    const [slope] = slopesOf([Math.log(START)], ([log]) => -log * (sought - entropy));
    expect(agent.metrics().entropy).toBeCloseTo(entropy, 5);
    expect(agent.metrics().temperature).toBeCloseTo(START * Math.exp(-RATE * slope), 5);
    expect(Math.abs(slope)).toBeGreaterThan(0.05);
    const followed = targetBefore.map((old, i) => old + TARGET_STEP * (criticAfter[i] - old));
    expect(farthest(targetAfter, followed)).toBeLessThan(1e-6);
  });
});

describe('discrete SAC where somebody else has acted', () => {
  test('takes every action for legal, after it has learned from what it did itself', () => {
    const agent = new DiscreteSac(TASK, { capacity: 10 });
    const batch = agent.replay.createBatch(200);
    const masksSeen = () => {
      agent.replay.sample(batch, new Alea(1));
      return new Set(rowsOf(batch.actionMasks ?? [], N).map((row) => row.join('')));
    };
    agent.learn(EXPERIENCE);
    expect(masksSeen()).toEqual(new Set(['111']));
    agent.act(EXPERIENCE.observations, new Int32Array(4), MASKS);
    agent.learn(EXPERIENCE);
    expect(masksSeen()).toEqual(new Set(['111', '101', '011']));
    for (let i = 0; i < 3; i++) agent.learn(EXPERIENCE);
    expect(masksSeen()).toEqual(new Set(['111']));
  });
});
