import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { accessControl } from '../../envs/tabular/access-control.ts';
import {
  BAIRDS_BEHAVIOR_POLICY,
  BAIRDS_FEATURES,
  BAIRDS_INITIAL_WEIGHTS,
  BAIRDS_TARGET_POLICY,
  bairdsCounterexample,
} from '../../envs/tabular/bairds-counterexample.ts';
import { cliffWalking } from '../../envs/tabular/cliff-walking.ts';
import { gamblersProblem } from '../../envs/tabular/gamblers-problem.ts';
import { gridWorld } from '../../envs/tabular/grid-world.ts';
import { infiniteVariance } from '../../envs/tabular/infinite-variance.ts';
import { jacksCarRental } from '../../envs/tabular/jacks-car-rental.ts';
import { maximizationBias } from '../../envs/tabular/maximization-bias.ts';
import {
  blockingMaze,
  CHANGING_MAZE_MAPS,
  dynaMaze,
  shortcutMaze,
} from '../../envs/tabular/mazes.ts';
import { racetrack } from '../../envs/tabular/racetrack.ts';
import { randomWalk } from '../../envs/tabular/random-walk.ts';
import { gridworld4x3, gridworld4x4, gridworld5x5 } from '../../envs/tabular/small-gridworlds.ts';
import { windyGridworld } from '../../envs/tabular/windy-gridworld.ts';
import { scriptedRng } from '../helpers/rng.ts';
import {
  backup,
  bestReturn,
  evaluate,
  evenly,
  modelOf,
  outcomesOf,
  printed,
  solve,
} from './solve.ts';

// Numbers with many digits are from: python bench/peers/known_values.py. The others are printed in
// Sutton & Barto (2018), or follow from a line of arithmetic.

describe('small gridworlds', () => {
  test('Example 4.1: the values of the random policy, figure 4.1', () => {
    const model = modelOf(gridworld4x4());
    expect(printed(evaluate(model, evenly(4), 1), 4)).toEqual([
      '0.0 -14.0 -20.0 -22.0',
      '-14.0 -18.0 -20.0 -20.0',
      '-20.0 -20.0 -18.0 -14.0',
      '-22.0 -20.0 -14.0 0.0',
    ]);
    expect(model.startDistribution.filter((chance) => chance > 0)).toHaveLength(14);
  });

  test('Example 3.5: the values of the random policy, figure 3.2', () => {
    expect(printed(evaluate(modelOf(gridworld5x5()), evenly(4), 0.9), 5)).toEqual([
      '3.3 8.8 4.4 5.3 1.5',
      '1.5 3.0 2.3 1.9 0.5',
      '0.1 0.7 0.7 0.4 -0.4',
      '-1.0 -0.4 -0.4 -0.6 -1.2',
      '-1.9 -1.3 -1.2 -1.4 -2.0',
    ]);
  });

  test('Example 3.8: the best values, figure 3.5', () => {
    expect(printed(solve(gridworld5x5(), 0.9).values, 5)).toEqual([
      '22.0 24.4 22.0 19.4 17.5',
      '19.8 22.0 19.8 17.8 16.0',
      '17.8 19.8 17.8 16.0 14.4',
      '16.0 17.8 16.0 14.4 13.0',
      '14.4 16.0 14.4 13.0 11.7',
    ]);
  });

  test('Example 3.5 writes A, A′, B and B′ into their cells', () => {
    const { labels = [] } = gridworld5x5().scene(Float64Array.of(0, -1, 0)) as GridScene;
    expect([1, 3, 13, 21].map((cell) => labels[cell])).toEqual(['A', 'B', 'B′', 'A′']);
  });

  test('Russell & Norvig, figure 16.3 of the 4th edition: the best values', () => {
    const { values } = solve(gridworld4x3(), 1);
    const shown = [0, 1, 2, 4, 6, 8, 9, 10, 11].map((cell) => values[cell].toFixed(4));
    expect(shown).toEqual([
      ...['0.8516', '0.9078', '0.9578'],
      ...['0.8016', '0.7003'],
      ...['0.7453', '0.6953', '0.6514', '0.4279'],
    ]);
  });

  test('Example 6.6: the best way along the cliff takes 13 steps', () => {
    expect(bestReturn(cliffWalking())).toBe(-13);
  });
});

