import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { createState } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { GridScene } from '../../core/scene.ts';
import { taxi } from '../../envs/tabular/taxi.ts';
import { scriptedRng } from '../helpers/rng.ts';
import { bestReturn, modelOf, outcomesOf } from './solve.ts';

const encode = (row: number, column: number, passenger: number, destination: number) =>
  ((row * 5 + column) * 5 + passenger) * 4 + destination;

// The numbers of this file that come from elsewhere: python bench/peers/known_values.py.
describe('Taxi', () => {
  test('has the best mean return that is known, and that of the rain', () => {
    expect(bestReturn(taxi())).toBeCloseTo(7.93, 10);
    expect(bestReturn(taxi({ rainy: true }))).toBeCloseTo(3.954574516550826, 10);
  });

  test('has the outcomes of Gymnasium 1.4.0 in the rain, in their order', () => {
    const model = modelOf(taxi({ rainy: true }));
    let digest = 0;
    for (let state = 0; state < 500; state++) {
      for (let action = 0; action < 6; action++) {
        outcomesOf(model, state, action).forEach(([p, next, reward, terminated], i) => {
          const mark = (7 * state + 3 * action + 5 * next) % 101;
          digest += p * (i + 1) * (mark + reward + 2 * Number(terminated));
        });
      }
    }
    expect(digest).toBeCloseTo(167414.7, 6);
  });

  test('with a fickle passenger goes where Gymnasium 1.4.0 goes', () => {
    const model = modelOf(taxi({ ficklePassenger: true }));
    let digest = 0;
    for (let state = 0; state < 500; state++) {
      for (let action = 0; action < 6; action++) {
        for (const [, next, reward, terminated] of outcomesOf(model, state + 500, action)) {
          const mark = (7 * state + 3 * action + 5 * (next % 500)) % 101;
          digest += mark + reward + 2 * Number(terminated) + (next >= 500 ? 50 : 0);
        }
      }
    }
    expect(digest).toBe(298540);
  });

  test('changes the destination on the first move with the passenger, and then no more', () => {
    const world = taxi({ ficklePassenger: true, fickleProbability: 1 });
    const rng = new Alea(3);
    const state = createState(world);
    const observation = new Float32Array(1);
    const see = () => {
      world.observe(state, observation);
      return observation[0];
    };
    const destinations = new Set<number>();
    for (let episode = 0; episode < 60; episode++) {
      world.reset(state, rng);
      state[0] = 500 + encode(0, 0, 0, 1); // at the passenger, who is still to change their mind
      world.step(state, 1, rng); // north is blocked
      world.step(state, 4, rng);
      world.step(state, 1, rng);
      expect(see()).toBe(encode(0, 0, 4, 1));
      world.step(state, 0, rng);
      destinations.add(see() - encode(1, 0, 4, 0));
      const before = see();
      world.step(state, 1, rng);
      expect(see() % 4).toBe(before % 4);
    }
    expect([...destinations].sort()).toEqual([0, 2, 3]);
  });

  test('takes every action, as the source does, unless it is masked', () => {
    const open = new DynamicsEnv(taxi());
    open.reset({ options: { state: [encode(2, 2, 0, 1), -1, 0] } });
    expect(open.actionMask()).toBeNull();
    expect(open.step(4)).toMatchObject({ observation: encode(2, 2, 0, 1), reward: -10 });
    const masked = new DynamicsEnv(taxi({ masked: true }));
    masked.reset({ options: { state: [encode(2, 2, 0, 1), -1, 0] } });
    expect(() => masked.step(4)).toThrow(RangeError);
  });

  // env.unwrapped.action_mask(state) of Gymnasium 1.4.0.
  test.each([
    ['in the top left corner, at the passenger', encode(0, 0, 0, 1), [1, 0, 1, 0, 1, 0]],
    ['left of a wall', encode(0, 1, 0, 1), [1, 0, 0, 1, 0, 0]],
    ['right of a wall', encode(3, 3, 4, 1), [1, 1, 1, 0, 0, 0]],
    ['with the passenger at another place', encode(4, 3, 4, 1), [0, 1, 1, 0, 0, 1]],
    ['with the passenger at the destination', encode(0, 4, 4, 1), [1, 0, 0, 1, 0, 1]],
  ])('masks what changes nothing %s', (_, state, expected) => {
    for (const ficklePassenger of [false, true]) {
      const world = taxi({ masked: true, ficklePassenger });
      const mask = new Uint8Array(6);
      world.actionMask?.(Float64Array.of(state + (ficklePassenger ? 500 : 0), -1, 0), mask);
      expect([...mask]).toEqual(expected);
    }
  });

  test('is drawn with walls, places, passenger, destination and taxi', () => {
    const scene = taxi().scene(Float64Array.of(encode(1, 2, 3, 0), 2, 0)) as GridScene;
    expect(scene.tokens).toEqual([
      { kind: 'agent', row: 1, column: 2, label: 'taxi', facing: [1, 0] },
      { kind: 'object', row: 4, column: 3, label: 'passenger' },
    ]);
    expect(scene.tiles.indexOf('goal')).toBe(0);
    expect(scene.tiles.lastIndexOf('goal')).toBe(0);
    expect(scene.walls).toHaveLength(6);
    expect(scene.labels?.join('')).toBe('RGYB');
    expect([0, 4, 20, 23].map((cell) => scene.labels?.[cell])).toEqual(['R', 'G', 'Y', 'B']);
    expect(scene.cellObservations?.[7]).toBe(encode(1, 2, 3, 0));
    expect(scene.caption).toBe('waiting at B, to R');
  });

  test('carries the passenger along in the picture', () => {
    const world = taxi();
    const state = Float64Array.of(encode(0, 0, 0, 1), -1, 0);
    world.step(state, 4, scriptedRng(0));
    world.step(state, 0, scriptedRng(0));
    const { tokens, caption } = world.scene(state) as GridScene;
    expect(tokens.map(({ row, column }) => [row, column])).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(caption).toBe('on board, to G');
  });

  test('draws walls where its moves are blocked, and nowhere else', () => {
    const world = taxi();
    const { walls = [] } = world.scene(Float64Array.of(1, -1, 0)) as GridScene;
    for (let cell = 0; cell < 25; cell++) {
      const [row, column] = [Math.floor(cell / 5), cell % 5];
      const [[, next]] = outcomesOf(modelOf(world), cell * 20 + 1, 2);
      const walled = walls.some((wall) => wall.row === row && wall.column === column);
      expect(next === cell * 20 + 1).toBe(walled || column === 4);
    }
  });

  test.each([
    [{ rainyProbability: 1.5 }, 'taxi: rainyProbability must be between 0 and 1, got 1.5.'],
    [{ fickleProbability: -1 }, 'taxi: fickleProbability must be between 0 and 1, got -1.'],
    [{ raniy: true } as object, 'taxi: unknown option "raniy". Did you mean "rainy"?'],
  ])('refuses %j', (options, message) => {
    expect(() => taxi(options)).toThrow(message);
  });
});
