import { describe, expect, test } from 'vitest';
import { pendulum } from '../../envs/control/pendulum.ts';
import {
  deviationFrom,
  distance,
  goldenEpisodes,
  mean,
  returnsOf,
  shapesOf,
  shapesWith,
  startFrom,
  stepFrom,
} from './control.ts';

describe('Pendulum', () => {
  const world = pendulum();
  const turn = (torque: number) => Float32Array.of(torque);
  const { PI } = Math;

  test.each(goldenEpisodes('Pendulum-v1'))(
    'moves as in Gymnasium 1.4.0, episode %i',
    (_, golden) => {
      const deviation = deviationFrom(world, golden);
      expect(deviation.otherEnds).toEqual([]);
      expect(deviation.observation).toBeLessThan(1e-6);
      expect(deviation.reward).toBeLessThan(1e-11);
      expect(deviation.finalState).toBeLessThan(1e-12);
    },
  );

  // One step in Gymnasium 1.4.0 with NumPy 1.26 from `unwrapped.state`. In the first, by hand:
  // 1 + 0.05 · (15 sin 90° + 3 · 0.5) = 1.825, and (π/2)² + 0.1 + 0.001 · 0.25 = 2.56765….
  test.each([
    ['with 0.5 N m', [PI / 2, 1], 0.5, [1.6620463267948966, 1.825], -2.5676511002723394],
    ['with the most, asked for 5', [PI / 2, 1], 5, [1.6732963267948966, 2.05], -2.5714011002723396],
    ['no faster than −8 rad/s', [4, -7.9], -5, [3.6, -8], -11.457935146920741],
    ['no faster than 8 rad/s', [1, 7.9], 2, [1.4, 8], -7.245],
  ])('turns %s', (_, start, torque, expected, reward) => {
    const step = stepFrom(world, [...start, 0], turn(torque));
    const clipped = Math.min(Math.max(torque, -2), 2);
    expect(distance(step.state, [...expected, clipped])).toBeLessThan(1e-14);
    expect(step.reward).toBeCloseTo(reward, 12);
    expect(step.terminal).toBe(false);
  });

  test('takes another gravity', () => {
    // Gymnasium 1.4.0 with g=9.81.
    const { state } = stepFrom(pendulum({ gravity: 9.81 }), [-1, 7.9, 0], turn(2));
    expect(distance(state, [-0.6209556138536205, 7.58088772292759, 2])).toBeLessThan(1e-14);
    expect(stepFrom(pendulum({ gravity: 0 }), [1, 1, 0], turn(0)).state).toEqual([1.05, 1, 0]);
    expect(() => pendulum({ gravity: Infinity })).toThrow(
      'pendulum: gravity must be a finite number, got Infinity.',
    );
  });

  test('costs the same angle the same, however often it has turned', () => {
    const cost = (angle: number) => -stepFrom(world, [angle, 0, 0], turn(0)).reward;
    expect(cost(0)).toBe(0);
    expect([cost(1), cost(-1)]).toEqual([1, 1]);
    for (const turns of [-5, -1, 1, 5]) expect(cost(1 + 2 * PI * turns)).toBeCloseTo(1, 12);
    expect(cost(PI + 0.5)).toBeCloseTo((PI - 0.5) ** 2, 12);
    expect(cost(-PI - 0.5)).toBeCloseTo((PI - 0.5) ** 2, 12);
    expect([cost(PI), cost(-PI), cost(3 * PI)]).toEqual([
      PI * PI,
      PI * PI,
      expect.closeTo(PI * PI),
    ]);
  });

  test('starts at any angle with up to 1 rad/s, in two draws', () => {
    expect(startFrom(world, 0, 0)).toEqual([-PI, -1, 0]);
    expect(startFrom(world, 0.5, 0.75)).toEqual([0, 0.5, 0]);
    // Gymnasium 1.4.0: reset(seed=123), and the draws of NumPy's generator behind it.
    expect(startFrom(world, 0.6823518632481435, 0.053821018802222675)).toEqual([
      1.1457505478975563, -0.8923579623955546, 0,
    ]);
  });

  test('shows cosine, sine and velocity, and not the torque', () => {
    const observation = new Float32Array(3);
    world.observe(Float64Array.of(PI / 6, -3, 2), observation);
    expect(distance(observation, [Math.sqrt(3) / 2, 0.5, -3])).toBeLessThan(1e-7);
  });

  test('draws the rod from the pivot, leaning left for a positive angle', () => {
    const [rod] = shapesWith(shapesOf(world, PI / 6, 0, 0), 'line', 'agent');
    expect(distance(rod.points, [0, 0, -0.5, Math.sqrt(3) / 2])).toBeLessThan(1e-12);
    const [place] = shapesWith(shapesOf(world, 3, 0, 0), 'circle', 'goal');
    expect([place.x, place.y]).toEqual([0, 1]);
    expect(shapesOf(world, PI / 6 + 2 * PI, -1.5, 2).caption).toBe(
      'angle 30.0°, -1.50 rad/s, torque 2.00 N m',
    );
  });

  test('draws the torque as an arrow around the pivot, in its direction', () => {
    const arrow = (torque: number) => {
      const scene = shapesOf(world, 0, 0, torque); // upright: the arrow begins above the pivot
      return shapesWith(scene, 'line', 'highlight').map(({ points }) => points.slice(-2));
    };
    expect(arrow(0)).toEqual([]);
    const [left] = arrow(2); // counterclockwise by 90°
    expect(distance(left, [-0.5, 0])).toBeLessThan(1e-12);
    const [right] = arrow(-1); // clockwise by 45°
    expect(distance(right, [0.5 * Math.SQRT1_2, 0.5 * Math.SQRT1_2])).toBeLessThan(1e-12);
    expect(shapesWith(shapesOf(world, 0, 0, -1), 'polygon', 'highlight')).toHaveLength(1);
  });

  test('is swung up and held by shaping its energy, but not at random', () => {
    const rule = ([angle, spin]: Float64Array) => {
      const tilt = Math.atan2(Math.sin(angle), Math.cos(angle));
      const energy = (spin * spin) / 6 + 5 * Math.cos(tilt); // J, 5 is at rest on top
      if (Math.abs(tilt) < 1) return turn(-10 * tilt - 2 * spin);
      return turn(2 * (5 - energy) * (spin < 0 ? -1 : 1));
    };
    const returns = returnsOf(world, 100, rule);
    // In Gymnasium 1.4.0, seeds 0 … 199: −152.8.
    expect(mean(returns)).toBeGreaterThan(-170);
    expect(Math.min(...returns)).toBeGreaterThan(-400);
    const random = returnsOf(world, 20, (_, rng) => turn(4 * rng.uniform() - 2));
    expect(mean(random)).toBeLessThan(-900);
  });
});
