import { describe, expect, test } from 'vitest';
import { ActorCritic } from '../../../agents/deep/policy-gradient/actor-critic.ts';
import { PPO_DEFAULTS } from '../../../agents/deep/policy-gradient/ppo.ts';
import {
  PpoUpdates,
  type PpoUpdatesOptions,
} from '../../../agents/deep/policy-gradient/ppo-updates.ts';
import { RolloutCollector } from '../../../agents/deep/policy-gradient/rollout-collector.ts';
import { Alea } from '../../../core/alea.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { RandomStream } from '../../helpers/recurrent-stream.ts';

const NUM_ENVS = 2;

/** Updates from the 12 rows of a rollout, and what was asked of its batches. */
function updatesOf(
  given: Partial<PpoUpdatesOptions> = {},
  rows = 4,
  count = Math.floor(12 / rows),
) {
  const stream = new RandomStream(NUM_ENVS, 1);
  const layers = { layers: [], policyLayers: [], valueLayers: [] };
  const actorCritic = new ActorCritic('test', stream.task, {
    ...PPO_DEFAULTS,
    ...layers,
    optimizer: sgd({ learningRate: 0.1 }),
  });
  const collector = new RolloutCollector('test', stream.task, actorCritic, 6);
  const actions = new Int32Array(NUM_ENVS);
  const rng = new Alea(2);
  for (let t = 0; t < 6; t++) {
    collector.act(stream.observations, actions, stream.actionMasks, rng);
    collector.add(stream.step(actions), t);
  }
  const { rollout } = collector;
  const asked: (number | 'shuffle')[] = [];
  const minibatches = {
    count,
    rows,
    shuffle: () => void asked.push('shuffle'),
    forwardOptions: (_: unknown, first: number) => {
      asked.push(first);
      return {};
    },
  };
  const options = { ...PPO_DEFAULTS, klPenalty: null, epochs: 1, ...given };
  const updates = new PpoUpdates('test', { actorCritic, rollout, minibatches }, options);
  return { updates, asked };
}

describe('the updates of PPO', () => {
  test('go over all batches in each epoch, in another order each time', () => {
    const { updates, asked } = updatesOf({ epochs: 3 });
    updates.learn(new Alea(3), 0);
    const epoch = ['shuffle', 0, 4, 8];
    expect(asked).toEqual([...epoch, ...epoch, ...epoch]);
    expect(updates.metrics().updates).toBe(9);
  });

  test('leave out what does not fill a batch', () => {
    const { updates, asked } = updatesOf({}, 5);
    updates.learn(new Alea(3), 0);
    expect(asked).toEqual(['shuffle', 0, 5]);
    const fewer = updatesOf({}, 2, 4);
    fewer.updates.learn(new Alea(3), 0);
    expect(fewer.asked).toEqual(['shuffle', 0, 2, 4, 6]);
  });

  test('end where the policy has gone too far', () => {
    const { updates } = updatesOf({ epochs: 3, targetDivergence: 1e-9 });
    updates.learn(new Alea(3), 0);
    expect(updates.metrics().divergence).toBeGreaterThan(1e-9);
    expect(updates.metrics().updates).toBe(3);
    const far = updatesOf({ epochs: 3, targetDivergence: 1e9 });
    far.updates.learn(new Alea(3), 0);
    expect(far.updates.metrics().updates).toBe(9);
  });

  test('clip as the schedule says at these steps', () => {
    const clip = { kind: 'linear', from: 9, to: 1e-9, steps: 100 } as const;
    const shareAt = (steps: number) => {
      const { updates } = updatesOf({ epochs: 2, clip });
      updates.learn(new Alea(3), steps);
      return updates.metrics().clipShare;
    };
    expect(shareAt(0)).toBe(0);
    expect(shareAt(100)).toBeGreaterThan(0.5);
  });

  test('normalize advantages in each batch, where they are to', () => {
    // At the first step π is π_old: the loss of the policy is −mean A.
    const lossOf = (normalizeAdvantages: boolean) => {
      const { updates } = updatesOf({ normalizeAdvantages }, 12);
      updates.learn(new Alea(3), 0);
      return updates.metrics().policyLoss;
    };
    expect(lossOf(true)).toBeCloseTo(0, 6);
    expect(Math.abs(lossOf(false))).toBeGreaterThan(0.01);
  });
});
