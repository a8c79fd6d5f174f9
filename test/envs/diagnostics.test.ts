import { describe, expect, expectTypeOf, test } from 'vitest';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Env } from '../../core/env.ts';
import type { Rng } from '../../core/rng.ts';
import type { GridScene, ShapesScene } from '../../core/scene.ts';
import type { Box, Discrete, Space } from '../../core/space.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import type { Transitions } from '../../core/transitions.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { catchBall, tabularCatch } from '../../envs/diagnostics/catch.ts';
import { deepSea, rightActions, tabularDeepSea } from '../../envs/diagnostics/deep-sea.ts';
import {
  discountingChain,
  tabularDiscountingChain,
} from '../../envs/diagnostics/discounting-chain.ts';
import { endless } from '../../envs/diagnostics/endless.ts';
import { identityBox } from '../../envs/diagnostics/identity-box.ts';
import { identityDiscrete } from '../../envs/diagnostics/identity-discrete.ts';
import { maskedChoice } from '../../envs/diagnostics/masked-choice.ts';
import { memoryChain } from '../../envs/diagnostics/memory-chain.ts';
import { tabularUmbrellaChain, umbrellaChain } from '../../envs/diagnostics/umbrella-chain.ts';
import { envEntries, make, makeDynamics } from '../../envs/registry.ts';
import { scriptedRng } from '../helpers/rng.ts';
import { bestReturn, modelOf, outcomesOf, solve } from './solve.ts';

// The worlds of bsuite did the same as its code, at commit effafc0, in 360 episodes of random
// actions: observations, rewards and ends. What is drawn was set to what its generator had drawn.

type World = Dynamics<Space, Discrete, Float64Array>;

/** A start state from the given draws, all of which must be used. */
function startFrom(world: Dynamics<Space, Space, Float64Array>, ...draws: number[]): Float64Array {
  const state = new Float64Array(world.stateSize).fill(Number.NaN);
  const rng = scriptedRng(...draws);
  world.reset(state, rng);
  expect(() => rng.uniform()).toThrow('no draw is left');
  return state;
}

/** What the world shows in `state`. */
function shown(world: Dynamics<Space, Space, Float64Array>, state: Float64Array): number[] {
  const observation = new Float32Array(rowSize(world.observationSpace)).fill(Number.NaN);
  world.observe(state, observation);
  return [...observation];
}

