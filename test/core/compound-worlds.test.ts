import { describe, expect, expectTypeOf, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import {
  type Box,
  box,
  type Discrete,
  discrete,
  type ElementOf,
  type Space,
} from '../../core/space.ts';
import {
  type Dict,
  dict,
  oneOf,
  sequence,
  type Tuple,
  tuple,
} from '../../core/spaces/composite.ts';
import {
  type MultiBinary,
  type MultiDiscrete,
  multiBinary,
  multiDiscrete,
  text,
} from '../../core/spaces/multi.ts';
import { readRow, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { sample } from '../../core/spaces/sample.ts';
import { VectorEnv } from '../../core/vector-env.ts';

type Action = Dict<{ gear: Discrete; moves: MultiDiscrete; push: Box; switches: MultiBinary }>;
type Observation = Tuple<readonly [Discrete, Box]>;

/** Gears 1 to 3 and moves −1 to 1 for people; the rules see both counted from 0. */
const ACTION = dict({
  gear: discrete(3, { start: 1, labels: ['low', 'middle', 'high'] }),
  moves: multiDiscrete([3, 3], { start: [-1, -1] }),
  push: box([-1, -1], [1, 1]),
  switches: multiBinary(2),
});

/** A truck that remembers the gear and adds up what it was told, with noise; 5 steps an episode. */
function truck(): Dynamics<Observation, Action, Float64Array> {
  return {
    name: 'Truck',
    observationSpace: tuple([
      discrete(3, { start: 1 }),
      box(-Infinity, Infinity, { shape: [4] }),
    ] as const),
    actionSpace: ACTION,
    stateSize: 5,
    timeLimit: 5,
    reset(state, rng) {
      state[0] = rng.below(3);
      for (let i = 1; i < 5; i++) state[i] = 0;
    },
    step(state, { gear, moves, push, switches }, rng) {
      state[0] = gear;
      state[1] += moves[0] + 10 * moves[1];
      state[2] += push[0] + 10 * push[1];
      state[3] += switches[0] + 10 * switches[1];
      state[4] = rng.normal();
      return gear;
    },
    isTerminal: (state) => state[3] >= 22,
    observe(state, observation) {
      for (let i = 0; i < 5; i++) observation[i] = state[i];
    },
    scene: () => ({
      kind: 'shapes',
      view: { left: 0, bottom: 0, width: 1, height: 1 },
      shapes: [],
    }),
  };
}

const LEGAL: ElementOf<Action> = {
  gear: 3,
  moves: Int32Array.of(-1, 1),
  push: Float32Array.of(0.5, -1),
  switches: Uint8Array.of(1, 0),
};

/** The world, whose observation is one number, with another action space; it takes any action. */
function worldOf(actionSpace: Space): Dynamics {
  return {
    ...(truck() as unknown as Dynamics),
    observationSpace: discrete(9),
    actionSpace,
    observe(_, observation) {
      observation[0] = 1;
    },
    step: () => 0,
  };
}

describe('one copy of a world with a Dict of actions and a Tuple of observations', () => {
  test('knows their types', () => {
    const env = new DynamicsEnv(truck());
    expectTypeOf(env.step).parameter(0).toEqualTypeOf<{
      readonly gear: number;
      readonly moves: Int32Array;
      readonly push: Float32Array;
      readonly switches: Uint8Array;
    }>();
    expectTypeOf(env.reset().observation).toEqualTypeOf<readonly [number, Float32Array]>();
    const [gear, numbers] = env.step(LEGAL).observation;
    expectTypeOf(gear).toEqualTypeOf<number>();
    expectTypeOf(numbers).toEqualTypeOf<Float32Array>();
  });

  test('shows people integers from their start, and the rules integers from 0', () => {
    const env = new DynamicsEnv(truck(), { seed: 1 });
    expect([1, 2, 3]).toContain(env.reset().observation[0]);
    const { observation, reward } = env.step(LEGAL);
    expect(reward).toBe(2); // gear 3, counted from 0
    expect(observation[0]).toBe(3);
    expect([...observation[1].subarray(0, 3)]).toEqual([20, 0.5 - 10, 1]); // moves 0 and 2
  });

  test('hands out fresh observations', () => {
    const env = new DynamicsEnv(truck());
    const [, before] = env.reset().observation;
    const kept = before.slice();
    env.step(LEGAL);
    expect(before).toEqual(kept);
  });

  test.each<[unknown, string]>([
    [{ ...LEGAL, gear: 0 }, 'Truck: action.gear must be an integer from 1 to 3, got 0.'],
    [{ ...LEGAL, gear: 4 }, 'Truck: action.gear must be an integer from 1 to 3, got 4.'],
    [{ ...LEGAL, moves: [2, 0] }, 'Truck: action.moves[0] must be an integer from -1 to 1, got 2.'],
    [{ ...LEGAL, push: [0, 1.5] }, 'Truck: action.push[1] must be a number from -1 to 1, got 1.5.'],
    [
      { ...LEGAL, switches: [1] },
      'Truck: action.switches must be a list of 2 zeros and ones, got 1.',
    ],
    [
      { ...LEGAL, horn: 1 },
      'Truck: action must have only gear, moves, push, switches, got also "horn".',
    ],
    [{ gear: 1 }, 'Truck: action.moves must be a list of 2 integers, got undefined.'],
    [3, 'Truck: action must be an object with gear, moves, push, switches, got 3.'],
  ])('refuses an illegal action before anything moves, case %#', (action, message) => {
    const env = new DynamicsEnv(truck());
    env.reset();
    const before = env.snapshot();
    expect(() => env.step(action as ElementOf<Action>)).toThrow(RangeError);
    expect(() => env.step(action as ElementOf<Action>)).toThrow(message);
    expect(env.snapshot()).toEqual(before);
  });
});

describe('a vector of such a world', () => {
  test.each([0, 2])('does in copy %i what a single env with the same stream does', (copy) => {
    const world = truck();
    const envs = new VectorEnv(world, { numEnvs: 3, seed: 4 });
    const single = new DynamicsEnv(world, { seed: 4, stream: `env/${copy}` });
    const width = rowSize(ACTION);
    const size = rowSize(world.observationSpace);
    const shown = (matrix: Float32Array) => readRow(world.observationSpace, matrix, copy * size);
    const actions = envs.createActions();
    const rng = new Alea(8);
    expect(actions).toBeInstanceOf(Float32Array);
    expect(shown(envs.observations)).toEqual(single.reset().observation);
    for (let t = 0; t < 40; t++) {
      const chosen = [0, 1, 2].map(() => sample(ACTION, rng));
      chosen.forEach((action, i) => {
        writeRow(ACTION, action, actions, i * width);
      });
      const transitions = envs.step(actions);
      const step = single.step(chosen[copy]);
      expect(shown(transitions.nextObservations)).toEqual(step.observation);
      expect(transitions.rewards[copy]).toBe(step.reward);
      expect(transitions.terminated[copy] === 1).toBe(step.terminated);
      expect(transitions.truncated[copy] === 1).toBe(step.truncated);
      const over = step.terminated || step.truncated;
      expect(shown(envs.observations)).toEqual(
        over ? single.reset().observation : step.observation,
      );
    }
  });

  test.each<[number, number, string]>([
    [0, 3, 'Truck: action.gear must be an integer from 0 to 2, got 3 in copy 1.'],
    [0, 0.5, 'Truck: action.gear must be an integer from 0 to 2, got 0.5 in copy 1.'],
    [2, -1, 'Truck: action.moves[1] must be an integer from 0 to 2, got -1 in copy 1.'],
    [3, Number.NaN, 'Truck: action.push[0] must be a number from -1 to 1, got NaN in copy 1.'],
    [4, -2, 'Truck: action.push[1] must be a number from -1 to 1, got -2 in copy 1.'],
    [6, 2, 'Truck: action.switches[1] must be an integer from 0 to 1, got 2 in copy 1.'],
  ])('refuses %i: %f before anything moves', (place, x, message) => {
    const envs = new VectorEnv(truck(), { numEnvs: 2 });
    const before = envs.snapshot();
    const actions = envs.createActions();
    actions[rowSize(ACTION) + place] = x;
    expect(() => envs.step(actions)).toThrow(RangeError);
    expect(() => envs.step(actions)).toThrow(message);
    expect(envs.snapshot()).toEqual(before);
  });
});

describe('a world with any kind of action', () => {
  const KINDS: Space[] = [
    discrete(3, { start: 5 }),
    box([-1], [1]),
    box([0], [9], { dtype: 'uint8' }),
    multiDiscrete([2, 3], { start: [7, 7] }),
    multiBinary(3),
    text(3),
    tuple([discrete(2, { start: 1 }), text(2)]),
    sequence(discrete(2, { start: 1 }), { maxLength: 3 }),
    oneOf([discrete(2, { start: 1 }), box([0], [1])]),
  ];

  test.each(KINDS.map((space) => [space.kind, space] as const))(
    'of %s gives its rules the same in one copy and in a vector',
    (_, space) => {
      const seen: unknown[] = [];
      const world: Dynamics = {
        ...worldOf(space),
        step: (_state, action) => seen.push(structuredClone(action)),
      };
      const action = sample(space, new Alea(2));
      const env = new DynamicsEnv(world);
      env.reset();
      env.step(action);
      const envs = new VectorEnv(world);
      const actions = envs.createActions();
      writeRow(space, action, actions);
      envs.step(actions);
      expect(seen[0]).toEqual(seen[1]);
      const zero = new Float32Array(rowSize(space));
      writeRow(space, action, zero);
      expect(Array.from(actions)).toEqual(Array.from(zero));
    },
  );

  test.each<[Space, number[], string]>([
    [
      sequence(discrete(2), { maxLength: 3 }),
      [1e9, 0, 0, 0],
      'Truck: action.length must be an integer from 0 to 3, got 1000000000 in copy 0.',
    ],
    [
      oneOf([discrete(2), discrete(3)]),
      [5, 0],
      'Truck: action[0] must be an integer from 0 to 1, got 5 in copy 0.',
    ],
    [
      text(2, { charset: 'ab' }),
      [1, 7],
      'Truck: action[1] must be an integer from 0 to 2, got 7 in copy 0.',
    ],
    [
      box([0], [9], { dtype: 'uint8' }),
      [300],
      'Truck: action[0] must be an integer from 0 to 9, got 300 in copy 0.',
    ],
  ])('says what is wrong with a row of it, case %#', (space, row, message) => {
    const envs = new VectorEnv(worldOf(space));
    const actions = envs.createActions();
    actions.set(row);
    expect(() => envs.step(actions)).toThrow(message);
  });

  test('of real numbers by itself takes those beyond its bounds, which worlds clip', () => {
    const env = new DynamicsEnv(worldOf(box([-1], [1])));
    env.reset();
    expect(() => env.step(Float32Array.of(5))).not.toThrow();
    expect(() => env.step([Infinity] as unknown as Float32Array)).toThrow(
      'Truck: action must be a vector of 1 finite numbers, got [Infinity].',
    );
    const bytes = new DynamicsEnv(worldOf(box([0], [9], { dtype: 'uint8' })));
    bytes.reset();
    expect(() => bytes.step([300] as unknown as Uint8Array)).toThrow(
      'Truck: action[0] must be an integer from 0 to 9, got 300.',
    );
  });

  test('of any length is refused', () => {
    expect(() => new DynamicsEnv(worldOf(sequence(discrete(2))))).toThrow(
      'DynamicsEnv: Truck must have actions of one length, got Sequence(Discrete(2)).',
    );
    expect(() => new VectorEnv(worldOf(sequence(discrete(2))))).toThrow(
      'VectorEnv: Truck must have actions of one length',
    );
  });
});
