import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { readGolden } from '../helpers/golden.ts';
import { scriptedRng } from '../helpers/rng.ts';

interface GoldenEpisode {
  readonly initialState: readonly number[];
  readonly initialObservation: readonly number[];
  readonly actions: readonly number[];
  readonly observations: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  readonly terminated: readonly boolean[];
  readonly finalState: readonly number[];
}

describe('CartPole', () => {
  const episodes =
    readGolden<Record<string, GoldenEpisode[]>>('classic-control.json.gz')['CartPole-v1'];
  const world = cartPole();

  test.each(episodes.map((episode, i) => [i, episode] as const))(
    'moves as in Gymnasium 1.4.0, episode %i',
    (_, golden) => {
      const state = Float64Array.from(golden.initialState);
      const observation = new Float32Array(4);
      world.observe(state, observation);
      expect([...observation]).toEqual(golden.initialObservation);
      golden.actions.forEach((action, t) => {
        const reward = world.step(state, action, scriptedRng());
        world.observe(state, observation);
        observation.forEach((x, i) => {
          expect(Math.abs(x - golden.observations[t][i]), `step ${t}, element ${i}`).toBeLessThan(
            1e-6,
          );
        });
        expect(reward).toBe(golden.rewards[t]);
        expect(world.isTerminal(state)).toBe(golden.terminated[t]);
      });
      state.forEach((x, i) => {
        expect(Math.abs(x - golden.finalState[i])).toBeLessThan(1e-9);
      });
    },
  );

  test('the golden episodes hold both ends of a fall and hundreds of steps', () => {
    expect(episodes.filter((episode) => episode.terminated.includes(true)).length).toBeGreaterThan(
      0,
    );
    expect(episodes.reduce((sum, { actions }) => sum + actions.length, 0)).toBeGreaterThan(100);
  });

  test('starts with each quantity uniform in ±0.05, one draw each', () => {
    const state = new Float64Array(4);
    world.reset(state, scriptedRng(0, 0.5, 1 - 2 ** -32, 0.25));
    expect(state[0]).toBe(-0.05);
    expect(state[1]).toBe(0);
    expect(state[2]).toBeCloseTo(0.05, 9);
    expect(state[3]).toBe(-0.025);
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
