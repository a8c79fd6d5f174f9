import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { scriptedRng } from '../helpers/rng.ts';
import { deviationFrom, goldenEpisodes, startFrom } from './control.ts';

describe('CartPole', () => {
  const episodes = goldenEpisodes('CartPole-v1');
  const world = cartPole();

  test.each(episodes)('moves as in Gymnasium 1.4.0, episode %i', (_, golden) => {
    const { finalState, ...exact } = deviationFrom(world, golden);
    expect(exact).toEqual({ observation: 0, reward: 0, otherEnds: [] });
    expect(finalState).toBeLessThan(1e-14);
  });

  test('the golden episodes hold both ends of a fall and hundreds of steps', () => {
    const ends = episodes.filter(([, { terminated }]) => terminated.includes(true));
    expect(ends.length).toBeGreaterThan(0);
    expect(episodes.reduce((sum, [, { actions }]) => sum + actions.length, 0)).toBeGreaterThan(100);
  });

  test('starts with each quantity uniform in ±0.05, one draw each', () => {
    const state = new Float64Array(4);
    world.reset(state, scriptedRng(0, 0.5, 1 - 2 ** -32, 0.25));
    expect(state[0]).toBe(-0.05);
    expect(state[1]).toBe(0);
    expect(state[2]).toBeCloseTo(0.05, 9);
    expect(state[3]).toBe(-0.025);
  });

  test('starts as in Gymnasium 1.4.0 from the same draws', () => {
    // reset(seed=123), and the draws of NumPy's generator behind it.
    expect(
      startFrom(
        world,
        ...[0.6823518632481435, 0.053821018802222675, 0.22035987277261138, 0.1843718106986697],
      ),
    ).toEqual([
      ...[0.018235186324814343, -0.04461789811977773],
      ...[-0.027964012722738865, -0.03156281893013303],
    ]);
  });

  test('lasts 500 steps, or as many as it is told', () => {
    expect([cartPole().timeLimit, cartPole({ timeLimit: 200 }).timeLimit]).toEqual([500, 200]);
    expect(() => cartPole({ timeLimit: 0 })).toThrow(
      'cartPole: timeLimit must be an integer of at least 1, got 0.',
    );
  });

  test('is terminal beyond ±2.4 m and ±12°, not at them', () => {
    const angle = (12 * 2 * Math.PI) / 360;
    const terminal = (x: number, theta: number) =>
      world.isTerminal(Float64Array.of(x, 0, theta, 0));
    expect([terminal(2.4, 0), terminal(-2.4, 0), terminal(0, angle), terminal(0, -angle)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([terminal(2.41, 0), terminal(-2.41, 0), terminal(0, 0.21), terminal(0, -0.21)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('draws the cart where it is and the pole as it leans', () => {
    const scene = world.scene(Float64Array.of(1, 0, Math.PI / 2, 0));
    if (scene.kind !== 'shapes') throw new Error(`expected shapes, got ${scene.kind}.`);
    expect(scene.shapes).toContainEqual(expect.objectContaining({ kind: 'rectangle', x: 1, y: 0 }));
    const pole = scene.shapes.find((shape) => shape.kind === 'line' && shape.color === 'accent');
    if (pole?.kind !== 'line') throw new Error('there is no pole.');
    const [x0, y0, x1, y1] = pole.points;
    expect(x1 - x0).toBeCloseTo(1, 12); // leaning right by 90°, 1 m long
    expect(y1 - y0).toBeCloseTo(0, 12);
  });

  test('survives longer under a simple controller than under random pushes', () => {
    const length = (policy: (state: Float64Array, rng: Alea) => number) => {
      let steps = 0;
      for (let seed = 0; seed < 20; seed++) {
        const rng = new Alea(seed);
        const state = new Float64Array(4);
        world.reset(state, rng);
        for (let t = 0; t < 500 && !world.isTerminal(state); t++, steps++) {
          world.step(state, policy(state, rng), rng);
        }
      }
      return steps / 20;
    };
    expect(length((_, rng) => rng.below(2))).toBeLessThan(40);
    expect(length((state) => (state[2] + 0.2 * state[3] > 0 ? 1 : 0))).toBeGreaterThan(150);
  });
});
