import { describe, expect, test } from 'vitest';
import { mountainCar } from '../../envs/control/mountain-car.ts';
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

describe('MountainCar', () => {
  const world = mountainCar();

  test.each(goldenEpisodes('MountainCar-v0'))(
    'moves as in Gymnasium 1.4.0, episode %i',
    (_, golden) => {
      const { finalState, ...exact } = deviationFrom(world, golden);
      expect(exact).toEqual({ observation: 0, reward: 0, otherEnds: [] });
      expect(finalState).toBeLessThan(1e-15);
    },
  );

  // One step in Gymnasium 1.4.0 from `unwrapped.state`; the recorded episodes reach no bound.
  test.each([
    ['pushes right', [-0.5, 0.01], 2, [-0.48917684300416925, 0.010823156995830743]],
    ['coasts', [-1.2, 0], 1, [-1.1977581039591645, 0.0022418960408353682]],
    ['stops dead at the wall', [-1.19, -0.05], 0, [-1.2, 0]],
    ['ends at the goal', [0.48, 0.03], 2, [0.5106739407281546, 0.030673940728154634]],
    ['stays in the world behind the goal', [0.59, 0.03], 2, [0.6, 0.031494722036522774]],
  ])('%s', (_, state, action, expected) => {
    const step = stepFrom(world, state, action);
    expect(step).toEqual({ state: expected, reward: -1, terminal: expected[0] >= 0.5 });
  });

  test('is no faster than 0.07 m per step, either way', () => {
    // 3x = ±π: the steepest slope gives 0.0025, the engine 0.001 more.
    const steep = Math.PI / 3;
    expect(stepFrom(world, [-steep, 0.0699], 2).state[1]).toBe(0.07);
    expect(stepFrom(world, [0, -0.0699], 0).state[1]).toBe(-0.07);
    expect(stepFrom(world, [0, 0.0699], 2).state[1]).toBeCloseTo(0.0699 + 0.001 - 0.0025, 15);
  });

  test('is terminal from 0.5 m on, unless it rolls back', () => {
    const terminal = (...state: number[]) => world.isTerminal(Float64Array.from(state));
    expect([terminal(0.5, 0), terminal(0.6, 0.07)]).toEqual([true, true]);
    expect([terminal(0.4999999, 0.07), terminal(0.5, -1e-9)]).toEqual([false, false]);
  });

  test('can ask for a velocity at the goal', () => {
    const hasty = mountainCar({ goalVelocity: 0.05 });
    expect(hasty.isTerminal(Float64Array.of(0.55, 0.05))).toBe(true);
    expect(hasty.isTerminal(Float64Array.of(0.55, 0.0499))).toBe(false);
    expect(() => mountainCar({ goalVelocity: 0.08 })).toThrow(
      'mountainCar: goalVelocity must be between -0.07 and 0.07, got 0.08.',
    );
  });

  test('starts at rest between −0.6 and −0.4 m, with one draw', () => {
    expect(startFrom(world, 0)).toEqual([-0.6, 0]);
    expect(startFrom(world, 1 - 2 ** -53)[0]).toBeCloseTo(-0.4, 12);
    // Gymnasium 1.4.0: reset(seed=123), and the draw of NumPy's generator behind it.
    expect(startFrom(world, 0.6823518632481435)).toEqual([-0.4635296273503713, 0]);
  });

  test('draws the car on its slope, and the flag at the goal', () => {
    const scene = shapesOf(world, -0.3, 0);
    const [body] = shapesWith(scene, 'rectangle', 'agent');
    const slope = Math.atan(0.45 * 3 * Math.cos(-0.9)); // derivative of 0.45 sin 3x + 0.55
    expect(body.rotation).toBeCloseTo(slope, 12);
    for (const wheel of shapesWith(scene, 'circle', 'text')) {
      const ground = 0.45 * Math.sin(3 * wheel.x) + 0.55;
      expect(Math.abs(wheel.y - ground - wheel.radius / Math.cos(slope))).toBeLessThan(0.005);
      const above = (body.y - wheel.y) * Math.cos(slope) - (body.x - wheel.x) * Math.sin(slope);
      expect(above).toBeCloseTo(0.03, 12); // half the height of the body
    }
    const [pole] = shapesWith(scene, 'line', 'goal');
    expect(pole.points[0]).toBe(0.5);
    expect(pole.points[1]).toBeCloseTo(0.45 * Math.sin(1.5) + 0.55, 12);
    expect(scene.caption).toBe('position -0.30 m, velocity 0.0000 m/step');
  });

  test('draws the car upright in the middle of the valley, clear of the wall at the left end', () => {
    const [atRest] = shapesWith(shapesOf(world, -Math.PI / 6, 0), 'rectangle', 'agent');
    expect(atRest.rotation).toBeCloseTo(0, 12);
    expect(atRest.x).toBeCloseTo(-Math.PI / 6, 12);
    const scene = shapesOf(world, -1.2, 0);
    const [wall] = shapesWith(scene, 'rectangle', 'muted');
    for (const wheel of shapesWith(scene, 'circle', 'text')) {
      expect(wheel.x - wheel.radius).toBeGreaterThan(wall.x + wall.width / 2);
    }
  });

  test('is left by pumping energy, but not by pushing right or at random', () => {
    const pumped = returnsOf(world, 100, ([, velocity]) => (velocity >= 0 ? 2 : 0));
    expect(mean(pumped)).toBeCloseTo(-119.3, 0); // in Gymnasium 1.4.0, seeds 0 … 99: −120.0
    expect(Math.min(...pumped)).toBeGreaterThan(-130);
    expect(Math.max(...returnsOf(world, 20, () => 2))).toBe(-200);
    expect(Math.max(...returnsOf(world, 20, (_, rng) => rng.below(3)))).toBe(-200);
  });

  test('is solved by a rule in position and velocity that swings as seldom as it can', () => {
    // Between two curves of the phase plane push right, else left.
    const rule = ([x, velocity]: Float64Array) => {
      const low = Math.min(-0.09 * (x + 0.25) ** 2 + 0.03, 0.3 * (x + 0.9) ** 4 - 0.008);
      const high = -0.07 * (x + 0.38) ** 2 + 0.07;
      return low <= velocity && velocity <= high ? 2 : 0;
    };
    // In Gymnasium 1.4.0, seeds 0 … 99: −106.9.
    expect(mean(returnsOf(world, 100, rule))).toBeGreaterThan(-110);
  });
});
