import { describe, expect, test } from 'vitest';
import { ValueIteration } from '../../agents/planning/value-iteration.ts';
import { discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { cliffWalking } from '../../envs/tabular/cliff-walking.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { evaluate } from '../../training/evaluate.ts';

/** Chance of ending an episode with a reward above 0 within `steps`, by forward recursion. */
function successWithin(
  model: TabularModel,
  policy: (state: number) => number,
  steps: number,
): number {
  let chances = model.startDistribution.slice();
  let success = 0;
  for (let t = 0; t < steps; t++) {
    const next = new Float64Array(model.numStates);
    chances.forEach((chance, state) => {
      const row = state * model.numActions + policy(state);
      for (let i = model.rowStart[row]; chance > 0 && i < model.rowStart[row + 1]; i++) {
        const arrival = chance * model.probability[i];
        if (model.terminated[i] === 0) next[model.nextState[i]] += arrival;
        else if (model.reward[i] > 0) success += arrival;
      }
    });
    chances = next;
  }
  return success;
}

describe('value iteration', () => {
  test('solves a chain whose values can be worked out by hand', () => {
    // 0 → 1 → end with rewards 1 and 2; or from 0 straight to the end with reward 2.5.
    const model = createTabularModel(2, Float64Array.of(1, 0, 0), (state, action) => {
      if (state === 2) return [{ probability: 1, nextState: 2, reward: 0, terminated: true }];
      const leave = state === 1 || action === 1;
      const reward = state === 1 ? 2 : action === 1 ? 2.5 : 1;
      return [{ probability: 1, nextState: leave ? 2 : 1, reward, terminated: leave }];
    });
    const task = { observationSpace: discrete(3), actionSpace: discrete(2), model: () => model };
    const agent = new ValueIteration(task, { discount: 0.9 });
    // v(1) = 2; q(0, on) = 1 + 0.9 · 2 = 2.8 > 2.5
    expect([...agent.values]).toEqual([2.8, 2, 0]);
    expect([...agent.actionValues.table]).toEqual([2.8, 2.5, 2, 2, 0, 0]);
    expect(agent.actionValues.greedyAction(0)).toBe(0);
    const shortSighted = new ValueIteration(task, { discount: 0.5 });
    expect(shortSighted.actionValues.greedyAction(0)).toBe(1); // 1 + 0.5 · 2 = 2 < 2.5
  });

  test('discounts an endless reward to r / (1 − γ), within its bound', () => {
    const model = createTabularModel(1, Float64Array.of(1), () => [
      { probability: 1, nextState: 0, reward: 3, terminated: false },
    ]);
    const task = { observationSpace: discrete(1), actionSpace: discrete(1), model: () => model };
    for (const tolerance of [1e-3, 1e-10]) {
      const { values, errorBound } = new ValueIteration(task, { discount: 0.9, tolerance });
      expect(Math.abs(values[0] - 30)).toBeLessThanOrEqual(errorBound + 1e-12);
      expect(errorBound).toBeLessThanOrEqual((tolerance * 0.9) / 0.1);
    }
    expect(() => new ValueIteration(task, { discount: 1, maxSweeps: 50 })).toThrow(
      'the values still change by 3 after 50 sweeps. Use a smaller discount',
    );
  });

  test('finds the 13 steps along the cliff', () => {
    const cliff = cliffWalking();
    const agent = new ValueIteration(cliff, { discount: 1 });
    expect(agent.values[36]).toBe(-13);
    expect(evaluate(agent.greedy(), cliff, { episodes: 1 }).meanReturn).toBe(-13);
    expect(agent.errorBound).toBeLessThan(1e-11); // every step costs, so episodes are short
  });

  test('crosses the slippery ice with the known chances', () => {
    const lake = frozenLake();
    const model = lake.model?.();
    if (model === undefined) throw new Error('there is no model.');
    const agent = new ValueIteration(lake, { discount: 1, tolerance: 1e-13 });
    // Without a limit the best policy reaches the goal with chance 14/17, its exact value.
    expect(agent.values[0]).toBeCloseTo(14 / 17, 9);
    const within = successWithin(model, (state) => agent.actionValues.greedyAction(state), 100);
    const played = evaluate(agent.greedy(), lake, { episodes: 20_000, seed: 4 }).meanReturn;
    expect(within).toBeGreaterThan(0.735);
    expect(within).toBeLessThan(0.745);
    expect(Math.abs(played - within)).toBeLessThan(4 * Math.sqrt((within * (1 - within)) / 20_000));
  });

  test('satisfies the Bellman optimality equations everywhere', () => {
    const lake = frozenLake({ map: '8x8' });
    const model = lake.model?.();
    if (model === undefined) throw new Error('there is no model.');
    const { values } = new ValueIteration(lake, { discount: 0.97, tolerance: 1e-13 });
    for (let state = 0; state < 64; state++) {
      const backups = [0, 1, 2, 3].map((action) => {
        let sum = 0;
        const row = state * 4 + action;
        for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
          const future = model.terminated[i] ? 0 : 0.97 * values[model.nextState[i]];
          sum += model.probability[i] * (model.reward[i] + future);
        }
        return sum;
      });
      expect(Math.abs(Math.max(...backups) - values[state])).toBeLessThan(1e-11);
    }
  });

  test('shows Q, V and a policy over the best actions', () => {
    const agent = new ValueIteration(cliffWalking(), { discount: 1 });
    const { value, policy, actionValues } = agent.inspect(Float32Array.of(36));
    expect(value).toBe(-13);
    expect([...(policy ?? [])]).toEqual([1, 0, 0, 0]);
    expect([...(actionValues ?? [])]).toEqual([-13, -113, -14, -14]);
  });

  test('needs a model, and options within their ranges', () => {
    expect(() => new ValueIteration(cartPole())).toThrow('the world must have an explicit model');
    const lake = frozenLake();
    expect(() => new ValueIteration(lake, { discount: 1.1 })).toThrow('discount must be between');
    expect(() => new ValueIteration(lake, { tolerance: 0 })).toThrow('tolerance must be a finite');
    expect(() => new ValueIteration(lake, { maxSweeps: 0 })).toThrow(
      'maxSweeps must be an integer',
    );
  });

  test('saves and restores its plan', () => {
    const agent = new ValueIteration(frozenLake(), { discount: 0.9 });
    const other = new ValueIteration(frozenLake(), { discount: 0.5 });
    other.restore(agent.save());
    expect(other.values).toEqual(agent.values);
    expect(other.actionValues.table).toEqual(agent.actionValues.table);
    expect(() => other.restore(new ValueIteration(cliffWalking()).save())).toThrow('of length 16');
  });
});

describe('a model', () => {
  test('whose chances do not sum to 1, or that leads nowhere, is refused', () => {
    const outcome = { probability: 0.5, nextState: 0, reward: 0, terminated: false };
    expect(() => createTabularModel(1, Float64Array.of(1), () => [outcome])).toThrow(
      'createTabularModel: state 0, action 0: the probabilities must be at least 0 and sum to 1, got a sum of 0.5.',
    );
    expect(() =>
      createTabularModel(1, Float64Array.of(1), () => [
        { ...outcome, probability: 1, nextState: 3 },
      ]),
    ).toThrow('the next state must be an integer from 0 to 0, got 3.');
    expect(() => createTabularModel(1, Float64Array.of(0.3), () => [outcome])).toThrow('start');
  });
});
