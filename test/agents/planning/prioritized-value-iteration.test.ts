import { describe, expect, test } from 'vitest';
import { prioritizedValueIteration } from '../../../agents/planning/prioritized-value-iteration.ts';
import { createTabularModel } from '../../../core/tabular-model.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { modelOf } from '../../envs/solve.ts';

describe('prioritized value iteration', () => {
  // To stay is best in the corner, for ever: 1 / (1 − γ), which a sweep nears by γ a time.
  const corner = createTabularModel(2, Float64Array.of(0.5, 0.5), (state, action) => [
    {
      probability: 1,
      nextState: action === 0 ? state : 1 - state,
      reward: state,
      terminated: false,
    },
  ]);

  test('finds at once what staying for ever is worth', () => {
    const plan = prioritizedValueIteration(corner, { discount: 0.999 });
    expect(plan.values[1]).toBeCloseTo(1000, 9);
    expect(plan.values[0]).toBeCloseTo(999, 9);
    expect(plan.sweeps).toBeLessThan(6);
  });

  test('backs up a way to the goal about once, where all else is right from the beginning', () => {
    // Along a corridor with the one reward at its end, only what comes before it changes.
    const cells = { G: { terminal: true, reward: 1 } };
    const map = [`S${'.'.repeat(98)}G`];
    const model = modelOf(gridWorld({ map, cells, stepReward: 0 }));
    const plan = prioritizedValueIteration(model, { discount: 0.9 });
    expect(plan.values[0]).toBeCloseTo(0.9 ** 98, 12);
    expect(plan.sweeps).toBeLessThan(2 + 3); // two looks at all states
  });

  test('takes the most wrong states first', () => {
    // From either end of a corridor a reward spreads. The large one goes all the way, wherever it
    // meets the small one: who lets both go at once has backed up half of the states in vain.
    const cells = { A: { terminal: true, reward: 1000 }, B: { terminal: true, reward: 1 } };
    const map = [`A${'.'.repeat(49)}S${'.'.repeat(48)}B`];
    const model = modelOf(gridWorld({ map, cells, stepReward: 0 }));
    const plan = prioritizedValueIteration(model, { discount: 0.999 });
    expect(plan.values[98]).toBeCloseTo(1000 * 0.999 ** 97, 9);
    expect(plan.sweeps).toBeLessThan(2 + 2.1); // each state, and once more for what follows it
  });

  test('stops after as many backups as it may take', () => {
    const model = modelOf(gridWorld({ map: [`S${'.'.repeat(98)}G`], slip: 0.2 }));
    expect(() => prioritizedValueIteration(model, { discount: 0.99, maxSweeps: 3 })).toThrow(
      'prioritizedValueIteration: the values still change by',
    );
    const endless = createTabularModel(1, Float64Array.of(1, 0), (state) => [
      { probability: 1, nextState: 1 - state, reward: 1, terminated: false },
    ]);
    expect(() => prioritizedValueIteration(endless, { discount: 1, maxSweeps: 9 })).toThrow(
      'prioritizedValueIteration: the values still change by',
    );
  });
});