describe('the windy gridworld', () => {
  test.each([
    ['four', -15],
    ['king', -7],
    ['king-or-stay', -7],
  ] as const)('with moves %s has a best return of %i', (moves, expected) => {
    expect(bestReturn(windyGridworld({ moves }))).toBe(expected);
  });

  test('has the best returns that are known in a stochastic wind', () => {
    const best = (moves: 'four' | 'king') =>
      bestReturn(windyGridworld({ moves, stochasticWind: true }));
    expect(best('king')).toBeCloseTo(-10.96460905349426, 8);
    expect(best('four')).toBeCloseTo(-20.628257887509484, 8);
  });
});

describe('random walks', () => {
  const predict = (id: string) => solve(makeDynamics(id), 1).values;

  test('Example 6.2: the true values are 1/6 … 5/6', () => {
    predict('RandomWalk-v0')
      .slice(1, 6)
      .forEach((value, i) => {
        expect(value).toBeCloseTo((i + 1) / 6, 9);
      });
  });

  test('Example 7.1: the true values are −0.9 … 0.9', () => {
    predict('RandomWalk19-v0')
      .slice(1, 20)
      .forEach((value, i) => {
        expect(value).toBeCloseTo((i - 9) / 10, 8);
      });
  });

  test('Example 9.1: the true values are those of the linear system', () => {
    const values = predict('RandomWalk1000-v0');
    const expected = [
      [1, -0.9219604605455651],
      [100, -0.7541769571527501],
      [250, -0.47270174078248167],
      [500, -0.0009434956833586706],
      [1000, 0.921960460545564],
    ];
    for (const [state, value] of expected) expect(values[state]).toBeCloseTo(value, 8);
  });

  test('begin in the middle, end at the ends, and give the ends the rest of the chances', () => {
    const starts = [5, 19, 1000].map((numStates) =>
      modelOf(randomWalk({ numStates })).startDistribution.indexOf(1),
    );
    expect(starts).toEqual([3, 10, 500]);
    const model = modelOf(randomWalk({ numStates: 5, reach: 3, leftReward: -2 }));
    expect(outcomesOf(model, 2, 0)).toEqual([
      [2 / 6, 0, -2, true],
      [1 / 6, 1, 0, false],
      [1 / 6, 3, 0, false],
      [1 / 6, 4, 0, false],
      [1 / 6, 5, 0, false],
    ]);
    expect(outcomesOf(model, 5, 0).at(-1)).toEqual([3 / 6, 6, 1, true]);
  });

  test('are drawn with every state in one cell', () => {
    const scene = randomWalk({ numStates: 100 }).scene(Float64Array.of(57, 0, 0)) as GridScene;
    expect([scene.rows, scene.columns]).toEqual([3, 40]);
    expect(scene.tokens).toEqual([{ kind: 'agent', row: 1, column: 17 }]);
    expect(scene.cellObservations?.slice(100, 103)).toEqual([100, 101, -1]);
    expect(scene.tiles.filter((tile) => tile === 'goal')).toHaveLength(2);
  });
});

describe('the gambler’s problem', () => {
  const world = gamblersProblem();
  const { values, actionValues } = solve(world, 1, 1e-14);
  const bestStakes = (capital: number) => {
    const best = [];
    for (let stake = 1; stake <= Math.min(capital, 100 - capital); stake++) {
      const value = actionValues.row(capital)[stake - 1];
      if (Math.abs(value - values[capital]) < 1e-9) best.push(stake);
    }
    return best;
  };

  // Bold play is best: V(50) = p, V(25) = p², V(75) = p + (1 − p) p.
  test('has the values of bold play', () => {
    expect(values[50]).toBeCloseTo(0.4, 12);
    expect(values[25]).toBeCloseTo(0.16, 12);
    expect(values[75]).toBeCloseTo(0.64, 12);
    expect(values[12]).toBeLessThan(0.4 * values[25]);
  });

  test('has the spikes of figure 4.3: all at 50, to the goal at 75, to 50 at 25', () => {
    expect([25, 50, 75].map(bestStakes)).toEqual([[25], [50], [25]]);
    expect(bestStakes(51)).toEqual([1, 49]);
    expect(bestStakes(12)).toEqual([12]);
  });

  test('with a fair coin is won with the chance capital / goal, however it is played', () => {
    const fair = solve(gamblersProblem({ headsProbability: 0.5, goal: 20 }), 1, 1e-14);
    for (const capital of [1, 7, 10, 19]) expect(fair.values[capital]).toBeCloseTo(capital / 20, 9);
  });

  test('allows no stake beyond the capital or what is missing', () => {
    const legal = (capital: number) => {
      const mask = new Uint8Array(50);
      world.actionMask?.(Float64Array.of(capital, -1, 0), mask);
      return mask.reduce((sum, allowed) => sum + allowed, 0);
    };
    expect([1, 10, 50, 60, 99].map(legal)).toEqual([1, 10, 50, 40, 1]);
  });
});

