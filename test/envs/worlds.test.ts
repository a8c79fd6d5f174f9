import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { bestArm } from '../../envs/bandits/arms.ts';
import { kArmedBandit } from '../../envs/bandits/k-armed-bandit.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { cliffWalking } from '../../envs/tabular/cliff-walking.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { discretizeObservation } from '../../envs/wrappers/discretize-observation.ts';
import { timeLimit } from '../../envs/wrappers/time-limit.ts';
import { scriptedRng } from '../helpers/rng.ts';

describe('FrozenLake', () => {
  // One uniform draw a step: below 1/3 it slips to one side, above 2/3 to the other.
  test.each([
    [0.1, 4], // asked for right (2), slips down (1)
    [0.5, 1], // goes right
    [0.9, 0], // slips up (3), against the edge
  ])('with a draw of %f a step right from the start leads to cell %i', (draw, cell) => {
    const state = Float64Array.of(0, -1, 0);
    frozenLake().step(state, 2, scriptedRng(draw));
    expect(state[0]).toBe(cell);
  });

  test('rewards the goal alone, and ends there and in holes', () => {
    const lake = frozenLake({ slippery: false });
    const walk = (...actions: number[]) => {
      const state = new Float64Array(3);
      lake.reset(state, scriptedRng(0));
      const rewards = actions.map((action) => lake.step(state, action, scriptedRng(0)));
      return { rewards, ended: lake.isTerminal(state) };
    };
    expect(walk(1, 1, 2, 2, 1, 2)).toEqual({ rewards: [0, 0, 0, 0, 0, 1], ended: true });
    expect(walk(2, 1)).toEqual({ rewards: [0, 0], ended: true });
    expect(walk(2, 2)).toEqual({ rewards: [0, 0], ended: false });
  });

  test('takes rewards for goal, hole and ice', () => {
    const lake = frozenLake({ slippery: false, rewardSchedule: [10, -5, -1] });
    const state = Float64Array.of(1, -1, 0);
    expect(lake.step(state, 1, scriptedRng(0))).toBe(-5);
    expect(lake.step(Float64Array.of(0, -1, 0), 1, scriptedRng(0))).toBe(-1);
    expect(lake.step(Float64Array.of(14, -1, 0), 2, scriptedRng(0))).toBe(10);
  });

  test('draws the agent in its cell, facing the way it went', () => {
    expect(frozenLake().scene(Float64Array.of(6, 1, 0))).toMatchObject({
      kind: 'grid',
      rows: 4,
      columns: 4,
      tokens: [{ kind: 'agent', row: 1, column: 2, facing: [0, 1] }],
    });
  });
});

describe('CliffWalking', () => {
  test('costs 1 a step, and a fall costs 100 and leads back to the start', () => {
    const cliff = cliffWalking();
    const state = Float64Array.of(36, -1, 0);
    expect(cliff.step(state, 1, scriptedRng(0))).toBe(-100);
    expect([state[0], cliff.isTerminal(state)]).toEqual([36, false]);
    expect(cliff.step(state, 0, scriptedRng(0))).toBe(-1);
    expect(state[0]).toBe(24);
  });

  test('has a best return of −13', () => {
    const cliff = cliffWalking();
    const state = Float64Array.of(36, -1, 0);
    const path = [0, ...new Array(11).fill(1), 2];
    const total = path.reduce((sum, action) => sum + cliff.step(state, action, scriptedRng(0)), 0);
    expect([total, cliff.isTerminal(state)]).toEqual([-13, true]);
  });
});

