import { describe, expect, test } from 'vitest';
import { Exp3 } from '../../../agents/bandits/exp3.ts';
import { Ucb1 } from '../../../agents/bandits/ucb1.ts';
import { makeAgent } from '../../../agents/registry.ts';
import type { Task } from '../../../agents/task.ts';
import { discrete } from '../../../core/space.ts';
import { adversarialBandit } from '../../../envs/bandits/adversarial-bandit.ts';
import { meanInterval } from '../../../suites/statistics.ts';
import { runBanditTestbed } from '../../../training/bandit-testbed.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: discrete(1), actionSpace: discrete(2) };
const NOTHING = new Float32Array(1);

describe('EXP3', () => {
  test('mixes the shares of the weights with even ones', () => {
    const agent = new Exp3(TASK, { exploration: 0.2 });
    agent.logWeights.table.set([0, Math.log(3)]);
    const { policy } = agent.inspect(NOTHING);
    expect(policy?.[0]).toBeCloseTo(0.8 / 4 + 0.1, 14);
    expect(policy?.[1]).toBeCloseTo((0.8 * 3) / 4 + 0.1, 14);
    expect([...(agent.inspect(NOTHING, Uint8Array.of(1, 0)).policy ?? [])]).toEqual([1, 0]);
  });

  test('multiplies the weight of the arm pulled by exp(γ x / (K p))', () => {
    const agent = new Exp3(TASK, { exploration: 0.2 });
    agent.learn(transition({ action: 1, reward: 0.5 })); // p = ½: x̂ = 1, γ x̂ / K = 0.1
    expect([...agent.logWeights.table]).toEqual([0, 0.1]);
    const p0 = 0.8 / (1 + Math.exp(0.1)) + 0.1;
    agent.learn(transition({ action: 0, reward: 1 }));
    expect(agent.logWeights.table[0]).toBeCloseTo(0.1 / p0, 14);
    expect(agent.logWeights.table[1]).toBe(0.1);
  });

  test('takes the chance that a mask left for the estimate', () => {
    const three = { ...TASK, actionSpace: discrete(3) };
    const agent = new Exp3(three, { exploration: 0.3 });
    agent.act(NOTHING, new Int32Array(1), Uint8Array.of(1, 1, 0)); // p = ½, ½, 0
    agent.learn(transition({ action: 0, reward: 1 })); // γ / (K p) = 0.3 / 1.5
    expect(agent.logWeights.table[0]).toBeCloseTo(0.2, 14);
    agent.learn(transition({ action: 2, reward: 1 })); // nobody has acted: p without a mask
    const p2 = 0.7 / (2 + Math.exp(0.2)) + 0.1;
    expect(agent.logWeights.table[2]).toBeCloseTo(0.1 / p2, 14);
  });

  test('scales rewards of another range', () => {
    const agent = new Exp3(TASK, { exploration: 1, lowestReward: -10, highestReward: 30 });
    agent.learn(transition({ action: 0, reward: 20 })); // x = 0.75, p = ½: 0.75 / (2 · ½)
    expect(agent.logWeights.table[0]).toBe(0.75);
  });

  test('has weights that never overflow', () => {
    const agent = new Exp3(TASK);
    agent.logWeights.table.set([1e6, 1e6 - Math.log(3)]);
    expect(agent.inspect(NOTHING).policy?.[0]).toBeCloseTo(0.9 * 0.75 + 0.05, 9);
  });

  test('refuses rewards outside the range, and a range that is none', () => {
    const agent = new Exp3(TASK);
    expect(() => agent.learn(transition({ action: 0, reward: 1.7 }))).toThrow(
      'Exp3.learn: the reward of step 0 must be between 0 and 1, got 1.7. Set lowestReward and highestReward.',
    );
    expect(() => agent.learn(transition({ action: 0, reward: -0.1 }))).toThrow('between 0 and 1');
    expect(() => new Exp3(TASK, { lowestReward: 1 })).toThrow(
      'Exp3: highestReward must be above lowestReward = 1, got 1.',
    );
    expect(() => new Exp3(TASK, { exploration: 0 })).toThrow('Exp3: exploration must be between');
  });
});

/** The bound of theorem 3.1 on the weak regret, for G pulls' worth of the best fixed arm. */
function bound(exploration: number, numArms: number, best: number): number {
  return (Math.E - 1) * exploration * best + (numArms * Math.log(numArms)) / exploration;
}

/** γ that makes it smallest, as in corollary 3.2. */
function bestExploration(numArms: number, best: number): number {
  return Math.sqrt((numArms * Math.log(numArms)) / ((Math.E - 1) * best));
}

describe('against an adversary, EXP3 loses no more on the best fixed arm than its theorem 3.1 says', () => {
  test.each(['switching', 'sinusoids'] as const)('%s', (adversary) => {
    const best = 500; // of 1,000 pulls of ten arms: no fixed one gives more than ½ a pull
    const exploration = bestExploration(10, best);
    const regretOf = (agent: string, options: object) => {
      const world = adversarialBandit({ adversary });
      const create = (task: Task) => makeAgent(agent, task, { ...options, seed: 1 });
      const { problems } = runBanditTestbed(world, create, { numProblems: 200 });
      return meanInterval(problems.rewards.map((reward) => best - 1000 * reward));
    };
    const { high } = regretOf('exp3', { exploration });
    expect(high).toBeLessThan(bound(exploration, 10, best));
    if (adversary === 'switching') expect(high).toBeLessThan(0.6 * regretOf('random', {}).low);
  });

  test('who has foreseen every pull of UCB1, which then gets nothing at all', () => {
    const [numArms, pulls] = [5, 2000];
    const task = { observationSpace: discrete(1), actionSpace: discrete(numArms) };
    const ucb = new Ucb1(task, { seed: 3 });
    const actions = new Int32Array(1);
    const foreseen = Array.from({ length: pulls }, () => {
      ucb.act(NOTHING, actions);
      ucb.learn(transition({ action: actions[0], reward: 0 }));
      return actions[0];
    });
    const totals = [0, 1, 2, 3, 4].map((arm) => foreseen.filter((other) => other !== arm).length);
    const best = Math.max(...totals);
    expect(best).toBeGreaterThanOrEqual(0.8 * pulls); // the regret of UCB1
    const exploration = bestExploration(numArms, best);
    const regrets = Array.from({ length: 30 }, (_, seed) => {
      const agent = new Exp3(task, { exploration, seed });
      let total = 0;
      for (const arm of foreseen) {
        agent.act(NOTHING, actions);
        const reward = actions[0] === arm ? 0 : 1;
        agent.learn(transition({ action: actions[0], reward }));
        total += reward;
      }
      return best - total;
    });
    expect(meanInterval(regrets).high).toBeLessThan(bound(exploration, numArms, best));
    expect(meanInterval(regrets).high).toBeLessThan(0.1 * best);
  });
});