// A row of figure 4.2 each, 20 cars at the first location at the top; 0 … a move −5 … 5 cars.
const FIGURE_4_2 = [
  ...['aaaa99888877777666555', 'aaa998877776666655555', 'aaa988776666555555555'],
  ...['aaa987766555555555555', 'aaa987665555555555555', 'aaa987655555555555555'],
  ...['aa9987655555555555555', 'aa9887655555555555555', 'aa9877655555555555555'],
  ...['a99876655555555555555', '998876555555555555555', '988776555555555555555'],
  ...['887766555555555555555', '877665555555555555555', '776655555555555555555'],
  ...['666555555555555555555', '555555555555555555544', '555555555555555444443'],
  ...['555555555554444433333', '555555555444333332222', '555555554433322222111'],
];
const EXERCISE_4_7 = [
  ...['aaa998766656666666665', 'aaa988766654666666665', 'aaa987766654666666665'],
  ...['aaa987666654666666665', 'aa9987666654666666665', 'aaaaaa666654666666665'],
  ...['aa9999966654666666665', 'a99888886654888888665', 'a98877777657777777775'],
  ...['998776666666666666666', '988766666656555555555', '887766666654555555555'],
  ...['877666666654555555555', '776666666554355555555', '766666665554355555555'],
  ...['666666555554325555554', '666665555554321444444', '666655555554321033333'],
  ...['665555555444321022222', '655555554433321021111', '555555544332221011000'],
];

describe('Jack’s car rental', () => {
  const policyOf = (rows: readonly string[]) => (state: number) =>
    Number.parseInt(rows[20 - Math.floor(state / 21)][state % 21], 16);

  /** The actions that are best by the values of a policy. */
  function improved(world: Dynamics, values: Float64Array): number[] {
    const model = modelOf(world);
    const mask = new Uint8Array(11);
    return Array.from(values, (_, state) => {
      world.actionMask?.(Float64Array.of(state, -1, 0), mask);
      const worth = Array.from(mask, (legal, action) =>
        legal ? backup(model, state * 11 + action, values, 0.9) : -Infinity,
      );
      return worth.indexOf(Math.max(...worth));
    });
  }

  test.each([
    ['figure 4.2', false, FIGURE_4_2, [421.41406339651115, 574.9483239852451, 636.9896068043665]],
    ['Exercise 4.7', true, EXERCISE_4_7, [429.9463049642919, 580.9639731052108, 603.5367009161812]],
  ])('has the best policy of %s, with its values', (_, modified, rows, expected) => {
    const world = jacksCarRental({ modified });
    const policy = policyOf(rows);
    const onehot = Array.from({ length: 11 }, (_, action) =>
      Array.from({ length: 11 }, (_, other) => (other === action ? 1 : 0)),
    );
    const values = evaluate(modelOf(world), (state) => onehot[policy(state)], 0.9);
    const shown = [0, 10 * 21 + 10, 440].map((state) => values[state]);
    shown.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 7);
    });
    expect(improved(world, values)).toEqual(Array.from(values, (_, state) => policy(state)));
  });

  test('moves no more cars than there are', () => {
    const world = jacksCarRental();
    const mask = new Uint8Array(11);
    world.actionMask?.(Float64Array.of(2 * 21 + 3, -1, 0), mask);
    expect([...mask]).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
  });

  test('is drawn as in figure 4.2', () => {
    const scene = jacksCarRental().scene(Float64Array.of(18 * 21 + 4, -1, 0)) as GridScene;
    expect(scene.tokens).toEqual([{ kind: 'agent', row: 2, column: 4 }]);
    expect(scene.cellObservations?.[2 * 21 + 4]).toBe(18 * 21 + 4);
  });
});

