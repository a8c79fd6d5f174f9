import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { blackjack } from '../../envs/tabular/blackjack.ts';
import { scriptedRng } from '../helpers/rng.ts';
import { bestReturn, modelOf, outcomesOf, solve } from './solve.ts';

const STICK = 0;
const HIT = 1;
const encode = (sum: number, showing: number, usableAce: number) =>
  (sum * 11 + showing) * 2 + usableAce;

/** Uniform draws that make `below` give these cards, and after the fourth those of the picture. */
function draws(cards: readonly number[], extra: readonly number[] = [0]): number[] {
  const share = (card: number) => (card + 0.5) / 13;
  return [...cards.slice(0, 4).map(share), ...extra, ...cards.slice(4).map(share)];
}

/** What a game shows and pays when these actions are taken. */
function play(world: ReturnType<typeof blackjack>, uniform: number[], actions: number[]) {
  const rng = scriptedRng(...uniform);
  const state = new Float64Array(world.stateSize);
  const observation = new Float32Array(1);
  const look = (reward: number): [number, number] => {
    world.observe(state, observation);
    return [observation[0], reward];
  };
  world.reset(state, rng);
  const trace = [look(0)];
  for (const action of actions) trace.push(look(world.step(state, action, rng)));
  expect(() => rng.uniform(), 'draws are left').toThrow('no draw is left');
  return { trace, ended: world.isTerminal(state), state };
}