describe('the k-armed bandit', () => {
  test('draws its true values from N(0, 1), afresh for each episode', () => {
    const bandit = kArmedBandit({ numArms: 1000 });
    const rng = new Alea(1);
    const state = new Float64Array(bandit.stateSize);
    bandit.reset(state, rng);
    const first = state.slice(0, 1000);
    const mean = first.reduce((sum, x) => sum + x, 0) / 1000;
    const variance = first.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 999;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(1000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 1000));
    bandit.reset(state, rng);
    expect(state.slice(0, 1000)).not.toEqual(first);
  });

  test('rewards a pull with the true value and the noise', () => {
    const bandit = kArmedBandit({ numArms: 2, rewardDeviation: 2 });
    const state = Float64Array.of(0.5, -1, -1, 0);
    expect(bandit.step(state, 1, scriptedRng(0.25))).toBe(-1 + 2 * 0.25);
    expect([...state]).toEqual([0.5, -1, 1, -0.5]);
  });

  test('knows its best arm', () => {
    expect(bestArm([0.1, 3, 3, -1], 4)).toBe(1);
  });

  test('draws a bar a unit of reward around each true value, and the actions at their bars', () => {
    const scene = kArmedBandit({ numArms: 2 }).scene(Float64Array.of(0.5, -1, 1, -0.7));
    if (scene.kind !== 'shapes') throw new Error(`expected shapes, got ${scene.kind}.`);
    const bars = scene.shapes.filter((shape) => shape.kind === 'rectangle');
    expect(bars.map(({ y, height }) => [y, height])).toEqual([
      [0.5, 2],
      [-1, 2],
    ]);
    expect(bars.map(({ x }) => x)).toEqual(scene.actionPositions);
    expect(scene.shapes).toContainEqual(
      expect.objectContaining({ kind: 'circle', y: -0.7, x: scene.actionPositions?.[1] }),
    );
  });
});

describe('discretized observations', () => {
  const options = { bins: [1, 2, 3, 1], low: [-1, -1, -1, -1], high: [1, 1, 2, 1] };
  const world = discretizeObservation(cartPole(), options);
  const cell = (...state: number[]) => {
    const observation = new Float32Array(1);
    world.observe(Float64Array.from(state), observation);
    return observation[0];
  };

  test('number the cells row-major, the last element fastest', () => {
    expect(world.observationSpace.n).toBe(6);
    expect([cell(0, -0.5, -0.5, 0), cell(0, -0.5, 0.5, 0), cell(0, -0.5, 1.5, 0)]).toEqual([
      0, 1, 2,
    ]);
    expect([cell(0, 0.5, -0.5, 0), cell(0, 0.5, 1.5, 0)]).toEqual([3, 5]);
  });

  test('put what lies outside into the outermost cells', () => {
    expect(cell(9, -9, -9, 9)).toBe(0);
    expect(cell(-9, 9, 9, -9)).toBe(5);
    expect(cell(0, 1, 2, 0)).toBe(5); // exactly at the upper ends
  });

  test('leave physics and drawing alone', () => {
    const state = Float64Array.of(0.1, 0.2, 0.03, 0.4);
    const twin = state.slice();
    world.step(state, 1, scriptedRng());
    cartPole().step(twin, 1, scriptedRng());
    expect(state).toEqual(twin);
    expect(world.scene(state).kind).toBe('shapes');
  });

  test.each([
    [{ ...options, bins: [2, 2, 2] }, 'bins must be a list of 4 numbers'],
    [{ ...options, bins: [2, 0, 2, 2] }, 'bins[1] must be an integer of at least 1, got 0.'],
    [{ ...options, low: [-Infinity, -1, -1, -1] }, 'low[0] must be a finite number'],
    [{ ...options, high: [-1, 1, 1, 1] }, 'low[0] = -1 must be below high[0] = -1.'],
    [{ ...options, bins: [5000, 5000, 1, 1] }, 'the number of cells must be an integer from 1'],
  ])('refuse %j', (bad, message) => {
    expect(() => discretizeObservation(cartPole(), bad)).toThrow(message);
  });
});

test('a time limit takes the place of the world’s own', () => {
  expect(timeLimit(cartPole(), { steps: 20 }).timeLimit).toBe(20);
  expect(() => timeLimit(cartPole(), { steps: 0 })).toThrow(
    'steps must be an integer of at least 1',
  );
});