describe('the racetrack', () => {
  test.each([
    ['left', 0, [-10, -10, -10, -10, -11, -11.4]],
    ['left', 0.1, [-11.029578, -11.093163, -11.613068, -11.686497, -11.93947, -12.805689]],
    ['right', 0.1, [-10.150497, -9.405059, -9.322414, -9.233141, -9.150497, -8.405059]],
  ] as const)('%s with noise %f has the best returns that are known', (track, noise, expected) => {
    const world = racetrack({ track, noise });
    const { values } = solve(world, 1);
    const starts: number[] = [];
    modelOf(world).startDistribution.forEach((chance, state) => {
      if (chance > 0) starts.push(state);
    });
    expected.forEach((value, i) => {
      expect(values[starts[i]]).toBeCloseTo(value, 5);
    });
  });

  test('puts the car that leaves the track back to the start, at rest', () => {
    const world = racetrack({ noise: 0 });
    const rng = new Alea(1);
    const state = createState(world) as Float64Array;
    world.reset(state, rng);
    const start = world.scene(state) as GridScene;
    expect(start.tiles[start.tokens[0].row * 17 + start.tokens[0].column]).toBe('start');
    for (let t = 0; t < 3; t++) expect(world.step(state, 5, rng)).toBe(-1); // faster to the right
    const scene = world.scene(state) as GridScene;
    expect(scene.tokens[0].row).toBe(31);
    expect(world.isTerminal(state)).toBe(false);
  });

  test('lets nothing stop the car off the start', () => {
    const world = racetrack({ noise: 0 });
    const scene = world.scene(Float64Array.of(0, -1, 0)) as GridScene;
    const cell = (row: number, column: number) => (scene.cellObservations ?? [])[row * 17 + column];
    const model = modelOf(world);
    const speedUp = 5; // one cell a step upward
    expect(outcomesOf(model, cell(20, 4) + speedUp, 1)).toEqual([
      [1, cell(19, 4) + speedUp, -1, false],
    ]);
    expect(outcomesOf(model, cell(31, 4), 4)).toEqual([[1, cell(31, 4), -1, false]]);
  });
});

describe('mazes', () => {
  const steps = (map: readonly string[]) => -bestReturn(gridWorld({ map }));

  test('have the shortest ways of the book', () => {
    expect(0.95 ** 13).toBeCloseTo(bestReturn(dynaMaze(), 0.95), 12);
    expect(steps(CHANGING_MAZE_MAPS.right)).toBe(10);
    expect(steps(CHANGING_MAZE_MAPS.left)).toBe(16);
    expect(steps(CHANGING_MAZE_MAPS.both)).toBe(10);
  });

  const SHORT = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
  const LONG = [3, 3, 3, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];

  /** Rewards of going a way again and again. */
  function walk(world: Dynamics, way: readonly number[], times: number): number[] {
    const state = createState(world) as Float64Array;
    world.reset(state, new Alea(1));
    return Array.from({ length: times }, () => {
      let total = 0;
      for (const action of way) {
        total += world.step(state, action as never, scriptedRng(0));
        expect(world.isTerminal(state)).toBe(false);
      }
      return total;
    });
  }

  test('Example 8.2: the short way is blocked after the change, and the long one is open', () => {
    expect(walk(blockingMaze({ changeAfter: 30 }), SHORT, 4)).toEqual([1, 1, 1, 0]);
    expect(walk(blockingMaze({ changeAfter: 0 }), LONG, 2)).toEqual([1, 1]);
    expect(walk(blockingMaze({ changeAfter: 1000 }), LONG, 1)).toEqual([0]);
  });

  test('Example 8.3: the short way opens with the change, and the long one stays open', () => {
    expect(walk(shortcutMaze({ changeAfter: 30 }), LONG, 4)).toEqual([1, 1, 1, 1]);
    expect(walk(shortcutMaze({ changeAfter: 0 }), SHORT, 2)).toEqual([1, 1]);
    expect(walk(shortcutMaze({ changeAfter: 1000 }), SHORT, 1)).toEqual([0]);
  });

  test('change after 1000 and 3000 steps, as in the book', () => {
    expect(walk(blockingMaze(), SHORT, 101).slice(-2)).toEqual([1, 0]);
    const gap = (steps: number) => {
      const { tiles } = shortcutMaze().scene(Float64Array.of(0, -1, 0, steps)) as GridScene;
      return tiles[3 * 9 + 8];
    };
    expect([gap(2999), gap(3000)]).toEqual(['wall', 'floor']);
  });

  test('let out who stands where a wall comes', () => {
    const world = blockingMaze({ changeAfter: 5 });
    const state = Float64Array.of(3 * 9 + 8, -1, 0, 5);
    world.step(state, 0, scriptedRng(0));
    expect(state[0]).toBe(2 * 9 + 8);
  });

  test('have a model only where they do not change', () => {
    expect(blockingMaze().model).toBeUndefined();
    expect(modelOf(blockingMaze({ changeAfter: 0 })).numStates).toBe(54);
  });
});

