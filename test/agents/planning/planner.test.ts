import { describe, expect, test } from 'vitest';
import { PolicyIteration } from '../../../agents/planning/policy-iteration.ts';
import { RelativeValueIteration } from '../../../agents/planning/relative-value-iteration.ts';
import { ValueIteration } from '../../../agents/planning/value-iteration.ts';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import { box, discrete } from '../../../core/space.ts';
import { createTabularModel } from '../../../core/tabular-model.ts';
import { maskedChoice } from '../../../envs/diagnostics/masked-choice.ts';
import { accessControl } from '../../../envs/tabular/access-control.ts';
import { blackjack } from '../../../envs/tabular/blackjack.ts';
import { cliffWalking } from '../../../envs/tabular/cliff-walking.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { gamblersProblem } from '../../../envs/tabular/gamblers-problem.ts';
import { taxi } from '../../../envs/tabular/taxi.ts';
import { evaluate } from '../../../training/evaluate.ts';

const PLANNERS = agentEntries().filter(({ family }) => family === 'planning');

function defaultsOf(name: string): object {
  return PLANNERS.find((entry) => entry.name === name)?.defaults ?? {};
}

/** The others plan for the average reward. */
function hasDiscount(name: string): boolean {
  return 'discount' in defaultsOf(name);
}

describe.each(PLANNERS.map(({ name }) => name))('%s', (name) => {
  const withoutDiscount = hasDiscount(name) ? { discount: 1 } : {};

  test('makes only choices that are legal, and the best of them', () => {
    const agent = makeAgent(name, maskedChoice(), withoutDiscount);
    const { meanReturn } = evaluate(agent.greedy(), maskedChoice(), { episodes: 1 });
    expect(meanReturn).toBe(-5);
  });

  test('needs a model, integers to see and to act with, and options within their ranges', () => {
    const task = { observationSpace: discrete(2), actionSpace: discrete(2) };
    expect(() => makeAgent(name, task)).toThrow('the world must have an explicit model');
    const real = { ...cliffWalking(), actionSpace: box([0], [3]) };
    expect(() => makeAgent(name, real)).toThrow('actions must be Discrete, got Box(1)');
    expect(() => makeAgent(name, cliffWalking(), { horizon: 1 })).toThrow(
      'unknown option "horizon"',
    );
    const bad = 'maxSweeps' in defaultsOf(name) ? { maxSweeps: 0 } : { maxIterations: 0 };
    expect(() => makeAgent(name, cliffWalking(), bad)).toThrow('must be an integer of at least 1');
  });
});

test.each(PLANNERS.map(({ name }) => name).filter(hasDiscount))(
  '%s takes 13 steps along the cliff',
  (name) => {
    const agent = makeAgent(name, cliffWalking(), { discount: 1 });
    expect(evaluate(agent.greedy(), cliffWalking(), { episodes: 1 }).meanReturn).toBe(-13);
  },
);

describe('a planner', () => {
  test('acts by its policy where several actions are as good', () => {
    const maze = createTabularModel(2, Float64Array.of(1), (_, action) => [
      { probability: 1, nextState: 0, reward: 0, terminated: action === 1 },
    ]);
    const task = { observationSpace: discrete(1), actionSpace: discrete(2), model: () => maze };
    for (const agent of [
      new PolicyIteration(task, { discount: 1 }),
      new ValueIteration(task, { discount: 1 }),
    ]) {
      const actions = new Int32Array(1);
      agent.act(new Float32Array(1), actions);
      expect(actions[0]).toBe(1); // to stay is worth 0 as well, and never ends
      expect([...(agent.inspect(new Float32Array(1)).policy ?? [])]).toEqual([0, 1]);
      agent.act(new Float32Array(1), actions, Uint8Array.of(1, 0));
      expect(actions[0]).toBe(0);
    }
  });

  test('acts as in the first of the states that look the same', () => {
    // States 0 and 1 both show 1, and are best left by different actions.
    const model = createTabularModel(2, Float64Array.of(0.5, 0.5, 0), (state, action) => [
      { probability: 1, nextState: 2, reward: action === state ? 1 : 0, terminated: true },
    ]);
    const observations = Int32Array.of(1, 1, 0);
    const agent = new PolicyIteration({
      observationSpace: discrete(2),
      actionSpace: discrete(2),
      model: () => ({ ...model, observations }),
    });
    const actions = Int32Array.of(9);
    agent.act(Float32Array.of(1), actions);
    expect(actions[0]).toBe(0);
    expect(agent.inspect(Float32Array.of(1)).value).toBe(1);
  });

  test('plays worlds whose states are not all shown', () => {
    const rules = { sab: false, natural: true } as const;
    const agent = new PolicyIteration(blackjack(rules), { discount: 1 });
    const { meanReturn } = evaluate(agent, blackjack(rules), { episodes: 20_000, seed: 1 });
    expect(Math.abs(meanReturn + 0.0237)).toBeLessThan(0.03);
    const fickle = taxi({ ficklePassenger: true, masked: true });
    const driver = new PolicyIteration(fickle, { discount: 1 });
    expect(evaluate(driver, fickle, { episodes: 500, seed: 1 }).meanReturn).toBeGreaterThan(5);
  });

  test('never stakes what it has not', () => {
    const world = gamblersProblem();
    const agent = new PolicyIteration(world, { discount: 1 });
    const { meanReturn } = evaluate(agent, world, { episodes: 20_000, seed: 2 });
    const mean = agent.values.subarray(1, 100).reduce((sum, value) => sum + value, 0) / 99;
    expect(Math.abs(meanReturn - mean)).toBeLessThan(4 * Math.sqrt(0.25 / 20_000));
  });

  test('shows the average reward it plans for', () => {
    const agent = new RelativeValueIteration(accessControl());
    expect(agent.plan.averageReward).toBeCloseTo(2.747641950572538, 9);
    expect(agent.metrics().sweeps).toBeGreaterThan(1);
  });

  test('restores the policy with the values', () => {
    const agent = new PolicyIteration(frozenLake(), { discount: 1 });
    const other = new PolicyIteration(frozenLake(), { discount: 0 });
    expect(other.plan.policy).not.toEqual(agent.plan.policy);
    other.restore(agent.save());
    expect(other.plan.policy).toEqual(agent.plan.policy);
    const saved = agent.save();
    expect(() => other.restore({ ...saved, policy: new Int32Array(3) })).toThrow('policy');
  });
});
