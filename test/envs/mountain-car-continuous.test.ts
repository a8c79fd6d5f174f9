import { describe, expect, test } from 'vitest';
import { mountainCarContinuous } from '../../envs/control/mountain-car-continuous.ts';
import {
  deviationFrom,
  goldenEpisodes,
  mean,
  returnsOf,
  shapesOf,
  shapesWith,
  startFrom,
  stepFrom,
} from './control.ts';

describe('MountainCarContinuous', () => {
  const world = mountainCarContinuous();
  const push = (force: number) => Float32Array.of(force);
  const { fround } = Math;

  test.each(goldenEpisodes('MountainCarContinuous-v0'))(
    'moves as in Gymnasium 1.4.0, to the bit, episode %i',
    (_, golden) => {
      expect(deviationFrom(world, golden)).toEqual({
        observation: 0,
        reward: 0,
        finalState: 0,
        otherEnds: [],
      });
    },
  );

  // One step in Gymnasium 1.4.0 with NumPy 1.26 from a float64 `unwrapped.state`.
  test.each([
    ['half a push', [-0.5, 0.01], 0.5, [-0.489426851272583, 0.010573157109320164], -0.025],
    ['a push beyond 1', [-0.5, 0.01], 3, [-0.48867684602737427, 0.011323156766593456], -0.9],
    ['a push below −1', [-0.5, 0.01], -3, [-0.49167683720588684, 0.008323157206177711], -0.9],
    ['into the wall', [-1.19, -0.05], 0, [-1.2000000476837158, 0], 0],
    ['out of the valley', [0.43, 0.03], 1, [0.460807204246521, 0.030807197093963623], 99.9],
    ['behind the goal', [0.59, 0.03], 1, [0.6000000238418579, 0.03199472278356552], 99.9],
  ])('%s moves and costs as in Gymnasium', (_, state, force, expected, reward) => {
    const step = stepFrom(world, state, push(force));
    expect(step.state).toEqual(expected);
    expect(step.reward).toBeCloseTo(reward, 12);
    expect(step.terminal).toBe(reward > 0);
  });

  test('is no faster than 0.07 m per step, either way', () => {
    expect(stepFrom(world, [-1, 0.0699], push(1)).state[1]).toBe(fround(0.07));
    expect(stepFrom(world, [0, -0.0699], push(-1)).state[1]).toBe(fround(-0.07));
  });

  test('is terminal from 0.45 m on, unless it rolls back', () => {
    const terminal = (...state: number[]) => world.isTerminal(Float64Array.from(state));
    expect([terminal(0.45, 0), terminal(0.6, 0.07)]).toEqual([true, true]);
    expect([terminal(0.4499999, 0.07), terminal(0.45, -1e-9)]).toEqual([false, false]);
  });

  test('can ask for a velocity at the goal, and gives the prize only then', () => {
    const hasty = mountainCarContinuous({ goalVelocity: 0.05 });
    const late = stepFrom(hasty, [0.43, 0.03], push(1));
    expect([late.reward, late.terminal]).toEqual([-0.1, false]); // Gymnasium, goal_velocity=0.05
    const early = stepFrom(hasty, [0.43, 0.06], push(0));
    expect([early.reward, early.terminal]).toEqual([100, true]);
    expect(() => mountainCarContinuous({ goalVelocity: -1 })).toThrow(
      'mountainCarContinuous: goalVelocity must be between -0.07 and 0.07, got -1.',
    );
  });

  test('starts at rest between −0.6 and −0.4 m, with one draw that is not rounded', () => {
    expect(startFrom(world, 0)).toEqual([-0.6, 0]);
    // Gymnasium 1.4.0: reset(seed=123), and the draw of NumPy's generator behind it.
    expect(startFrom(world, 0.6823518632481435)).toEqual([-0.4635296273503713, 0]);
  });

  test('draws the car where it is, and the flag at its own goal', () => {
    const scene = shapesOf(world, -Math.PI / 6, 0.01);
    const [body] = shapesWith(scene, 'rectangle', 'agent');
    expect([body.x, body.rotation]).toEqual([
      expect.closeTo(-Math.PI / 6, 12),
      expect.closeTo(0, 12),
    ]);
    const [pole] = shapesWith(scene, 'line', 'goal');
    expect(pole.points[0]).toBe(0.45);
    expect(scene.caption).toBe('position -0.52 m, velocity 0.0100 m/step');
  });

  test('is solved by pushing the way it rolls, the cheaper the gentler', () => {
    const along = (force: number) => (state: Float64Array) => push(state[1] >= 0 ? force : -force);
    // In Gymnasium 1.4.0, seeds 0 … 99: 95.6 with 0.6.
    const gentle = returnsOf(world, 100, along(0.6));
    expect(mean(gentle)).toBeCloseTo(95.6, 1);
    expect(Math.min(...gentle)).toBeGreaterThan(90);
    // About 107 steps of 0.1 each.
    expect(mean(returnsOf(world, 100, along(1)))).toBeCloseTo(89.3, 1);
    expect(Math.max(...returnsOf(world, 5, () => push(1)))).toBeCloseTo(-99.9, 6); // never arrives
  });
});
