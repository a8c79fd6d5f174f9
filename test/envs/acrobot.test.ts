import { describe, expect, test } from 'vitest';
import { acrobot } from '../../envs/control/acrobot.ts';
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

describe('Acrobot', () => {
  const world = acrobot();
  const nips = acrobot({ dynamics: 'nips' });
  const { PI } = Math;

  test.each(goldenEpisodes('Acrobot-v1'))(
    'moves as in Gymnasium 1.4.0, episode %i',
    (_, golden) => {
      const deviation = deviationFrom(world, golden);
      expect(deviation).toMatchObject({ reward: 0, otherEnds: [] });
      expect(deviation.observation).toBeLessThan(1e-6);
      expect(deviation.finalState).toBeLessThan(1e-12);
    },
  );

  // Steps in Gymnasium 1.4.0 from `unwrapped.state`, each row from the one before.
  const PATHS = {
    book: [
      [0.5, -0.4, 1, -2],
      [0.6366467417400951, -0.7310520256991764, 0.337253937259848, -1.2580809534575308],
      [0.6179417421386607, -0.8604650684472576, -0.5190055604036931, -0.027448387167572363],
      [0.4249462320821147, -0.7118014875717784, -1.3779804945724816, 1.4963833838726845],
    ],
    nips: [
      [0.5, -0.4, 1, -2],
      [0.6385166800204306, -0.7359810055226241, 0.35193872950538885, -1.2974818490390052],
      [0.6224903609936926, -0.8730093864193795, -0.5061978241098075, -0.06636054122779589],
      [0.434508113197534, -0.7391730306153407, -1.3317167923759063, 1.3631165270326449],
    ],
  } as const;
  test.each(['book', 'nips'] as const)('takes torques −1, 0, 1 by the equations of %s', (name) => {
    const path = PATHS[name];
    for (const action of [0, 1, 2]) {
      const { state, reward } = stepFrom(acrobot({ dynamics: name }), path[action], action);
      expect(distance(state, path[action + 1])).toBeLessThan(1e-14);
      expect(reward).toBe(-1);
    }
  });

  test('wraps the angles and bounds the velocities', () => {
    // Gymnasium 1.4.0 from states at the bounds: the first speed reaches 4π.
    const fast = stepFrom(world, [3, 0.1, 3, 20], 2).state;
    const expected = [-1.1022379754809384, 2.338551272628712, 4 * PI, -3.844566994678118];
    expect(distance(fast, expected)).toBeLessThan(1e-13);
    const backward = stepFrom(world, [-3, -0.1, -3, -20], 0).state; // its mirror image
    expect(
      distance(
        backward,
        expected.map((x) => -x),
      ),
    ).toBeLessThan(1e-13);
    const turned = stepFrom(world, [-3, -3.1, -12.5, -28.2], 0).state;
    const end = [-2.922920698178363, 0.004764477838774539, -8.659532951010604, -23.759375043975236];
    expect(distance(turned, end)).toBeLessThan(1e-13);
  });

  test('bounds the second velocity at 9π rad/s, either way', () => {
    // Gymnasium 1.4.0.
    const fast = stepFrom(world, [-1.8, 0.5, 2.5, 25.9], 2).state;
    const expected = [0.619322668630619, -2.684957074174577, 11.104938507844402, 9 * PI];
    expect(distance(fast, expected)).toBeLessThan(1e-13);
    expect(stepFrom(world, [1.8, -0.5, -2.5, -25.9], 0).state[3]).toBe(-9 * PI);
  });

  test('rests where it hangs, and keeps its energy where no torque acts', () => {
    expect(distance(stepFrom(world, [0, 0, 0, 0], 1).state, [0, 0, 0, 0])).toBeLessThan(1e-15);
    // Kinetic and potential energy of two rods of 1 kg and 1 m whose inertia is 1 kg m².
    const energy = ([angle1, angle2, spin1, spin2]: readonly number[]) => {
      const outer = spin1 + spin2;
      const speed2 = spin1 * spin1 + 0.25 * outer * outer + spin1 * outer * Math.cos(angle2);
      const kinetic = 0.5 * (0.25 * spin1 * spin1 + speed2 + spin1 * spin1 + outer * outer);
      return kinetic - 9.8 * (1.5 * Math.cos(angle1) + 0.5 * Math.cos(angle1 + angle2));
    };
    const start = [0.5, -0.4, 0.3, -0.2];
    let state: readonly number[] = start;
    for (let t = 0; t < 10; t++) state = stepFrom(world, state, 1).state;
    expect(distance(state, start)).toBeGreaterThan(0.1);
    expect(Math.abs(energy(state) - energy(start))).toBeLessThan(0.01);
    let strange: readonly number[] = start; // the paper's equations lose a term, and with it this
    for (let t = 0; t < 10; t++) strange = stepFrom(nips, strange, 1).state;
    expect(Math.abs(energy(strange) - energy(start))).toBeGreaterThan(0.01);
  });

  test('is terminal with its end above 1 m, not at it, and then costs nothing', () => {
    const terminal = (...angles: [number, number]) =>
      world.isTerminal(Float64Array.of(...angles, 0, 0));
    expect([terminal(0, 0), terminal(0, PI), terminal(PI / 2, 0)]).toEqual([false, false, false]);
    expect([terminal(PI / 2, PI / 2), terminal((2 * PI) / 3 - 1e-9, 0)]).toEqual([false, false]);
    expect([terminal((2 * PI) / 3 + 1e-9, 0), terminal(PI, 0)]).toEqual([true, true]);
    // cos(2π/3 ± ε) are −0.5 − 2⁻⁵² and −0.5 + 2⁻⁵²: together 1 m to the bit.
    expect(terminal(2.0943951023931957, -(2 ** -51))).toBe(false);
    // Gymnasium 1.4.0: the step that reaches the line, and one that falls back below it.
    expect(stepFrom(world, [2, 0, 2, 1], 2)).toMatchObject({ reward: 0, terminal: true });
    expect(stepFrom(world, [1.9, 0, 0, 0], 2)).toMatchObject({ reward: -1, terminal: false });
  });

  test('starts with each of the four uniform in ±0.1, rounded to float32', () => {
    expect(startFrom(world, 0, 0.5, 0.25, 0.75)).toEqual([-0.1, 0, -0.05, 0.05].map(Math.fround));
    // Gymnasium 1.4.0: reset(seed=123), and the draws of NumPy's generator behind it.
    expect(
      startFrom(
        world,
        ...[0.6823518632481435, 0.053821018802222675, 0.22035987277261138, 0.1843718106986697],
      ),
    ).toEqual([
      ...[0.03647037222981453, -0.08923579752445221],
      ...[-0.055928025394678116, -0.06312564015388489],
    ]);
  });

  test('shows cosines and sines of both angles, then the velocities', () => {
    const observation = new Float32Array(6);
    world.observe(Float64Array.of(PI / 2, -PI / 6, 3, -4), observation);
    const expected = [0, 1, Math.sqrt(3) / 2, -0.5, 3, -4];
    expect(distance(observation, expected)).toBeLessThan(1e-7);
  });

  test('draws two links of 1 m from the pivot, and the line 1 m above it', () => {
    const scene = shapesOf(world, PI / 2, PI / 2, 0, 0); // to the right, then up
    const [inner] = shapesWith(scene, 'line', 'muted');
    const [outer] = shapesWith(scene, 'line', 'accent');
    expect(distance(inner.points, [0, 0, 1, 0])).toBeLessThan(1e-12);
    expect(distance(outer.points, [1, 0, 1, 1])).toBeLessThan(1e-12);
    const [tip] = shapesWith(scene, 'circle', 'agent');
    expect(distance([tip.x, tip.y], [1, 1])).toBeLessThan(1e-12);
    const [line] = shapesWith(scene, 'line', 'goal');
    expect([line.points[1], line.points[3]]).toEqual([1, 1]);
    expect(shapesOf(world, 0, 0, 0, 0).caption).toBe('free end at -2.00 m, line at 1 m');
  });

  test('is swung up by a torque against the inner link, but not at random', () => {
    const against = ([, , spin]: Float64Array) => (spin >= 0 ? 0 : 2);
    const returns = returnsOf(world, 100, against);
    // In Gymnasium 1.4.0, seeds 0 … 99: −85.1.
    expect(mean(returns)).toBeGreaterThan(-90);
    expect(Math.min(...returns)).toBeGreaterThan(-300);
    expect(mean(returnsOf(world, 10, (_, rng) => rng.below(3)))).toBeLessThan(-450);
  });

  test('refuses other equations', () => {
    expect(() => acrobot({ dynamics: 'book ' as 'book' })).toThrow(
      'acrobot: dynamics must be one of book, nips, got "book ". Did you mean "book"?',
    );
  });
});

test('ends as soon as the inner link is above the horizontal and the outer one points straight up', () => {
  const world = acrobot();
  const upright = (angle: number) => Float64Array.of(angle, Math.PI - angle, 0, 0);
  for (const side of [-1, 1]) {
    expect(world.isTerminal(upright(side * 1.58))).toBe(true); // 1 − cos 1.58 = 1.009 m
    expect(world.isTerminal(upright(side * 1.56))).toBe(false); // 1 − cos 1.56 = 0.989 m
  }
});