/** The rewards of actions until the last of them, which must be the one that ends the episode. */
function rewardsOf(
  world: World,
  state: Float64Array,
  actions: readonly number[],
  rng: Rng = new Alea(1),
): number[] {
  return actions.map((action, t) => {
    const reward = world.step(state, action, rng);
    expect(world.isTerminal(state), `the end after step ${t}`).toBe(t === actions.length - 1);
    return reward;
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);
const repeat = (count: number, action: number) => new Array<number>(count).fill(action);

describe('Catch', () => {
  const board = (world: World, state: Float64Array, columns: number) => {
    const cells = shown(world, state);
    return Array.from({ length: cells.length / columns }, (_, row) =>
      cells.slice(row * columns, (row + 1) * columns).join(''),
    );
  };

  test('shows the ball and the paddle; the ball falls a row a step', () => {
    const world = catchBall({ rows: 4, columns: 3 });
    const state = startFrom(world, 0.9);
    expect(board(world, state, 3)).toEqual(['001', '000', '000', '010']);
    expect(world.step(state, 0, new Alea(1))).toBe(0);
    expect(board(world, state, 3)).toEqual(['000', '001', '000', '100']);
    expect(world.step(state, 0, new Alea(1))).toBe(0);
    expect(board(world, state, 3)).toEqual(['000', '000', '001', '100']); // stopped by the edge
    expect(world.isTerminal(state)).toBe(false);
    expect(world.step(state, 2, new Alea(1))).toBe(-1);
    expect(board(world, state, 3)).toEqual(['000', '000', '000', '011']);
    expect(world.isTerminal(state)).toBe(true);
  });

  test('gives 1 for the ball caught, −1 for the ball missed, after rows − 1 steps', () => {
    const world = catchBall();
    const fromTheRight = () => startFrom(world, 0.99); // ball in column 4, paddle in 2
    const caught = [2, 2, ...repeat(7, 1)];
    expect(rewardsOf(world, fromTheRight(), caught)).toEqual([...repeat(8, 0), 1]);
    expect(rewardsOf(world, fromTheRight(), repeat(9, 2))).toEqual([...repeat(8, 0), 1]);
    expect(rewardsOf(world, fromTheRight(), repeat(9, 1))).toEqual([...repeat(8, 0), -1]);
    expect(world.observationSpace.shape).toEqual([10, 5]);
  });

  test('begins with the ball anywhere in the top row and the paddle in the middle', () => {
    const tops = [0.1, 0.3, 0.5, 0.7, 0.9].map((draw) => {
      const world = catchBall();
      const rows = board(world, startFrom(world, draw), 5);
      expect(rows[9]).toBe('00100');
      return rows[0];
    });
    expect(tops).toEqual(['10000', '01000', '00100', '00010', '00001']);
  });

  test('has a best return of 1 on 10×5, and not where the board is too low', () => {
    expect(bestReturn(tabularCatch())).toBe(1);
    // With 2 rows there is one move: of 5 balls the paddle gets to 3, so 3/5 − 2/5.
    expect(bestReturn(tabularCatch({ rows: 2 }))).toBeCloseTo(0.2, 12);
    expect(modelOf(tabularCatch()).numStates).toBe(10 * 5 * 5);
  });

  test('shows the number of the state to tables, and plays on as the board does', () => {
    const [seen, numbered] = [catchBall(), tabularCatch()];
    const state = startFrom(numbered, 0.99);
    expect(shown(numbered, state)).toEqual([4 * 5 + 2]);
    expect(startFrom(seen, 0.99)).toEqual(state);
    expect(seen.model).toBeUndefined();
    expect(Object.keys(seen)).not.toContain('model');
  });

  test('draws the paddle at the bottom, facing the way it went, and the ball', () => {
    const world = catchBall();
    const state = startFrom(world, 0.99);
    world.step(state, 2, new Alea(1));
    expect(world.scene(state)).toMatchObject({
      kind: 'grid',
      rows: 10,
      columns: 5,
      tokens: [
        { kind: 'agent', row: 9, column: 3, facing: [1, 0] },
        { kind: 'object', row: 1, column: 4 },
      ],
      caption: 'the ball lands in 8 steps',
    });
    for (let t = 0; t < 8; t++) world.step(state, 2, new Alea(1));
    expect(world.scene(state).caption).toBe('caught');
  });
});

describe('DeepSea', () => {
  /** Right all the way from the top left. */
  const diagonal = (size: number, seed: number) => {
    const right = rightActions(size, seed);
    return Array.from({ length: size }, (_, i) => right[i * size + i]);
  };

  test('draws the actions that go right as bsuite does, for its seed 42', () => {
    // numpy.random.RandomState(42).binomial(1, 0.5, [10, 10])
    const rows = Array.from({ length: 10 }, (_, row) =>
      rightActions(10, 42)
        .subarray(row * 10, (row + 1) * 10)
        .join(''),
    );
    expect(rows).toEqual([
      ...['0111000111', '0110000100', '1000010110', '1001110010', '0001010110'],
      ...['1111110000', '0010010101', '1001111000', '1100001110', '0111101000'],
    ]);
    expect(rightActions(10, 43)).not.toEqual(rightActions(10, 42));
  });

  test('the treasure is worth 1 − 0.01, and only right all the way gets there', () => {
    const world = deepSea();
    const best = diagonal(10, 42);
    const rewards = rewardsOf(world, startFrom(world, 0), best);
    expect(rewards).toEqual([...repeat(9, -0.01 / 10), 1 - 0.01 / 10]);
    expect(sum(rewards)).toBeCloseTo(0.99, 12);
    for (let t = 0; t < 10; t++) {
      const other = best.map((action, i) => (i === t ? 1 - action : action));
      expect(sum(rewardsOf(world, startFrom(world, 0), other))).toBeLessThanOrEqual(0);
    }
  });

  test.each([2, 5, 10, 30])('has a best return of 0.99 with size %i', (size) => {
    expect(bestReturn(tabularDeepSea({ size }))).toBeCloseTo(0.99, 10);
    expect(modelOf(tabularDeepSea({ size })).numStates).toBe((size + 1) * size);
  });

  test('left goes left for nothing, and the edges stop a move', () => {
    const world = tabularDeepSea({ size: 4, randomizeActions: false });
    const model = modelOf(world);
    const cost = -0.01 / 4;
    expect(outcomesOf(model, 0, 0)).toEqual([[1, 4, 0, false]]);
    expect(outcomesOf(model, 0, 1)).toEqual([[1, 5, cost, false]]);
    expect(outcomesOf(model, 6, 0)).toEqual([[1, 9, 0, false]]);
    expect(outcomesOf(model, 11, 1)).toEqual([[1, 15, cost, false]]); // right edge, not the last row
    expect(outcomesOf(model, 15, 1)).toEqual([[1, 19, 1 + cost, true]]);
    expect(outcomesOf(model, 15, 0)).toEqual([[1, 18, 0, true]]);
    expect(outcomesOf(model, 14, 1)).toEqual([[1, 19, cost, true]]); // beside the treasure
  });

  test('shows the diver’s cell, and nothing on the sea floor', () => {
    const world = deepSea({ size: 3, randomizeActions: false });
    const state = startFrom(world, 0);
    const seen = [shown(world, state).join('')];
    for (const action of [1, 0, 1]) {
      world.step(state, action, new Alea(1));
      seen.push(shown(world, state).join(''));
    }
    expect(seen).toEqual(['100000000', '000010000', '000000100', '000000000']);
    expect(world.isTerminal(state)).toBe(true);
    expect(world.observationSpace.shape).toEqual([3, 3]);
  });

  describe('stochastic', () => {
    const world = tabularDeepSea({ size: 4, randomizeActions: false, stochastic: true });
    const cost = -0.01 / 4;
    const step = (cell: number, action: number, ...draws: number[]) => {
      const state = Float64Array.of(cell, -1, 0);
      const rng = scriptedRng(...draws);
      const reward = world.step(state, action, rng);
      expect(() => rng.uniform()).toThrow('no draw is left');
      return [state[0], reward];
    };

    test('right fails with a chance of 1 / N, and costs all the same', () => {
      expect(step(5, 1, 0.24)).toEqual([9, cost]);
      expect(step(5, 1, 0.25)).toEqual([10, cost]);
      expect(step(5, 0, 0.1)).toEqual([8, 0]);
    });

    test('the ends of the last row have noise, whatever is done', () => {
      expect(step(15, 1, 0.5, 0.9)).toEqual([19, 1 + cost + 0.5]);
      expect(step(15, 1, 0.5, 0.1)).toEqual([19, 1 + cost + 0.5]); // the current does not matter here
      expect(step(15, 0, -2, 0.9)).toEqual([18, -2]);
      expect(step(12, 0, 3, 0.9)).toEqual([16, 3]);
      expect(step(13, 0, 0.9)).toEqual([16, 0]);
      expect(step(11, 1, 0.9)).toEqual([15, cost]);
    });

    test('right all the way has the return (1 − 1/N)ᴺ⁻¹ − 0.01 on average', () => {
      const size = 4;
      const rng = new Alea(3);
      const sea = deepSea({ size, stochastic: true });
      const right = rightActions(size, 42);
      const episodes = 4000;
      let total = 0;
      for (let episode = 0; episode < episodes; episode++) {
        const state = startFrom(sea, 0);
        while (!sea.isTerminal(state)) total += sea.step(state, right[state[0]], rng);
      }
      // The noise has a deviation of 1, the treasure of one half.
      const best = (3 / 4) ** 3 - 0.01;
      expect(Math.abs(total / episodes - best)).toBeLessThan((4 * 1.2) / Math.sqrt(episodes));
    });

    test('has no finite model', () => {
      expect(world.model).toBeUndefined();
      expect(makeDynamics('DeepSeaStochastic-v0').model).toBeUndefined();
      expect(modelOf(tabularDeepSea()).numActions).toBe(2);
    });
  });

  test('draws the sea with its floor as one more row', () => {
    const world = deepSea({ size: 3, randomizeActions: false });
    const scene = world.scene(Float64Array.of(10, 1, 1)) as GridScene;
    expect(scene).toMatchObject({ rows: 4, columns: 3, caption: 'on the sea floor' });
    expect(scene.tokens).toEqual([{ kind: 'agent', row: 3, column: 1 }]);
    expect(scene.tiles[8]).toBe('goal');
    expect(scene.tiles.slice(9)).toEqual(['wall', 'wall', 'wall']);
    expect(world.scene(Float64Array.of(4, 1, 0)).caption).toBe('on the way to the treasure');
    expect(world.scene(Float64Array.of(3, 1, 0)).caption).toBe('off the way to the treasure');
  });
});

describe('MemoryChain', () => {
  test('shows the bits at the start only, and asks for one at the last decision', () => {
    const world = memoryChain({ memoryLength: 4, numBits: 3 });
    const state = startFrom(world, 0.9, 0.1, 0.6, 0.7); // bits 1 0 1, query 2
    const seen = [shown(world, state)];
    for (let t = 0; t < 5; t++) {
      expect(world.isTerminal(state)).toBe(false);
      world.step(state, 1, new Alea(1));
      seen.push(shown(world, state));
    }
    expect(seen).toEqual([
      [1, 0, 1, -1, 1],
      [1, 0, 1, -1, 1], // twice, as in bsuite's code
      [0.75, 0, 0, 0, 0],
      [0.5, 0, 0, 0, 0],
      [0.25, 2, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(world.isTerminal(state)).toBe(true);
  });

  test.each([
    [0, [0, 0, 0, 1]],
    [1, [0, 0, 0, -1]],
  ])('the answer %i to a bit 0 is rewarded with %j', (answer, rewards) => {
    const world = memoryChain({ memoryLength: 3, numBits: 2 });
    const state = startFrom(world, 0.9, 0.1, 0.6); // bits 1 0, query 1
    expect(rewardsOf(world, state, [1, 0, 1, answer])).toEqual(rewards);
  });

  test('who remembers gets 1 every time; who always says 1 gets 0 on average', () => {
    const world = memoryChain({ memoryLength: 5 });
    const rng = new Alea(1);
    let [remembered, guessed] = [0, 0];
    for (let episode = 0; episode < 1000; episode++) {
      const state = new Float64Array(world.stateSize);
      world.reset(state, rng);
      const bit = shown(world, state)[2] > 0 ? 1 : 0;
      remembered += sum(rewardsOf(world, state.slice(), repeat(6, bit)));
      guessed += sum(rewardsOf(world, state, repeat(6, 1)));
    }
    expect(remembered).toBe(1000);
    expect(Math.abs(guessed)).toBeLessThan(4 * Math.sqrt(1000));
  });

  test('draws the chain with its bits, and the verdict at the end', () => {
    const world = memoryChain({ memoryLength: 1 });
    const state = startFrom(world, 0.9, 0.1);
    rewardsOf(world, state, [0, 1]);
    const scene = world.scene(state) as ShapesScene;
    expect(scene.caption).toBe('answered 1: right');
    const words = scene.shapes.filter((shape) => shape.kind === 'text').map(({ text }) => text);
    expect(words).toEqual(['1', 'bit 0?', 'answered 1: right']);
  });
});

describe('UmbrellaChain', () => {
  // Draws: need and has at once, then one for each step.
  const NEEDED = 0.6; // of the four starts the third: need 1, has 0

  test('only the first action counts, and pays after L steps', () => {
    const world = tabularUmbrellaChain({ chainLength: 3 });
    const draws = () => scriptedRng(0.2, 0.7, 0.5);
    const play = (...actions: number[]) =>
      rewardsOf(world, startFrom(world, NEEDED), actions, draws());
    expect(play(1, 0, 0)).toEqual([-1, 1, 1]);
    expect(play(0, 1, 1)).toEqual([-1, 1, -1]);
  });

  test('an umbrella that is not needed is as bad', () => {
    const world = tabularUmbrellaChain({ chainLength: 1 });
    const play = (draw: number, action: number) =>
      rewardsOf(world, startFrom(world, draw), [action], scriptedRng(0));
    expect([play(0.1, 0), play(0.1, 1), play(0.9, 0), play(0.9, 1)]).toEqual([
      [1],
      [-1],
      [-1],
      [1],
    ]);
  });

  test('shows need, umbrella, time left and the distractors', () => {
    const world = umbrellaChain({ chainLength: 4, numDistractors: 2 });
    const state = startFrom(world, NEEDED, 0.9, 0.1);
    expect(shown(world, state)).toEqual([1, 0, 1, 1, 0]);
    world.step(state, 1, scriptedRng(0.2, 0.1, 0.8));
    expect(shown(world, state)).toEqual([1, 1, 0.75, 0, 1]);
    world.step(state, 0, scriptedRng(0.2, 0.8, 0.8));
    expect(shown(world, state)).toEqual([1, 1, 0.5, 1, 1]);
    expect(umbrellaChain().observationSpace.labels.slice(2, 4)).toEqual([
      'time left',
      'distractor 1',
    ]);
    expect(shown(umbrellaChain(), startFrom(umbrellaChain(), 0, ...repeat(20, 0)))).toHaveLength(
      23,
    );
  });

  test.each([1, 2, 20])(
    'has a best return of 1 with L = %i, and γᴸ⁻¹ discounted',
    (chainLength) => {
      const world = tabularUmbrellaChain({ chainLength });
      expect(bestReturn(world)).toBeCloseTo(1, 12);
      expect(bestReturn(world, 0.9)).toBeCloseTo(0.9 ** (chainLength - 1), 12);
      expect(modelOf(world).numStates).toBe(4 * (chainLength + 1));
    },
  );

  test('draws what is ahead and what there is', () => {
    const world = umbrellaChain({ chainLength: 1, numDistractors: 0 });
    const state = startFrom(world, NEEDED);
    const words = () =>
      (world.scene(state) as ShapesScene).shapes.flatMap((shape) =>
        shape.kind === 'text' ? [shape.text] : [],
      );
    expect(words()).toEqual(['rain ahead', 'no umbrella']);
    world.step(state, 0, scriptedRng(0));
    expect(words()).toEqual(['rain ahead', 'no umbrella', 'wet']);
  });
});

describe('DiscountingChain', () => {
  test('gives a reward at step 1, 3, 10, 30 or 100, as the first action chose', () => {
    const times = [0, 1, 2, 3, 4].map((chain) => {
      const world = discountingChain({ mappingSeed: 3 });
      const rewards = rewardsOf(world, startFrom(world, 0), [chain, ...repeat(99, 0)]);
      const paid = rewards.flatMap((reward, t) => (reward === 0 ? [] : [[t + 1, reward]]));
      return paid.flat();
    });
    expect(times).toEqual([
      [1, 1],
      [3, 1],
      [10, 1],
      [30, 1.1],
      [100, 1],
    ]);
  });

  test('shows the chain, −1 at first, and the time', () => {
    const world = discountingChain();
    const state = startFrom(world, 0);
    expect(shown(world, state)).toEqual([-1, 0]);
    world.step(state, 4, new Alea(1));
    expect(shown(world, state)).toEqual([4, Math.fround(0.01)]);
    for (let t = 0; t < 99; t++) world.step(state, 0, new Alea(1));
    expect(shown(world, state)).toEqual([4, 1]);
    expect(world.isTerminal(state)).toBe(true);
  });

  test.each([
    // [bonus, γ, the best chain, its value γᵀ⁻¹ r]
    [0, 0.99, 0, 1.1],
    [1, 0.99, 1, 0.99 ** 2 * 1.1], // 1.078 > 1
    [2, 0.99, 2, 0.99 ** 9 * 1.1], // 1.0048 > 1
    [2, 0.98, 0, 1], // 0.98⁹ · 1.1 = 0.917 < 1
    [3, 0.99, 0, 1], // 0.99²⁹ · 1.1 = 0.822 < 1
    [3, 0.997, 3, 0.997 ** 29 * 1.1], // 1.008 > 1
    [4, 0.999, 0, 1], // 0.999⁹⁹ · 1.1 = 0.996 < 1
    [4, 0.9995, 4, 0.9995 ** 99 * 1.1], // 1.047 > 1
    [8, 1, 3, 1.1],
  ])(
    'with mappingSeed %i and γ = %f chain %i is best, worth %f',
    (mappingSeed, discount, chain, value) => {
      const world = tabularDiscountingChain({ mappingSeed });
      const { values, actionValues } = solve(world, discount);
      expect(values[0]).toBeCloseTo(value, 12);
      expect(actionValues.greedyAction(0, undefined, 0)).toBe(chain);
    },
  );

  test('numbers its states: 0, then chain · 100 + time', () => {
    const world = tabularDiscountingChain();
    const state = startFrom(world, 0);
    world.step(state, 2, new Alea(1));
    expect(shown(world, state)).toEqual([201]);
    expect(modelOf(world).numStates).toBe(501);
  });

  test('draws a line for each chain, and the agent on its own', () => {
    const world = discountingChain();
    const state = startFrom(world, 0);
    for (let t = 0; t < 7; t++) world.step(state, 2, new Alea(1));
    const { shapes, caption } = world.scene(state) as ShapesScene;
    expect(shapes.at(-1)).toMatchObject({ kind: 'circle', x: 0.7, y: 3, color: 'agent' });
    expect(caption).toBe('step 7 of 100, reward after 10');
  });
});

describe('Identity', () => {
  test('with integers gives 1 for the number shown and 0 for any other', () => {
    const world = identityDiscrete({ numValues: 3 });
    const state = startFrom(world, 0.5);
    expect(shown(world, state)).toEqual([1]);
    expect(world.step(state, 1, scriptedRng(0.9))).toBe(1);
    expect(shown(world, state)).toEqual([2]);
    expect(world.step(state, 1, scriptedRng(0.1))).toBe(0);
    expect(shown(world, state)).toEqual([0]);
    expect(world.isTerminal(state)).toBe(false);
    expect(world.timeLimit).toBe(100);
  });

  test('with integers has v* = 1 / (1 − γ), and q* is 1 less for every other number', () => {
    const { values, actionValues } = solve(identityDiscrete({ numValues: 3 }), 0.9);
    expect([...values]).toEqual(repeat(3, 0).map(() => expect.closeTo(10, 8)));
    for (const state of [0, 1, 2]) {
      const row = [0, 1, 2].map((action) => expect.closeTo(action === state ? 10 : 9, 8));
      expect([...actionValues.row(state)]).toEqual(row);
    }
  });

  test('with real numbers gives −|a − o|²', () => {
    const world = identityBox({ size: 3 });
    const state = startFrom(world, 0.5, 0.75, 0.25);
    expect(shown(world, state)).toEqual([0, 0.5, -0.5]);
    const reward = world.step(state, Float32Array.of(1, 0, -1), scriptedRng(0, 0.5, 1));
    expect(reward).toBe(-(1 + 0.25 + 0.25));
    expect(shown(world, state)).toEqual([-1, 0, 1]);
    expect(world.isTerminal(state)).toBe(false);
  });

  test('with real numbers gives exactly 0 for the very observation', () => {
    const world = identityBox({ size: 5 });
    const rng = new Alea(1);
    const state = new Float64Array(world.stateSize);
    world.reset(state, rng);
    for (let t = 0; t < 100; t++) {
      const action = Float32Array.from(shown(world, state));
      expect(world.step(state, action, rng)).toBe(0);
    }
  });

  test('with real numbers gives −2/3 for each of them on average, if actions are random', () => {
    const world = identityBox({ size: 2 });
    const rng = new Alea(2);
    const state = new Float64Array(world.stateSize);
    world.reset(state, rng);
    let total = 0;
    for (let t = 0; t < 5000; t++) {
      const action = Float32Array.of(2 * rng.uniform() - 1, 2 * rng.uniform() - 1);
      total += world.step(state, action, rng);
    }
    expect(total / 5000).toBeCloseTo(-4 / 3, 1);
  });

  test('draws what to do now, and what was done', () => {
    const numbers = identityDiscrete({ numValues: 3 }).scene(Float64Array.of(2, 1, 0));
    expect(numbers).toMatchObject({
      tiles: ['floor', 'floor', 'goal'],
      tokens: [{ row: 0, column: 1 }],
      caption: 'did 1, now do 2',
    });
    const world = identityBox({ size: 2 });
    const state = startFrom(world, 0.75, 0.25);
    expect((world.scene(state) as ShapesScene).shapes).toHaveLength(2);
    world.step(state, Float32Array.of(1, 0.25), scriptedRng(0.5, 0.5));
    const { shapes, caption } = world.scene(state) as ShapesScene;
    expect(shapes.at(-1)).toMatchObject({ kind: 'circle', x: 1, y: 0.25, color: 'agent' });
    expect(shapes[2]).toMatchObject({ kind: 'line', points: [0.5, -0.5, 1, 0.25] });
    expect(caption).toBe('do (0.00, 0.00)');
  });
});

/** Q-learning over 16 copies; `change` makes each batch what a faulty learner would take it for. */
function learn(
  world: World,
  steps: number,
  { discount, change = (batch) => batch }: LearnOptions,
): QLearning {
  const task = { observationSpace: world.observationSpace, actionSpace: world.actionSpace };
  const agent = new QLearning(task, { discount, stepSize: 0.05, epsilon: 0.5, seed: 1 });
  const envs = new VectorEnv(world, { numEnvs: 16, seed: 1 });
  const actions = envs.createActions();
  for (let t = 0; t < steps; t++) {
    agent.act(envs.observations, actions, envs.actionMasks);
    agent.learn(change(envs.step(actions)));
  }
  return agent;
}

interface LearnOptions {
  readonly discount: number;
  readonly change?: (batch: Transitions) => Transitions;
}

describe('Endless', () => {
  test('rewards every step with 1 and never ends', () => {
    const world = endless({ numCells: 3 });
    const state = startFrom(world, 0.5);
    const cells = [1, 1, 0, 0, 0].map((action) => {
      expect(world.step(state, action, new Alea(1))).toBe(1);
      expect(world.isTerminal(state)).toBe(false);
      return shown(world, state)[0];
    });
    expect(cells).toEqual([2, 0, 2, 1, 0]); // around the ring, both ways
  });

  test('is truncated, not terminated, after its time limit', () => {
    const env = make('Endless-v0', { options: { timeLimit: 3 } });
    env.reset({ seed: 1 });
    const ends = [1, 1, 1].map((action) => {
      const { terminated, truncated } = env.step(action);
      return [terminated, truncated];
    });
    expect(ends).toEqual([
      [false, false],
      [false, false],
      [false, true],
    ]);
  });

  test.each([0.9, 0.99])('has v* = 1 / (1 − γ) with γ = %f', (discount) => {
    const { values } = solve(endless(), discount);
    for (const value of values) expect(value).toBeCloseTo(1 / (1 - discount), 6);
  });

  test('tells a learner that takes truncation for an end: 1 / (1 − γ (1 − 1 / T))', () => {
    const world = endless({ numCells: 1, timeLimit: 10 });
    const faulty = (batch: Transitions) => ({ ...batch, terminated: batch.truncated });
    const right = learn(world, 2000, { discount: 0.9 }).actionValues.value(0);
    const wrong = learn(world, 2000, { discount: 0.9, change: faulty }).actionValues.value(0);
    expect(right).toBeCloseTo(10, 6);
    expect(Math.abs(wrong - 1 / (1 - 0.9 * 0.9))).toBeLessThan(1.5); // 5.26
  });

  test('draws long rings in rows of 40', () => {
    expect(endless().scene(Float64Array.of(4, 1, 0))).toMatchObject({
      rows: 1,
      columns: 5,
      tokens: [{ row: 0, column: 4, facing: [1, 0] }],
    });
    const scene = endless({ numCells: 90 }).scene(Float64Array.of(85, -1, 0)) as GridScene;
    expect([scene.rows, scene.columns]).toEqual([3, 40]);
    expect(scene.tokens).toMatchObject([{ row: 2, column: 5 }]);
    expect(scene.tiles.slice(89, 91)).toEqual(['floor', 'wall']);
    expect(scene.cellObservations?.slice(89, 91)).toEqual([89, -1]);
  });
});

describe('MaskedChoice', () => {
  const legal = (world: World, state: Float64Array) => {
    const mask = new Uint8Array(world.actionSpace.n).fill(7);
    world.actionMask?.(state, mask);
    return mask.join('');
  };

  test.each([
    // [first action, what is legal then, its bits]
    [0, '0001', 0b1000],
    [1, '0011', 0b1100],
    [2, '0111', 0b1110],
  ])('action %i leaves %s', (action, mask, bits) => {
    const world = maskedChoice({ numActions: 4 });
    const state = startFrom(world, 0);
    expect([legal(world, state), shown(world, state)]).toEqual(['1110', [0b0111]]);
    expect(world.step(state, action, new Alea(1))).toBe(0 - action);
    expect([legal(world, state), shown(world, state)]).toEqual([mask, [bits]]);
    expect(world.isTerminal(state)).toBe(false);
    expect(world.step(state, 3, new Alea(1))).toBe(-6);
    expect([legal(world, state), shown(world, state)]).toEqual(['0000', [0]]);
    expect(world.isTerminal(state)).toBe(true);
  });

  test('a runner refuses an action whose bit is not set', () => {
    const env = make('MaskedChoice-v0');
    env.reset({ seed: 1 });
    expect(() => env.step(4)).toThrow(RangeError);
    env.step(0);
    expect(() => env.step(3)).toThrow(RangeError);
  });

  test.each([3, 4, 5, 12])('has a best return of −n with n = %i', (numActions) => {
    const world = maskedChoice({ numActions });
    expect(bestReturn(world)).toBe(-numActions);
    const first = solve(world, 1).actionValues.greedyAction(
      (1 << (numActions - 1)) - 1,
      undefined,
      0,
    );
    expect(first).toBe(numActions - 2);
  });

  test('an illegal action never looks good in its model', () => {
    expect(outcomesOf(modelOf(maskedChoice({ numActions: 4 })), 0b0111, 3)).toEqual([
      [1, 0b0111, -8, false],
    ]);
  });

  test('tells a learner that bootstraps from illegal actions: −2 (n − 1) and not −n', () => {
    const world = maskedChoice();
    const unmasked = ({ nextActionMasks: _, ...batch }: Transitions) => batch;
    const play = (agent: QLearning) => {
      const policy = agent.greedy();
      const envs = new VectorEnv(world);
      const actions = envs.createActions();
      return [0, 1].reduce((total) => {
        policy.act(envs.observations, actions, envs.actionMasks);
        return total + envs.step(actions).rewards[0];
      }, 0);
    };
    expect(play(learn(world, 2000, { discount: 1 }))).toBe(-5);
    expect(play(learn(world, 2000, { discount: 1, change: unmasked }))).toBe(-8);
  });

  test('draws illegal actions as walls, the others with what they earn', () => {
    const world = maskedChoice({ numActions: 4 });
    expect(world.scene(Float64Array.of(0b1100, 1, 0))).toMatchObject({
      tiles: ['wall', 'wall', 'floor', 'floor'],
      labels: ['', '', '-4', '-6'],
      tokens: [{ row: 0, column: 1 }],
      caption: 'chose 1: second choice',
    });
  });
});

describe('options of the diagnostic worlds', () => {
  test.each([
    ['Catch-v0', { rows: 1 }, 'rows must be an integer from 2 to 100, got 1.'],
    ['CatchTabular-v0', { columns: 51 }, 'columns must be an integer from 1 to 50, got 51.'],
    ['DeepSea-v0', { size: 1 }, 'size must be an integer from 2 to 500, got 1.'],
    ['DeepSeaTabular-v0', { mappingSeed: -1 }, 'mappingSeed must be an integer from 0'],
    ['MemoryChain-v0', { memoryLength: 0 }, 'memoryLength must be an integer from 1 to 100000'],
    ['MemoryChain-v0', { numBits: 0 }, 'numBits must be an integer from 1'],
    ['UmbrellaChain-v0', { chainLength: 0 }, 'chainLength must be an integer from 1'],
    ['UmbrellaChain-v0', { numDistractors: -1 }, 'numDistractors must be an integer from 0'],
    ['UmbrellaChainTabular-v0', { numDistractors: 3 }, 'unknown option "numDistractors".'],
    ['DiscountingChain-v0', { mappingSeed: -1 }, 'mappingSeed must be an integer of at least 0'],
    ['IdentityDiscrete-v0', { numValues: 0 }, 'numValues must be an integer from 1 to 100'],
    ['IdentityDiscrete-v0', { timeLimit: 0 }, 'timeLimit must be an integer of at least 1'],
    ['IdentityBox-v0', { size: 0 }, 'size must be an integer from 1'],
    ['IdentityBox-v0', { timeLimit: 0 }, 'timeLimit must be an integer of at least 1'],
    ['Endless-v0', { numCells: 0 }, 'numCells must be an integer from 1'],
    ['Endless-v0', { timeLimit: 0 }, 'timeLimit must be an integer of at least 1'],
    ['MaskedChoice-v0', { numActions: 2 }, 'numActions must be an integer from 3 to 12, got 2.'],
  ])('%s refuses %j', (id, options, message) => {
    expect(() => makeDynamics(id, { options })).toThrow(RangeError);
    expect(() => makeDynamics(id, { options })).toThrow(message);
  });

  test('time limits are passed on; the chains end by themselves', () => {
    const limit = (id: string, options = {}) => makeDynamics(id, { options }).timeLimit;
    expect(limit('IdentityDiscrete-v0', { timeLimit: 7 })).toBe(7);
    expect(limit('IdentityBox-v0', { timeLimit: 7 })).toBe(7);
    expect([limit('Endless-v0'), limit('Endless-v0', { timeLimit: 7 })]).toEqual([20, 7]);
    for (const id of ['Catch-v0', 'DeepSea-v0', 'MemoryChain-v0', 'UmbrellaChain-v0']) {
      expect(limit(id)).toBe(Infinity);
    }
  });

  test('make knows what they show and take', () => {
    expectTypeOf(make('Catch-v0')).toEqualTypeOf<Env<Box, Discrete>>();
    expectTypeOf(make('CatchTabular-v0')).toEqualTypeOf<Env<Discrete, Discrete>>();
    expectTypeOf(make('DeepSea-v0')).toEqualTypeOf<Env<Box, Discrete>>();
    expectTypeOf(make('MemoryChain-v0')).toEqualTypeOf<Env<Box, Discrete>>();
    expectTypeOf(make('IdentityBox-v0')).toEqualTypeOf<Env<Box, Box>>();
    expectTypeOf(make('MaskedChoice-v0')).toEqualTypeOf<Env<Discrete, Discrete>>();
    const ids = envEntries().filter(({ family }) => family === 'diagnostics');
    expect(ids).toHaveLength(22);
    for (const { id } of ids) {
      if (/^Identity(?!Box|Discrete)/.test(id)) continue; // in identity.test.ts
      const kinds = [makeDynamics(id).observationSpace.kind, makeDynamics(id).actionSpace.kind];
      const tabular = /Tabular|Discrete|Endless|Masked/.test(id);
      expect(kinds, id).toEqual([
        tabular ? 'discrete' : 'box',
        id === 'IdentityBox-v0' ? 'box' : 'discrete',
      ]);
    }
  });
});