// The numbers of this file that come from elsewhere: python bench/peers/known_values.py.
describe('Blackjack', () => {
  // Cards, dealer's first, as np_random.choice(deck) draws them: 0 is an ace, 9 … 12 count ten.
  test.each([
    [
      [8, 10, 0, 10],
      [1 / 8],
      [STICK],
      [
        [481, 0],
        [481, 1],
      ],
    ],
    [
      [1, 1, 10, 6, 7],
      [5 / 8],
      [HIT],
      [
        [378, 0],
        [554, -1],
      ],
    ],
    [
      [12, 9, 9, 10, 2],
      [1 / 8, 1 / 2],
      [HIT],
      [
        [460, 0],
        [526, -1],
      ],
    ],
    [
      [10, 1, 2, 3, 11, 7],
      [1 / 8, 5 / 6],
      [HIT, STICK],
      [
        [174, 0],
        [394, 0],
        [394, -1],
      ],
    ],
    [
      [6, 6, 9, 12, 1],
      [1 / 8],
      [HIT],
      [
        [454, 0],
        [498, -1],
      ],
    ],
    [
      [9, 12, 11, 6, 12],
      [7 / 8, 5 / 6],
      [HIT],
      [
        [394, 0],
        [614, -1],
      ],
    ],
  ])('plays the game %j as Gymnasium 1.4.0 does', (cards, extra, actions, expected) => {
    const { trace, ended } = play(blackjack(), draws(cards, extra), actions);
    expect(trace).toEqual(expected);
    expect(ended).toBe(true);
  });

  test('knows what an ace is worth', () => {
    const { trace } = play(blackjack(), draws([4, 5, 0, 4, 9, 2, 0]), [HIT, HIT, HIT]);
    // A 5 is 16, with a ten it stays 16 without the ace, with 3 it is 19, with another ace 20.
    expect(trace.map(([observation]) => observation)).toEqual([
      encode(16, 5, 1),
      encode(16, 5, 0),
      encode(19, 5, 0),
      encode(20, 5, 0),
    ]);
  });

  test('counts the first of two aces as 11, and hits a soft hand without harm', () => {
    const { trace } = play(blackjack(), draws([4, 5, 0, 0, 8]), [HIT]);
    expect(trace.map(([observation]) => observation)).toEqual([encode(12, 5, 1), encode(21, 5, 1)]);
  });

  // The dealer has 10 9 2 = 21 in three cards, then A 10, then 10 7.
  test.each([
    ['sab', { sab: true }, [1, 0, 1]],
    ['natural', { sab: false, natural: true }, [0, 0, 1.5]],
    ['neither', { sab: false }, [0, 0, 1]],
    ['both, where sab overrules', { sab: true, natural: true }, [1, 0, 1]],
  ])('pays a natural under the rules: %s', (_, rules, expected) => {
    const world = blackjack(rules);
    const natural = [0, 9];
    const rewards = [
      play(world, draws([6, 7, ...natural, 5]), [STICK]), // 7 8 6
      play(world, draws([0, 9, ...natural]), [STICK]),
      play(world, draws([8, 7, ...natural]), [STICK]), // 9 8
    ].map(({ trace }) => trace[1][1]);
    expect(rewards).toEqual(expected);
  });

  test('treats a 21 of three cards as no natural', () => {
    const world = blackjack();
    const cards = draws([6, 7, 0, 4, 4, 5]); // the player: A 5 5, the dealer: 7 8 6
    expect(play(world, cards, [HIT, STICK]).trace).toEqual([
      [encode(16, 7, 1), 0],
      [encode(21, 7, 1), 0],
      [encode(21, 7, 1), 0],
    ]);
  });

  test('has the policy of figure 5.2', () => {
    const { actionValues } = solve(blackjack(), 1);
    const sticksFrom = (usableAce: number) =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((showing) => {
        let sum = 21;
        while (
          sum > 11 &&
          actionValues.greedyAction(encode(sum - 1, showing, usableAce)) === STICK
        ) {
          sum--;
        }
        return sum;
      });
    expect(sticksFrom(0)).toEqual([17, 13, 13, 12, 12, 12, 17, 17, 17, 17]);
    expect(sticksFrom(1)).toEqual([19, 18, 18, 18, 18, 18, 18, 18, 19, 19]);
  });

  test.each([
    [{}, -0.043113105413477015],
    [{ sab: false }, -0.04655597706669755],
    [{ sab: false, natural: true }, -0.02572918278931986],
  ])('has the known value of the best play with %j', (rules, expected) => {
    expect(bestReturn(blackjack(rules))).toBeCloseTo(expected, 12);
  });

  test('pays what the model says when the best policy plays', () => {
    const world = blackjack();
    const plan = solve(world, 1);
    const rng = new Alea(1);
    const state = new Float64Array(world.stateSize);
    const observation = new Float32Array(1);
    const action = new Int32Array(1);
    const games = 200_000;
    let total = 0;
    for (let game = 0; game < games; game++) {
      world.reset(state, rng);
      while (!world.isTerminal(state)) {
        world.observe(state, observation);
        plan.act(observation, action);
        total += world.step(state, action[0], rng);
      }
    }
    // The deviation of one game is 0.95.
    expect(Math.abs(total / games + 0.0431131)).toBeLessThan((4 * 0.95) / Math.sqrt(games));
  });

  test('has naturals as states of their own only where they are worth more', () => {
    expect(modelOf(blackjack({ sab: false })).numStates).toBe(704);
    const model = modelOf(blackjack());
    expect(model.numStates).toBe(714);
    expect([...(model.observations ?? [])].slice(704)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((showing) => encode(21, showing, 1)),
    );
    // A dealer who shows 5 can have no natural.
    expect(outcomesOf(model, 708, STICK)).toEqual([[expect.closeTo(1, 12), 708, 1, true]]);
  });

  test('shows the dealer’s second card only after the game', () => {
    const world = blackjack();
    const state = new Float64Array(world.stateSize);
    world.reset(state, scriptedRng(...draws([9, 6, 8, 9], [3 / 8, 5 / 6])));
    const texts = () => {
      const scene = world.scene(state);
      if (scene.kind !== 'shapes') throw new Error(`expected shapes, got ${scene.kind}.`);
      return scene.shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
    };
    expect(texts()).toEqual(['dealer', 'K♦', 'player', '19']);
    world.step(state, STICK, scriptedRng());
    expect(texts()).toEqual(['dealer', 'K♦', '7', '17', 'player', '19']);
  });
});