describe('access control', () => {
  test('has the best average reward and the best policy that are known', () => {
    // Relative value iteration: h(s) ← maxₐ Σ p (r + h(s′)) − the same for a reference state.
    const model = modelOf(accessControl());
    let values = new Float64Array(44);
    let gain = 0;
    const q = (state: number, action: number) => backup(model, state * 2 + action, values, 1);
    for (let sweep = 0; sweep < 3000; sweep++) {
      const next = values.map((_, state) => Math.max(q(state, 0), q(state, 1)));
      gain = next[40];
      values = next.map((value) => value - gain);
    }
    expect(gain).toBeCloseTo(2.747641950572538, 8);
    const acceptsFrom = [0, 1, 2, 3].map((kind) => {
      const free = Array.from({ length: 10 }, (_, i) => i + 1);
      return free.find((count) => q(count * 4 + kind, 1) > q(count * 4 + kind, 0)) ?? null;
    });
    expect(acceptsFrom).toEqual([null, 4, 1, 1]);
  });

  test('cannot accept without a free server', () => {
    const model = modelOf(accessControl());
    for (let kind = 0; kind < 4; kind++) {
      expect(outcomesOf(model, kind, 1)).toEqual(outcomesOf(model, kind, 0));
    }
  });

  test('begins with all servers free, any kind of customer next', () => {
    const { startDistribution } = modelOf(accessControl());
    expect([...startDistribution.slice(40)]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

describe('maximization bias', () => {
  const world = maximizationBias();

  test('goes left to B for nothing, and right to the end', () => {
    const state = Float64Array.of(0);
    expect(world.step(state, 0, scriptedRng())).toBe(0);
    expect([state[0], world.isTerminal(state)]).toEqual([1, false]);
    const other = Float64Array.of(0);
    expect(world.step(other, 1, scriptedRng())).toBe(0);
    expect(world.isTerminal(other)).toBe(true);
  });

  test('pays N(−0.1, 1) in B, whatever is done', () => {
    for (const action of [0, 9]) {
      const state = Float64Array.of(1);
      expect(world.step(state, action, scriptedRng(1.5))).toBeCloseTo(-0.1 + 1.5, 12);
      expect(world.isTerminal(state)).toBe(true);
    }
  });

  test('has two actions in A and ten in B', () => {
    const mask = new Uint8Array(10);
    world.actionMask?.(Float64Array.of(0), mask);
    expect([...mask]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    world.actionMask?.(Float64Array.of(1), mask);
    expect([...mask]).toEqual(new Array(10).fill(1));
  });
});

describe('infinite variance', () => {
  const model = modelOf(infiniteVariance());

  test('ends going right for nothing, and going left once in ten times for 1', () => {
    expect(outcomesOf(model, 0, 1)).toEqual([[1, 0, 0, true]]);
    expect(outcomesOf(model, 0, 0)).toEqual([
      [0.9, 0, 0, false],
      [0.1, 0, 1, true],
    ]);
    expect([...model.startDistribution]).toEqual([1]);
  });

  test('is worth 1 to who always goes left, and 1/11 to who tosses a coin', () => {
    // v = ½ (0.1 + 0.9 v)
    expect(evaluate(model, () => [1, 0], 1)[0]).toBeCloseTo(1, 9);
    expect(evaluate(model, evenly(2), 1)[0]).toBeCloseTo(1 / 11, 9);
  });
});

describe('Baird’s counterexample', () => {
  test('goes to the upper states with the dashed action, and to the lower with the solid', () => {
    const model = modelOf(bairdsCounterexample());
    for (let state = 0; state < 7; state++) {
      expect(outcomesOf(model, state, 0)).toEqual(
        [0, 1, 2, 3, 4, 5].map((upper) => [1 / 6, upper, 0, false]),
      );
      expect(outcomesOf(model, state, 1)).toEqual([[1, 6, 0, false]]);
    }
  });

  // Equation 11.9: w ← w + α/7 Σₛ (E_π[γ v̂(S′)] − v̂(s)) x(s), with α = 0.01 and γ = 0.99.
  test('makes even dynamic programming with its features diverge, as in figure 11.2', () => {
    const value = (weights: readonly number[], state: number) =>
      BAIRDS_FEATURES[state].reduce((sum, x, i) => sum + x * weights[i], 0);
    let weights = [...BAIRDS_INITIAL_WEIGHTS];
    expect(BAIRDS_FEATURES.map((_, state) => value(weights, state))).toEqual([
      3, 3, 3, 3, 3, 3, 12,
    ]);
    for (let sweep = 0; sweep < 1000; sweep++) {
      const next = [...weights];
      BAIRDS_FEATURES.forEach((features, state) => {
        const error = 0.99 * value(weights, 6) - value(weights, state);
        features.forEach((x, i) => {
          next[i] += (0.01 / 7) * error * x;
        });
      });
      weights = next;
    }
    expect(weights[7]).toBeGreaterThan(50);
    expect(weights.every((weight) => weight < 400)).toBe(true);
  });

  test('has policies that are distributions, and reach all states evenly', () => {
    expect(BAIRDS_BEHAVIOR_POLICY[0] / 6).toBeCloseTo(BAIRDS_BEHAVIOR_POLICY[1], 12);
    for (const policy of [BAIRDS_BEHAVIOR_POLICY, BAIRDS_TARGET_POLICY]) {
      expect(policy[0] + policy[1]).toBeCloseTo(1, 12);
    }
  });
});

test.each(['Gridworld5x5-v0', 'JacksCarRental-v0', 'AccessControl-v0', 'BairdsCounterexample-v0'])(
  '%s is a continuing task: it never terminates',
  (id) => {
    const world = makeDynamics(id);
    expect(modelOf(world).terminated.includes(1)).toBe(false);
    expect(world.timeLimit).toBe(Infinity);
  },
);

test.each([
  [() => windyGridworld({ moves: 'queen' as 'king' }), 'moves must be one of four'],
  [() => randomWalk({ numStates: 0 }), 'randomWalk: numStates must be an integer'],
  [() => randomWalk({ reach: 0 }), 'randomWalk: reach must be an integer'],
  [() => gamblersProblem({ headsProbability: 2 }), 'headsProbability must be between 0 and 1'],
  [() => gamblersProblem({ goal: 1 }), 'gamblersProblem: goal must be an integer'],
  [() => jacksCarRental({ maxCars: 21 }), 'maxCars must be an integer from 1 to 20, got 21.'],
  [() => racetrack({ track: 'middle' as 'left' }), 'racetrack: track must be one of left, right'],
  [() => racetrack({ noise: -1 }), 'racetrack: noise must be between 0 and 1, got -1.'],
  [() => blockingMaze({ changeAfter: 0.5 }), 'blockingMaze: changeAfter must be an integer'],
  [() => shortcutMaze({ changeAfter: -1 }), 'shortcutMaze: changeAfter must be an integer'],
  [() => accessControl({ numServers: 0 }), 'accessControl: numServers must be an integer'],
  [() => accessControl({ freeProbability: 2 }), 'freeProbability must be between 0 and 1'],
  [() => maximizationBias({ numActions: 1 }), 'numActions must be an integer from 2'],
])('refuse what is out of range, %#', (build, message) => {
  expect(build).toThrow(RangeError);
  expect(build).toThrow(message);
});
